"""A backup as one file: a database of SQLite and a page that says what it is; checked, then believed."""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from knowledge.database import HEAD, KnowledgeError

FORMAT = 1
"""Of the file; it grows when an older program could not read a newer one."""

DATABASE, MANIFEST = "investbot.db", "manifest.json"

LARGEST_MANIFEST = 100_000
"""Bytes."""

TIGHTEST = 200
"""No database is packed into so many times less; what claims to be is made to fill a disk."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What is raised by a file that is no archive, or no longer."""

CHUNK = 1 << 20
"""Bytes that are read at once."""


class ArchiveError(KnowledgeError):
    """A file is no backup that can be used; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup is.

    Attributes:
        format: see `FORMAT`.
        version: of the program that made it.
        migration: of its tables.
        made_at: ISO 8601.
        source: sqlite or postgresql.
        counts: rows of each table.
        size, sha256: of the database in it.
    """

    format: int
    version: str
    migration: str
    made_at: str
    source: str
    counts: dict[str, int]
    size: int
    sha256: str


def pack(database: Path, archive: Path, *, version: str, made_at: str, source: str) -> Manifest:
    """Put a database into a file, and read it again to see that it is whole.

    The file is there as a whole, or not at all; it is for this user alone.

    Args:
        database: of SQLite, that nobody writes.
        archive: is made, or replaced.
        version, made_at, source: see `Manifest`.

    Raises:
        ArchiveError: what was written is not what was to be.
        OSError: it cannot be written.
    """
    migration, counts = _look(database)
    with database.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = database.stat().st_size
    manifest = Manifest(FORMAT, version, migration, made_at, source, counts, size, digest)
    with _beside(archive) as folder:
        fresh = folder / archive.name
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
                packed.write(database, DATABASE)
            out.flush()
            os.fsync(out.fileno())
        with unpacked(fresh) as (_, read):
            if read != manifest:
                raise ArchiveError(f"{archive} was not written as it was to be. Check the disk.")
        fresh.replace(archive)
    return manifest


@contextmanager
def unpacked(archive: Path) -> Iterator[tuple[Path, Manifest]]:
    """The database of a backup, checked, in a folder that goes with the block.

    Args:
        archive: a file that `pack` made.

    Raises:
        ArchiveError: it is none, is damaged, was altered, or needs more room than there is.
    """
    with tempfile.TemporaryDirectory(prefix="investbot-") as folder:
        target = Path(folder) / DATABASE
        try:
            with zipfile.ZipFile(archive) as packed:
                manifest = _read_manifest(packed, archive)
                _extract(packed, manifest, target)
        except OSError as error:
            raise ArchiveError(f"{archive} cannot be read ({error.strerror or error}).") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise ArchiveError(f"{archive} is damaged, or is no backup ({error}).") from error
        try:
            found = _look(target)
        except sqlite3.Error as error:
            raise ArchiveError(f"The database in {archive} is damaged ({error}).") from error
        if found != (manifest.migration, manifest.counts):
            raise ArchiveError(f"The database in {archive} is not what its page says; it was altered.")
        yield target, manifest


def check_age(manifest: Manifest) -> None:
    """See that this program can read a backup.

    Raises:
        ArchiveError: it is newer.
    """
    if manifest.format > FORMAT or manifest.migration > HEAD:
        raise ArchiveError(
            f"The backup was made by a newer version of investbot ({manifest.version}). Install that version."
        )


def _read_manifest(packed: zipfile.ZipFile, archive: Path) -> Manifest:
    # Nothing is written under a name that the file gives; what else is in it is not looked at, but refused.
    if sorted(packed.namelist()) != sorted((DATABASE, MANIFEST)):
        raise ArchiveError(f"{archive} is no backup of investbot: it holds something else.")
    if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ArchiveError(f"{archive} is no backup of investbot: its page is too long.")
    with packed.open(MANIFEST) as file:
        said = json.loads(file.read(LARGEST_MANIFEST))
    try:
        manifest = Manifest(**said)
        counts = {str(name): int(count) for name, count in manifest.counts.items()}
        check_age(manifest)
        if counts != manifest.counts or not isinstance(manifest.size, int):
            raise TypeError("counts")
    except (TypeError, AttributeError) as error:
        raise ArchiveError(f"{archive} is no backup of investbot: its page cannot be read.") from error
    return manifest


def _extract(packed: zipfile.ZipFile, manifest: Manifest, target: Path) -> None:
    info = packed.getinfo(DATABASE)
    if info.file_size != manifest.size or manifest.size > TIGHTEST * max(1, info.compress_size):
        raise ArchiveError("The backup does not hold what its page says; it was altered.")
    if manifest.size > shutil.disk_usage(target.parent).free:
        raise ArchiveError(f"There is no room for the backup in {target.parent}. Make some, or set TMPDIR.")
    with packed.open(DATABASE) as file, target.open("wb") as out:
        digest = _copy(file, out, manifest.size)
    if digest != manifest.sha256:
        raise ArchiveError("The backup was altered: its checksum is another.")


def _copy(file: IO[bytes], out: IO[bytes], size: int) -> str:
    """Copy no more than was said, whatever is there; the checksum."""
    total, left = hashlib.sha256(), size
    while left > 0 and (part := file.read(min(CHUNK, left))):
        total.update(part)
        out.write(part)
        left -= len(part)
    if left or file.read(1):
        raise ArchiveError("The backup does not hold what its page says; it was altered.")
    return total.hexdigest()


def _look(database: Path) -> tuple[str, dict[str, int]]:
    """The migration of a database of SQLite, and the rows of each table; it is seen to be whole."""
    # Opened so, nothing in it is carried out: no function, no view, no trigger of somebody else's.
    with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro&immutable=1", uri=True)) as connection:
        connection.execute("pragma trusted_schema=off")
        fault = connection.execute("pragma integrity_check(1)").fetchone()[0]
        if fault != "ok":
            raise sqlite3.DatabaseError(fault)
        names = connection.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' "
            "and name <> 'alembic_version' order by name"
        ).fetchall()
        counts = {}
        for (name,) in names:
            quoted = name.replace('"', '""')
            counts[name] = connection.execute(f'select count(*) from "{quoted}"').fetchone()[0]  # noqa: S608
        found = connection.execute("select version_num from alembic_version").fetchone()
    return (found[0] if found else ""), counts


@contextmanager
def _beside(archive: Path) -> Iterator[Path]:
    """A folder beside a file that is to be made; on the same disk, so that it can take its place at once."""
    with tempfile.TemporaryDirectory(prefix=f".{archive.name}-", dir=archive.parent) as folder:
        yield Path(folder)
