"""The desk's own words, in the language that whoever looks has chosen."""

import tomllib
from functools import cache
from pathlib import Path

from starlette_admin.i18n import get_locale

from knowledge.asking.answer import Language
from knowledge.labels import find_choice, find_field, one_label

_FOLDER = Path(__file__).parent / "texts"

LOCALES = {"zh": Language.HANS, "en": Language.EN}
"""The languages of the desk, the first by default."""

DEFAULT = next(iter(LOCALES))

KIND, FIELDS = "kind", "fields"
"""Sections that are no names of fields."""


def language() -> Language:
    """The language of the page that is being made."""
    return LOCALES.get(get_locale(), Language.HANS)


def say(key: str, **values: object) -> str:
    """A text of the desk in the page's language, filled in.

    Args:
        key: `section.name` in the files in `texts/`.
        values: what its braces stand for.

    Raises:
        KeyError: there is no such text.
    """
    name = get_locale() if get_locale() in LOCALES else DEFAULT
    return texts(name)[key].format(**values)


def label(section: str, value: object) -> str:
    """What a field, kind or other value of the data is called; itself where it has no name.

    The desk's own texts hold only what it calls otherwise than `knowledge.labels`.
    """
    name = get_locale() if get_locale() in LOCALES else DEFAULT
    if section == KIND:
        return one_label(str(value), name)
    own = texts(name).get(f"{section}.{value}")
    if own is None and section == FIELDS:
        own = find_field(str(value), name)
    elif own is None:
        own = find_choice(section, str(value), name)
    return str(value) if own is None else own


def known(key: str) -> bool:
    """Whether there is a text of this key."""
    return key in texts(DEFAULT)


@cache
def texts(name: str) -> dict[str, str]:
    """All texts of a language by `section.name`."""
    held = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, found in held.items() for key, text in found.items()}
