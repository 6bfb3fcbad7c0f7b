"""What a question is made of: stretches that stand for an entity, a topic, a question word, and the rest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from knowledge.asking.lexicon import Part
from knowledge.asking.normalize import Normalized

_JOINS = frozenset(",，、;；?？和与及") | {"and"}
"""What stands between two questions in one message."""

_BETWEEN = _JOINS | frozenset("跟同或还是者比多大高少小超过") | {"or", "vs", "versus", "the", "than", "have"}
"""What stands between two things that are compared."""

OF = "的"
"""What may stand there besides, and joins nothing."""


ASKED = frozenset("?？")
"""What marks a question."""

NOUNS = frozenset({"n", "l", "j", "w"})
"""Parts of speech, by their first letter, of words that name something; `word` is one of English."""

_WORDS = NOUNS | {"v", "a"}

DIVIDED = frozenset({"chain", "park", "sector"})
"""Kinds of which there is one for each trade, named by any word."""


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
        typed: an English word as it was written, where `text` is its stem.
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
    typed: str = ""

    @property
    def written(self) -> str:
        """Its words as a reply can repeat them."""
        return self.typed or self.text

    @property
    def meant(self) -> str:
        """Its words without slips."""
        return self.known or self.text


def clauses(question: Normalized, spans: Sequence[Span], stops: frozenset[str]) -> list["Clause"]:
    """The stretches of a question between some marks, those that hold a span.

    Args:
        question: the question in units.
        spans: its spans, in order.
        stops: what ends a clause.
    """
    edges = [place for place, unit in enumerate(question.units) if unit.text in stops]
    starts = [0, *(edge + 1 for edge in edges)]
    ends = [*edges, len(question.units)]
    found = (
        Clause(start, end, tuple(span for span in spans if start <= span.start < end))
        for start, end in zip(starts, ends, strict=True)
    )
    return [clause for clause in found if clause.spans]


@dataclass(frozen=True)
class Clause:
    """A stretch of a question between two marks, from unit `start` to `end`, exclusive, and its spans."""

    start: int
    end: int
    spans: tuple[Span, ...]


def unsaid(part: Part, values: Iterable[str]) -> Span:
    """What is asked for without being said.

    Args:
        part: what it contributes.
        values: the ids it stands for.
    """
    return Span(0, 0, "", part, frozenset(values))


def is_marked(question: Normalized, clause: "Clause") -> bool:
    """Whether a clause ends with a question mark.

    Args:
        question: the question in units.
        clause: one of its clauses.
    """
    return clause.end < len(question.units) and question.units[clause.end].text in ASKED


@dataclass(frozen=True)
class Parse:
    """A question in spans, in order; fillers are left out of `content`."""

    question: Normalized
    spans: tuple[Span, ...]

    def of(self, part: Part) -> list[Span]:
        """The spans of one part."""
        return self._by_part[part]

    def values(self, part: Part) -> frozenset[str]:
        """Everything that the spans of one part can stand for."""
        return self._values[part]

    @cached_property
    def left(self) -> list[Span]:
        """The words that no phrase covers."""
        return self._by_part[None]

    @cached_property
    def content(self) -> list[Span]:
        """The spans that an answer has to account for."""
        asking = {Part.ENTITY, Part.TOPIC, Part.KIND, Part.QUESTION, Part.HOME, Part.REFUSAL, Part.RANK, None}
        return [span for span in self.spans if span.part in asking]

    def qualifies(self, span: Span) -> bool:
        """Whether a word stands right before what is asked for and says which: 氢能 before 产业链.

        So does the first of two: 新能源 before 车 before 产业园. A verb says which of a kind there is: 育种.
        """
        if span not in self._qualifying:
            self._qualifying[span] = self._qualifies(span)
        return self._qualifying[span]

    def _qualifies(self, span: Span) -> bool:
        behind = self._starts
        other, of = behind.get(span.end), False
        while other is not None and other.part in {None, Part.FILLER} and other.tag not in {"name", "number"}:
            if other.part is Part.FILLER:
                if other.text != OF or of:
                    return False
                of = True
            other = behind.get(other.end)
        if other is None or other.part not in {Part.KIND, Part.TOPIC, Part.ENTITY}:
            return False
        if of:
            # 低空经济的产业链 is no other than 低空经济产业链; 新建的产业园 is no kind of its own.
            return other.part is Part.KIND and span.tag[:1] in NOUNS
        return span.tag[:1] in (_WORDS if other.values <= DIVIDED else NOUNS)

    @property
    def marked(self) -> bool:
        """Whether a question ends with a question mark."""
        return bool(self.question.units) and self.question.units[-1].text in ASKED

    @property
    def wants_more(self) -> bool:
        """Whether a question only says «what else?», or how many others: «the other five»."""
        return bool(self.of(Part.MORE)) and all(span.tag == "number" for span in self.content)

    @cached_property
    def apart(self) -> list[Span]:
        """The topics that are asked for by themselves: a comma or an «and» stands between them and others."""
        return [span for span in self.of(Part.TOPIC) if self._stands_apart(span)]

    @cached_property
    def _by_part(self) -> defaultdict[Part | None, list[Span]]:
        found: defaultdict[Part | None, list[Span]] = defaultdict(list)
        for span in self.spans:
            found[span.part].append(span)
        return found

    def told_behind(self, span: Span) -> Span | None:
        """The first span behind one that is known to stand for something, fillers aside."""
        return self._told_behind.get(span.end)

    @cached_property
    def _told_behind(self) -> dict[int, Span]:
        """By where a span ends."""
        found: dict[int, Span] = {}
        told: Span | None = None
        for span in sorted((one for one in self.spans if one.end > one.start), key=lambda one: -one.start):
            if told is not None:
                found[span.end] = told
            if span.part not in {None, Part.FILLER}:
                told = span
        return found

    @cached_property
    def _starts(self) -> dict[int, Span]:
        return {span.start: span for span in self.spans}

    @cached_property
    def _qualifying(self) -> dict[Span, bool]:
        """What was found out of spans already: it is asked of every fact."""
        return {}

    @cached_property
    def _values(self) -> dict[Part, frozenset[str]]:
        return {part: frozenset().union(*(span.values for span in self.of(part))) for part in Part}

    def side_by_side(self, spans: Sequence[Span]) -> bool:
        """Whether only an «and», an «or» or a comma stands between neighbours, and what is asked of each."""
        units = self.question.units
        told = (*self.of(Part.KIND), *self.of(Part.TOPIC))
        asked = {place for span in told for place in range(span.start, span.end)}
        between = [
            [
                units[place].text
                for place in range(one.end, other.start)
                if place not in asked and units[place].text != OF
            ]
            for one, other in pairwise(spans)
        ]
        return all(stretch and all(text in _BETWEEN for text in stretch) for stretch in between)

    def _stands_apart(self, span: Span) -> bool:
        others = [other for other in self.of(Part.TOPIC) if other is not span]
        units = self.question.units
        between = [units[min(o.end, span.end) : max(o.start, span.start)] for o in others]
        return bool(between) and all(any(unit.text in _JOINS for unit in stretch) for stretch in between)
