"""What is told besides what a question leaves out or what was told already; or that nothing else is."""

from dataclasses import replace

from knowledge.asking.answer import Context, Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part, whole_words
from knowledge.asking.library import LISTS, Library
from knowledge.asking.rank import Candidate
from knowledge.asking.references import WHICH
from knowledge.asking.spans import Parse
from knowledge.models import Link, Post, Statement

_WHO = frozenset({"who"})


class Besides:
    """Tells others than those that are known already."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the words that ask for others."""
        self._library = library
        self._lexicon = lexicon

    def asked(self, rest: Parse, without: frozenset[str]) -> Parse:
        """What is asked for, where it leaves something out: «besides that company, who?» asks for companies.

        Args:
            rest: the question without what it leaves out.
            without: the entities that it leaves out.
        """
        if self._library.all_people(without):
            return rest
        which = (
            replace(span, values=WHICH) if span.part is Part.QUESTION and span.values == _WHO else span
            for span in rest.spans
        )
        return replace(rest, spans=tuple(which))

    def settle(self, parse: Parse, without: frozenset[str], besides: Decision, told: Decision) -> Decision:
        """What a question is answered with that leaves something out, where no list has others; see `others`.

        Args:
            parse: the question.
            without: the entities that it leaves out.
            besides: what is told in answer to what is asked for.
            told: what is told where nothing is left out.
        """
        # A post is left out, 除了董事长, where whoever holds it is not.
        left_out = [span for span in parse.of(Part.ENTITY) if span.values & without]
        titles = {span.start for span in parse.left if self._lexicon.is_title(span.text)}
        posts = all(self._lexicon.is_title(span.meant) or span.end in titles for span in left_out)
        alone = _names(besides, without) or _names(told, without) or self._quotes_only(besides, without)
        if besides.outcome is Outcome.ANSWERED and _is_only_of(told, without):
            kinds = [self._lexicon.kinds[kind] for span in parse.of(Part.KIND) for kind in span.values]
            nothing = _nothing(replace(told, topic=next(iter(kinds), besides.topic)))
            return next((one for one in (besides, told) if self._quotes_others(one, without)), nothing)
        beside = self._quotes_others(besides, without) and self._quotes(besides, without)
        if told.entity in without and besides.outcome is Outcome.ANSWERED and beside:
            # What is left out is known; the sentence that has it has the others.
            return besides
        return _nothing(told) if alone and not posts else told

    def further(self, parse: Parse, context: Context, decision: Decision) -> Decision:
        """«Which other companies?»: those that were not told yet, or that nothing else is told.

        Args:
            parse: the question.
            context: what the conversation is about.
            decision: what is told in answer to it.

        Returns:
            the decision as it is, where no others are asked for, or nothing of it was told yet.
        """
        others_asked = whole_words(self._lexicon.others).search(parse.question.text)
        if not others_asked or decision.outcome is not Outcome.ANSWERED or decision.topic not in LISTS:
            return decision
        told = self._library.shown(context.listed)
        shown = {id for record in told for id in record.entities}
        fresh = [
            one
            for one in decision.chosen
            if one.record not in told and not (_beside(one) and _beside(one) <= shown)
        ]
        if not told or len(fresh) == len(decision.chosen):
            return decision
        return replace(decision, chosen=fresh, rest=True) if fresh else _nothing(decision)

    def _quotes_only(self, decision: Decision, entities: frozenset[str]) -> bool:
        """Whether each sentence that is told names some of the entities, and nothing else of their kinds."""
        alone = [replace(decision, chosen=[one]) for one in decision.chosen]
        told = bool(alone) and all(self._quotes(one, entities) for one in alone)
        return told and not self._quotes_others(decision, entities)

    def _quotes(self, decision: Decision, entities: frozenset[str]) -> bool:
        """Whether a sentence that is told names one of the entities."""
        names = [name for id in entities for name in self._library.entities[id].names]
        return any(name in quote for quote in _quoted(decision) for name in names)

    def _quotes_others(self, decision: Decision, entities: frozenset[str]) -> bool:
        """Whether what is told rests on a sentence that names others of the kind of some entities."""
        known = self._library.entities
        kinds = {known[id].kind for id in entities}
        others = [one.names for one in known.values() if one.kind in kinds and one.id not in entities]
        return any(name in quote for quote in _quoted(decision) for names in others for name in names)


def others(decision: Decision, without: frozenset[str]) -> Decision | None:
    """What a decision tells besides some entities; None where it tells none of them, or nothing else.

    Args:
        decision: what is told.
        without: the ids of the entities.
    """
    out = [one for one in decision.chosen if _beside(one) & without]
    # A statement that rests on the sentence by which one of them stands there tells of nobody else.
    told = frozenset().union(*(one.record.sentences for one in out))
    found = [
        one
        for one in decision.chosen
        if one not in out and not (isinstance(one.record.row, Statement) and one.record.sentences <= told)
    ]
    return replace(decision, chosen=found) if 0 < len(found) < len(decision.chosen) else None


def _quoted(decision: Decision) -> list[str]:
    """The sentences that what is told rests on."""
    return [evidence.quote for one in decision.chosen for evidence in one.record.evidence]


def _is_only_of(decision: Decision, entities: frozenset[str]) -> bool:
    """Whether one of some entities is told of, with what stands to it; a sentence may name others."""
    linked = [isinstance(one.record.row, (Link, Post)) for one in decision.chosen]
    return decision.entity in entities and bool(linked) and all(linked)


def _names(decision: Decision, entities: frozenset[str]) -> bool:
    """Whether all that a decision tells of something else is some entities."""
    named = [_beside(one) & entities for one in decision.chosen]
    return decision.entity not in entities and bool(named) and all(named)


def _nothing(decision: Decision) -> Decision:
    """That nothing is told but what is left out."""
    return replace(decision, outcome=Outcome.MISSING, chosen=[], settled=True, exhausted=True)


def _beside(candidate: Candidate) -> frozenset[str]:
    """The entities of a fact besides the one that it is told of."""
    return candidate.record.entities - {candidate.entity}
