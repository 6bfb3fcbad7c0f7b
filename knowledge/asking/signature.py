"""A letter's end: what stands there is about its writer and asks nothing."""

import re
from functools import cache


def without_signature(text: str, closings: tuple[str, ...]) -> str:
    """A message without the formula with which a letter ends, and without all that follows: «Regards, ACME».

    Args:
        text: as typed.
        closings: such formulas, of all languages.

    Returns:
        the message as it is where it has none, or is nothing else.
    """
    found = _pattern(closings).search(text) if closings else None
    before = text[: found.start()] if found else ""
    return before if any(character.isalnum() for character in before) else text


@cache
def _pattern(closings: tuple[str, ...]) -> re.Pattern[str]:
    formulas = "|".join(map(re.escape, sorted(closings, key=len, reverse=True)))
    return re.compile(rf"(?<![A-Za-z])(?:{formulas})(?![A-Za-z])", re.IGNORECASE)
