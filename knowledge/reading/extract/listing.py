"""Enumerations: 「A、B、C等九大」, cut into their items with the place of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules

_OUTSIDE = re.compile(r"[,。;:!?\n]")
_REMARK = re.compile(r"\([^()]{0,40}\)")
_JOINS = frozenset("与和及")


@dataclass(frozen=True)
class Item:
    """One of the things listed, at characters [start, end)."""

    start: int
    end: int
    name: str


def items_before(page: Page, end: int, count: int | None = None) -> list[Item]:
    """The items of the list that ends at a character, e.g. before 等 or before 九大产业链.

    Args:
        page: the page.
        end: one past the last item.
        count: how many there should be, if the text says so; tells whether 「A和B」 is one or two.
    """
    sentence = page.sentence(max(0, end - 1))
    start = sentence.start
    depth = 0
    for place in range(end - 1, sentence.start - 1, -1):
        character = page.plain[place]
        depth += (character == ")") - (character == "(")
        if depth <= 0 and _OUTSIDE.match(character):
            start = place + 1
            break
    return _cut(page, _first(page, start, end), end, count)


def items_after(page: Page, start: int, count: int | None = None) -> list[Item]:
    """The items of the list that begins at a character, up to a stop or 等."""
    sentence = page.sentence(start)
    end, depth = sentence.end, 0
    for place in range(start, sentence.end):
        character = page.plain[place]
        depth += (character == "(") - (character == ")")
        if depth <= 0 and (_OUTSIDE.match(character) or page.plain.startswith("等", place)):
            end = place
            break
    return _cut(page, start, end, count)


def counted_items(page: Page, match: re.Match[str], count: int | None) -> Iterator[list[Item]]:
    """The lists that may be what a number counts: the one before it, 「A、B等三个园区」, and that behind it.

    Args:
        page: the page.
        match: the number and what is counted.
        count: how many there should be.
    """
    end = match.start() - 1 if page.plain[match.start() - 1 : match.start()] == "等" else match.start()
    yield items_before(page, end, count)
    after = _introduced().match(page.plain, match.end())
    if after:
        yield items_after(page, after.end(), count)


@cache
def _introduced() -> re.Pattern[str]:
    return re.compile(f"(?:{either(rules('chains')['introducing'])})+")


def _first(page: Page, start: int, end: int) -> int:
    """Where the first item begins: behind the last word before the first 、 that leads up to a list."""
    plain = page.plain
    comma = plain.find("、", start, end)
    limit = comma if comma >= 0 else end
    begun = start
    for first, last, _ in page.words(page.sentence(start)):
        word = plain[first:last]
        if last < limit and first >= start and word in _starts() and (begun == start or word not in _JOINS):
            begun = last
    glued = (match.end() for match in _glued().finditer(plain, start, limit))
    return max([begun, *(place for place in glued if place < limit)])


@cache
def _starts() -> frozenset[str]:
    return frozenset(rules("lists")["starts"])


@cache
def _glued() -> re.Pattern[str]:
    return re.compile(either(word for word in rules("lists")["starts"] if len(word) > 2))


def _cut(page: Page, start: int, end: int, count: int | None) -> list[Item]:
    plain = page.plain
    edges: list[tuple[int, int]] = []
    depth, begun = 0, start
    for place in range(start, end):
        character = plain[place]
        depth += (character in "(“") - (character in ")”")
        if character == "、" and depth <= 0:
            edges.append((begun, place))
            begun = place + 1
    edges.append((begun, end))
    if count is None or len(edges) < count:
        head, tail = edges[-1]
        joins = list(re.finditer(r"以及|和|与|及", plain[head:tail]))
        if joins and len(edges) > 1 and (count is None or len(edges) + 1 == count):
            join = joins[-1]
            edges[-1:] = [(head, head + join.start()), (head + join.end(), tail)]
    items = []
    for first, last in edges:
        while first < last and plain[first] in ' “"':
            first += 1
        remark = _REMARK.search(plain, first, last)
        if remark and remark.end() >= last - 1:
            last = remark.start()
        while first < last and plain[last - 1] in ' ”"':
            last -= 1
        if first < last:
            items.append(Item(first, last, page.text[first:last]))
    return items
