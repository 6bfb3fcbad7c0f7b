"""What a question takes for true: «Was it founded in 2010?», «Is X its leader?», «Is it in that park?»"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from knowledge.asking.amounts import is_scale, stated_at
from knowledge.asking.leftover import DIVISIONS
from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, Library
from knowledge.asking.rank import SOMEBODY, Candidate
from knowledge.asking.spans import DIVIDED, OF, Parse, Span
from knowledge.models import Figure, Kind, Link, Post
from knowledge.numerals import SCALES, value

_DATED = frozenset({"founded", "date"})
"""Topics whose answer is a time; of any other fact a year says which one is meant."""


_POSTS = frozenset({"post"})
"""What is asked by claiming that somebody has a title."""

_PLACE = frozenset({"location"})
"""What is asked by claiming that something is somewhere."""

_OFFICES = ("市", "局", "委", "部")
"""With what the names of cities and offices end."""

_MARKS = "?？!！.。~～ "
"""What may stand at the end of a question."""

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year in digits alone."""

_ROUND = frozenset({"百", "千"})
"""Numerals that are a number by themselves too: 过千家."""

WHETHER = frozenset({"whether"})
"""What is asked for by a question for yes or no."""

EMPLOYING = frozenset({Kind.ORGANIZATION, Kind.COMPANY})
"""Kinds that somebody can be with."""

_HOLDING = frozenset({Kind.CHAIN, Kind.SECTOR, Kind.PARK})
"""Kinds in which others stand."""


def claims(parse: Parse, about: Collection[str], library: Library, lexicon: Lexicon) -> list[Span]:
    """The parts of a question that take something for true: a number with its unit, a year, a name, a title.

    Args:
        parse: the question.
        about: the entities that it names or implies.
        library: the published knowledge.
        lexicon: the words in which people compare.

    Returns:
        in order; none where it is no such question, or nothing is claimed by it.
    """
    if titles := _titled(parse, about, library, lexicon):
        return titles
    numbers = [span for span in parse.left if _is_amount(span) and not _is_pointed_at(span, parse, lexicon)]
    # «Since 2020, were there 100?»: the year says which are meant.
    numbers = [span for span in numbers if not is_year(span)] or numbers
    if any(_describes(span, parse) for span in numbers):
        return []
    if _offers(parse, numbers, lexicon) or _guesses(parse, numbers):
        return numbers
    if not asks_whether(parse, lexicon):
        return []
    if placed := _placed(parse):
        return placed
    compared = {word for words in lexicon.limits.values() for word in words}
    people = [span for span in parse.of(Part.ENTITY) if library.all_people(span.values)]
    if not numbers and len(parse.of(Part.ENTITY)) > len(people) == 1:
        # «Is X from that office?» asks where X is; «is X in charge of it?» who is.
        return people if parse.of(Part.TOPIC) or parse.left else _employers(parse, library) or people
    if not (numbers or people or parse.left or parse.of(Part.TOPIC)):
        return _holding(parse, library)
    found = [*numbers, *(span for span in parse.left if numbers and span.text in compared)]
    return sorted(found, key=lambda span: span.start)


def asks_whether(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a question is answered with yes or no.

    Args:
        parse: the question.
        lexicon: the words with which such questions begin and end.
    """
    said = [unit.text for unit in parse.question.units if not unit.mark]
    begins = bool(said) and said[0] in lexicon.confirming and parse.values(Part.QUESTION) <= WHETHER
    ends = parse.question.words(0, len(parse.question.units)).rstrip(_MARKS).endswith(lexicon.affirming)
    return begins or ends or "whether" in parse.values(Part.QUESTION)


def asks_for_a_trade(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether it is asked if there is a chain or a park of a trade that nobody tells of: «is steel one?»

    Args:
        parse: the question.
        lexicon: the words with which such questions begin and end.
    """
    kinds = parse.of(Part.KIND)
    if not kinds or not all(span.values <= DIVIDED for span in kinds) or not asks_whether(parse, lexicon):
        return False
    asked = [
        span
        for span in parse.content
        if span.part not in {Part.KIND, Part.HOME} and span.values != WHETHER and span.tag != "number"
    ]
    # What stands behind asks what a chain or a park has.
    return bool(asked) and all(span.part is None and span.end <= kinds[-1].start for span in asked)


def _offers(parse: Parse, numbers: Sequence[Span], lexicon: Lexicon) -> bool:
    """Whether a question gives the choice between numbers: «50 or 500?»"""
    if len(numbers) < 2:
        return False
    between = parse.question.words(numbers[0].end, numbers[-1].start)
    return any(word in between for word in lexicon.either)


def _guesses(parse: Parse, numbers: Sequence[Span]) -> bool:
    """Whether a number is the last word after «how many», or before a question mark after what is measured.

    «How many are there, five?», «its share – half?»
    """
    content = [span for span in parse.content if not is_scale(span)]
    if len(numbers) != 1 or not content or numbers[0] is not content[-1]:
        return False
    number = stated_at(numbers[0], parse)
    counted = number is not None and number.measured and parse.of(Part.ENTITY)
    measured = parse.of(Part.TOPIC) or parse.of(Part.KIND) or counted
    marked = parse.marked and not is_year(numbers[0])
    return bool(parse.values(Part.QUESTION) & AMOUNTS or (marked and measured))


def _is_amount(span: Span) -> bool:
    """Whether a word is a number or a year that can be wrong: no «亿» alone, no 二期 that says which."""
    amount = value(span.text) is not None and span.text not in SCALES - _ROUND
    return span.tag == "number" and (amount or is_year(span))


def _is_pointed_at(number: Span, parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a number says which things are meant: «how much goes into those 259?»"""
    before = [span for span in parse.spans if span.end == number.start]
    return any(span.text in lexicon.pointing for span in before)


def is_year(span: Span) -> bool:
    """Whether a number is a year, and no amount.

    Args:
        span: of a question.
    """
    return span.text.endswith("年") or bool(_YEAR.fullmatch(span.text))


def _describes(number: Span, parse: Parse) -> bool:
    """Whether a number says which of a kind is asked for, 总投资100亿的项目, and not how many there are."""
    behind = [span for span in (*parse.of(Part.KIND), *parse.of(Part.TOPIC)) if span.start > number.end]
    units = parse.question.units
    return any(any(unit.text == OF for unit in units[number.end : span.start]) for span in behind)


def _titled(parse: Parse, about: Collection[str], library: Library, lexicon: Lexicon) -> list[Span]:
    """The titles that somebody is said to have, and nothing else: «Is X the director?», «X is director»."""
    people = [id for id in about if library.all_people([id])]
    if not parse.of(Part.ENTITY) and not parse.of(Part.PRONOUN) and not asks_whether(parse, lexicon):
        # «What is the director called?», after a deputy was spoken of, says nothing of them.
        return []
    titles = [span for span in parse.left if lexicon.is_title(span.text)]
    if len(people) != 1 or len(titles) < len(parse.left) or parse.of(Part.TOPIC) or parse.of(Part.KIND):
        return []
    # What is said of somebody at another's is not told of: «Is X the director of the other office?»
    own = {library.home, *people, *library.employers(people[0]), *library.above(people[0])}
    whether = parse.values(Part.QUESTION) <= WHETHER
    return titles if whether and all(span.values & own for span in parse.of(Part.ENTITY)) else []


def _placed(parse: Parse) -> list[Span]:
    """The place or office at which something is said to be, and nothing else: «Is it in X Street?»"""
    run = parse.left
    joined = all(one.end == other.start for one, other in pairwise(run))
    asks_else = parse.of(Part.KIND) or parse.of(Part.TOPIC) or parse.values(Part.QUESTION) - WHETHER
    named = [span.end for span in parse.of(Part.ENTITY)]
    # «Has Pudong such a system?»: what stands before is no place of ours.
    if not run or not joined or asks_else or not named or max(named) > run[0].start:
        return []
    return run if run[0].tag == "name" and run[-1].text.endswith((*DIVISIONS, *_OFFICES)) else []


def _employers(parse: Parse, library: Library) -> list[Span]:
    """The organization or company that somebody is said to be with."""
    return [
        span
        for span in parse.of(Part.ENTITY)
        if library.home not in span.values and {library.entities[id].kind for id in span.values} <= EMPLOYING
    ]


def _holding(parse: Parse, library: Library) -> list[Span]:
    """Of two things that are named the one in which the other would stand, the last where both could."""
    named = [span for span in parse.of(Part.ENTITY) if library.home not in span.values]
    found = [span for span in named if {library.entities[id].kind for id in span.values} <= _HOLDING]
    return found[-1:] if len(named) == 2 else []


def topics_of(claimed: list[Span], library: Library) -> frozenset[str]:
    """What is asked by claiming that something stands in another, in which chain or park; or of a post.

    Args:
        claimed: see `claims`.
        library: the published knowledge.
    """
    kinds = {library.entities[id].kind for span in claimed for id in span.values}
    if claimed and all(span.part is None and span.tag != "number" for span in claimed):
        return _PLACE if claimed[0].tag == "name" else _POSTS
    if kinds and kinds <= EMPLOYING:
        return _POSTS
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
        listed = isinstance(row, Link) and answer.topic in LIST_TOPICS.values()
        return listed or isinstance(row, Post) or answer.topic in SOMEBODY
    if answer.topic in _PLACE:
        return True
    if span.tag != "number":
        return isinstance(row, Figure | Post)
    if is_year(span):
        return answer.topic in _DATED
    number = stated_at(span, parse)
    return isinstance(row, Figure) and (number is None or number.may_be(row, lexicon.units))


def said(span: Span, parse: Parse) -> str:
    """What is claimed, as it was written, a number with its scale and unit."""
    number = stated_at(span, parse) if span.tag == "number" and not is_year(span) else None
    return number.text if number and number.measured else parse.question.words(span.start, span.end)
