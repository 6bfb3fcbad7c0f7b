"""«The first three chains», «the last two», «at which place?»: what the documents tell in order."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.asking.answer import Outcome
from knowledge.asking.claims import WHETHER, asks_whether
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part, whole_words
from knowledge.asking.library import LIST_TOPICS, Library, Record
from knowledge.asking.normalize import fold_text
from knowledge.asking.rank import Candidate, place_of
from knowledge.asking.spans import Parse, Span, unsaid
from knowledge.models import Statement
from knowledge.numerals import ordinal, value

_NUMBERED = re.compile(r"第[一二三四五六七八九十\d]{1,3}")
"""What stands at a place, in a text that tells one after the other."""

_COUNTED = frozenset({Part.KIND, Part.TOPIC})
"""What there may be several of."""

_VAGUE = frozenset({"overview"})
"""What «what is it» asks for."""

_SEVERAL = 2

_RANGE = re.compile(r"[到至~～-]|\b(?:to|through)\b")
"""What stands between the first and the last of several places."""

_FIRST = frozenset({"1"})
"""The rank of what comes first."""

_MEASURE = "个"
"""What stands between a number and what is counted, as before months."""

_OTHERWISE = frozenset("之以目此从提")
"""Characters before 前 that make it another word."""


def leading(parse: Parse, lexicon: Lexicon) -> tuple[Parse, int]:
    """Take from a question how many it asks for, of the first or of the last.

    Args:
        parse: the question.
        lexicon: the words for the first and for the last, before a number.

    Returns:
        the question for all of them, and how many: from the end where it is below 0; the question as it
        is, and 0, where it asks for no such piece.
    """
    for span in parse.left:
        many = value(span.text) if span.tag == "number" else None
        if many is None or many < 2 or not many.is_integer():
            continue
        if _is_time(span, parse, lexicon) or not _counts(span, parse):
            continue
        before = parse.question.words(0, span.start).lower()
        for edge, sign in (("first", 1), ("last", -1)):
            found = _ending(lexicon.limits.get(edge, ()), before)
            if found:
                return _whole(parse, span, found), sign * int(many)
    return parse, 0


def at_places(parse: Parse) -> tuple[Parse, list[int]]:
    """Take from a question several places of a list that it names: 第五和第六, 第二到第四.

    Args:
        parse: the question.

    Returns:
        the question for all of the list, and the places; the question as it is, and none, where it names
        fewer than two.
    """
    spoken = [(span, place_of(span, 0)) for span in (*parse.left, *parse.of(Part.RANK))]
    # 第五第六 is one word to the dictionary.
    spoken += [(span, ordinal(one) or 0) for span in parse.left for one in _NUMBERED.findall(span.text)]
    named = list(dict.fromkeys((span, place) for span, place in spoken if place > 0))
    named.sort(key=lambda pair: pair[0].start)
    if len(named) < _SEVERAL:
        return parse, []
    places = {place for _, place in named}
    for (one, first), (other, last) in pairwise(named):
        if _RANGE.search(parse.question.words(one.end, other.start)):
            places |= {*range(first, last + 1)}
    said = [span for span, _ in named]
    return _for_all(parse, [span for span in parse.spans if span not in said]), sorted(places)


def pick(decision: Decision, places: Sequence[int]) -> Decision | None:
    """What stands at some places of a list.

    Args:
        decision: what is told of all.
        places: from 1.

    Returns:
        None where no list is told, or nothing stands at one of them.
    """
    found = [one for one in decision.chosen if one.record.place in places]
    whole = {one.record.place for one in found} == {*places}
    return replace(decision, chosen=found, piece=True) if whole else None


def cut(decision: Decision, many: int) -> Decision | None:
    """The piece of a list; a text that tells of all in order as it is.

    Args:
        decision: what is told of all.
        many: how many; from the end where it is below 0.

    Returns:
        None where nothing is told in order.
    """
    if decision.outcome is not Outcome.ANSWERED:
        return None
    items = [one for one in decision.chosen if one.record.place is not None]
    if are_placed([one.record for one in items]):
        return replace(
            decision, chosen=items[:many] if many > 0 else items[many:], piece=abs(many) < len(items)
        )
    told = [one for one in decision.chosen if _tells(one.record, abs(many))]
    return replace(decision, chosen=told[:1]) if told else None


def standing(parse: Parse, named: Sequence[str], library: Library, lexicon: Lexicon) -> Decision | None:
    """At which place of a list something stands, 第几, 是第二条吗; which of several comes first.

    Args:
        parse: the question.
        named: the entities it names.
        library: the published knowledge.
        lexicon: the words with which questions for yes or no begin and end.

    Returns:
        None where no place is asked for, or one of them has none.
    """
    chosen = [found for entity in named if (found := _in_its_list(entity, library))]
    if parse.of(Part.TOPIC) or not chosen or len(chosen) < len(named):
        return None
    told = Decision(Outcome.ANSWERED, chosen[0].entity, chosen[0].topic, chosen=chosen, standing=True)
    if len(chosen) > 1:
        first = parse.values(Part.RANK) == _FIRST and parse.of(Part.QUESTION) and not parse.left
        home = library.home
        ordered = sorted(chosen, key=lambda one: one.record.place or 0)
        listed = [replace(one, entity=home) for one in ordered]
        return replace(told, entity=home, chosen=listed, piece=True) if first else None
    if any(whole_words(lexicon.placing).search(span.meant) for span in parse.of(Part.QUESTION)):
        return told if len(parse.left) <= 1 else None
    last = len(library.of_entity[library.home].get(told.topic, ()))
    places = [span for span in (*parse.left, *parse.of(Part.RANK)) if place_of(span, last)]
    whether = parse.values(Part.QUESTION) <= WHETHER and asks_whether(parse, lexicon)
    if len(places) != 1 or set(parse.left) - set(places) or not whether:
        return None
    # «Is it the second one?»
    claimed = "" if place_of(places[0], last) == chosen[0].record.place else places[0].text
    return replace(told, claimed=claimed)


def _in_its_list(entity: str, library: Library) -> Candidate | None:
    """An entity as a member of a list that has an order; None where it stands in none."""
    held = library.of_entity.get(entity, {})
    return next(
        (
            Candidate(record, entity, topic, support=1.0)
            for topic in LIST_TOPICS.values()
            for record in held.get(topic, ())
            if record.id == entity and record.place is not None
        ),
        None,
    )


def are_placed(records: Sequence[Record]) -> bool:
    """Whether a list has an order of its own."""
    places = {record.place or 0 for record in records}
    return len(places) == len(records) > 1


def _tells(record: Record, many: int) -> bool:
    """Whether a fact rests on a sentence that tells so many things one after the other."""
    if not isinstance(record.row, Statement):
        return False
    places = {ordinal(found) for one in record.evidence for found in _NUMBERED.findall(fold_text(one.quote))}
    return {1, many} <= places


def _is_time(number: Span, parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a number counts months or years: 头三个月."""
    behind = parse.question.words(number.end, number.end + 2).lower().lstrip(_MEASURE)
    return behind.startswith(lexicon.limits.get("time", ()))


def _counts(number: Span, parse: Parse) -> bool:
    """Whether a number counts a kind of thing, or what is asked: a sum is no such number.

    It stands right before that, or behind it: «of the nine chains the first three».
    """
    behind = [span for span in parse.content if span.start >= number.end]
    if behind and behind[0].part in _COUNTED and behind[0].values != _VAGUE:
        return behind[0].start - number.end <= 1
    asks = all(span.part is Part.QUESTION or span.values == _VAGUE for span in behind)
    return asks and any(span.part in _COUNTED and span.end <= number.start for span in parse.content)


def _ending(words: Sequence[str], text: str) -> str:
    """The word with which a text ends, if it is one of some; 前 of 之前 is none."""
    found = [match for match in whole_words(tuple(words)).finditer(text) if match.end() == len(text.rstrip())]
    return found[-1][0] if found and text[: found[-1].start()][-1:] not in _OTHERWISE else ""


def _whole(parse: Parse, number: Span, edge: str) -> Parse:
    """The question for all: without the number, the word before it, and «what is»."""
    begin = number.start - len(edge.split() if edge.isascii() else edge)
    spans = [
        span
        for span in parse.spans
        if not (begin <= span.start < number.end or begin < span.end <= number.end)
    ]
    return _for_all(parse, spans)


def _for_all(parse: Parse, spans: Sequence[Span]) -> Parse:
    """A question for all of a list, of what is left of one for a piece: which there are."""
    asked = [] if parse.of(Part.QUESTION) else [unsaid(Part.QUESTION, ["which"])]
    return replace(parse, spans=(*(span for span in spans if span.values != _VAGUE), *asked))
