"""CSV files: which mark parts the cells is told from the text."""

import csv
import io

from knowledge.reading.decode import decode, is_text
from knowledge.reading.formats.extracted import Extracted, UnreadableError, bounded, row

MARKS = ",\t;|\uff0c"
"""What parts cells, the likeliest first."""

SAMPLE = 64
"""So many lines show it."""


def extract(content: bytes) -> Extracted:
    """Read a CSV file; its rows are lines.

    Args:
        content: the file's bytes, in any encoding that text files may be in.

    Raises:
        UnreadableError: its encoding cannot be told, or it is no text.
    """
    text = decode(content)
    if text is None:
        raise UnreadableError("its encoding cannot be told. Save it as «CSV UTF-8» and try again.")
    if not is_text(text):
        raise UnreadableError(
            "is not text (it holds control characters). Save it as «CSV UTF-8» and try again."
        )
    bounded([text])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text)))
    except csv.Error as error:
        raise UnreadableError(
            f"cannot be read as a table ({error}). Save it as «CSV UTF-8» and try again."
        ) from None
    return Extracted(bounded([row(cells) for cells in rows]))


def _mark(text: str) -> str:
    """The mark that parts the most lines into the same number of cells, more than one."""
    lines = text.splitlines()[:SAMPLE]

    def agreement(mark: str) -> int:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=mark) if len(cells) > 1]
        return max((counts.count(count) for count in set(counts)), default=0)

    try:
        return max(MARKS, key=agreement)
    except csv.Error:
        return MARKS[0]
