"""A cleaned text cut into passages of whole sentences, each with the heading it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from knowledge.reading.bonds import bonds, held

SHORTEST = 40
LONGEST = 220
"""A passage has so many characters, unless its heading or a single quotation leaves no choice."""

HEADING = 40
"""A longer line is a paragraph."""

HEADINGS_IN_A_ROW = 3
"""More lines in a row that look like headings are a list."""

_NUMERAL = "一二三四五六七八九十百零"
_SECTION = rf"第[{_NUMERAL}]{{1,5}}[章节]|[{_NUMERAL}]{{1,3}}、|[(（][{_NUMERAL}]{{1,3}}[)）]"
_ITEM = rf"第[{_NUMERAL}]{{1,5}}条|[(（]\d{{1,2}}[)）]|\d{{1,2}}[.．、](?!\d)"
_NUMBERED = re.compile(rf"(?<![^\s。！？!?;；:：])(?:{_SECTION}|{_ITEM})")
_SECTION_START = re.compile(_SECTION)
# In a text of one line a section's title ends where a blank stands before its first paragraph.
_SECTION_TITLE = re.compile(
    rf"(?<![^\s。！？!?;；:：])(?:{_SECTION})[^\s,，。;；:：!！?？]{{2,36}}(?=[ \u3000])"
)
# A remark in brackets after the full stop («(省财政厅牵头)») belongs to the sentence; a numbering does not.
_SENTENCE = re.compile(
    rf"[。！？!?]+[”’」』)）》]*(?![(（](?!\d|[{_NUMERAL}]{{1,3}}[)）]))|(?<=[。！？!?][)）])|(?<=[^\d\s])\.(?=\s)|\n+"
)
_BRACKETED = re.compile(r"(?<=[。！？])[(（][^()（）\n]{0,200}[)）]")
_WEAK = (re.compile(r"[;；]|…+"), re.compile(r"[,，:：]|\s+"), re.compile("、"))
_CLOSED = re.compile(r"[。！？!?;；:：,，、…]$")
_NO_HEADING = re.compile(
    r"^(?:来源|记者|作者|编辑|责编|通讯员|发布|时间|日期|文号)|\d{4}年\d{1,2}月\d{1,2}日|^\d{4}-|\t"
)


@dataclass(frozen=True)
class Passage:
    """Characters [start, end) of the cleaned text, without blanks at either end.

    `heading` is the heading it stands under, "" before the first. A heading is a passage of its own, under
    itself (`is_heading`), so that nothing of the text is lost.
    """

    start: int
    end: int
    heading: str
    is_heading: bool = False


@dataclass(frozen=True)
class _Unit:
    """A heading or a sentence; `opens` tells whether a paragraph or a numbered item begins with it."""

    start: int
    end: int
    opens: bool
    titled: bool = False


def segment(text: str) -> list[Passage]:
    """Cut a text into passages, in order, not overlapping, that together hold all of it but blanks.

    Never cuts within 《》, quotation marks, brackets or a number. A paragraph shorter than a passage is put
    together with the next under the same heading; a longer one is cut at numbering and between sentences.
    """
    passages: list[Passage] = []
    heading = ""
    for titled, group in groupby(_without_lists(list(_units(text))), key=lambda unit: unit.titled):
        if not titled:
            passages += _packed(list(group), heading)
            continue
        for unit in group:
            heading = text[unit.start : unit.end].lstrip("# ")
            passages.append(Passage(unit.start, unit.end, heading, True))
    return passages


def _without_lists(units: list[_Unit]) -> Iterator[_Unit]:
    """A list of names or keywords looks like many headings in a row; only its last line can be one."""
    for titled, group in groupby(units, key=lambda unit: unit.titled):
        run = list(group)
        listed = len(run) - 1 if titled and len(run) > HEADINGS_IN_A_ROW else 0
        yield from (replace(unit, titled=False) for unit in run[:listed])
        yield from run[listed:]


def _packed(units: list[_Unit], heading: str) -> list[Passage]:
    """Sentences under one heading, put together within their paragraph up to the longest passage."""
    packed: list[tuple[int, int]] = []
    for unit in units:
        length = packed[-1][1] - packed[-1][0] if packed else 0
        fits = bool(packed) and unit.end - packed[-1][0] <= LONGEST
        if fits and (not unit.opens or length < SHORTEST):
            packed[-1] = packed[-1][0], unit.end
        else:
            packed.append((unit.start, unit.end))
    joined: list[tuple[int, int]] = []
    for start, end in packed:
        # A short rest belongs rather to what stands before it than to nothing.
        if joined and end - start < SHORTEST and end - joined[-1][0] <= LONGEST:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return [Passage(start, end, heading) for start, end in joined]


def _units(text: str) -> Iterator[_Unit]:
    bound = bonds(text)
    numbered = {match.start() for match in _NUMBERED.finditer(text) if not held(bound, match.start())}
    cuts = {0, len(text), *numbered}
    cuts.update(match.end() for match in _SENTENCE.finditer(text) if not held(bound, match.end()))
    for finder in (_BRACKETED, _SECTION_TITLE):
        cuts.update(match.end() for match in finder.finditer(text) if not held(bound, match.end()))
    line = True
    for begin, finish in pairwise(sorted(cuts)):
        start, end = _stripped(text, begin, finish)
        opens = line or start in numbered
        line = "\n" in text[end:finish] or (start == end and (line or "\n" in text[begin:finish]))
        if start == end:
            continue
        if _is_heading(text, start, end, opens, line or end == len(text)):
            yield _Unit(start, end, True, True)
            continue
        for first, last in _short(text, start, end, bound):
            yield _Unit(first, last, opens and first == start)


def _is_heading(text: str, start: int, end: int, opens: bool, closes: bool) -> bool:
    """A line of its own without a stop, or a numbered section title before a blank in a text of one line."""
    if not opens or not 1 < end - start <= HEADING or _CLOSED.search(text, start, end):
        return False
    if _NO_HEADING.search(text[start:end]):
        return False
    return closes or (bool(_SECTION_START.match(text, start)) and text[end].isspace())


def _short(text: str, start: int, end: int, bound: bytearray) -> Iterator[tuple[int, int]]:
    """A sentence longer than a passage, cut at semicolons, else commas, at worst between two characters."""
    while end - start > LONGEST:
        cut = 0
        for marks in _WEAK:
            places = (match.end() for match in marks.finditer(text, start + SHORTEST, start + LONGEST))
            cut = cut or max((place for place in places if not held(bound, place)), default=0)
        cut = cut or next((place for place in range(start + LONGEST, end) if not held(bound, place)), end)
        yield _stripped(text, start, cut)
        start = _stripped(text, cut, end)[0]
    if start < end:
        yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
