"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it is."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


MARKS = {State.GOOD: "✓", State.WARNING: "!", State.BAD: "✗"}
"""How a state is shown."""


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Attributes:
        state: how it is.
        found: what is so, in a few words.
        advice: what to do; empty where nothing is to be done.
        check: what was looked at; see `bot.doctor.examination`.
    """

    state: State
    found: str
    advice: str = ""
    check: str = ""

    def line(self) -> str:
        """As a person reads it."""
        told = f"{MARKS[self.state]} {self.check}: {self.found}"
        return f"{told} → {self.advice}" if self.advice else told


def good(found: str) -> Finding:
    """All is well."""
    return Finding(State.GOOD, found)


def warning(found: str, advice: str = "") -> Finding:
    """It works, but somebody should know."""
    return Finding(State.WARNING, found, advice)


def bad(found: str, advice: str) -> Finding:
    """It does not work, or soon will not."""
    return Finding(State.BAD, found, advice)
