"""What is wrong with a cell, row or sheet: where, what stands there, why it cannot be, and what can."""

import dataclasses
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Problem:
    """Something that keeps a row from being taken.

    Attributes:
        field: the column: a field's name, or a heading as it stands; empty for the row or sheet as a whole.
        value: what stands there, as text.
        key: which sentence says why.
        allowed: which sentence says what is allowed; empty for none.
        values: what the sentences' braces stand for.
    """

    field: str
    value: str
    key: str
    allowed: str = ""
    values: dict[str, str] = dataclasses.field(default_factory=dict)

    def why(self, language: str) -> str:
        """Why it cannot be, in a sentence."""
        return say(language, "why", self.key, **self.values)

    def what(self, language: str) -> str:
        """What is allowed there; empty where the first sentence says it all."""
        return say(language, "allowed", self.allowed, **self.values) if self.allowed else ""


class CellError(Exception):
    """A cell holds what it may not; turned into a `Problem` by whoever knows its column."""

    def __init__(self, key: str, allowed: str = "", **values: str) -> None:
        self.key = key
        self.allowed = allowed
        self.values = values
        super().__init__(key)

    def problem(self, field: str, value: object) -> Problem:
        """The problem, at its column."""
        return Problem(field, "" if value is None else str(value), self.key, self.allowed, self.values)


def say(language: str, section: str, key: str, **values: object) -> str:
    """A sentence of this package, filled in.

    Args:
        language: "zh" or "en".
        section, key: where it stands in the file.
        values: what its braces stand for.
    """
    return _texts(language)[section][key].format(**values)


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
