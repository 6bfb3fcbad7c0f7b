"""From one database into another and back: nothing is lost, nothing is overwritten."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from knowledge.asking.asker import Asker
from knowledge.database import migrate, open_engine, session
from knowledge.models import Enquiry, Waiting
from knowledge.moving import MoveError, move
from tests.bot.test_cli import investbot
from tests.databases import database_url, execute
from tests.rows import NOON, every_row, fill

GONE = 1000


@pytest.fixture
def full(own_bureau: Engine) -> Engine:
    """A database with something in every table."""
    fill(own_bureau)
    return own_bureau


def wait(database: Session, number: int | None = None) -> Waiting:
    """Somebody who waits for a reply to the first enquiry."""
    enquiry = database.exec(select(Enquiry)).first()
    assert enquiry is not None
    row = Waiting(id=number, enquiry_id=enquiry.id or 0, chat="x", language="zh", text="租金", asked_at=NOON)
    database.add(row)
    database.flush()
    return row


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it."""
    opened = open_engine(database_url(tmp_path / "other.db"))
    yield opened
    opened.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Engine]:
    """A file of SQLite, whatever the others are."""
    opened = open_engine(f"sqlite:///{tmp_path / 'file.sqlite'}")
    yield opened
    opened.dispose()


def next_number(engine: Engine) -> int:
    """The number of who waits next."""
    with session(engine) as database:
        return wait(database).id or 0


@pytest.mark.every_database
def test_there_and_back_every_row_is_the_same(
    full: Engine, other: Engine, file: Engine, tmp_path: Path
) -> None:
    before = every_row(full)
    back = open_engine(f"sqlite:///{tmp_path / 'back.sqlite'}")
    assert all(before.values())

    moved = move(full, file, lambda _: None)
    with session(file) as database:
        database.delete(wait(database, GONE))
        database.commit()
    move(file, other, lambda _: None)
    move(other, back, lambda _: None)

    assert moved == {name: len(rows) for name, rows in before.items()}
    assert list(moved) == [table.name for table in SQLModel.metadata.sorted_tables]
    assert every_row(file) == every_row(other) == every_row(back) == every_row(full) == before
    # A number that named what was sent to somebody is never another's.
    assert next_number(other) == next_number(back) == GONE + 1
    assert "周岚" in Asker(other).ask("低空经济链长是谁").text
    back.dispose()


def test_the_text_of_an_older_file_is_moved_too(full: Engine, file: Engine) -> None:
    move(full, file, lambda _: None)
    before = len(every_row(file)["question"])
    path = Path(str(file.url.database))
    file.dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update question set text = 'a' || char(0) || 'b'")
    again = open_engine(f"sqlite:///{path.with_name('again.sqlite')}")
    reopened = open_engine(f"sqlite:///{path}")

    assert move(reopened, again, lambda _: None)["question"] == before
    assert all("a\ufffdb" in row for row in every_row(again)["question"])
    again.dispose()
    reopened.dispose()


@pytest.mark.every_database
def test_what_holds_something_is_not_overwritten(full: Engine, other: Engine, file: Engine) -> None:
    migrate(other)
    with other.begin() as connection:
        connection.exec_driver_sql("insert into secret (name, value) values ('a', 'b')")
    before = every_row(other)

    with pytest.raises(MoveError, match="not empty"):
        move(full, other, lambda _: None)
    with pytest.raises(MoveError, match="itself"):
        move(full, full, lambda _: None)
    migrate(file)
    with pytest.raises(MoveError, match="nothing in"):
        move(file, other, lambda _: None)

    assert every_row(other) == before


def test_the_tables_of_something_else_are_left_alone(full: Engine, other: Engine) -> None:
    with other.begin() as connection:
        connection.exec_driver_sql("create table letters (id integer)")

    with pytest.raises(MoveError, match="something else"):
        move(full, other, lambda _: None)


def test_what_is_not_the_same_there_is_not_kept(full: Engine, other: Engine) -> None:
    migrate(other)
    with other.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "create trigger wrong after insert on figure begin update figure set value = 1; end"
            )
        else:
            connection.exec_driver_sql(
                "create rule wrong as on insert to figure do also update figure set value = 1"
            )

    with pytest.raises(MoveError, match="figure"):
        move(full, other, lambda _: None)

    assert not any(every_row(other).values())


@pytest.mark.every_database
def test_the_command_says_what_it_moved(bureau_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(bureau_home, tmp_path / "home")
    url = database_url(tmp_path / "new.db")
    done = investbot(home, "database", "move", "--to", url)
    again = investbot(home, "database", "move", "--to", url)
    asked = investbot(home, "ask", "低空经济链长是谁", "--database", url)

    assert done.returncode == 0, done.stderr
    facts = execute(tmp_path / "new.db", "select count(*) from fact")[0][0]
    assert f"fact {facts}" in " ".join(done.stdout.split())
    assert again.returncode == 2
    assert "not empty" in again.stderr
    assert "周岚" in asked.stdout
