"""The core's own sentences, by language."""

import tomllib
from functools import cache
from pathlib import Path

from knowledge.asking.answer import Language

_FOLDER = Path(__file__).parent


@cache
def _texts(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def say(language: Language, section: str, key: str, **values: object) -> str:
    """A sentence of the core, filled in. Traditional characters are made of the whole reply at its end.

    Args:
        language: which language.
        section, key: where it stands in the file.
        values: what its braces stand for.

    Raises:
        KeyError: there is no such text.
    """
    return _texts(language.words)[section][key].format(**values)


def has(section: str, key: str) -> bool:
    """Whether there is such a text."""
    return key in _texts("zh").get(section, {})
