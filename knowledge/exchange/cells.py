"""A fact's fields as cells and back: dates as dates, enums in words, references by name."""

import datetime as dt
import re
import unicodedata
from enum import StrEnum

from knowledge.exchange.columns import PUBLISHED, Cell, Column
from knowledge.exchange.directory import Directory
from knowledge.exchange.problems import CellError
from knowledge.labels import LANGUAGES, label, state_label
from knowledge.topics import find_topic, topic_label
from knowledge.unseen import visible

Value = str | int | float | bool | dt.date | dt.datetime | None
"""What a cell can hold."""

LONGEST = 32_000
"""A cell takes 32767 characters (Excel's limits); the rest is for the mark that more follows."""

DIGITS = ".15g"
"""Excel keeps no more digits of a number."""

CUT = "…✂"
"""Stands at the end of a text that was too long for a cell."""

_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*+日)?(?:\s++00:00(?::00)?)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def show(column: Column, value: object, directory: Directory, language: str) -> Value:
    """A field's value as it stands in a cell.

    Args:
        column: of the field.
        value: as an entry has it; None for none.
        directory: what references are called.
        language: of choices.
    """
    if value is None or value == "":
        return None
    match column.cell:
        case Cell.DATE:
            return dt.date.fromisoformat(str(value))
        case Cell.NUMBER | Cell.WHOLE:
            return value if isinstance(value, int | float) else str(value)
        case Cell.FLAG:
            return _flag(column, bool(value), language)
        case Cell.CHOICE if column.choices is not None:
            return label(column.choices(str(value)), language)
        case Cell.TOPIC:
            return topic_label(str(value), language)
        case Cell.REFERENCE:
            return directory.shown(str(value))
        case Cell.REFERENCES:
            return fit("\n".join(directory.shown(id) for id in str(value).split()))
        case Cell.LINES if isinstance(value, list):
            return fit("\n".join(map(str, value)))
    return fit(str(value))


def read(column: Column, value: Value, directory: Directory) -> object:
    """What stands in a cell as an entry has it.

    Args:
        column: of the field.
        value: not blank.
        directory: what references are called.

    Raises:
        CellError: it is not allowed there.
    """
    if isinstance(value, str) and value.rstrip().endswith(CUT):
        raise CellError("too_long", "shorter")
    match column.cell:
        case Cell.DATE:
            return _date(value).isoformat()
        case Cell.NUMBER:
            return _number(value)
        case Cell.WHOLE:
            number = _number(value)
            if number != int(number):
                raise CellError("not_whole", "whole")
            return int(number)
        case Cell.FLAG:
            return _pick(value, {flag: _words(column, flag) for flag in (True, False)})
        case Cell.CHOICE if column.choices is not None:
            words = {choice.value: _choice_words(choice) for choice in column.choices}
            return _pick(value, words)
        case Cell.TOPIC:
            return find_topic(as_text(value))
        case Cell.REFERENCE:
            return directory.find(as_text(value), column.kinds)
        case Cell.REFERENCES:
            return "\n".join(directory.find(line, column.kinds) for line in lines(value))
        case Cell.LINES if column.field != "keywords":
            return list(dict.fromkeys(lines(value)))
        case Cell.LINES:
            return "\n".join(lines(value))
    return as_text(value)


def same(shown: Value, found: Value) -> bool:
    """Whether a cell still holds what was shown; Excel and its like may have made text of a number."""
    if shown is None or found is None:
        return _blank(shown) and _blank(found)
    if isinstance(shown, dt.date) and isinstance(found, dt.date):
        return _midnight(shown) == _midnight(found)
    if isinstance(shown, int | float) and isinstance(found, int | float):
        alike = isinstance(found, bool) is isinstance(shown, bool)
        return alike and f"{shown:{DIGITS}}" == f"{found:{DIGITS}}"
    if type(shown) is type(found) is str and shown == found:
        return True
    return as_text(shown) == as_text(found)


def as_text(value: Value) -> str:
    """A cell's content as text: 2021, not 2021.0; dates as 2024-02-18."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if _midnight(value) == value else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return visible(writable(str(value))).strip()


def lines(value: Value) -> list[str]:
    """The lines of a cell that are not blank."""
    return [line.strip() for line in as_text(value).split("\n") if line.strip()]


def writable(text: str) -> str:
    """A text without what no workbook can hold: control characters; line ends are a single newline."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def fit(text: str) -> str:
    """A text that a cell can hold; one that is cut says so, and cannot be edited there."""
    text = writable(text)
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def _flag(column: Column, flag: bool, language: str) -> str:
    return state_label(flag, language) if column.field == PUBLISHED else label(flag, language)


def _words(column: Column, flag: bool) -> list[str]:
    return [str(flag), *(_flag(column, flag, language) for language in LANGUAGES)]


def _choice_words(choice: StrEnum) -> list[str]:
    return [choice.value, *(label(choice, language) for language in LANGUAGES)]


def _pick(value: Value, words: dict[bool, list[str]] | dict[str, list[str]]) -> object:
    text = _folded(as_text(value))
    for meant, known in words.items():
        if text in map(_folded, known):
            return meant
    raise CellError("not_a_choice", "choices", choices="、".join(known[1] for known in words.values()))


def _date(value: Value) -> dt.date:
    if isinstance(value, dt.datetime):
        if _midnight(value) != value:
            raise CellError("not_a_date", "date")
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = unicodedata.normalize("NFKC", as_text(value))
    found = _DATE.match(text) or _COMPACT.match(text)
    if found is None:
        raise CellError("not_a_date", "date")
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        raise CellError("no_such_day", "date") from None


def _number(value: Value) -> float:
    if isinstance(value, bool | dt.date):
        raise CellError("not_a_number", "number")
    if isinstance(value, int | float):
        return value
    text = unicodedata.normalize("NFKC", as_text(value)).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", text):
        raise CellError("not_a_number", "number")
    return float(text)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


def _blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
