"""What a question takes for true: «Was it founded in 2010?», «Is X its leader?», «Is it in that park?»"""

from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, Library
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse, Span
from knowledge.models import Figure, Kind, Link, Post

_DATED = frozenset({"founded", "date"})
"""Topics whose answer is a time; of any other fact a year says which one is meant."""


_HOLDING = frozenset({Kind.CHAIN, Kind.SECTOR, Kind.PARK})
"""Kinds in which others stand."""


def claims(parse: Parse, library: Library, lexicon: Lexicon) -> list[Span]:
    """The parts of a yes-or-no question that are asked about: a number with its unit, a year, a name.

    Args:
        parse: the question.
        library: the published knowledge.
        lexicon: the words in which people compare.

    Returns:
        in order; none where it is no such question, or nothing is claimed by it.
    """
    if not asks_whether(parse, lexicon):
        return []
    compared = {word for words in lexicon.limits.values() for word in words}
    people = [span for span in parse.of(Part.ENTITY) if library.all_people(span.values)]
    found = [span for span in parse.left if span.tag == "number" and (_is_year(span) or _unit(span, parse))]
    if not found and len(parse.of(Part.ENTITY)) > len(people) == 1:
        return people
    if not (found or people or parse.left or parse.of(Part.TOPIC)):
        return _holding(parse, library)
    found += [span for span in parse.left if found and span.text in compared]
    return sorted(found, key=lambda span: span.start)


def asks_whether(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a question is answered with yes or no.

    Args:
        parse: the question.
        lexicon: the words with which such questions begin.
    """
    first = parse.question.units[0].text if parse.question.units else ""
    return "whether" in parse.values(Part.QUESTION) or first in lexicon.confirming


def _holding(parse: Parse, library: Library) -> list[Span]:
    """Of two things that are named the one in which the other would stand, the last where both could."""
    named = [span for span in parse.of(Part.ENTITY) if library.home not in span.values]
    found = [span for span in named if {library.entities[id].kind for id in span.values} <= _HOLDING]
    return found[-1:] if len(named) == 2 else []


def topics_of(claimed: list[Span], library: Library) -> frozenset[str]:
    """What is asked by claiming that something stands in another: in which chain, in which park.

    Args:
        claimed: see `claims`.
        library: the published knowledge.
    """
    kinds = {library.entities[id].kind for span in claimed for id in span.values}
    return frozenset(LIST_TOPICS[kind] for kind in kinds & _HOLDING)


def is_of_kind(span: Span, answer: Candidate, parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a fact states what could stand in the place of what is claimed.

    Args:
        span: see `claims`.
        answer: the fact that answers the question without it.
        parse: the question.
        lexicon: the units that mean the same.
    """
    row = answer.record.row
    if span.part is Part.ENTITY:
        return isinstance(row, Post) or (isinstance(row, Link) and answer.topic in LIST_TOPICS.values())
    if span.tag != "number":
        return isinstance(row, Figure)
    if _is_year(span):
        return answer.topic in _DATED
    unit = _unit(span, parse)
    alike = {unit}.union(*(group for group in lexicon.units if unit in group))
    return isinstance(row, Figure) and any(row.unit.startswith(one) for one in alike)


def _is_year(span: Span) -> bool:
    return span.text.endswith("年")


def _unit(span: Span, parse: Parse) -> str:
    """The unit right behind a number; empty where there is none."""
    units = parse.question.units
    behind = units[span.end].text if span.end < len(units) else ""
    return behind if behind in _UNITS else ""


_UNITS = frozenset("个家条种名人部栋粒吨亿万元项户")
"""What is counted or measured in; behind any other word a number says which one is meant."""
