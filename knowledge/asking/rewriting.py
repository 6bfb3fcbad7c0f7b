"""A question that leans on a conversation, said in full: «what year?» as «CompanyX what year?».

Conversational query rewriting, as in Elgohary et al., «Can You Unpack That?» (2019), by the name alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking.answer import Context, Language
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import AMOUNTS, Part
from knowledge.asking.library import Library
from knowledge.asking.rank import PAST
from knowledge.asking.references import MEASURES, is_ordinal
from knowledge.asking.spans import NOUNS, Parse, Span

MOST = 3
"""So many names are tried: a fact joins hardly more, and each costs as much as a question."""

LONGEST, MOST_LEFT = 20, 3
"""Units, and words that nothing is known by, of a question that leans on another, at most: it is short."""

_ASKING = frozenset({Part.TOPIC, Part.KIND, None})
"""Parts of a question by which an answer is found, besides a name."""

_PERSON_OR_TIME = frozenset({"who", "when"})
"""Questions to which nothing else is an answer."""

_NAMED = 0.4
"""How far «when» and «who» must be: by something that is told with its time, or of somebody."""

_COUNTED = 0.9
"""How far «how many» must be answered: by a number, and not by a list that could be counted."""

_EXPLAINED, _PLAUSIBLE = 0.7, 0.8
"""How much of a word, and how likely a fact, must be where the question itself named nothing."""


@dataclass(frozen=True)
class Rewriting:
    """A question with a name in it.

    Attributes:
        text: the question.
        told: the entities that it may be answered with: the one named, and those that were told with it.
    """

    text: str
    told: frozenset[str]


def rewritings(parse: Parse, implied: list[str], context: Context, library: Library) -> Iterator[Rewriting]:
    """A question with the name of what was told last, instead of its pronoun or before it.

    A pronoun stands for the latest; else the question may be about whatever the last answer spoke of.

    Args:
        parse: a question that names nothing.
        implied: what it may be about, the latest first.
        context: the conversation.
        library: the published knowledge.
    """
    topics = parse.values(Part.TOPIC)
    if topics & PAST or any(map(is_ordinal, (*parse.left, *parse.of(Part.RANK)))):
        # What somebody did before, no other tells; nor is the ninth of seven the ninth of another list.
        return
    if len(parse.question.units) > LONGEST or len(parse.left) > MOST_LEFT:
        return
    shown = [record.entities for record in library.shown(context.listed)]
    told = frozenset(implied[:1]).union(*shown)
    pronouns = parse.of(Part.PRONOUN)
    # «How much did it invest itself?» asks of nothing else.
    itself = pronouns and topics & MEASURES
    # Nor is the next of a list asked for by asking of one.
    kinds = {library.entities[id].kind for id in implied[:1]}
    others = [
        id
        for id in implied[1:]
        if not itself
        and (id in told or pronouns)
        and library.entities[id].kind not in kinds
        and (not topics or topics & set(library.of_entity.get(id, ())))
    ]
    start, end = (pronouns[0].start, pronouns[0].end) if pronouns else (0, 0)
    question = parse.question
    before, behind = question.words(0, start), question.words(end, len(question.units))
    english = question.language is Language.EN
    for id in (*implied[:1], *others)[:MOST]:
        entity = library.entities[id]
        if name := entity.name_en if english else entity.name:
            parts = [part for part in (before, name, behind) if part]
            yield Rewriting((" " if english else "").join(parts), told | {id})


def answers(decision: Decision, rewriting: Rewriting, library: Library) -> bool:
    """Whether a rewritten question is answered by more than the name that was put into it.

    Args:
        decision: what it leads to.
        rewriting: the question.
        library: the published knowledge.
    """
    if not decision.chosen or decision.unexplained or decision.owed or decision.lacking or decision.claimed:
        return False
    if decision.probability and decision.probability < _PLAUSIBLE:
        return False
    best = decision.chosen[0]
    if best.entity not in rewriting.told or best.entity == library.home:
        return False
    if any(share < _least(span) for span, share in best.shares):
        return False
    return any(share >= _EXPLAINED and span.part in _ASKING for span, share in best.shares)


def _least(span: Span) -> float:
    """How much of a word has to be accounted for: all of an amount, most of a noun, nothing of a verb."""
    if span.part is Part.QUESTION:
        return _COUNTED if span.values & AMOUNTS else _NAMED if span.values <= _PERSON_OR_TIME else 0.0
    says = span.part in {Part.TOPIC, Part.KIND} or (span.part is None and span.tag[:1] in NOUNS)
    return _EXPLAINED if says else 0.0
