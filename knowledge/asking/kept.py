"""What is derived from a revision once and kept beside the database for every start and every worker."""

import hashlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
import pypinyin
from sqlalchemy.engine import URL

from knowledge.address import is_sqlite, place
from knowledge.models import Revision
from knowledge.stored import Arrays, Meta, open_stored, store

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """A folder of things derived from one revision.

    Attributes:
        folder: where; None to keep nothing.
        revision: names the state they are derived from.
    """

    folder: Path | None
    revision: str

    @classmethod
    def of(cls, folder: Path | None, revision: Revision | None) -> "Shelf":
        """The shelf of what is derived from a revision; None where there is none yet."""
        name = f"{revision.number} {revision.at} {revision.fingerprint}" if revision else ""
        return cls(folder, name)

    def find(self, name: str, digest: str) -> tuple[Arrays, Meta] | None:
        """What is kept under a name, if it is of this digest; see `get`."""
        if self.folder is None:
            return None
        kept = open_stored(self.folder / name)
        if kept is None and (self.folder / name).exists():
            LOG.warning("The index %s is damaged, or of another version; it is made anew.", name)
        return kept if kept is not None and kept[1].get("digest") == _wanted(digest) else None

    def get(self, name: str, digest: str, make: Callable[[], tuple[Arrays, Meta]]) -> tuple[Arrays, Meta]:
        """What is kept under a name, made and kept where there is none of this digest.

        Args:
            name: of it, within the folder.
            digest: names what it is derived from.
            make: its arrays and description.
        """
        if self.folder is None:
            return make()
        kept = self.find(name, digest)
        if kept is not None:
            return kept
        arrays, meta = make()
        try:
            store(self.folder / name, arrays, {**meta, "digest": _wanted(digest)})
        except OSError as error:
            LOG.warning("The index %s is not kept: %s", name, error)
        return arrays, meta


def index_folder(address: URL) -> Path | None:
    """Where the index of a database is kept: beside its file; that of a server's with what this user caches.

    See https://specifications.freedesktop.org/basedir-spec/latest for `XDG_CACHE_HOME`.

    Args:
        address: of the database.

    Returns:
        the folder, which need not be there; None for a database in memory, and where nobody has a home.
    """
    if not is_sqlite(address):
        # Of this server and this database; its password may change.
        name = hashlib.sha256(place(address).encode()).hexdigest()[:12]
        try:
            caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        except RuntimeError:
            return None
        return caches / "investbot" / f"{address.database}-{name}.index"
    if not address.database or address.database == ":memory:":
        return None
    return Path(f"{address.database}.index")


def _wanted(digest: str) -> str:
    return f"{_rules()} {digest}"


@cache
def _rules() -> str:
    """What keys a text: this code, and the packages that know characters. Changed, all is made anew."""
    here = Path(__file__).parent
    total = hashlib.sha256(f"{opencc.__version__} {pypinyin.__version__}".encode())
    for path in sorted(here.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()
