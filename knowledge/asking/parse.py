"""A question as spans: the phrases that cover it best, and what is left over."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from knowledge.asking.boundaries import respecting
from knowledge.asking.dictionary import find_nouns, is_name
from knowledge.asking.leftover import as_prefix, as_suffix, as_trades, as_typed_names, left_over
from knowledge.asking.lexicon import AMOUNTS, DENYING, PRECISE, Part, Target
from knowledge.asking.normalize import Normalized, fold_text, normalize
from knowledge.asking.phrase_table import Phrase
from knowledge.asking.phrases import Match, PhraseIndex
from knowledge.asking.spans import NOUNS, Clause, Parse, Span, clauses, is_marked

_STOPS = frozenset(",，。;；!！?？")
"""What ends a clause."""

_ASKING = frozenset({Part.ENTITY, Part.TOPIC, Part.KIND, Part.RANK, Part.REFUSAL})
"""Parts of which a clause needs one to ask for something."""

_THINGS = frozenset({Part.KIND, Part.TOPIC})
"""Parts of which there may be several kinds."""

_WORTH = {Part.ENTITY: 1.0, Part.TOPIC: 1.0, Part.KIND: 0.95, Part.QUESTION: 0.9}
"""How much a unit covered counts when phrases compete for it; the rest count .85."""

_LIKELY = 0.97
"""The quality of a word in pinyin that is not known here."""


def parse(
    question: Normalized,
    phrases: PhraseIndex,
    home: str = "",
    told: Collection[str] = (),
    either: Collection[str] = (),
    asides: Collection[str] = (),
    naming: Collection[str] = (),
) -> Parse:
    """Cover a question with phrases, as much of it and with as few as possible.

    Args:
        question: the question in units.
        phrases: every phrase known.
        home: the id of the zone that is the bureau's own.
        told: the topics of which facts say something.
        either: words that give the choice between two.
        asides: fillers that say which, right before a kind of thing.
        naming: fillers that ask for the name of what they stand behind.
    """

    def covered(question: Normalized) -> Parse:
        spans = _telling(question, _covered(question, phrases, home, told), asides)
        return Parse(question, tuple(_to_the_point(question, spans, either, naming)))

    found = covered(question)
    other = _heard_otherwise(question, found)
    again = covered(other) if other else found
    return again if len(again.left) < len(found.left) else found


def _heard_otherwise(question: Normalized, found: Parse) -> Normalized | None:
    """The question with the other readings of what is left over beside a name: 泊 is read po, and bo.

    Returns:
        None where nothing there has another.
    """
    named = {place for span in found.of(Part.ENTITY) for place in (span.start, span.end)}
    left = [span for span in found.left if named & {span.start, span.end} and not span.spelled]
    places = {place for span in left for place in range(span.start, span.end)}
    units = question.units
    if not any(len(units[place].sounds) > 1 for place in places):
        return None
    heard = (
        replace(unit, sounds=(*unit.sounds[1:], *unit.sounds[:1])) if place in places else unit
        for place, unit in enumerate(units)
    )
    return replace(question, units=tuple(heard))


def _covered(question: Normalized, phrases: PhraseIndex, home: str, told: Collection[str]) -> list[Span]:
    matches = respecting(question, phrases.find(question.units), told)
    chosen = _cover(len(question.units), [*matches, *_nouns(question)] if question.spelled else matches)
    spans: list[Span] = []
    position = 0
    for match in chosen:
        before = left_over(question, position, match.start)
        place = any(target.value == home for target in match.phrase.targets)
        spans.extend(as_prefix(before, match.start) if place else before)
        spans.extend(_known(question, match, asked=bool(spans) and _asks(spans[-1], match)))
        position = match.end
    spans.extend(left_over(question, position, len(question.units)))
    return as_trades(as_suffix(as_typed_names(question, spans) if question.spelled else spans, home))


def _telling(question: Normalized, spans: list[Span], asides: Collection[str]) -> list[Span]:
    """What people say of themselves, «for my research», tells which park it is in «a research park»."""
    found: list[Span] = []
    for span, behind in zip_longest(spans, spans[1:]):
        telling = (
            span.part is Part.FILLER
            and span.text in asides
            and behind is not None
            and (behind.part in _THINGS or (behind.part is None and span.text.isascii()))
            and behind.start == span.end
        )
        found += left_over(question, span.start, span.end) if telling else [span]
    return found


def _nouns(question: Normalized) -> Iterator[Match]:
    """The nouns of the language in a question in pinyin, each a little less likely than what is known."""
    sounds = [unit.text if unit.spelled else "" for unit in question.units]
    for start, end, word in find_nouns(sounds):
        phrase = Phrase(word, normalize(word).units, [Target(Part.TERM, word)])
        yield Match(start, end, phrase, _LIKELY)


def _to_the_point(
    question: Normalized, spans: list[Span], either: Collection[str], naming: Collection[str]
) -> list[Span]:
    """Leave out what a clause says that asks nothing, beside one that does: «stop stalling, who …»."""
    found = clauses(question, spans, _STOPS)
    asking = [
        any(
            (span.part in _ASKING or span.tag in {"name", "number"}) and not _rude(span)
            for span in clause.spans
        )
        or _precise(clause)
        or _is_asked(question, clause, either)
        or _asks_for_a_thing(clause)
        or asks_for_a_name(clause, naming)
        for clause in found
    ]
    idle = {Part.QUESTION, None}
    return [
        span
        for place, (clause, asks) in enumerate(zip(found, asking, strict=True))
        for span in (clause.spans[:1] if _denies(clause) and any(asking[place + 1 :]) else clause.spans)
        if asks or not any(asking) or not (span.part in idle or _rude(span))
    ]


def _is_asked(question: Normalized, clause: Clause, either: Collection[str]) -> bool:
    """Whether a clause asks by its question mark alone, in words that nothing knows: «…, cost per night?»

    Not where it only gives the choice, or asks whether: «…, or is it all for show?»
    """
    # As between other words, so at the beginning: «or is it all for show?»
    words = f" {question.words(clause.start, clause.end)} "
    choosing = any(word in words for word in either)
    strange = any(span.part is None for span in clause.spans)
    asked = {value for span in clause.spans if span.part is Part.QUESTION for value in span.values}
    return is_marked(question, clause) and not choosing and strange and "whether" not in asked


def _asks_for_a_thing(clause: Clause) -> bool:
    """Whether a clause asks if there is something that nothing knows: 有没有冷库."""
    whether = {span.end for span in clause.spans if span.values == {"whether"} and len(span.text) > 1}
    return any(span.part is None and span.tag[:1] == "n" and span.start in whether for span in clause.spans)


def asks_for_a_name(clause: Clause, naming: Collection[str]) -> bool:
    """Whether a clause asks what somebody or something is called that nothing knows: 董事长叫什么.

    Args:
        clause: of a question.
        naming: fillers that ask for the name of what they stand behind.
    """
    named = {span.end for span in clause.spans if span.part is None and span.tag[:1] in NOUNS}
    return any(span.text in naming and span.start in named for span in clause.spans)


def _denies(clause: Clause) -> bool:
    """Whether a clause says what is not asked: «not the equipment, …»."""
    return DENYING in clause.spans[0].values


def _precise(clause: Clause) -> bool:
    """Whether a clause has a question word to which nothing else is an answer: …, 谁当? …, 收多少场地费?"""
    return any(span.part is Part.QUESTION and span.values <= PRECISE for span in clause.spans)


def _rude(span: Span) -> bool:
    return span.part is Part.REFUSAL and span.values == {"abuse"}


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


def _asks(before: Span, match: Match) -> bool:
    """Whether a phrase only asks for the topic before it: 产能有多大 is not about an area."""
    amount = any(target.part is Part.QUESTION and target.value in AMOUNTS for target in match.phrase.targets)
    return amount and before.part is Part.TOPIC and before.quality == 1 and before.end == match.start


def _known(question: Normalized, match: Match, asked: bool) -> list[Span]:
    text = question.words(match.start, match.end)
    order = list(Part)
    parts = sorted({target.part for target in match.phrase.targets}, key=order.index)
    part = Part.QUESTION if asked and Part.QUESTION in parts else parts[0]
    if part is Part.TERM:
        # A noun that facts use: held against them as any other word is, but without its slips.
        sounds = question.sounds(match.start, match.end)
        named = question.spelled and is_name(match.phrase.text)
        # What was typed is known by its sound alone: jie dao is a street as well as a knife.
        typed = (
            question.spelled
            and not named
            and all(unit.spelled for unit in question.units[match.start : match.end])
        )
        word = text if typed else fold_text(match.phrase.text)
        tag = "name" if named else "n"
        return [Span(match.start, match.end, word, None, tag=tag, spelled=typed, sounds=sounds)]
    values = frozenset(target.value for target in match.phrase.targets if target.part is part)
    spelled = any(unit.spelled for unit in question.units[match.start : match.end])
    units = question.units[match.start : match.end]
    # A misspelt word of English is taken for another before phrases are looked for.
    respelt = any(
        not unit.sounds and unit.text != meant.text
        for unit, meant in zip(units, match.phrase.units, strict=False)
    )
    known = fold_text(match.phrase.text) if match.quality < 1 or respelt else ""
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
