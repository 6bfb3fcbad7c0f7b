"""The database: one engine a process, migrated before use."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session, SQLModel, create_engine

from knowledge.address import advice, is_sqlite, place, read_address

HEAD = "0011"
"""The newest migration; known here so that a start needs not import alembic to see that nothing is due."""

CHUNK = 500
"""So many values go into one query: SQLite takes no more than a thousand."""

WRITERS = 0x1DB07
"""The number of the lock that writers take in turn, where the database is not locked as a whole."""

BUSY_MS = 10_000
"""How long a writer waits for another."""

CONNECT_S = 10
"""How long a server may take to be reached."""

LOG_PAGES, MOST_LOG_PAGES = 4000, 40_000
"""Pages of SQLite's log from which on it begins anew, and with which a writer has to see to it by himself."""

POSTGRESQL = {
    "connect_timeout": CONNECT_S,
    "application_name": "investbot",
    "options": f"-c lock_timeout={BUSY_MS}",
}
"""How PostgreSQL is reached; see https://www.postgresql.org/docs/current/libpq-connect.html."""

_NEWEST = "select max(number) from revision"

_WRITERS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
"""Who of this process writes to an SQLite database."""


class KnowledgeError(Exception):
    """Something a person can put right; the message says what is wrong and what to do."""


class DatabaseUnusableError(KnowledgeError):
    """The database cannot be opened, read or written."""


def open_engine(url: str) -> Engine:
    """Open the database; a missing SQLite file and its folder are made.

    Args:
        url: an SQLAlchemy address, e.g. `sqlite:///var/investbot.db` or `postgresql://me:secret@host/bureau`.

    Raises:
        DatabaseUnusableError: the address is malformed, the folder or file cannot be read or written, the
            server cannot be reached or lets nobody in.
    """
    try:
        address = read_address(url)
    except ValueError as error:
        raise DatabaseUnusableError(f"DATABASE_URL is {error}") from error
    # An error does not repeat what was to be written: it may be what somebody said.
    if is_sqlite(address):
        _make_folder(address)
        engine = create_engine(address, hide_parameters=True)
        event.listen(engine, "connect", _configure_sqlite)
    else:
        # A connection that the server has closed meanwhile is replaced, not used. What the address says goes
        # before what is usual.
        usual = {key: value for key, value in POSTGRESQL.items() if key not in address.query}
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=usual)
    event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except (OperationalError, DatabaseError) as error:
        engine.dispose()
        raise unusable(address, error) from error
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest migration; does nothing where they are.

    Raises:
        DatabaseUnusableError: the database cannot be written, or is newer than this program.
    """
    if migration(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnusableError(
            f"The database was made by a newer version of investbot ({error}). "
            "Install that version, or restore a backup."
        ) from error
    except (OperationalError, DatabaseError) as error:
        raise unusable(engine.url, error) from error


def migration(engine: Engine) -> str:
    """The migration a database is at; empty for a new one."""
    try:
        with engine.connect() as connection:
            return str(connection.execute(text("select version_num from alembic_version")).scalar() or "")
    except (OperationalError, DatabaseError):
        return ""


def unusable(address: URL, error: Exception) -> DatabaseUnusableError:
    """Say in plain words why a database cannot be used."""
    reason = " ".join(str(getattr(error, "orig", error)).split())
    return DatabaseUnusableError(f"The database {place(address)} cannot be used ({reason}). {advice(reason)}")


@contextmanager
def transaction(engine: Engine, *, alone: bool = True) -> Iterator[Connection]:
    """A connection that is the only one to write until it ends, so that what it reads stays true meanwhile.

    The caller commits; without, nothing is changed.

    Args:
        engine: the database, migrated.
        alone: False where others may write meanwhile, if the database lets them.
    """
    if is_sqlite(engine.url):
        # SQLite looks now and then whether others have done; within one process whoever waits is woken.
        with _in_turn(engine), engine.connect() as connection:
            connection.exec_driver_sql("begin immediate")
            yield connection
        return
    with engine.connect() as connection:
        if alone:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITERS})")
        yield connection


@contextmanager
def writing(engine: Engine, *, alone: bool = True) -> Iterator[Session]:
    """A session of a `transaction`; the caller commits."""
    with (
        transaction(engine, alone=alone) as connection,
        # Committing the session commits the transaction.
        Session(connection, expire_on_commit=False, join_transaction_mode="control_fully") as database,
    ):
        yield database


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """A session that reads everything as it was at one moment, and holds up nobody who writes."""
    with session(engine) as database:
        if is_sqlite(engine.url):
            database.connection().exec_driver_sql("begin")
        else:
            database.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield database


def checkpoint(engine: Engine) -> None:
    """Bring what is written from SQLite's log into the database; nobody who writes waits for the disk.

    Once the log is long it begins anew, for which writers wait as long as the last few pages take
    (https://www.sqlite.org/wal.html#ckpt). Other databases see to it by themselves.
    """
    if not is_sqlite(engine.url):
        return
    with engine.connect() as connection:
        _, pages, _ = connection.exec_driver_sql("pragma wal_checkpoint(passive)").one()
        if pages > LOG_PAGES:
            connection.exec_driver_sql("pragma wal_checkpoint(restart)")


def newest_revision(engine: Engine) -> int:
    """The number of what was published last; 0 before anything was.

    Raises:
        SQLAlchemyError: the database cannot be read.
    """
    with engine.connect() as connection:
        # Asked before every answer, so by the driver itself: the library's own way takes three times as long.
        cursor = connection.connection.cursor()
        try:
            cursor.execute(_NEWEST)
            ((number,),) = cursor.fetchall()
        except engine.dialect.loaded_dbapi.Error:
            # Its own way tells what is wrong, sees whether the connection is, and lets the fault be counted.
            number = connection.exec_driver_sql(_NEWEST).scalar()
        return number or 0


def session(engine: Engine) -> Session:
    """A session whose objects stay readable after it is closed."""
    return Session(engine, expire_on_commit=False)


def inserting(dialect: str, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what is to happen where a row is there already: on_conflict_do_nothing() …

    Args:
        dialect: sqlite or postgresql.
        table: into which.
    """
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)


def chunks(values: Sequence[str]) -> list[Sequence[str]]:
    """Values in portions that one query can take."""
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """Let one thread after the other write; who waits too long gets SQLite's own answer to that.

    Raises:
        OperationalError: others write for longer than `BUSY_MS`.
    """
    lock = _WRITERS.setdefault(engine, threading.Lock())
    if not lock.acquire(timeout=BUSY_MS / 1000):
        raise OperationalError("begin immediate", None, sqlite3.OperationalError("database is locked"))
    try:
        yield
    finally:
        lock.release()


def _make_folder(address: URL) -> None:
    if address.database and address.database != ":memory:":
        folder = Path(address.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnusableError(
                f"The folder {folder} for the database cannot be made ({error.strerror}). "
                "Make it by hand, or set DATABASE_URL to another place."
            ) from error


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's type
    connection.execute(f"pragma busy_timeout={BUSY_MS}")
    connection.execute("pragma foreign_keys=on")
    try:
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=normal")
        connection.execute(f"pragma wal_autocheckpoint={MOST_LOG_PAGES}")
    except sqlite3.OperationalError:
        # A read-only file can still be asked; what writes to it says so itself.
        connection.execute("pragma query_only=on")


def _without_nul(
    _connection: Any,  # noqa: ANN401 - SQLAlchemy's types
    _cursor: Any,  # noqa: ANN401
    statement: str,
    parameters: Any,  # noqa: ANN401
    _context: Any,  # noqa: ANN401
    _many: bool,
) -> tuple[str, Any]:
    """NUL, which PostgreSQL stores in no text, is stored as U+FFFD by both, so that places still count."""
    return statement, _replaced(parameters)


def _replaced(value: Any) -> Any:  # noqa: ANN401 - a value, a row of them by place or name, or rows
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, Mapping):
        return {key: _replaced(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_replaced, value))
    return value
