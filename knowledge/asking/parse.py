"""A question as spans: what names an entity, a topic, a kind, a question word, and what is left over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.asking.english import english_tag
from knowledge.asking.lexicon import Part
from knowledge.asking.normalize import Normalized, fold_text
from knowledge.asking.numerals import value
from knowledge.asking.phrases import Match, PhraseIndex

_EMPTY_TAGS = frozenset(
    [
        "u",
        "p",
        "c",
        "y",
        "e",
        "o",
        "x",
        "w",
        "d",
        "f",
        "q",
        "r",
        "h",
        "k",
        "uj",
        "ul",
        "uz",
        "ug",
        "ud",
        "uv",
        "ur",
    ]
)
"""Parts of speech (ICTCLAS tags) that carry no content of their own."""

_NAME_TAGS = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})
"""Parts of speech of proper names: they agree or they do not."""

_TIME_TAGS = frozenset({"t", "tg"})
"""Parts of speech of times, which agree or do not as names do: 去年."""

_CONTENT = frozenset({"n", "v", "a", "j", "i", "l", "t", "s", "b"})
"""Parts of speech, by their first letter, whose words are kept whole."""

_ADVERBIAL = frozenset({"d", "f"})
"""Parts of speech whose longer words the lexicon names; what it does not name may be a place: 大连."""

_COUNTING = frozenset({"m", "q", "mq", "r", "f"})
"""Parts of speech of numbers and of numbers with what they count: 四期."""

LONG_NAME = 3
"""Characters from which on a proper name is kept whole."""

_NUMERAL = re.compile(r"[零一二三四五六七八九十百千万亿两]+")

_JOINS = frozenset(",，、;；?？和与及") | {"and"}
"""What stands between two questions in one message."""

_STOPS = frozenset(",，。;；!！?？")
"""What ends a clause."""

_ASKING = frozenset({Part.ENTITY, Part.TOPIC, Part.KIND, Part.REFUSAL})
"""Parts of which a clause needs one to ask for something."""

_WORTH = {Part.ENTITY: 1.0, Part.TOPIC: 1.0, Part.KIND: 0.95, Part.QUESTION: 0.9}
"""How much a unit covered counts when phrases compete for it; the rest count .85."""


@dataclass(frozen=True)
class Span:
    """A stretch of a question and what it stands for.

    Attributes:
        text: its words, normalized.
        part: what it contributes; None for words that no phrase covers.
        values: the ids it can stand for.
        quality: 1 to the letter, less for a guess at a slip.
        tag: for left-over words their part of speech, "name" for proper names, "number", "word".
        spelled: it was typed as pinyin.
        known: the phrase for which it was taken, where it is not written to the letter.
    """

    start: int
    end: int
    text: str
    part: Part | None
    values: frozenset[str] = frozenset()
    quality: float = 1.0
    tag: str = ""
    spelled: bool = False
    sounds: tuple[str, ...] = ()
    known: str = ""

    @property
    def meant(self) -> str:
        """Its words without slips."""
        return self.known or self.text


@dataclass(frozen=True)
class Parse:
    """A question in spans, in order; fillers are left out of `content`."""

    question: Normalized
    spans: tuple[Span, ...]

    def of(self, part: Part) -> list[Span]:
        """The spans of one part."""
        return [span for span in self.spans if span.part is part]

    @property
    def left(self) -> list[Span]:
        """The words that no phrase covers."""
        return [span for span in self.spans if span.part is None]

    @property
    def content(self) -> list[Span]:
        """The spans that an answer has to account for."""
        asking = {Part.ENTITY, Part.TOPIC, Part.KIND, Part.QUESTION, Part.HOME, Part.REFUSAL, None}
        return [span for span in self.spans if span.part in asking]


def apart(parse: Parse, span: Span) -> bool:
    """Whether a topic is asked for by itself: a comma or an «and» stands between it and another topic."""
    others = [other for other in parse.of(Part.TOPIC) if other is not span]
    units = parse.question.units
    between = [units[min(o.end, span.end) : max(o.start, span.start)] for o in others]
    return bool(between) and all(any(unit.text in _JOINS for unit in stretch) for stretch in between)


def parse(question: Normalized, phrases: PhraseIndex, home: str = "") -> Parse:
    """Cover a question with phrases, as much of it and with as few as possible.

    Args:
        question: the question in units.
        phrases: every phrase known.
        home: the id of the zone that is the bureau's own.
    """
    names = _names(question)
    words = _boundaries(question)
    matches = [
        match
        for match in phrases.find(question.units)
        if not _plain_term(match)
        and not _cuts(match, names)
        and not _straddles(question, match, words)
        and _whole(question, match)
    ]
    chosen = _cover(len(question.units), matches)
    spans: list[Span] = []
    position = 0
    for match in chosen:
        before = _left_over(question, position, match.start)
        place = any(target.value == home for target in match.phrase.targets)
        spans.extend(_prefixed(before, match.start) if place else before)
        spans.extend(_known(question, match))
        position = match.end
    spans.extend(_left_over(question, position, len(question.units)))
    return Parse(question, tuple(_to_the_point(question, spans)))


def _to_the_point(question: Normalized, spans: list[Span]) -> list[Span]:
    """Leave out what a clause says that asks nothing, beside one that does: «stop stalling, who …»."""
    marks = [place for place, unit in enumerate(question.units) if unit.text in _STOPS]
    clauses: dict[int, list[Span]] = {}
    for span in spans:
        clauses.setdefault(sum(mark < span.start for mark in marks), []).append(span)
    asking = {
        number
        for number, clause in clauses.items()
        if any(
            (span.part in _ASKING or span.tag in {"name", "number"}) and not _rude(span) for span in clause
        )
    }
    idle = {Part.QUESTION, None}
    return [
        span
        for number, clause in clauses.items()
        for span in clause
        if number in asking or not asking or not (span.part in idle or _rude(span))
    ]


def _rude(span: Span) -> bool:
    return span.part is Part.REFUSAL and span.values == {"abuse"}


def _plain_term(match: Match) -> bool:
    """Nouns that facts use are looked up for their slips; to the letter they are words like any other."""
    return match.quality == 1 and all(target.part is Part.TERM for target in match.phrase.targets)


def _prefixed(before: list[Span], start: int) -> list[Span]:
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


def _boundaries(question: Normalized) -> dict[tuple[int, int], str]:
    """Where the words of a question stand, in units, and their parts of speech."""
    return {(start, end): tag for start, end, tag in _tokens(question)}


def _straddles(question: Normalized, match: Match, words: dict[tuple[int, int], str]) -> bool:
    """Whether two characters that only sound like a phrase belong to two words: 用的 is not 用地."""
    typed = any(unit.spelled or not unit.sounds for unit in question.units[match.start : match.end])
    if match.length != 2 or match.quality == 1 or typed or (match.start, match.end) in words:
        return False
    middle = match.start + 1
    pieces = [words.get((match.start, middle)), words.get((middle, match.end))]
    return any(tag is None or tag in _EMPTY_TAGS for tag in pieces)


def _whole(question: Normalized, match: Match) -> bool:
    """Whether a phrase of one character is no mere piece of a longer word: 算 of 算法."""
    unit = question.units[match.start]
    if unit.spelled:
        # In a Chinese sentence a word of letters is one word: tian jin, not 进.
        return match.length > 1 or question.spelled
    if match.length > 1 or not unit.sounds:
        return True
    return not any(
        start <= match.start < end and end - start > 1 and tag[:1] in _CONTENT
        for start, end, tag in _tokens(question)
    )


def _names(question: Normalized) -> list[tuple[int, int]]:
    """Where proper names of three characters and more stand, in units."""
    return [
        (start, end)
        for start, end, tag in _tokens(question)
        if end - start >= LONG_NAME and tag in _NAME_TAGS
    ]


def _tokens(question: Normalized) -> list[tuple[int, int, str]]:
    """The Chinese words of a question with their parts of speech."""
    found: list[tuple[int, int, str]] = []
    start = 0
    while start < len(question.units):
        end = start
        while end < len(question.units) and question.units[end].sounds and not question.units[end].spelled:
            end += 1
        for word, tag in _tagged("".join(unit.text for unit in question.units[start:end])):
            found.append((start, start + len(word), tag))
            start += len(word)
        start = end + 1
    return found


def _cuts(match: Match, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a short phrase is only a piece of somebody else's name: 新区 in 浦东新区."""
    if all(target.part is not Part.ENTITY for target in match.phrase.targets):
        return False
    return any(
        start <= match.start and match.end <= end and match.length < end - start and match.length <= LONG_NAME
        for start, end in names
    )


def _cover(length: int, matches: Sequence[Match]) -> list[Match]:
    """The best row of matches that do not overlap (weighted interval scheduling)."""
    ending: dict[int, list[Match]] = {}
    for match in matches:
        ending.setdefault(match.end, []).append(match)
    best: list[tuple[float, Match | None]] = [(0.0, None)]
    for end in range(1, length + 1):
        choice: tuple[float, Match | None] = (best[end - 1][0], None)
        for match in ending.get(end, ()):
            value = best[match.start][0] + _value(match)
            if value > choice[0]:
                choice = (value, match)
        best.append(choice)
    chosen: list[Match] = []
    position = length
    while position > 0:
        taken = best[position][1]
        if taken is None:
            position -= 1
        else:
            chosen.append(taken)
            position = taken.start
    return chosen[::-1]


def _value(match: Match) -> float:
    worth = max(_WORTH.get(target.part, 0.85) for target in match.phrase.targets)
    # The small charge for each phrase prefers one long name to two short ones.
    return match.length * worth * match.quality**2 - 0.3


def _known(question: Normalized, match: Match) -> list[Span]:
    text = question.words(match.start, match.end)
    order = list(Part)
    parts = sorted({target.part for target in match.phrase.targets}, key=order.index)
    part = parts[0]
    if part is Part.TERM:
        # A noun that facts use: held against them as any other word is, but without its slips.
        sounds = tuple(unit.sounds[0] for unit in question.units[match.start : match.end] if unit.sounds)
        return [Span(match.start, match.end, fold_text(match.phrase.text), None, tag="n", sounds=sounds)]
    values = frozenset(target.value for target in match.phrase.targets if target.part is part)
    spelled = any(unit.spelled for unit in question.units[match.start : match.end])
    known = fold_text(match.phrase.text) if match.quality < 1 else ""
    return [
        Span(
            match.start,
            match.end,
            text,
            part,
            values,
            match.quality,
            spelled=spelled and not known,
            known=known,
        )
    ]


def _left_over(question: Normalized, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    while start < end:
        stop = start + 1
        unit = question.units[start]
        if unit.mark:
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
            text = question.words(start, stop)
            counts = text[0].isdigit() or value(text) is not None
            tag = "number" if counts else "word" if unit.spelled else english_tag(unit.surface)
            sounds = tuple(unit.sounds[0] for unit in question.units[start:stop] if unit.sounds)
            name = text if unit.spelled else unit.text
            spans.append(Span(start, stop, name, None, tag=tag, spelled=unit.spelled, sounds=sounds))
        start = stop
    return spans


def _words(question: Normalized, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    position = start
    for word, tag in _tagged("".join(unit.text for unit in question.units[start:end])):
        stop = position + len(word)
        sounds = tuple(unit.sounds[0] for unit in question.units[position:stop] if unit.sounds)
        kind = (
            "number"
            if _NUMERAL.search(word) and tag in _COUNTING
            else "name"
            if tag in _NAME_TAGS | _TIME_TAGS
            else tag
        )
        empty = tag in _EMPTY_TAGS and not (tag in _ADVERBIAL and len(word) > 1)
        # 一 before a thing counts nothing: 一部电影.
        if word != "一" and (kind in {"number", "name"} or not empty):
            spans.append(Span(position, stop, word, None, tag=kind, sounds=sounds))
        position = stop
    return spans


@lru_cache(maxsize=4096)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    """A text as words of the dictionary, and as names that only a statistical model can find."""
    import rjieba

    found: list[tuple[str, str]] = []
    for word, tag in rjieba.tag(text):
        # The model also takes pieces of two words for one: 能线 in 能线上谈.
        found += [(word, tag)] if tag in _NAME_TAGS else rjieba.tag(word, False)
    return tuple(found)
