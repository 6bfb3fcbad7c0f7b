"""Locks that one process of a bureau can hold, each free again as soon as its holder is gone."""

import fcntl
import os
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError


class Role(IntEnum):
    """What a lock is for; the number stands for it on a database server."""

    SENDER = 0x1DB08
    POLLER = 0x1DB09
    WORKER = 0x1DB0A
    SERVING = 0x1DB0B


class Lock(Protocol):
    """A lock that one process of many can hold."""

    def take(self) -> bool:
        """Try to hold it, and whether it is held."""

    def held(self) -> bool:
        """Whether it is still held."""

    def leave(self) -> None:
        """Leave it to others."""


def lock(engine: Engine, role: Role, number: int = 0, *, shared: bool = False) -> Lock:
    """A lock of all processes that work on one database.

    Args:
        engine: the database.
        role: what it is for.
        number: which, where a role has several.
        shared: whether others can hold it too that share it.
    """
    if engine.dialect.name != "sqlite":
        return ServerLock(engine, role, number, shared=shared)
    name = engine.url.database
    if not name or name == ":memory:":
        return NoLock()
    return FileLock(Path(f"{name}.{role.name.lower()}{number or ''}"), shared=shared)


class FileLock:
    """A locked file beside the database; the system unlocks it when the process ends, however it ends."""

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        """Args: where the file lies, and whether others can hold it too."""
        self._path = path
        self._kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        self._file: int | None = None

    def take(self) -> bool:
        """See `Lock`."""
        if self._file is not None:
            return True
        opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, self._kind | fcntl.LOCK_NB)
        except OSError:
            os.close(opened)
            return False
        self._file = opened
        return True

    def held(self) -> bool:
        """See `Lock`."""
        return self._file is not None

    def leave(self) -> None:
        """See `Lock`."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerLock:
    """A lock of the database server, which frees it when the connection ends.

    See https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS.
    """

    def __init__(self, engine: Engine, role: Role, number: int, *, shared: bool = False) -> None:
        """Args: the database, the two halves of the lock's number there, whether others can hold it too."""
        self._engine = engine
        kind = "_shared" if shared else ""
        self._try = text(f"select pg_try_advisory_lock{kind}({int(role)}, {number})")
        self._connection: Connection | None = None

    def take(self) -> bool:
        """See `Lock`."""
        if self.held():
            return True
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(self._try).scalar():
            self._connection = connection
            return True
        connection.close()
        return False

    def held(self) -> bool:
        """See `Lock`; a connection that was cut holds no lock."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("select 1"))
        except DatabaseError:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
            return False
        return True

    def leave(self) -> None:
        """See `Lock`."""
        if self._connection is not None:
            # The connection goes back to others, who are not to hold the lock.
            self._connection.detach()
            self._connection.close()
            self._connection = None


class NoLock:
    """For a database that only this process has."""

    def take(self) -> bool:
        """See `Lock`."""
        return True

    def held(self) -> bool:
        """See `Lock`."""
        return True

    def leave(self) -> None:
        """See `Lock`."""
