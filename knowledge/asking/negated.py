"""Questions for what is not so, «which chains have no leader?», which what is so does not answer.

How many are left out is seen from two numbers, of all and of those that are; anything else that is told in
answer has to deny something itself.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part, any_by_script, any_of
from knowledge.asking.library import Library
from knowledge.asking.normalize import fold_text
from knowledge.asking.passages import Hit
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Clause, Parse, clauses
from knowledge.models import Figure

_STOPS = frozenset(",，。;；:：!！?？")
"""What ends a clause."""

_OPEN = frozenset({None, Part.FILLER, Part.SWITCH})
"""Parts of a question in which a word denies; within a name or a topic it belongs to them."""

_ASKING = ("谁", "哪", "什么", "啥", "几", "who", "which", "what", "how")
"""What a topic's wording has in it that asks for more than whether it is so: 签约的有哪些."""


def is_denied(parse: Parse, chosen: Sequence[Candidate], hit: Hit | None, lexicon: Lexicon) -> bool:
    """Whether it is asked what is not so, and no fact says that.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
        hit: the passage that would, where no fact does.
        lexicon: the words that deny.
    """
    if not (chosen or hit) or not _denies(parse, lexicon):
        return False
    if hit:
        # What has the number that is asked about has the other one beside it: «of the 24, how many not?»
        counted = any(span.tag == "number" for span in parse.left)
        return not counted and not _denials(fold_text(hit.passage.text), lexicon)
    figures = {one.record.id for one in chosen if isinstance(one.record.row, Figure)}
    whole = len(figures) > 1 and bool(parse.values(Part.QUESTION) & AMOUNTS)
    return not whole and not any(_denials(fold_text(one.record.text), lexicon) for one in chosen)


def with_whole(
    parse: Parse, chosen: Sequence[Candidate], library: Library, lexicon: Lexicon
) -> list[Candidate]:
    """Facts and, where it is asked how many are not so, the other numbers of the same things.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
        library: what is known.
        lexicon: the words that deny.
    """
    counted = parse.values(Part.QUESTION) & AMOUNTS
    first = chosen[0].record.row if chosen else None
    if not counted or not isinstance(first, Figure) or not _denies(parse, lexicon):
        return list(chosen)
    entity, topic = chosen[0].entity, chosen[0].topic
    known = {one.record.id for one in chosen}
    others = [
        Candidate(record, entity, topic, chosen[0].support)
        for record in library.of_entity[entity][topic]
        if record.id not in known and isinstance(record.row, Figure) and record.row.unit == first.unit
    ]
    return [*chosen, *others]


def _denies(parse: Parse, lexicon: Lexicon) -> bool:
    return any(
        _asks(clause) and _has_denial(parse, clause, lexicon)
        for clause in clauses(parse.question, parse.spans, _STOPS)
    )


def _asks(clause: Clause) -> bool:
    """Whether a clause asks for more than whether it is so."""
    asked = {value for span in clause.spans if span.part is Part.QUESTION for value in span.values}
    topics = (span.text for span in clause.spans if span.part is Part.TOPIC)
    return bool(asked - {"whether"}) or any(sign in text for text in topics for sign in _ASKING)


def _has_denial(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause denies something that stands behind the word by which it does."""
    units = parse.question.units[clause.start : clause.end]
    text, places = "", []
    for place, unit in enumerate(units, start=clause.start):
        # English words stand apart, Chinese characters do not.
        apart = not unit.sounds and text[-1:] not in {"", " "}
        word = unit.surface if unit.sounds else f"{' ' * apart}{unit.surface} "
        text += word
        places += [place] * len(word)
    return any(
        _stands_open(parse, clause, places[start], places[end - 1] + 1, text[start:end].strip())
        for start, end in _denials(text, lexicon)
    )


def _stands_open(parse: Parse, clause: Clause, start: int, end: int, word: str) -> bool:
    """Whether a word denies what is behind it: no piece of a name, of a topic, or of 有没有."""
    within = [span for span in clause.spans if span.start <= start < span.end]
    behind = any(span.end > end and span.part is not Part.FILLER for span in clause.spans)
    return behind and all(
        span.part in _OPEN or (span.part is Part.QUESTION and span.text in word) for span in within
    )


def _denials(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where a text denies something."""
    pattern = _pattern(lexicon.negations, lexicon.seeming)
    return [found.span("denial") for found in pattern.finditer(text) if found["denial"]]


@lru_cache(maxsize=2)
def _pattern(negations: tuple[str, ...], seeming: tuple[str, ...]) -> re.Pattern[str]:
    chinese, english = any_by_script(negations)
    # 归不归 asks whether.
    either = r"(?P<verb>.)不(?P=verb)"
    return re.compile(rf"{either}|{any_of(seeming)}|(?P<denial>{chinese}|(?<![a-z])(?:{english})(?![a-z.]))")
