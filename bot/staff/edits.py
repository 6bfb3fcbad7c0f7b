"""A draft's fields as staff write them in a message: a field a line, in their words."""

import re
from typing import Any

from bot.staff import words
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.asking.library import is_asked
from knowledge.entries import Entry
from knowledge.forms import FormError, choices_of, fields_of
from knowledge.models import Kind

_LINE = re.compile(r"\A([^:：=]{1,30}?)\s*+[:：=]\s*+(.*)")
_LISTED = re.compile(r"[、,，\n]")
_PARTED = re.compile(r"[;；\n]")

FIXED = frozenset({"id"})
"""Fields that no edit changes."""


def editable(entry: Entry) -> list[str]:
    """The fields of a fact that can be edited."""
    return [*(field for field in fields_of(Kind(entry["kind"])) if field not in FIXED), "aliases"]


def read_fields(entry: Entry, text: str, language: Language) -> dict[str, Any]:
    """The fields that somebody wrote.

    Raises:
        FormError: a line is not `name: value`, or names no field.
    """
    fields = editable(entry)
    known = {field: field for field in fields}
    known |= {words.field_name(field, each).lower(): field for each in Language for field in fields}
    found: dict[str, Any] = {}
    for line in filter(str.strip, text.splitlines()):
        match = _LINE.match(line.strip())
        field = known.get(match[1].lower()) if match else None
        if match is None or field is None:
            names = say(language, "staff", "joiner").join(words.field_name(one, language) for one in fields)
            raise FormError(say(language, "staff", "no_field", line=line.strip(), fields=names))
        found[field] = _read(field, match[2], language)
    return found


def _read(field: str, value: str, language: Language) -> object:
    """A field's value from what somebody wrote, in their words or as data."""
    if field == "aliases":
        return _items(value)
    if field == "keywords":
        return "\n".join(_wordings(value))
    for choice in choices_of(field):
        if value in {words.choice_name(field, choice, each) for each in Language}:
            return choice.value
    for answer, said in ((True, "yes"), (False, "no")):
        if value in {say(each, "staff", said) for each in Language}:
            return answer
    return value or None


def written(field: str, value: object) -> str:
    """A field's value as it would be written in an edit; what was chosen, as data has it."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    return ("；" if field == "keywords" else "、").join(str(value).splitlines())


def _wordings(value: str) -> list[str]:
    """Words and questions as somebody wrote them; a question may have commas of its own."""
    pieces = [part for part in map(str.strip, _PARTED.split(value)) if part]
    return [item for piece in pieces for item in ([piece] if is_asked(piece) else _items(piece))]


def _items(value: str) -> list[str]:
    """The items of a list as somebody wrote it, in one line or several."""
    return [part for part in map(str.strip, _LISTED.split(value)) if part]
