"""What staff read for a kind, a field and a value, by language: the same words in Excel and at the desk."""

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.forms import choices_of
from knowledge.models.fact import Kind

_FOLDER = Path(__file__).parent / "labels"

LANGUAGES: tuple[str, ...] = tuple(sorted((path.stem for path in _FOLDER.glob("*.toml")), reverse=True))
"""Chinese, the staff's own, comes first."""


def label(what: Kind | StrEnum | bool | str, language: str) -> str:
    """What staff read.

    Args:
        what: a kind of fact, a value of one of the models' enums, true or false, or a field by its name.
        language: "zh" or "en".

    Raises:
        KeyError: there is no label; a test sees to it that each kind, field and value has one.
    """
    texts = _texts(language)
    if isinstance(what, Kind):
        found = texts["kind"][what.value]
    elif isinstance(what, StrEnum):
        found = texts["value"][type(what).__name__][what.value]
    elif isinstance(what, bool):
        found = texts["bool"][str(what).lower()]
    else:
        found = texts["field"][what]
    return str(found)


def one_label(kind: str, language: str) -> str:
    """What one fact of a kind is called, where `label` names the sheet with all of them.

    Args:
        kind: a value of `Kind`; or "document", for what is said of a document.
        language: see `label`.
    """
    return str(_texts(language)["one"][kind])


def find_field(field: str, language: str) -> str | None:
    """What a field is called; None for what is none."""
    found = _texts(language)["field"].get(field)
    return None if found is None else str(found)


def find_choice(field: str, value: str, language: str) -> str | None:
    """What a value is called that can be chosen for a field; None where it cannot.

    Args:
        field: e.g. `relation`.
        value: as data has it.
        language: see `label`.
    """
    return next((label(one, language) for one in choices_of(field) if one == value), None)


def field_note(field: str, language: str) -> str:
    """A field's meaning in a sentence, and how to fill it in; see `label`."""
    return str(_texts(language)["note"][field])


def state_label(published: bool, language: str) -> str:
    """Whether investors get a fact: in use or retired."""
    return str(_texts(language)["published"][str(published).lower()])


def sheet_label(sheet: str, language: str) -> str:
    """The name of a sheet that holds no facts: "guide" or "lists"."""
    return str(_texts(language)["sheet"][sheet])


@cache
def _texts(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
