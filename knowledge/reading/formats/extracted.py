"""What every format gives: text, and what the file says of itself; and how one refuses."""

import datetime as dt
import re
from dataclasses import dataclass

CELL = "\t"
"""Stands between the cells of a table's row, which is a line."""

MAX_CHARACTERS = 5_000_000
"""No document of an office is longer: the whole of 《资治通鉴》 has three million."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]+")


class UnreadableError(Exception):
    """A file that its format's module cannot read; the message goes on after the file's name and says what
    to do."""


@dataclass(frozen=True)
class Extracted:
    """A file's content.

    Attributes:
        text: plain text; a paragraph, a heading and a table's row are lines, a row's cells are joined by
            `CELL`.
        title: what the file itself says it is called, e.g. in a page's meta element; "" where it does not
            say.
        date: when it was published or, in office formats, typed.
        publisher: who published it.
        address: where it was published, an http(s) URL.
    """

    text: str
    title: str = ""
    date: dt.date | None = None
    publisher: str = ""
    address: str = ""


def tidy(text: str) -> str:
    """A line or cell in one line: blanks of layout and characters that nobody sees are taken out."""
    return " ".join(_UNSEEN.sub("", text.replace("\r", "\n")).split())


def row(cells: list[str]) -> str:
    """A table's row as a line; "" if no cell holds anything. Empty cells keep their place between others."""
    return CELL.join(map(tidy, cells)).rstrip(CELL) if any(cell.strip() for cell in cells) else ""


def day(written: str) -> dt.date | None:
    """The day at the head of a date as formats write it (2024-03-19T08:30, D:20240319, 2024/3/19); else
    None."""
    match = re.match(r"\s*(?:D:)?(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})", written)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def bounded(lines: list[str]) -> str:
    """Lines as a text.

    Raises:
        UnreadableError: there are more than any document has.
    """
    text = "\n".join(line for line in lines if line)
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(
            f"holds more than {MAX_CHARACTERS // 1_000_000} million characters. Split it into smaller files."
        )
    return text + "\n"
