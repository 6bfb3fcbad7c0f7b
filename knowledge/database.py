"""The database: one engine a process, migrated before use."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlmodel import Session, create_engine

HEAD = "0009"
"""The newest migration; known here so that a start needs not import alembic to see that nothing is due."""

CHUNK = 500
"""So many values go into one query: SQLite takes no more than a thousand."""

WRITERS = 0x1DB07
"""The number of the lock that writers take in turn, where the database is not locked as a whole."""

BUSY_MS = 10_000
"""How long SQLite waits for another writer."""


class KnowledgeError(Exception):
    """Something a person can put right; the message says what is wrong and what to do."""


class DatabaseUnusableError(KnowledgeError):
    """The database cannot be opened, read or written."""


def open_engine(url: str) -> Engine:
    """Open the database; a missing SQLite file and its folder are made.

    Args:
        url: an SQLAlchemy address, e.g. `sqlite:///var/investbot.db`.

    Raises:
        DatabaseUnusableError: the address is malformed, the folder or file cannot be read or written.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusableError(
            f"DATABASE_URL is not an address of a database: {url!r}; e.g. sqlite:///var/investbot.db"
        ) from error
    if address.get_backend_name() == "sqlite":
        _make_folder(address)
    engine = create_engine(address)
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
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
    place = address.database if address.get_backend_name() == "sqlite" else address.render_as_string()
    reason = str(getattr(error, "orig", error))
    if "readonly" in reason or "read-only" in reason or "unable to open" in reason:
        advice = "Make the file and its folder writable for this user, or set DATABASE_URL to another place."
    elif "not a database" in reason or "malformed" in reason:
        advice = "The file is damaged or is something else: restore a backup, or name another file."
    elif "locked" in reason:
        advice = "Another program holds it: stop that one, or try again in a moment."
    else:
        advice = "Check DATABASE_URL and that the database is running."
    return DatabaseUnusableError(f"The database {place} cannot be used ({reason}). {advice}")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that is the only one to write until it ends, so that what it reads stays true meanwhile.

    The caller commits; without, nothing is changed.

    Args:
        engine: the database, migrated.
    """
    with session(engine) as database:
        if engine.dialect.name == "sqlite":
            database.connection().exec_driver_sql("begin immediate")
        else:
            database.connection().exec_driver_sql(f"select pg_advisory_xact_lock({WRITERS})")
        yield database


def session(engine: Engine) -> Session:
    """A session whose objects stay readable after it is closed."""
    return Session(engine, expire_on_commit=False)


def chunks(values: Sequence[str]) -> list[Sequence[str]]:
    """Values in portions that one query can take."""
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]


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
    except sqlite3.OperationalError:
        # A read-only file can still be asked; what writes to it says so itself.
        connection.execute("pragma query_only=on")
