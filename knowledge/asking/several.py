"""Two questions in one message, each of which can be answered or missing by itself."""

from collections.abc import Collection
from dataclasses import replace

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.focus import told
from knowledge.asking.lexicon import AMOUNTS, PRECISE, Lexicon, Part
from knowledge.asking.parse import asks_for_a_name
from knowledge.asking.rank import says_what_is_asked
from knowledge.asking.spans import Clause, Parse, Span, clauses

_STOPS = frozenset(",，.。;；!！?？、和及()") | {"and"}
"""What stands between two questions."""

ACCOUNTED = 0.9
"""The share of each word that an answer explains, where one of several questions names nothing."""

_ASKING = frozenset({Part.QUESTION, Part.TOPIC})
_PRECISE = PRECISE - AMOUNTS
_NAMING = frozenset({Part.TOPIC, Part.KIND, Part.ENTITY, Part.HOME})
_SILENT = frozenset({Part.FILLER, Part.SWITCH, Part.GREETING})
_STRANGE = frozenset({"name", "number"})


def questions(parse: Parse, lexicon: Lexicon) -> list[Parse]:
    """The questions of a message, in order; none where a part of it asks nothing by itself.

    «In 2019, how many were signed?» is one question: its first part says of which year. What somebody tells
    of themselves, «I have the director's name, …», is no question.

    Args:
        parse: the message.
        lexicon: the words with which people begin to tell of themselves.
    """
    found = [clause for clause in clauses(parse.question, parse.spans, _STOPS) if _says(clause.spans)]
    found = [clause for clause in found if _names_any(clause) or not told(parse.question, clause, lexicon)]
    names = [span for clause in found if _names(clause) for span in clause.spans]
    found = [clause for clause in found if not _names(clause)]
    if len(found) < 2 or not all(
        _asks(clause)
        or asks_for_a_name(clause, lexicon.naming)
        or (before is not None and _goes_on(clause) and _is_question(before, lexicon))
        for before, clause in zip([None, *found], found, strict=False)
    ):
        return []
    # «The park: how many buildings, and ready when?»: what stands apart is what the first asks about.
    first = replace(found[0], spans=(*names, *found[0].spans))
    return [Parse(parse.question, clause.spans) for clause in (first, *found[1:])]


def _names_any(clause: Clause) -> bool:
    """Whether a clause says what the others may be about."""
    return any(span.part in {Part.ENTITY, Part.HOME} for span in clause.spans)


def _names(clause: Clause) -> bool:
    """Whether a clause only names something."""
    return {span.part for span in clause.spans} - _SILENT == {Part.ENTITY}


def joined(decisions: list[Decision], by_chance: Collection[int] = ()) -> Decision | None:
    """One decision for several: the facts of those that are answered, and what the others lack.

    Args:
        decisions: one for each question.
        by_chance: the places of those that name nothing, and were not answered about what was named before.

    Returns:
        None where none is answered, or a part asks for another place, person or year.
    """
    answers = {
        place: one for place, one in enumerate(decisions) if one.outcome is Outcome.ANSWERED and one.chosen
    }
    others = [one for place, one in enumerate(decisions) if place not in answers]
    if others:
        # «Who is her secretary? I need an appointment»: nobody asks when the zone has one.
        about = any(one.entity for one in others)
        answers = {
            place: one
            for place, one in answers.items()
            if (place not in by_chance or (not about and _accounts(one)))
            and says_what_is_asked(one.chosen[0])
        }
    answered = list(answers.values())
    missing = [one for place, one in enumerate(decisions) if place not in answers]
    if not answered or any(one.outcome is not Outcome.MISSING or _strange(one) for one in missing):
        return None
    first = answered[0]
    first.chosen = [candidate for one in answered for candidate in one.chosen]
    first.owed = [owed for one in answered for owed in one.owed]
    first.lacking = missing
    return first


def _asks(clause: Clause) -> bool:
    """Whether a clause asks something by itself: «…, who is it?» goes on with what stands before."""
    parts = {span.part for span in clause.spans}
    amounts = any(span.part is Part.QUESTION and span.values <= AMOUNTS for span in clause.spans)
    return bool(parts & _ASKING) and (amounts or bool(parts & _NAMING))


def _goes_on(clause: Clause) -> bool:
    """Whether a clause asks for a person, a time or a place and says no more: …，谁来搞?"""
    asked = [span for span in clause.spans if span.part not in _SILENT]
    return bool(asked) and all(span.part is Part.QUESTION and span.values <= _PRECISE for span in asked)


def _is_question(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause is a whole question: «I look for the leader» before «who is that?» is none."""
    topics = [span for span in clause.spans if span.part is Part.TOPIC]
    asking = [text for text, target in lexicon.phrases if target.part is Part.QUESTION and len(text) > 1]
    words = any(word in span.text for span in topics for word in asking)
    return bool(topics) and (words or any(span.part is Part.QUESTION for span in clause.spans))


def _says(spans: tuple[Span, ...]) -> bool:
    return any(span.part not in _SILENT for span in spans)


def _accounts(decision: Decision) -> bool:
    """Whether what is told says all that its question says."""
    return all(
        share >= ACCOUNTED for span, share in decision.chosen[0].shares if span.part is not Part.QUESTION
    )


def _strange(decision: Decision) -> bool:
    return any(span.part is None and span.tag in _STRANGE for span in decision.unexplained)
