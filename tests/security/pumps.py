"""Texts that keep a regular expression busy: what it repeats, repeated, then what it does not expect."""

from collections.abc import Iterator
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

END = "\0"

MANY = 50
"""A repetition that can be so long is one without end."""

_CLASSES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": "-"}
_TRIED = 'a1 云-\n"'
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


def pumps(pattern: str, flags: int, length: int) -> set[str]:
    """Hard texts for a pattern.

    Args:
        pattern, flags: as `re.compile` takes them.
        length: characters of each, about.
    """
    found: set[str] = set()
    for before, pump in set(_walk(_parser.parse(pattern, flags), "")):
        if pump:
            found.add(before + pump * (length // len(pump)) + END)
            found.add((before + pump) * (length // len(before + pump)) + END)
    return found


def _walk(nodes: Any, before: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - the library's own tree
    """What may be repeated without end, each with a text that leads to it."""
    for kind, value in nodes:
        inner = _inner(kind, value)
        if kind in _REPEATS and value[1] >= MANY:
            yield before, _example(value[2])
        for one in inner:
            yield from _walk(one, before)
        before += _example([(kind, value)])


def _inner(kind: Any, value: Any) -> list[Any]:  # noqa: ANN401
    if kind in _REPEATS:
        return [value[2]]
    if kind is c.SUBPATTERN:
        return [value[3]]
    if kind is c.BRANCH:
        return list(value[1])
    if kind in (c.ASSERT, c.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is c.ATOMIC_GROUP else []


def _example(nodes: Any) -> str:  # noqa: ANN401
    """A text that is matched, or nearly."""
    text = ""
    for kind, value in nodes:
        inner = _inner(kind, value)
        if kind is c.LITERAL:
            text += chr(value)
        elif kind is c.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif kind is c.ANY:
            text += "a"
        elif kind is c.IN:
            text += _one_of(value)
        elif kind in _REPEATS:
            text += _example(inner[0]) * (value[0] if 1 <= value[0] < MANY else 1)
        elif inner and kind not in (c.ASSERT, c.ASSERT_NOT):
            text += _example(inner[0])
    return text


def _one_of(items: Any) -> str:  # noqa: ANN401
    (kind, value), *rest = items
    if kind is not c.NEGATE:
        start = value[0] if kind is c.RANGE else value
        return _CLASSES.get(str(value), "a") if kind is c.CATEGORY else chr(start)
    return next(
        (letter for letter in _TRIED if not any(_holds(kind, value, letter) for kind, value in rest)), "a"
    )


def _holds(kind: Any, value: Any, letter: str) -> bool:  # noqa: ANN401
    if kind is c.CATEGORY:
        tests = {
            "CATEGORY_DIGIT": letter.isdigit(),
            "CATEGORY_SPACE": letter.isspace(),
            "CATEGORY_WORD": letter.isalnum() or letter == "_",
        }
        return tests.get(str(value), False)
    return bool(value[0] <= ord(letter) <= value[1] if kind is c.RANGE else value == ord(letter))
