"""Everything that cannot be made anew, in one file: written while the bot runs."""

import datetime as dt
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from knowledge.address import is_sqlite, place
from knowledge.archive import Manifest, pack
from knowledge.database import (
    KnowledgeError,
    migrate,
    migration,
    open_engine,
    snapshot,
    unusable,
    writing,
)
from knowledge.moving import transfer

SUFFIX = ".zip"

LEFT = 86_400.0
"""Seconds after which what a killed backup has left is nobody's."""

Tell = Callable[[str], None]


class BackupError(KnowledgeError):
    """A backup is not made, or not put back; nothing was changed."""


def back_up(engine: Engine, archive: Path, tell: Tell, *, force: bool = False) -> Manifest:
    """Write everything that is in a database at one moment into a file; others go on writing.

    Args:
        engine: the database.
        archive: the file; it is there as a whole, or not at all.
        tell: shown what is done.
        force: whether one that is there is replaced.

    Raises:
        BackupError: there is nothing to write, or it cannot be written there.
        ArchiveError: what was written is not what was to be.
        DatabaseUnusableError: the database cannot be read.
    """
    if archive.exists() and not force:
        raise BackupError(f"{archive} is there already. Name another file, or say --force.")
    if not migration(engine):
        raise BackupError(f"There is nothing in {place(engine.url)}. Check DATABASE_URL.")
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        # Beside the file: there is room, and nobody else can read it.
        with tempfile.TemporaryDirectory(prefix=f".{archive.name}-", dir=archive.parent) as folder:
            copy = Path(folder) / "copy.db"
            _copy_sqlite(engine, copy) if is_sqlite(engine.url) else _copy_rows(engine, copy, tell)
            source = engine.dialect.name
            return pack(copy, archive, version=version("investbot"), made_at=now, source=source)
    except OSError as error:
        raise BackupError(f"{archive} cannot be written ({error.strerror or error}).") from error
    except DatabaseError as error:
        raise unusable(engine.url, error) from error


def keep(engine: Engine, folder: Path, number: int, tell: Tell) -> tuple[Path, Manifest]:
    """Write a backup under the present time, and delete the oldest beyond so many.

    Args:
        engine: the database.
        folder: where they lie; what else lies there is left alone.
        number: how many stay.
        tell: shown what is done.

    Raises:
        KnowledgeError: see `back_up`; nothing is deleted then.
    """
    archive = folder / f"investbot-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
    manifest = back_up(engine, archive, tell)
    made = sorted(one for one in folder.iterdir() if re.fullmatch(r"investbot-\d{8}T\d{6}Z\.zip", one.name))
    for old in made[:-number]:
        # By a clock that was set back the newest looks like the oldest.
        if old != archive:
            old.unlink()
    for left in folder.glob(f".investbot-*{SUFFIX}-*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > LEFT:
            shutil.rmtree(left, ignore_errors=True)
    return archive, manifest


def _copy_sqlite(engine: Engine, copy: Path) -> None:
    """As of one moment, without what was deleted; see https://www.sqlite.org/lang_vacuum.html."""
    with engine.connect() as connection:
        connection.exec_driver_sql("vacuum into ?", (str(copy),))


def _copy_rows(engine: Engine, copy: Path, tell: Tell) -> None:
    migrate(engine)
    target = open_engine(f"sqlite:///{copy}")
    try:
        migrate(target)
        with snapshot(engine) as reading, writing(target) as written:
            transfer(reading.connection(), written.connection(), tell)
            written.commit()
        with target.connect() as connection:
            # One file, with nothing left beside it.
            connection.exec_driver_sql("pragma journal_mode=delete")
    finally:
        target.dispose()
