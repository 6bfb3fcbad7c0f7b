"""Putting back the words a farm replaced, each by where it stands."""

from collections.abc import Iterator
from functools import lru_cache

from knowledge.reading.edits import Edit
from knowledge.reading.rewrites import rewrites

_BREAKS = "\n。;；!！?？,，、:："


def word_edits(text: str) -> list[Edit]:
    """The changes that give a rewritten text its own words back (never ask this of a clean text)."""
    lists = rewrites()
    edits: list[Edit] = []
    for match in lists.finder.finditer(text):
        word = lists.words.get(match[0])
        if word is None:
            continue
        write, phrase = word.choose(text, match.start(), match.end())
        if write is None or (not phrase and _stands_across(text, match.start(), match.end())):
            continue
        why = f"in «{phrase}» it is {write}" if phrase else f"the farm's word for {write}"
        edits.append(Edit(match.start(), match.end(), match[0], write, f"word {word.found}", why))
    return edits


def _stands_across(text: str, start: int, end: int) -> bool:
    """Whether the characters merely meet there: 有效|劳动, 今天下午, 轻工业.

    They do when a word of the sentence that began before them runs on beyond or was but one character longer
    (医药工业 is a compound, 轻工业 a word), or when one that begins inside runs on beyond.
    """
    first = max(text.rfind(mark, max(0, start - 40), start) for mark in _BREAKS) + 1
    first = max(first, start - 40, 0)
    stops = [stop for mark in _BREAKS if (stop := text.find(mark, end, end + 40)) >= 0]
    clause = text[first : min(stops, default=end + 40)]
    for begin, finish in _tokens(clause):
        begins, ends = first + begin, first + finish
        if begins < start < ends and (ends > end or start - begins == 1):
            return True
        if start < begins < end < ends:
            return True
    return False


@lru_cache(maxsize=64)
def _tokens(clause: str) -> tuple[tuple[int, int], ...]:
    import rjieba

    return tuple(_spans(rjieba.cut(clause)))


def _spans(words: list[str]) -> Iterator[tuple[int, int]]:
    place = 0
    for word in words:
        yield place, place + len(word)
        place += len(word)
