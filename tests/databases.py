"""The databases of the tests: SQLite files, or with TEST_DATABASE=postgresql those of a server of their own.

On PostgreSQL a file that would be a database of SQLite holds the name of one. Where that file is copied, the
next who asks for its address gets a copy of that database. So tests copy folders, on both.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import text

from knowledge.address import read_address
from knowledge.asking.kept import index_folder
from knowledge.database import open_engine

POSTGRESQL = os.environ.get("TEST_DATABASE", "sqlite") == "postgresql"

_SCRIPT = Path(__file__).parent.parent / "scripts" / "postgres.sh"
_FOLDER = "TEST_POSTGRESQL_FOLDER"
"""In the environment: where the server is, the same for all workers of a run."""

_CACHES = "XDG_CACHE_HOME"
"""In the environment: where the indexes of its databases are; see `index_folder`."""


def begin() -> bool:
    """Choose where the server will be, if it is needed; whether that was left to choose."""
    if _FOLDER in os.environ:
        return False
    # Not among the folders of pytest: another user has to reach it where the tests run as root.
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="investbot-")
    # Not in that folder, which is the server's: some programs keep nothing in what is another user's.
    os.environ[_CACHES] = tempfile.mkdtemp(prefix="investbot-")
    return True


def end() -> None:
    """Stop the server."""
    if (_folder() / "data").exists():
        _script("stop")
    for made in (_FOLDER, _CACHES):
        shutil.rmtree(os.environ.pop(made), ignore_errors=True)


def database_url(path: Path) -> str:
    """The address of a database, which is made if need be.

    Args:
        path: its file, or on PostgreSQL that which holds its name.
    """
    if not POSTGRESQL:
        return f"sqlite:///{path}"
    name = _name(path)
    held = path.read_text() if path.exists() else ""
    if held != name:
        _administer(f"drop database if exists {name} with (force)")
        _administer(f"create database {name}" + (f" template {held}" if held else ""))
        before, after = (index_folder(read_address(_url(one))) for one in (held, name))
        if before and after and before.exists():
            shutil.copytree(before, after, dirs_exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return _url(name)


def drop_below(folder: Path) -> None:
    """Drop the databases of a folder that no test needs any more; what one was to be copied from stays."""
    if POSTGRESQL:
        for path in folder.rglob("*.db"):
            if path.read_bytes() == _name(path).encode():
                _administer(f"drop database if exists {_name(path)} with (force)")


def execute(path: Path, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """Run one statement on a database, as nobody but a test does.

    Args:
        path: see `database_url`.
        statement: SQL, with :names for values.
        values: by name.

    Returns:
        the rows it gives, if any.
    """
    engine = open_engine(database_url(path))
    try:
        with engine.begin() as connection:
            done = connection.execute(text(statement), values)
            return [tuple(row) for row in done] if done.returns_rows else []
    finally:
        engine.dispose()


def _folder() -> Path:
    return Path(os.environ[_FOLDER])


def _name(path: Path) -> str:
    return "test_" + hashlib.sha256(str(path).encode()).hexdigest()[:20]


def _url(name: str) -> str:
    return f"postgresql://investbot@/{name}?host={_folder()}"


def _administer(statement: str) -> None:
    import psycopg

    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (_folder() / "data").exists():
            _script("start")
    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _script(act: str) -> None:
    subprocess.run(["sh", str(_SCRIPT), act, str(_folder())], check=True, stdin=subprocess.DEVNULL)
