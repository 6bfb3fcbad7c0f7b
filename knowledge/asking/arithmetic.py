"""What is worked out of two figures that are told: how much more, what share, how much together or each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from knowledge.asking.answer import Context, Outcome
from knowledge.asking.decision import Decision, Operation, Worked
from knowledge.asking.lexicon import BOTH, Lexicon, Part, whole_words
from knowledge.asking.library import LIST_TOPICS, Library, Record
from knowledge.asking.rank import LISTING, Candidate
from knowledge.asking.references import OF_TWO, References
from knowledge.asking.settling import Settler
from knowledge.asking.spans import Parse, Span, unsaid
from knowledge.models import Figure, Kind, Nature, Qualifier
from knowledge.numerals import value

_MONEY = frozenset({"investment"})
"""Topics of sums that are shared out among what is counted."""

_SIGNED = LIST_TOPICS[Kind.SIGNING]

_RATES = frozenset({"%"})
"""Units of figures that are no amounts: of two rates of growth there is no sum."""

_COUNTING = frozenset({"count", "overview"})
"""Topics that name nothing of which there is a number."""

_PAIR = 2

LATELY = 3
"""So many of the latest entities may be meant by «how many more?»."""


@dataclass(frozen=True)
class _Told:
    """A figure with the record that it is the row of."""

    record: Record
    row: Figure

    @property
    def topic(self) -> str:
        """What it is asked for as."""
        return self.row.topic

    @property
    def candidate(self) -> Candidate:
        """As a fact of an answer."""
        return Candidate(self.record, self.row.subject_id, self.topic, support=1.0)


class Arithmetic:
    """Works out what nobody has written down, of figures that somebody has."""

    def __init__(self, library: Library, lexicon: Lexicon, references: References, settler: Settler) -> None:
        """Args: the knowledge, the words people ask in, what belongs to what, what settles on facts."""
        self._library = library
        self._references = references
        self._settler = settler
        self._words = {one: lexicon.arithmetic.get(one, ()) for one in Operation}
        self._parts = lexicon.arithmetic.get("parts", ())
        self._beside = frozenset(lexicon.arithmetic.get("beside", ()))

    def decide(self, parse: Parse, context: Context) -> Decision | None:
        """The two figures that are asked about, and what comes out.

        Args:
            parse: the question.
            context: what the conversation is about.

        Returns:
            None where nothing is to be worked out, or it is unclear of which two figures.
        """
        operation, rest = self._asked(parse)
        numbers = [span for span in rest.left if span.tag == "number" and not _is_pair(span)]
        strange = [span for span in rest.left if span.tag != "number" and span.text not in self._beside]
        if operation is None or strange or rest.of(Part.REFUSAL) or not rest.values(Part.RANK) <= OF_TWO:
            return None
        if operation is Operation.AVERAGE:
            pair = self._shared_out(rest, context)
        else:
            pair = self._pair(rest, context, operation)
        if pair is None:
            return None if numbers else self._no_share(operation, rest)
        one, other = pair
        if not {value(span.text) for span in numbers} <= {one.row.value, other.row.value}:
            return None
        worked = work_out(operation, one.row, other.row)
        if worked is None:
            return None
        chosen = [one.candidate, other.candidate]
        return Decision(Outcome.ANSWERED, one.row.subject_id, one.topic, chosen=chosen, worked=worked)

    def asks(self, parse: Parse) -> bool:
        """Whether a question has words for something that is to be worked out."""
        return self._asked(parse)[0] is not None

    def _no_share(self, operation: Operation, rest: Parse) -> Decision | None:
        """That no share of something is told; None where it is, or nothing is named."""
        named = self._references.named(rest)
        rates = [*_topics(rest), "share"]
        held = (self._library.of_entity.get(id, {}).get(topic, ()) for id in named for topic in rates)
        told = any(
            isinstance(one.row, Figure) and one.row.unit in _RATES for records in held for one in records
        )
        if operation is not Operation.SHARE or told or not named:
            return None
        return Decision(Outcome.MISSING, named[0], "share", settled=True)

    def _asked(self, parse: Parse) -> tuple[Operation | None, Parse]:
        """The operation, and the question without the words for it."""
        asking = [*self._words.items()]
        if any(span.text in self._beside for span in parse.left):
            asking.append((Operation.SHARE, self._parts))
        found = [
            (match.end() - match.start(), one, match)
            for one, words in asking
            # Most questions have none of them, and no pattern has to be made.
            if any(word in parse.question.text for word in words)
            for match in whole_words(words).finditer(parse.question.text)
            if one is not Operation.SHARE or not _is_within(match, parse)
        ]
        if not found:
            return None, parse
        _, operation, match = max(found, key=lambda hit: hit[0])
        start, end = _units_in(parse, match)
        compares = operation is Operation.DIFFERENCE
        spans = [
            span
            for span in parse.spans
            if span.end <= start or (span.start >= end and not (compares and span.part is Part.MORE))
        ]
        return operation, replace(parse, spans=tuple(spans))

    def _pair(self, rest: Parse, context: Context, operation: Operation) -> tuple[_Told, _Told] | None:
        """The two figures: of what is named, and of what was told before."""
        named = self._named(rest)
        if len(named) > _PAIR:
            return None
        asked = _without(rest, {Part.ENTITY, Part.HOME, Part.PRONOUN, Part.RANK})
        topics = _topics(asked)
        if not topics and context.topics:
            asked = replace(asked, spans=(*asked.spans, unsaid(Part.TOPIC, context.topics[:1])))
        sides = [self._figures(asked, sorted(one)) for one in named]
        share = operation is Operation.SHARE
        both = BOTH in rest.values(Part.PRONOUN) or bool(rest.of(Part.RANK)) or any(map(_is_pair, rest.left))
        apart = both or bool(named)
        if len(sides) < _PAIR:
            # A share that nobody says of what is one of the whole zone.
            whole = self._figures(asked, [self._library.home]) if share else []
            told = self._told(context, whole=both or share)
            sides.append([*(one for one in told if not topics or one.topic in topics), *whole])
        if len(sides) == _PAIR:
            pairs = [(one, other) for one in sides[0] for other in sides[1]]
        else:
            pairs = [(one, other) for one, other in combinations(sides[0], 2)]
        fitting = [pair for pair in pairs if _fit(*pair, operation, apart=apart)]
        if operation is Operation.SUM:
            # What is a part of the whole is counted in it already.
            fitting = [pair for pair in fitting if not (self._has_whole(*pair) or _may_overlap(*pair))]
        if share:
            fitting = [pair for pair in fitting if _are_of_one(*pair) or self._has_whole(*pair)]
        same = [pair for pair in fitting if pair[0].row.nature is pair[1].row.nature]
        return next(iter(same or fitting), None)

    def _named(self, rest: Parse) -> list[frozenset[str]]:
        """What each name in a question can stand for; the whole zone may be one of them."""
        named = [span.values for span in rest.of(Part.ENTITY)]
        return [*named, frozenset({self._library.home})] if rest.of(Part.HOME) else named

    def _figures(self, asked: Parse, entities: Sequence[str]) -> list[_Told]:
        """The figures that answer a question about something."""
        decision = self._settler.about(asked, entities)
        if decision.outcome is not Outcome.ANSWERED:
            return []
        rows = [(one.record, one.record.row) for one in decision.chosen]
        return [_Told(record, row) for record, row in rows if isinstance(row, Figure)]

    def _told(self, context: Context, *, whole: bool) -> list[_Told]:
        """The figures of the conversation: what was asked for last, what was told with it, what before.

        Args:
            context: what the conversation is about.
            whole: the whole zone, of which other things are a part, counts as spoken of before.
        """
        known, topics = self._library.of_entity, context.topics
        latest = context.entities[:1]
        earlier = [id for id in context.entities[1:LATELY] if whole or id != self._library.home]
        shown = self._library.shown(context.listed)
        records = [
            *(record for id in latest for topic in topics[:1] for record in known.get(id, {}).get(topic, ())),
            *shown,
            *(record for id in earlier for topic in topics for record in known.get(id, {}).get(topic, ())),
        ]
        unique = {record.id: record for record in records}.values()
        return [_Told(one, one.row) for one in unique if isinstance(one.row, Figure)]

    def _shared_out(self, rest: Parse, context: Context) -> tuple[_Told, _Told] | None:
        """A sum, and the number of what it is spent on, of which the same sentence tells."""
        named = [id for values in self._named(rest) for id in values]
        if len(named) > 1:
            return None
        asked = _topics(rest) or frozenset(context.topics)
        subjects = set(named or context.entities[:1] or [self._library.home])
        if not named and _SIGNED in asked:
            # «The 50 that were signed, on average?»: of the signing of which that is told.
            asked -= {_SIGNED}
            subjects = {entity.id for entity in self._library.of_kind(Kind.SIGNING)}
        told = [
            _Told(record, record.row)
            for record in self._library.records
            if isinstance(record.row, Figure) and record.row.subject_id in subjects
        ]
        sums = [one for one in told if one.topic in _MONEY]
        counts = [one for one in told if one.topic in LIST_TOPICS.values()]
        pairs = [
            (one, other)
            for one in sums
            for other in counts
            if asked <= {one.topic, other.topic} and one.record.sentences & other.record.sentences
        ]
        return pairs[0] if len(pairs) == 1 and asked else None

    def _has_whole(self, one: _Told, other: _Told) -> bool:
        return self._library.home in {one.row.subject_id, other.row.subject_id}


def work_out(operation: Operation, one: Figure, other: Figure) -> Worked | None:
    """What comes out of two figures.

    Args:
        operation: what is done with them.
        one, other: of one unit; of an average the sum, and the number among which it is shared out.

    Returns:
        None where that is nothing: the difference of equals, a share of nothing.
    """
    large, small = (one, other) if one.value >= other.value else (other, one)
    if small.value <= 0:
        return None
    match operation:
        case Operation.DIFFERENCE:
            result = large.value - small.value
        case Operation.SUM:
            large, small, result = one, other, one.value + other.value
        case Operation.SHARE:
            large, small, result = small, large, 100 * small.value / large.value
        case Operation.RATIO:
            result = large.value / small.value
        case Operation.AVERAGE:
            large, small, result = one, other, one.value / other.value
    exact = {one.qualifier, other.qualifier} == {Qualifier.EXACT}
    return Worked(operation, large, small, result, exact) if result else None


def _fit(one: _Told, other: _Told, operation: Operation, *, apart: bool) -> bool:
    """Whether two figures can be held against each other: of one unit, on one topic."""
    if one.record.id == other.record.id or one.row.unit in _RATES or one.row.unit != other.row.unit:
        return False
    if _are_of_one(one, other) and (apart or not one.row.period or one.row.period != other.row.period):
        # What was owed before and what is earned now are two counts.
        return False
    reached = {one.row.nature, other.row.nature} == {Nature.ACTUAL}
    return one.topic == other.topic and (reached or operation is not Operation.SHARE)


def _are_of_one(one: _Told, other: _Told) -> bool:
    """Whether two figures tell of one thing: of its companies all, and those that are new."""
    return one.row.subject_id == other.row.subject_id


def _may_overlap(one: _Told, other: _Told) -> bool:
    """Whether what one figure counts may be counted in the other: of all works those that have a permit."""
    return _are_of_one(one, other) and one.row.nature is other.row.nature


def _topics(asked: Parse) -> frozenset[str]:
    """What there are figures of, by what a question names."""
    kinds = frozenset(LIST_TOPICS[Kind(kind)] for kind in asked.values(Part.KIND))
    return (asked.values(Part.TOPIC) | kinds) - _COUNTING


def _is_within(match: re.Match[str], parse: Parse) -> bool:
    """Whether words for a share are a piece of what asks for something else: 占多少 of 占多少地."""
    start, end = _units_in(parse, match)
    topics = (span for span in parse.of(Part.TOPIC) if "share" not in span.values)
    return any(span.start < end and span.end > start for span in topics)


def _without(parse: Parse, parts: set[Part]) -> Parse:
    """What is asked, without what it is asked of, without numbers and «which»."""
    spans = (
        span
        for span in parse.spans
        if span.part not in parts
        and span.tag != "number"
        and not (span.part is Part.QUESTION and span.values <= LISTING)
    )
    return replace(parse, spans=tuple(spans))


def _is_pair(span: Span) -> bool:
    """Whether a word only says that there are two."""
    return span.tag == "number" and value(span.text) == _PAIR


def _units_in(parse: Parse, match: re.Match[str]) -> tuple[int, int]:
    """The units of a question that a stretch of its text is made of: from the first to behind the last."""
    places: list[int] = []
    at = 0
    for unit in parse.question.units:
        found = parse.question.text.find(unit.surface, at)
        places.append(found if found >= 0 else at)
        at = places[-1] + len(unit.surface)
    within = [number for number, place in enumerate(places) if match.start() <= place < match.end()]
    return (within[0], within[-1] + 1) if within else (0, 0)
