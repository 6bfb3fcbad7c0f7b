"""A backup put back: all of it, or nothing, and not under a bot that serves."""

import datetime as dt
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, col, func, select

from knowledge.address import is_sqlite, place
from knowledge.archive import Manifest, unpacked
from knowledge.backup import SUFFIX, BackupError, Tell, back_up
from knowledge.database import migrate, migration, open_engine, session, unusable, writing
from knowledge.locks import Role, lock
from knowledge.models import Incoming, IncomingState, Outgoing, OutgoingState, Push, PushState
from knowledge.moving import is_filled, transfer

PATIENCE = 10.0
"""Seconds for which another program may hold the database that is to be replaced."""


@dataclass(frozen=True)
class Restored:
    """What was put back.

    Attributes:
        manifest: of the backup.
        safety: a backup of what was there before; None where nothing was.
        pending: what waited when the backup was made, and is handled or sent when the bot starts: updates,
            messages, pushes.
    """

    manifest: Manifest
    safety: Path | None
    pending: tuple[int, int, int]


def restore(engine: Engine, archive: Path, tell: Tell, *, replace: bool = False) -> Restored:
    """Put a backup into a database: all of it, or nothing.

    Args:
        engine: the database; on SQLite a new file will do.
        archive: a file that `back_up` made.
        tell: shown what is done.
        replace: whether what the database holds is replaced; it is backed up beside the file first.

    Raises:
        ArchiveError: the file is no backup that this version can read.
        BackupError: the database is not empty, or a bot serves from it.
        DatabaseUnusableError: the database cannot be written.
    """
    with unpacked(archive) as (file, manifest), ExitStack() as stack:
        if str(engine.url.database) == str(archive):
            raise BackupError(f"{archive} is the database itself.")
        source = open_engine(f"sqlite:///{file}")
        stack.callback(source.dispose)
        # Made by an older version, it becomes what this one reads.
        migrate(source)
        stack.enter_context(_alone(engine))
        safety = _make_room(engine, archive, tell, replace=replace)
        tell(f"Restoring {archive}")
        try:
            if is_sqlite(engine.url):
                _replace_sqlite(source, engine)
            else:
                _replace_rows(source, engine, tell)
        except (DatabaseError, sqlite3.Error, TimeoutError) as error:
            raise unusable(engine.url, error) from error
        return Restored(manifest, safety, _pending(engine))


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Nobody serves from a database until the block ends."""
    serving = lock(engine, Role.SERVING)
    if not serving.take():
        raise BackupError(f"A bot serves from {place(engine.url)}. Stop the bot first, every worker of it.")
    try:
        yield
    finally:
        serving.leave()


def _make_room(engine: Engine, archive: Path, tell: Tell, *, replace: bool) -> Path | None:
    where = place(engine.url)
    if not migration(engine):
        if inspect(engine).get_table_names():
            raise BackupError(f"{where} holds the tables of something else. Name another database.")
        if not is_sqlite(engine.url):
            migrate(engine)
        return None
    migrate(engine)
    if not is_filled(engine):
        return None
    if not replace:
        raise BackupError(
            f"{where} is not empty, and nothing in it is overwritten. Say --replace if it may be."
        )
    now = dt.datetime.now(dt.UTC)
    safety = archive.with_name(f"before-restore-{now:%Y%m%dT%H%M%S.%fZ}{SUFFIX}")
    tell(f"Backing up {where} as {safety}")
    back_up(engine, safety, tell)
    return safety


def _replace_sqlite(source: Engine, target: Engine) -> None:
    """All pages in one transaction; see https://www.sqlite.org/backup.html."""
    end = time.monotonic() + PATIENCE
    before = -1

    def watch(_status: int, remaining: int, _total: int) -> None:
        nonlocal end, before
        if remaining != before:
            before, end = remaining, time.monotonic() + PATIENCE
        if time.monotonic() > end:
            raise TimeoutError("database is locked")

    _keep_counting(source, target)
    source.dispose()
    with (
        closing(sqlite3.connect(str(source.url.database))) as here,
        closing(sqlite3.connect(str(target.url.database))) as there,
    ):
        target.dispose()
        here.backup(there, progress=watch)


def _keep_counting(source: Engine, target: Engine) -> None:
    """Numbers that were given since the backup was made stand in people's chats: they are not given again."""
    query = text("select name, seq from sqlite_sequence")
    with target.connect() as connection:
        if not connection.scalar(text("select 1 from sqlite_master where name = 'sqlite_sequence'")):
            return
        given: dict[str, int] = dict(connection.execute(query).tuples().all())
    with source.begin() as connection:
        held: dict[str, int] = dict(connection.execute(query).tuples().all())
        for name, number in given.items():
            row = {"name": name, "number": max(number, held.get(name, 0))}
            connection.execute(text("delete from sqlite_sequence where name = :name"), row)
            connection.execute(text("insert into sqlite_sequence (name, seq) values (:name, :number)"), row)


def _replace_rows(source: Engine, target: Engine, tell: Tell) -> None:
    with session(source) as reading, writing(target) as written:
        there = written.connection()
        _empty(there)
        transfer(reading.connection(), there, tell)
        written.commit()


def _empty(connection: Connection) -> None:
    """Delete every row; of history too, which the database else refuses: it is all there again afterwards."""
    tables = SQLModel.metadata.sorted_tables
    for table in tables:
        connection.exec_driver_sql(f'alter table "{table.name}" disable trigger user')
    for table in reversed(tables):
        connection.execute(table.delete())
    for table in tables:
        connection.exec_driver_sql(f'alter table "{table.name}" enable trigger user')


def _pending(engine: Engine) -> tuple[int, int, int]:
    open_ = IncomingState.WAITING, IncomingState.TAKEN
    updates = select(func.count(col(Incoming.id))).where(col(Incoming.state).in_(open_))
    messages = select(func.count(col(Outgoing.id))).where(Outgoing.state == OutgoingState.WAITING)
    pushes = select(func.count(col(Push.id))).where(Push.state == PushState.WAITING)
    with session(engine) as database:
        return database.exec(updates).one(), database.exec(messages).one(), database.exec(pushes).one()
