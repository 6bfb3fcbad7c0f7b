"""The word lists under rules/: what tells a park, a post, a signing in a text. Staff extend them there."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.database import KnowledgeError

FOLDER = Path(__file__).parent / "rules"


class RulesError(KnowledgeError):
    """A list under rules/ cannot be read; says which and why."""


@cache
def rules(name: str) -> dict[str, Any]:
    """The lists of rules/<name>.toml.

    Raises:
        RulesError: the file is missing or is not TOML.
    """
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path.name} cannot be read: {error}. Put the line right or restore it.") from error


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
