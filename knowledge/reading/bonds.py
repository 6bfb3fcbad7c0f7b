"""What a cut must not tear: titles, quotations, brackets, numbers and Latin words."""

import re

PAIR = 2_000
"""A mark whose partner is farther away was forgotten; it holds nothing together."""

NESTING = 8
"""Marks lie no deeper in each other; so a text of nothing but brackets is read in linear time."""

_OPENING = {
    "《": "》",
    "“": "”",
    "‘": "’",
    "(": ")",
    "（": "）",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
}
_OPENER = {closing: opening for opening, closing in _OPENING.items()}
_MARKS = re.compile(f"[{re.escape(''.join([*_OPENING, *_OPENER]))}]")
_TOKEN = re.compile(r"(?:[0-9A-Za-z]+(?:[.,:/-][0-9A-Za-z]+)*%?)")


def bonds(text: str) -> bytearray:
    """For each character, whether a cut right before it would tear something (1) or not (0)."""
    bound = bytearray(len(text))
    for token in _TOKEN.finditer(text):
        inside = len(token[0]) - 1
        bound[token.start() + 1 : token.end()] = b"\1" * inside
    opened: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if mark in _OPENING:
            opened.append((mark, place))
            continue
        depth = _partner(opened, _OPENER[mark])
        if depth is None:
            continue
        begin = opened[depth][1]
        del opened[depth:]
        if place - begin <= PAIR:
            bound[begin + 1 : place + 1] = b"\1" * (place - begin)
    return bound


def held(bound: bytearray, place: int) -> bool:
    """Whether a cut before this character would tear something."""
    return place < len(bound) and bool(bound[place])


def _partner(opened: list[tuple[str, int]], opening: str) -> int | None:
    for depth in range(len(opened) - 1, max(-1, len(opened) - 1 - NESTING), -1):
        if opened[depth][0] == opening:
            return depth
    return None
