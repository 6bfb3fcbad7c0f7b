"""The database itself: who writes, what is stored, and what is said where it cannot be used."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import select

from knowledge.address import place, read_address
from knowledge.asking.kept import index_folder
from knowledge.database import (
    HEAD,
    DatabaseUnusableError,
    checkpoint,
    migrate,
    migration,
    newest_revision,
    open_engine,
    session,
    writing,
)
from knowledge.models import Secret
from tests.databases import POSTGRESQL, database_url

on_a_server = pytest.mark.skipif(not POSTGRESQL, reason="TEST_DATABASE=postgresql has a server")


@pytest.mark.every_database
def test_of_two_who_write_the_second_sees_what_the_first_wrote(engine: Engine) -> None:
    with writing(engine) as database:
        database.add(Secret(name="count", value="0"))
        database.commit()

    def count(_: int) -> None:
        with writing(engine) as database:
            row = database.get_one(Secret, "count")
            time.sleep(0.01)
            row.value = str(int(row.value) + 1)
            database.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(12)))

    with session(engine) as database:
        assert database.get_one(Secret, "count").value == "12"


def test_one_who_waits_too_long_to_write_is_told_so_and_writes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.database.BUSY_MS", 100)
    engine = open_engine(f"sqlite:///{tmp_path / 'bureau.db'}")
    migrate(engine)
    with writing(engine) as first:
        first.add(Secret(name="one", value="1"))
        with ThreadPoolExecutor(1) as pool:
            late = pool.submit(_write, engine, "two")
            with pytest.raises(OperationalError, match="locked"):
                late.result()
        first.commit()
    _write(engine, "two")

    with session(engine) as database:
        assert {row.name for row in database.exec(select(Secret)).all()} >= {"one", "two"}


def test_the_log_of_what_was_written_stays_short_while_somebody_reads_now_and_then(tmp_path: Path) -> None:
    path = tmp_path / "bureau.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    lengths = []
    for round in range(4):
        for number in range(60):
            _write(engine, f"{round}-{number}", "x" * 400_000)
        checkpoint(engine)
        lengths.append(path.with_name("bureau.db-wal").stat().st_size)

    # 60 times 400,000 bytes are more than the log may hold before it begins anew.
    assert max(lengths) < 2 * min(lengths)
    with session(engine) as database:
        assert len(database.exec(select(Secret.name)).all()) == 240


def _write(engine: Engine, name: str, value: str = "2") -> None:
    with writing(engine) as database:
        database.add(Secret(name=name, value=value))
        database.commit()


@pytest.mark.every_database
def test_nul_is_stored_as_what_stands_for_it_and_found_by_it(engine: Engine) -> None:
    with writing(engine) as database:
        database.add_all(Secret(name=name, value=f"{name}\0") for name in ("a\0", "b"))
        database.commit()

    with session(engine) as database:
        assert database.get_one(Secret, "a\0").value == "a\ufffd\ufffd"
        assert database.get_one(Secret, "b").value == "b\ufffd"


@pytest.mark.parametrize(
    ("url", "must"),
    [
        ("postgresql://me:s3cret@127.0.0.1:1/bureau", "is running"),
        ("postgresql+psycopg://me:s3cret@127.0.0.1:1/bureau", "is running"),
        ("postgresql://me@127.0.0.1:1/bureau?password=s3cret", "is running"),
        ("postgresql://me:s3cret@/bureau?host=/nowhere", "is running"),
        ("postgresql://me:s3@cret@localhost/bureau", "%40"),
        ("postgresql://me:s3cret@localhost:port/bureau", "not an address"),
        ("postgresql//me:s3cret@localhost/bureau", "not an address"),
        ("mysql://me:s3cret@localhost/bureau", "does not use"),
        ("postgresql+asyncpg://me:s3cret@localhost/bureau", "does not use"),
    ],
)
def test_a_server_that_is_not_reached_is_named_without_its_password(url: str, must: str) -> None:
    with pytest.raises(DatabaseUnusableError, match=must) as caught:
        open_engine(url)

    assert not any(part in str(caught.value) for part in ("s3", "cret"))
    assert "\n" not in str(caught.value)


def test_the_index_of_a_server_is_found_again_after_its_password_changed() -> None:
    first, second, other = (
        index_folder(read_address(f"postgresql://me:{word}@localhost/{name}"))
        for word, name in (("one", "bureau"), ("two", "bureau"), ("one", "other"))
    )

    assert first == second != other
    assert first is not None
    assert first.parent.name == "investbot"
    assert place(read_address("postgres://me:one@localhost/bureau")) == (
        "postgresql+psycopg://me:***@localhost/bureau"
    )


@on_a_server
@pytest.mark.every_database
def test_what_the_server_refuses_is_said_with_what_to_do(tmp_path: Path) -> None:
    url = database_url(tmp_path / "x.db")
    name = read_address(url).database or ""

    for wrong, must in ((name, "Make that database first"), ("investbot@", "Check the name")):
        given = url.replace(name, "nowhere") if wrong == name else url.replace(wrong, "nobody:s3cret@")
        with pytest.raises(DatabaseUnusableError, match=must) as caught:
            open_engine(given)
        assert "s3cret" not in str(caught.value)


@pytest.mark.every_database
def test_a_revision_that_cannot_be_read_is_a_fault_that_is_counted(engine: Engine) -> None:
    counted: list[object] = []
    event.listen(engine, "handle_error", lambda context: counted.append(context.sqlalchemy_exception))
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table revision rename to elsewhere")

    with pytest.raises(SQLAlchemyError) as caught:
        newest_revision(engine)

    assert counted == [caught.value]


@on_a_server
@pytest.mark.every_database
def test_a_connection_that_the_server_closed_is_replaced(engine: Engine) -> None:
    with engine.connect() as connection:
        number = connection.exec_driver_sql("select pg_backend_pid()").scalar()
    second = open_engine(engine.url.render_as_string(hide_password=False))
    with second.connect() as connection:
        connection.exec_driver_sql(f"select pg_terminate_backend({number})")
    second.dispose()

    assert migration(engine) == HEAD


@on_a_server
@pytest.mark.every_database
def test_of_two_that_start_at_once_the_second_waits(bare: Engine) -> None:
    with ThreadPoolExecutor(1) as pool:
        with writing(bare):
            second = pool.submit(migrate, bare)
            with pytest.raises(TimeoutError):
                second.result(1)
            assert migration(bare) == ""
        second.result(9)

    assert migration(bare) == HEAD
