"""The Chinese words of a question and their parts of speech (ICTCLAS tags, as jieba gives them)."""

import re
from functools import lru_cache

from knowledge.asking.deputies import BEFORE
from knowledge.asking.normalize import Normalized
from knowledge.asking.places import find_places, is_county

EMPTY_TAGS = frozenset({"u", "p", "c", "y", "e", "o", "x", "w", "d", "f", "q", "r", "h", "k"}) | frozenset(
    {"uj", "ul", "uz", "ug", "ud", "uv", "ur"}
)
"""Parts of speech that carry no content of their own."""

NAME_TAGS = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})
"""Parts of speech of proper names: they agree or they do not."""

TIME_TAGS = frozenset({"t", "tg"})
"""Parts of speech of times, which agree or do not as names do: 去年."""

ADVERBIAL_TAGS = frozenset({"d", "f"})
"""Parts of speech whose longer words the lexicon names; what it does not name may be a place: 大连."""

SIDE_TAGS = frozenset({"f"})
"""Parts of speech of sides, which are part of the name that they stand before: 前石沟."""

COUNTING_TAGS = frozenset({"m", "q", "mq", "r", "f"})
"""Parts of speech of numbers and of numbers with what they count: 四期."""

NUMERAL = re.compile(r"[零一二三四五六七八九十百千万亿两]+")

GREAT = re.compile(r"[一二三四五六七八九十百\d]{1,3}大")
"""How many of what there is: 九大 in 九大产业链."""

NUMBERED = re.compile(r"第?[零一二三四五六七八九十百\d]{1,20}[期号批届次层季]")
"""What is told apart by its number, and agrees or does not as a number does: 二期, 四号."""

DATED = frozenset("年月")
"""What makes a number a time: 20年 is no 20%."""

_UNKNOWN = "甪碶圳"
"""Characters side by side that no dictionary joins: only the model can tell what they are."""

LONG_NAME = 3
"""Characters from which on a proper name is kept whole."""


def find_tokens(question: Normalized) -> list[tuple[int, int, str]]:
    """The Chinese words of a question: where each starts and ends, in units, and its part of speech."""
    found: list[tuple[int, int, str]] = []
    start = 0
    while start < len(question.units):
        end = start
        while end < len(question.units) and question.units[end].sounds and not question.units[end].spelled:
            end += 1
        # English needs no dictionary of Chinese, which takes a tenth of a second to load.
        words = tag_words("".join(unit.text for unit in question.units[start:end])) if end > start else ()
        for word, tag in words:
            found.append((start, start + len(word), tag))
            start += len(word)
        start = end + 1
    return found


def load() -> None:
    """Read the model by which unknown names are found, so that nobody has to wait for it."""
    tag_words(_UNKNOWN)


@lru_cache(maxsize=4096)
def tag_words(text: str) -> tuple[tuple[str, str], ...]:
    """A text as words of the dictionary, and as names that only a statistical model can find."""
    import rjieba

    found: list[tuple[str, str]] = []
    for piece, is_place in find_places(text):
        if is_place:
            found.append((piece, "ns"))
            continue
        for word, tag in rjieba.tag(piece):
            # The model also takes pieces of two words for one: 能线 in 能线上谈.
            name = "ns" if is_county(word) else tag if tag in NAME_TAGS else ""
            found += [(word, name)] if name else rjieba.tag(word, False)
    return tuple(_with_deputies(found))


def _with_deputies(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """«副» and the post after it are one word: a 副主任 is no 主任."""
    joined: list[tuple[str, str]] = []
    for word, tag in words:
        if joined and joined[-1][0] == BEFORE:
            joined[-1] = (BEFORE + word, tag)
        else:
            joined.append((word, tag))
    return joined
