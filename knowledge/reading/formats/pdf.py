"""PDF files (ISO 32000), read by PDFium in a process of its own: native code, hostile files, no end of traps.

Of pypdfium2, pypdf, pdfminer.six and pdfplumber all four gave the Chinese test pages whole; two hundred pages
took 0.1, 0.6, 2.9 and 5.9 seconds.
"""

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from knowledge.reading.formats.extracted import Extracted, UnreadableError, bounded, day, tidy
from knowledge.reading.formats.pdf_lines import Line, join_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 2000
SECONDS = 30
"""So long a file is read; a thousand real pages take two seconds."""

MEMORY = 2 * 2**30
"""So many bytes the reading process may take."""

KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT")
"""What the reading process knows of this one's environment: no token, no password."""

SCANNED = 4
"""Fewer characters a page than this, over all pages, are stamps on pictures."""

_OCR = "Run text recognition (OCR) over it, or type its text into a .txt file."
_AGAIN = "Open it in a PDF reader, print it to a new PDF, and try again."
_DAMAGED = f"is damaged or is not a PDF file. {_AGAIN}"


def extract(content: bytes) -> Extracted:
    """Read a PDF file; lines that only its layout broke are joined, page numbers and running heads left out.

    Args:
        content: the file's bytes.

    Raises:
        UnreadableError: it is damaged, encrypted, has too many pages, takes too long, or is pictures without
            text.
    """
    if b"%PDF" not in content[:1024]:
        raise UnreadableError(_DAMAGED)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "knowledge.reading.formats.pdf"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"takes longer than {SECONDS} seconds to read. {_AGAIN}") from None
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # The process ended within native code, or for want of memory.
        raise UnreadableError(_DAMAGED) from None
    if "refused" in found:
        raise UnreadableError(found["refused"])
    pages = [[Line(*line) for line in page] for page in found["pages"]]
    lines = [tidy(line) for line in join_lines(pages)]
    if sum(len(line.replace(" ", "")) for line in lines) < SCANNED * len(pages):
        raise UnreadableError(f"holds pictures of pages and no text (a scan). {_OCR}")
    return Extracted(bounded(lines), title=tidy(found["title"]), date=day(found["date"]))


def _answer(content: bytes) -> dict[str, Any]:
    """What the process says: `pages` of lines, or why it is `refused`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            return {"refused": "is encrypted. Open it with its password and save it without one."}
        return {"refused": _DAMAGED}
    if len(document) > MAX_PAGES:
        return {"refused": f"has {len(document)} pages; {MAX_PAGES} are read. Split it into smaller files."}
    said = document.get_metadata_dict()
    pages = [_page_lines(document, number) for number in range(len(document))]
    return {"pages": pages, "title": said.get("Title", ""), "date": said.get("CreationDate", "")}


def _page_lines(document: "PdfDocument", number: int) -> list[tuple[str, float, float, float]]:
    """A page's lines, each with its left, its right and the height of its letters, in points."""
    import pypdfium2

    try:
        text_page = document[number].get_textpage()
        text = text_page.get_text_range()
    except pypdfium2.PdfiumError:
        return []
    lines: list[tuple[str, float, float, float]] = []
    place = 0
    for written in text.split("\n"):
        filled = [place + index for index, char in enumerate(written) if not char.isspace()]
        if filled:
            left, bottom, _, top = text_page.get_charbox(filled[0], loose=True)
            _, _, right, _ = text_page.get_charbox(filled[-1], loose=True)
            lines.append((written.strip(), left, right, top - bottom))
        place += len(written) + 1
    return lines


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    json.dump(_answer(sys.stdin.buffer.read()), sys.stdout)
