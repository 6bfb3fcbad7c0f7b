"""Up and down through every migration, with something in every table."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError

import knowledge.migrations
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import migration
from tests.rows import every_row, fill


def scripts(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(knowledge.migrations.__file__).parent))
    config.attributes["engine"] = engine
    return config


@pytest.mark.every_database
def test_down_and_up_again(own_bureau: Engine, tmp_path: Path) -> None:
    fill(own_bureau)
    before = every_row(own_bureau)
    config = scripts(own_bureau)

    # Rows stay, but for what later migrations added to them.
    command.downgrade(config, "0002")
    command.upgrade(config, "head")
    after = every_row(own_bureau)
    for table in ("fact", "version", "change", "passage", "evidence", "alias"):
        assert after[table] == before[table], table
    assert all(map(len, (after["draft"], after["question"], after["staff"], after["chat"])))

    command.downgrade(config, "base")
    assert set(inspect(own_bureau).get_table_names()) <= {"alembic_version"}
    assert migration(own_bureau) == ""
    build(own_bureau, tmp_path / "documents")
    assert "周岚" in Asker(own_bureau).ask("低空经济链长是谁").text


EXPANDING = "0009"
"""From this migration on workers of the version before go on while a newer one has migrated."""


@pytest.mark.every_database
def test_a_migration_takes_nothing_from_those_who_still_serve(bare: Engine) -> None:
    config = scripts(bare)
    command.upgrade(config, EXPANDING)
    before = {table: columns_of(bare, table) for table in inspect(bare).get_table_names()}
    command.upgrade(config, "head")

    for table, columns in before.items():
        now = columns_of(bare, table)
        for name, (kind, _) in columns.items():
            assert name in now, f"{table}.{name} is gone: a worker of the version before would fail"
            assert now[name][0] == kind, f"{table}.{name} is of another kind"
        for name in now.keys() - columns.keys():
            assert now[name][1], f"{table}.{name} needs a value that the version before does not give"


def columns_of(engine: Engine, table: str) -> dict[str, tuple[str, bool]]:
    """The kind of each column, and whether a row can be put in without it."""
    return {
        column["name"]: (str(column["type"]), column["nullable"] or column["default"] is not None)
        for column in inspect(engine).get_columns(table)
    }


@pytest.mark.every_database
@pytest.mark.parametrize("table", ["change", "version"])
def test_history_is_edited_by_nobody(own_bureau: Engine, table: str) -> None:
    before = every_row(own_bureau)[table]
    acts = [f"delete from {table}", f"update {table} set id = id + 1"]
    if own_bureau.dialect.name == "postgresql":
        acts.append(f"truncate {table} cascade")

    for act in acts:
        with pytest.raises(DatabaseError, match="never edited"), own_bureau.begin() as connection:
            connection.exec_driver_sql(act)

    assert before
    assert every_row(own_bureau)[table] == before
