"""The one process that sends: who holds the lock, which is free again as soon as its holder is gone."""

import fcntl
import os
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

SENDER = 0x1DB08
"""The number of the lock on a database server."""


class Leadership(Protocol):
    """A lock that one process of many can hold."""

    def take(self) -> bool:
        """Try to hold it, and whether it is held."""

    def held(self) -> bool:
        """Whether it is still held."""

    def leave(self) -> None:
        """Leave it to others."""


def leadership(engine: Engine) -> Leadership:
    """The lock of all processes that work on one database.

    Args:
        engine: the database.
    """
    if engine.dialect.name != "sqlite":
        return ServerLock(engine)
    name = engine.url.database
    return FileLock(Path(f"{name}.sender")) if name and name != ":memory:" else NoLock()


class FileLock:
    """A locked file beside the database; the system unlocks it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Args: where the file lies."""
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """See `Leadership`."""
        if self._file is not None:
            return True
        opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(opened)
            return False
        self._file = opened
        return True

    def held(self) -> bool:
        """See `Leadership`."""
        return self._file is not None

    def leave(self) -> None:
        """See `Leadership`."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerLock:
    """A lock of the database server, which frees it when the connection ends."""

    def __init__(self, engine: Engine) -> None:
        """Args: the database."""
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        """See `Leadership`."""
        if self.held():
            return True
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(text(f"select pg_try_advisory_lock({SENDER})")).scalar():
            self._connection = connection
            return True
        connection.close()
        return False

    def held(self) -> bool:
        """See `Leadership`; a connection that was cut holds no lock."""
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
        """See `Leadership`."""
        if self._connection is not None:
            # The connection goes back to others, who are not to hold the lock.
            self._connection.detach()
            self._connection.close()
            self._connection = None


class NoLock:
    """For a database that only this process has."""

    def take(self) -> bool:
        """See `Leadership`."""
        return True

    def held(self) -> bool:
        """See `Leadership`."""
        return True

    def leave(self) -> None:
        """See `Leadership`."""
