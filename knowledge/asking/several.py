"""Two questions in one message, each of which can be answered or missing by itself."""

from collections.abc import Collection

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import AMOUNTS, Part
from knowledge.asking.spans import Clause, Parse, Span, clauses

_STOPS = frozenset(",，.。;；!！?？、和及") | {"and"}
"""What stands between two questions."""

_ASKING = frozenset({Part.QUESTION, Part.TOPIC})
_NAMING = frozenset({Part.TOPIC, Part.KIND, Part.ENTITY, Part.HOME})
_SILENT = frozenset({Part.FILLER, Part.SWITCH, Part.GREETING})
_STRANGE = frozenset({"name", "number"})


def questions(parse: Parse) -> list[Parse]:
    """The questions of a message, in order; none where a part of it asks nothing by itself.

    «In 2019, how many were signed?» is one question: its first part says of which year.
    """
    found = [clause for clause in clauses(parse.question, parse.spans, _STOPS) if _says(clause.spans)]
    if len(found) < 2 or not all(map(_asks, found)):
        return []
    return [Parse(parse.question, clause.spans) for clause in found]


def joined(decisions: list[Decision], by_chance: Collection[int] = ()) -> Decision | None:
    """One decision for several: the facts of those that are answered, and what the others lack.

    Args:
        decisions: one for each question.
        by_chance: the places of those that name nothing, and were not answered about what was named before.

    Returns:
        None where none is answered, or a part asks for another place, person or year.
    """
    told = {
        place: one for place, one in enumerate(decisions) if one.outcome is Outcome.ANSWERED and one.chosen
    }
    if any(one.entity for place, one in enumerate(decisions) if place not in told):
        # «Who is her secretary? I need an appointment»: nobody asks when the zone has one.
        told = {place: one for place, one in told.items() if place not in by_chance}
    answered = list(told.values())
    missing = [one for place, one in enumerate(decisions) if place not in told]
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


def _says(spans: tuple[Span, ...]) -> bool:
    return any(span.part not in _SILENT for span in spans)


def _strange(decision: Decision) -> bool:
    return any(span.part is None and span.tag in _STRANGE for span in decision.unexplained)
