"""The faces' own sentences, by language."""

import tomllib
from functools import cache
from pathlib import Path

from knowledge.asking.answer import Language
from knowledge.asking.normalize import in_script

_FOLDER = Path(__file__).parent


@cache
def _texts(name: str) -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def say_all(language: Language, section: str, key: str, **values: object) -> list[str]:
    """A list of sentences, filled in; a single sentence is a list of one.

    Args:
        language: which language; traditional characters are made of the simplified text.
        section, key: where it stands in the file.
        values: what its braces stand for.

    Raises:
        KeyError: there is no such text, or a brace has no value.
    """
    held = _texts(language.words)[section][key]
    filled = [text.format(**values) for text in ([held] if isinstance(held, str) else held)]
    return [in_script(text, language) for text in filled]


def say(language: Language, section: str, key: str, **values: object) -> str:
    """A sentence, filled in; see `say_all`."""
    return say_all(language, section, key, **values)[0]


def has(section: str, key: str) -> bool:
    """Whether there is such a text."""
    return key in _texts("zh").get(section, {})


def keys(section: str) -> tuple[str, ...]:
    """The keys of a section, in the file's order."""
    return tuple(_texts("zh")[section])
