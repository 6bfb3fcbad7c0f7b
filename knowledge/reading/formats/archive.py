"""Office files are zip archives: what is in one is judged by its table of contents before anything is
unpacked.

The sizes there can be trusted: zipfile stops reading a member at its stated size and then finds it damaged.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.reading.formats.extracted import UnreadableError

MAX_PARTS = 10_000
MAX_UNPACKED = 32 * 2**20
"""So many bytes of XML are a book, or a table of half a million cells. Pictures are not counted."""

MAX_RATIO = 200
"""Spreadsheets of equal rows are packed to a fiftieth; deflate cannot do better than a thousandth."""

SMALL = 2**20
"""Up to so many unpacked bytes any ratio does no harm."""

_PICTURES = ("/media/", "/embeddings/")
_WHAT = "Open it in Word, Excel or WPS, save it anew, and try again."
_PROTECTED = b"\xd0\xcf\x11\xe0"


def check_archive(content: bytes, needed: str, kind: str) -> None:
    """See that an office file may be unpacked.

    Args:
        content: the file.
        needed: the part that tells what it is, e.g. word/document.xml.
        kind: what to call it to a person, e.g. a Word file.

    Raises:
        UnreadableError: it is no such file, is protected by a password, damaged, or a zip bomb.
    """
    if content.startswith(_PROTECTED):
        raise UnreadableError(
            f"is protected by a password or in the format before 2007. Save it as {kind} without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise UnreadableError(f"is damaged or is not {kind}. {_WHAT}") from None
    if needed not in {part.filename for part in parts}:
        raise UnreadableError(f"is not {kind}. {_WHAT}")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("is protected by a password. Save it without one.")
    read = [part for part in parts if not any(folder in part.filename for folder in _PICTURES)]
    unpacked = sum(part.file_size for part in read)
    packed = sum(part.compress_size for part in read)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise UnreadableError(
            f"would unpack to {unpacked // 2**20} MB; {MAX_UNPACKED // 2**20} MB are read. "
            "Split it into smaller files."
        )
    if unpacked > SMALL and unpacked > MAX_RATIO * max(packed, 1):
        raise UnreadableError(f"is packed more tightly than any real document (a zip bomb?). {_WHAT}")


@contextmanager
def damage_told(kind: str) -> Iterator[None]:
    """Whatever a library finds wrong within an office file is said in plain words.

    The libraries promise no kinds of error for damaged files: KeyError for a part that is missing,
    ValueError for a number that is none, and others.
    """
    try:
        yield
    except UnreadableError:
        raise
    except MemoryError:
        raise UnreadableError("needs more memory than there is. Split it into smaller files.") from None
    except Exception as error:
        reason = f"{type(error).__name__}"
        raise UnreadableError(f"is damaged or is not {kind} ({reason}). {_WHAT}") from None
