"""The words of a question that no phrase covers."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.asking.deputies import LEADING
from knowledge.asking.english import MAY, english_tag, is_may, is_time
from knowledge.asking.lexicon import Part
from knowledge.asking.normalize import Normalized
from knowledge.asking.spans import Span
from knowledge.asking.syllables import PARTICLES
from knowledge.asking.tokens import (
    ADVERBIAL_TAGS,
    COUNTING_TAGS,
    DATED,
    EMPTY_TAGS,
    GREAT,
    NAME_TAGS,
    NUMBERED,
    NUMERAL,
    SIDE_TAGS,
    TIME_TAGS,
    tag_words,
)
from knowledge.numerals import value

TRADE = "业"
"""With what a trade ends."""

DIVISIONS = ("区", "街道", "街道办", "镇", "村", "港", "县")
"""What places within a zone are called by, behind its name."""


def left_over(question: Normalized, start: int, end: int) -> list[Span]:
    """The words between two places, without those that say nothing.

    Args:
        question: the question in units.
        start, end: from which unit to which, exclusive.
    """
    spans: list[Span] = []
    while start < end:
        stop = start + 1
        unit = question.units[start]
        if unit.mark:
            start = stop
            continue
        if unit.surface == MAY and not _is_month(question, start):
            start = stop
            continue
        chinese = bool(unit.sounds)
        # A run of characters, or a run of typed syllables.
        while chinese and stop < end and question.units[stop].sounds:
            if question.units[stop].spelled is not unit.spelled:
                break
            stop += 1
        if chinese and not unit.spelled:
            spans.extend(_words(question, start, stop))
        else:
            if unit.text.isdigit() and stop < end and question.units[stop].text in DATED:
                stop += 1
            dated = stop < end and is_time(unit.text, question.units[stop].text)
            deputy = stop < end and unit.surface in LEADING and not question.units[stop].mark
            joined = dated or deputy
            stop += joined
            # A number is no stem: eighty.
            plain = stop - start == 1 and value(unit.surface) is not None
            text = unit.surface if plain else question.words(start, stop)
            counts = plain or text[0].isdigit() or value(text) is not None
            tag = "number" if counts else "word" if unit.spelled else english_tag(unit.surface, unit.capital)
            tag = "name" if dated or unit.surface == MAY else tag
            sounds = question.sounds(start, stop)
            name = text if unit.spelled or counts or joined else unit.text
            typed = "" if chinese or counts or joined else unit.surface
            spans.append(
                Span(start, stop, name, None, tag=tag, spelled=unit.spelled, sounds=sounds, typed=typed)
            )
        start = stop
    return spans


def _is_month(question: Normalized, place: int) -> bool:
    """Whether «may» stands there as a month."""
    units = question.units
    before = units[place - 1].surface if place else ""
    behind = units[place + 1].surface if place + 1 < len(units) else ""
    return is_may(before, behind, units[place].capital)


def as_prefix(before: list[Span], start: int) -> list[Span]:
    """Characters right before our name that no dictionary joins make it another's: 雄安 before 新区."""
    single = 0
    while (
        single < len(before)
        and before[-1 - single].end == start - single
        and len(before[-1 - single].text) == 1
    ):
        single += 1
    kept = len(before) - single
    return [*before[:kept], *(replace(span, tag="name") for span in before[kept:])]


def as_typed_names(question: Normalized, spans: Sequence[Span]) -> list[Span]:
    """Syllables side by side that make no word of several are a name: chen wen, not 陈 and 问.

    Args:
        question: one in pinyin.
        spans: its spans, in order.
    """
    found: list[Span] = []
    loose: list[Span] = []
    for span in spans:
        if loose and (span.start > loose[-1].end or not _is_loose(question, span)):
            found += _typed_name(question, loose)
            loose = []
        (loose if _is_loose(question, span) else found).append(span)
    return found + _typed_name(question, loose)


def _typed_name(question: Normalized, loose: list[Span]) -> list[Span]:
    if len(loose) < 2:
        return loose
    start, end = loose[0].start, loose[-1].end
    name, sounds = question.words(start, end), question.sounds(start, end)
    return [Span(start, end, name, None, tag="name", spelled=True, sounds=sounds)]


def _is_loose(question: Normalized, span: Span) -> bool:
    """Whether it is one syllable that may be a piece of a longer word."""
    unit = question.units[span.start]
    return span.end - span.start == 1 and unit.spelled and (span.part is None or unit.text not in PARTICLES)


def as_suffix(spans: Sequence[Span], home: str) -> list[Span]:
    """What lies in our zone and is called after it is a place of its own: 街道 behind 新区."""
    before = (None, *spans)
    return [
        replace(span, tag="name")
        if span.part is None
        and span.text.endswith(DIVISIONS)
        and last is not None
        and last.end == span.start
        and home in last.values
        else span
        for last, span in zip(before, spans, strict=False)
    ]


def as_trades(spans: Sequence[Span]) -> list[Span]:
    """What something is asked about is a trade with 业 behind it: 旅游业 does not ask for visitors."""
    found: list[Span] = []
    for span in spans:
        topic = found[-1] if found else None
        if (
            span.part is None
            and span.text == TRADE
            and topic
            and topic.part is Part.TOPIC
            and topic.end == span.start
        ):
            sounds = (*topic.sounds, *span.sounds)
            found[-1] = Span(topic.start, span.end, topic.text + span.text, None, tag="n", sounds=sounds)
        else:
            found.append(span)
    return found


def _words(question: Normalized, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    position = side = start
    for word, tag in tag_words("".join(unit.text for unit in question.units[start:end])):
        stop = position + len(word)
        sounds = question.sounds(position, stop)
        kind = (
            "number"
            if (NUMERAL.search(word) and tag in COUNTING_TAGS)
            or NUMBERED.fullmatch(word)
            or GREAT.fullmatch(word)
            else "name"
            if tag in NAME_TAGS | TIME_TAGS
            else tag
        )
        empty = tag in EMPTY_TAGS and not (tag in ADVERBIAL_TAGS and len(word) > 1)
        # 一 before a thing counts nothing: 一部电影.
        if kind == "name" and side < position:
            # 前石沟 is a place of its own, and not 后石沟.
            before = question.words(side, position)
            sounds = (*question.sounds(side, position), *sounds)
            spans.append(Span(side, stop, before + word, None, tag=kind, sounds=sounds))
        elif word != "一" and (kind in {"number", "name"} or not empty):
            spans.append(Span(position, stop, word, None, tag=kind, sounds=sounds))
        side = position if tag in SIDE_TAGS and len(word) == 1 else stop
        position = stop
    return spans
