"""The one door for documents: a file's or an upload's bytes in, its text out, or a plain refusal."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path, PurePosixPath

from knowledge.reading.formats.extracted import Extracted, UnreadableError
from knowledge.unseen import visible

FORMATS = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".csv": "csv",
}
"""Each suffix's module in `knowledge.reading.formats`, imported when the first such file is read."""

SUFFIXES = tuple(FORMATS)
MAX_BYTES = 20 * 1024 * 1024

_INSTEAD = {
    ".doc": "Open it in Word or WPS and save it as .docx.",
    ".wps": "Open it in WPS and save it as .docx.",
    ".rtf": "Open it in Word or WPS and save it as .docx.",
    ".odt": "Open it in Word or WPS and save it as .docx.",
    ".xls": "Open it in Excel or WPS and save it as .xlsx.",
    ".et": "Open it in WPS and save it as .xlsx.",
    ".ofd": "Open it in its reader and save it as PDF.",
    ".mht": "Save the page as HTML.",
    ".mhtml": "Save the page as HTML.",
}


class DocumentError(Exception):
    """A document that cannot be read; says which, and what to do."""

    def __init__(self, path: Path, advice: str) -> None:
        self.path = path
        self.advice = advice
        super().__init__(f"{path.name}: {advice}")


@dataclass(frozen=True)
class Loaded(Extracted):
    """A document as it lies in its folder.

    Every offset counts characters of `text`: of a text file as decoded, without a byte order mark, newlines
    as they are; of any other file as extracted.

    Attributes:
        name: the file's name.
        sha256: of the file's bytes, in hex; by this facts name their document.
    """

    name: str = ""
    sha256: str = ""


def load(path: Path) -> Loaded:
    """Read one document from its folder.

    Args:
        path: a file with one of `SUFFIXES`; text, HTML and CSV in UTF-8 (with or without BOM), GB18030,
            Big5, or UTF-16 with BOM.

    Raises:
        DocumentError: the file is missing, empty, too large, of another type, damaged, or holds no text that
            can be read with certainty.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(path, _too_large())
        if not path.is_file():
            raise DocumentError(path, "is not a file. Name a document.")
        content = path.read_bytes() if _suffix(path) in FORMATS else b""
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise DocumentError(
            path, f"cannot be opened ({reason}). Check that it is there and may be read."
        ) from None
    return _read(path, content)


def load_bytes(name: str, content: bytes) -> Loaded:
    """Read one document that was sent, e.g. to the desk or in a chat.

    Args:
        name: as the sender's device gives it; folders in it are left out, so it leads nowhere.
        content: the file's bytes.

    Raises:
        DocumentError: as for `load`; also the name is none.
    """
    plain = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name
    plain = "".join(char for char in visible(plain) if char.isprintable()).strip()[-200:]
    path = Path(plain)
    if not path.stem.strip(". "):
        raise DocumentError(Path(plain or "?"), "has no name. Give it one, e.g. notice.txt.")
    return _read(path, content)


def is_plain(path: Path) -> bool:
    """Whether a file's bytes are its text, so that an unchanged document can be given back byte for byte."""
    return FORMATS.get(_suffix(path)) == "text"


def _read(path: Path, content: bytes) -> Loaded:
    suffix = _suffix(path)
    if suffix not in FORMATS:
        listed = f"{', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]}"
        advice = _INSTEAD.get(suffix, "Save it as one of these, e.g. as plain text (.txt).")
        raise DocumentError(path, f"only {listed} files are read. {advice}")
    if len(content) > MAX_BYTES:
        raise DocumentError(path, _too_large())
    if not content.strip():
        raise DocumentError(path, "is empty. Put the document's text into it, or remove it.")
    extract: Callable[[bytes], Extracted] = import_module(
        f"knowledge.reading.formats.{FORMATS[suffix]}"
    ).extract
    try:
        extracted = extract(content)
    except UnreadableError as error:
        raise DocumentError(path, str(error)) from None
    if not extracted.text.strip():
        raise DocumentError(path, "holds only blanks. Put the document's text into it, or remove it.")
    said = {field.name: getattr(extracted, field.name) for field in fields(Extracted)}
    return Loaded(**said, name=path.name, sha256=hashlib.sha256(content).hexdigest())


def _suffix(path: Path) -> str:
    return path.suffix.lower()


def _too_large() -> str:
    return f"is larger than {MAX_BYTES // 2**20} MB. Split it into smaller files."
