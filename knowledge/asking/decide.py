"""What a question asks for: which facts answer it, or what of it cannot be answered."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.asking.answer import Context, Outcome
from knowledge.asking.arithmetic import Arithmetic
from knowledge.asking.besides import Besides, others
from knowledge.asking.checking import Checker
from knowledge.asking.claims import EMPLOYING
from knowledge.asking.containing import Containing
from knowledge.asking.decision import Decision
from knowledge.asking.excepting import excepted
from knowledge.asking.leading import at_places, cut, leading, pick, standing
from knowledge.asking.lexicon import AMOUNTS, BOTH, Lexicon, Part, whole_words
from knowledge.asking.library import LIST_TOPICS, LISTS, Library
from knowledge.asking.limits import Limits
from knowledge.asking.mentions import Mentions
from knowledge.asking.odd import OddOneOut
from knowledge.asking.passages import PassageIndex
from knowledge.asking.rank import (
    LISTING,
    Candidate,
    Ranker,
    is_money,
)
from knowledge.asking.reckon import Reckoner
from knowledge.asking.references import OF_TWO, WHICH, References, is_ordinal
from knowledge.asking.settling import FIELDS, Settler
from knowledge.asking.spans import Parse, Span, unsaid
from knowledge.asking.stating import Stating
from knowledge.models import Figure, Kind

CONTEXT_LEAD = 0.12
"""How much better a fact outside the conversation must fit before the conversation's entity is left."""

MOST_LEFT = 24
"""Words that no phrase covers, beyond which a message is a story: no fact holds so many."""

_DOING, _HISTORY = frozenset({"overview", "covers"}), frozenset({"history"})
"""What is asked by «what do they do», of today and of before."""

_CONTACT = frozenset({"contact"})

_EMPLOYERS = frozenset(LIST_TOPICS[kind] for kind in EMPLOYING)
"""Lists of which somebody is in one."""


class Decider:
    """Decides over parsed questions."""

    def __init__(
        self, library: Library, lexicon: Lexicon, mentions: Mentions, passages: PassageIndex, limits: Limits
    ) -> None:
        """Args: the knowledge, the words people ask in, where facts and passages are found, the limits."""
        self._library = library
        self._references = References(library)
        self._settler = Settler(library, lexicon, self._references, mentions, limits)
        self._reckoner = Reckoner(library, lexicon)
        self._arithmetic = Arithmetic(library, lexicon, self._references, self._settler)
        self._containing = Containing(library, lexicon)
        self._stating = Stating(library, lexicon)
        self._besides = Besides(library, lexicon)
        self._odd = OddOneOut(library, lexicon)
        self._checker = Checker(library, lexicon)
        self._passages = passages
        self._lexicon = lexicon

    @property
    def ranker(self) -> Ranker:
        """Scores facts against a question."""
        return self._settler.ranker

    def decide(self, parse: Parse, context: Context) -> Decision:
        """Find what answers a question.

        Args:
            parse: the question.
            context: what the conversation is about.
        """
        if len(parse.left) > MOST_LEFT:
            return Decision(Outcome.UNKNOWN, unexplained=list(parse.left))
        decision = self._by_facts(parse, context)
        known = decision.outcome is Outcome.ANSWERED or decision.entity or decision.settled
        if known or self._references.named(parse):
            # Of an entity that is known it is known too what the documents do not say of it.
            return decision
        hit = self._passages.search(parse)
        return replace(decision, outcome=Outcome.ANSWERED, hit=hit) if hit else decision

    def named(self, parse: Parse) -> list[str]:
        """The entities that a question names; see `References.named`."""
        return self._references.named(parse)

    def implied(self, parse: Parse, context: Context) -> list[str]:
        """The entities that a question without a name may be about; see `References.implied`."""
        return self._references.implied(parse, context)

    def _by_facts(self, parse: Parse, context: Context) -> Decision:
        rest, without = excepted(parse, self._lexicon)
        if without:
            return self._without(parse, rest, without, context)
        rest, many = leading(parse, self._lexicon)
        if many and (found := cut(self._told(rest, context), many) or self._unordered(parse)):
            return found
        rest, places = at_places(parse)
        if places and (found := pick(self._told(self._references.in_list(rest, context), context), places)):
            return found
        return self._besides.further(parse, context, self._told(parse, context))

    def _without(self, parse: Parse, rest: Parse, without: frozenset[str], context: Context) -> Decision:
        """What is told besides some entities, or that nothing else is.

        Args:
            parse: the question.
            rest: the same without what it leaves out.
            without: the entities that it leaves out.
            context: what the conversation is about.
        """
        besides = self._told(self._besides.asked(rest, without), context)
        return others(besides, without) or self._besides.settle(
            parse, without, besides, self._told(parse, context)
        )

    def _unordered(self, parse: Parse) -> Decision | None:
        """«The five first companies?»: nobody tells which come first."""
        kinds = sorted(parse.values(Part.KIND))
        if not kinds:
            return None
        topic, left = self._lexicon.kinds[kinds[0]], list(parse.left)
        return Decision(Outcome.MISSING, topic=topic, unexplained=left, piece=True, settled=True)

    def _told(self, parse: Parse, context: Context) -> Decision:
        parse = self._of_before(parse)
        if parse.wants_more:
            return self._more(parse, context)
        if self._references.turned_from(context) or self._references.counted(context):
            parse = self._naming(parse)
        rest, item = self._references.of_two(parse, context, OF_TWO)
        if item:
            about = Context((item, *context.entities), context.topics, context.listed, context.spoken)
            return self._told(rest, about)
        if any(span.values & OF_TWO for span in parse.of(Part.RANK)) and not self._arithmetic.asks(parse):
            # «The former's leader?», where no two were spoken of.
            return Decision(Outcome.MISSING, settled=True)
        if checked := self._checker.decide(parse, context) or self._arithmetic.decide(parse, context):
            return checked
        reckoned = (
            self._containing.decide(parse)
            or self._reckoner.decide(parse)
            or self._stating.decide(parse)
            or self._odd.decide(parse)
        )
        if reckoned:
            return reckoned
        if whose := self._whose(parse, context):
            return whose
        named = self._references.named(parse) or self._references.turned_home(parse)
        placed = named or ([] if parse.left else self._references.implied(parse, context)[:1])
        if place := standing(parse, placed, self._library, self._lexicon):
            return place
        rest, neighbour = self._references.beside(parse, named)
        if neighbour:
            return self._of_item(rest, context, neighbour)
        return self._of_named(parse, context, named) if named else self._of_nothing_named(parse, context)

    def _of_named(self, parse: Parse, context: Context, named: Sequence[str]) -> Decision:
        asked = self._references.with_topic_of(parse, context)
        if several := self._settler.all_called(asked):
            return several
        at_home = self._references.at_home(parse)
        each = self._settler.each(asked) if at_home else None
        if each and each.outcome is Outcome.ANSWERED and not each.owed:
            return each
        decision = self._settler.about(asked, named)
        if decision.outcome is Outcome.ANSWERED:
            return decision
        return (each if at_home else self._settler.each(asked)) or decision

    def _of_nothing_named(self, parse: Parse, context: Context) -> Decision:
        """What the conversation leads to, or the words alone."""
        parse = self._references.definite(parse, context)
        if both := self._both(parse, context):
            return both
        counted, item = self._references.placed(parse, context)
        if not item:
            counted, item = self._references.of_two(parse, context)
        if item:
            return self._of_item(counted, context, item)
        if self._references.goes_on(parse) and self._references.turned_from(context):
            # «How many chains are there? – Which ones?»: those of the whole zone.
            asked = self._references.with_topic_of(parse, context)
            if asked.of(Part.TOPIC):
                return _named(parse, self._settler.about(asked, [self._library.home], implied=True))
        implied = self._references.implied(parse, context)
        free = self._settler.free(parse)
        free = self._counted_at(parse, free) or free
        if free.outcome is not Outcome.ANSWERED and not implied:
            free = self._settler.corrected(parse, (), implied=False) or free
        if implied and any(map(is_ordinal, free.unexplained)):
            # «How much is the first of them?»: what the words alone lead to is not that.
            free = replace(free, outcome=Outcome.MISSING, chosen=[], settled=True)
        if not implied:
            return self._nobody(parse, free) if parse.values(Part.PRONOUN) == {Kind.PERSON} else free
        return self._of_implied(parse, context, implied, free)

    def _counted_at(self, parse: Parse, free: Decision) -> Decision | None:
        """«How many were signed in January?», where that was one signing: the number is told of it."""
        asked = parse.values(Part.QUESTION) & AMOUNTS
        told = {one.record.id for one in free.chosen}
        known = self._library.entities
        signings = [id for id in told if id in known and known[id].kind is Kind.SIGNING]
        if not asked or len(told) != 1 or not signings:
            return None
        spans = [span for span in parse.content if span.part in {Part.QUESTION, Part.TOPIC}]
        if not parse.of(Part.TOPIC):
            held = self._library.of_entity[signings[0]]
            # Projects are signed, whoever counts them.
            listed = (
                topic for topic in LISTS if any(isinstance(one.row, Figure) for one in held.get(topic, ()))
            )
            spans.append(unsaid(Part.TOPIC, listed))
        found = self._settler.about(replace(parse, spans=tuple(spans)), signings)
        return found if any(isinstance(one.record.row, Figure) for one in found.chosen) else None

    def _of_item(self, parse: Parse, context: Context, item: str) -> Decision:
        """What is asked of something that a question names by its place."""
        about = self._references.with_topic_of(parse, context)
        if all(span.part is Part.QUESTION and span.values <= LISTING for span in about.content):
            # «Which is the fourth on that list?» asks for nothing but what stands there.
            about = replace(about, spans=(unsaid(Part.TOPIC, ["overview"]),))
        return self._settler.about(about, [item], implied=True)

    def _of_implied(self, parse: Parse, context: Context, implied: Sequence[str], free: Decision) -> Decision:
        """What was spoken of last or what the words alone lead to, whichever the question is about."""
        asked = self._references.with_topic_of(parse, context)
        bound = self._settler.about(asked, [self._references.meant(asked, implied)], implied=True)
        pronoun = bool(parse.of(Part.PRONOUN))
        if self._references.goes_on(parse):
            return _named(parse, bound)
        if asked is not parse and _is_time(parse):
            # «And in May?» asks the same of another time, and not what was in May.
            return bound
        if self._references.disowned(parse, implied) and self._settler.is_whose(parse):
            return bound
        if parse.values(Part.TOPIC) == _CONTACT and not _words(parse) and not self._references.at_home(parse):
            # «Whom do I ask?» is asked of what is spoken of, whoever it is that answers for it.
            return bound
        placed = bool(free.chosen) and free.chosen[0].record.place is not None
        ordinals = bool(parse.content) and all(map(is_ordinal, parse.content))
        if ordinals and not placed:
            # «And of the first?», where nothing that was told has a first.
            nothing = Decision(Outcome.MISSING, unexplained=list(parse.left), settled=True)
            # A number is the first of nothing, a sentence may tell several things one after the other.
            number = any(isinstance(one.record.row, Figure) for one in bound.chosen) and bound.unexplained
            return bound if bound.outcome is Outcome.ANSWERED and not number else nothing
        if bound.outcome is Outcome.ANSWERED and self._is_own(parse, implied[0], free):
            return bound
        if free.outcome is Outcome.ANSWERED and not pronoun:
            # «Which chains are there?» after a chain was spoken of: that one is not all there are.
            own = self._library.entities[implied[0]].kind in parse.values(Part.KIND)
            home = self._references.turned_from(context) or self._references.at_home(parse)
            if home or (own and not parse.of(Part.TOPIC) and not self._is_counted(parse, bound)):
                return free
        if bound.outcome is Outcome.ANSWERED:
            lead = free.chosen[0].order - bound.chosen[0].order if free.chosen else -1.0
            if pronoun or free.outcome is not Outcome.ANSWERED or lead < CONTEXT_LEAD:
                return bound
        if not pronoun and self._references.expects(parse, implied[0]):
            return bound
        if bound.outcome is not Outcome.ANSWERED and (theirs := self._of_theirs(parse, asked, implied)):
            return theirs
        if free.outcome is Outcome.ANSWERED and not pronoun:
            return bound if self._is_others(parse, free, implied) else free
        own = free.entity != self._library.home and self._library.joins(free.entity, implied[0])
        told_by_them = own and self._quotes_them(parse)
        if told_by_them and free.outcome is Outcome.ANSWERED:
            return free
        elliptic = pronoun or (bool(parse.of(Part.TOPIC)) and not parse.left)
        return bound if elliptic and free.outcome is not Outcome.UNKNOWN else free

    def _quotes_them(self, parse: Parse) -> bool:
        """«How many crews came, she said?»: it is asked of what somebody told, not of them."""
        units = parse.question.units
        people = [span for span in parse.of(Part.PRONOUN) if Kind.PERSON in span.values]
        behind = ("".join(unit.text for unit in units[one.start : one.end + 2])[1:] for one in people)
        return any(text.startswith(self._lexicon.saying) for text in behind)

    def _of_theirs(self, parse: Parse, asked: Parse, implied: Sequence[str]) -> Decision | None:
        """«Where is the park?», asked of an industry: its own, though of another the place is told."""
        one = len(parse.of(Part.KIND)) == 1 and parse.of(Part.TOPIC) and not parse.left
        if not one or self._library.all_people(implied[:1]):
            return None
        theirs = self._references.possessed(parse, implied[:1])
        owned = self._settler.about(asked, theirs, implied=True) if theirs else None
        sure = owned is not None and (len(theirs) == 1 or owned.outcome is Outcome.ANSWERED)
        return owned if sure else None

    def _is_others(self, parse: Parse, free: Decision, implied: Sequence[str]) -> bool:
        """Whether what is asked of nothing is told of something nobody spoke of: «how many companies?»"""
        says = {Part.TOPIC, Part.KIND, Part.QUESTION}
        return (
            all(span.part in says for span in parse.content)
            and free.entity not in {self._library.home, *implied}
            and bool(parse.of(Part.KIND))
            and bool(parse.values(Part.QUESTION) & AMOUNTS)
        )

    def _is_own(self, parse: Parse, latest: str, free: Decision) -> bool:
        """Whether a kind is asked for of what was spoken of: a person's company, the projects of a sum."""
        asked = parse.values(Part.QUESTION)
        lists = {self._lexicon.kinds[kind] for kind in parse.values(Part.KIND)}
        lists |= parse.values(Part.TOPIC) & LISTS
        if not lists or asked & AMOUNTS:
            return False
        alone = all(span.part in {Part.KIND, Part.QUESTION} or span.values <= lists for span in parse.content)
        employer = alone and lists <= _EMPLOYERS and self._library.all_people([latest])
        # A sum is no answer to «which projects?»
        return employer or bool(free.chosen and asked and is_money(free.chosen[0].record.row))

    def _whose(self, parse: Parse, context: Context) -> Decision | None:
        """«And the chairman?», asked of a company: nobody is told who is another's."""
        titled = parse.of(Part.ENTITY) or parse.left
        if not titled or not all(self._lexicon.is_title(span.meant) for span in titled):
            return None
        people = {id for span in titled for id in span.values}
        latest = next(iter(self._references.implied(parse, context)), "")
        if not latest or not self._library.all_people([*people]) or self._library.all_people([latest]):
            return None
        around = {*self._library.linked(latest), *self._library.above(latest)}
        near = {latest, *(id for id in around if self._library.entities[id].kind in EMPLOYING)}
        if any(self._library.joins(one, id) for one in near for id in people):
            return None
        if not people and (parse.of(Part.TOPIC) or self._library.entities[latest].kind not in EMPLOYING):
            return None
        free = self._settler.free(parse) if not people else None
        told = {id for one in free.chosen for id in one.record.entities} if free else set()
        told = {id for id in told if self._library.all_people([id])}
        if any(self._library.joins(one, id) for one in near - {latest} for id in told):
            # An office is held by whoever leads the bureau that it stands in.
            return None
        spans = (
            replace(span, part=None, values=frozenset(), tag="n") if span in titled else span
            for span in parse.spans
        )
        decision = self._settler.about(replace(parse, spans=tuple(spans)), [latest], implied=True)
        return replace(decision, settled=decision.outcome is not Outcome.ANSWERED)

    def _of_before(self, parse: Parse) -> Parse:
        """«What did they do before?» asks for a history, whatever is asked of today."""
        before = any(span.text in self._lexicon.past for span in parse.of(Part.FILLER))
        if not before or not parse.values(Part.TOPIC) or not parse.values(Part.TOPIC) <= _DOING:
            return parse
        spans = (replace(span, values=_HISTORY) if span.part is Part.TOPIC else span for span in parse.spans)
        return replace(parse, spans=tuple(spans))

    def _naming(self, parse: Parse) -> Parse:
        """«What are they called?» asks for which they are, where it says no more."""
        asks = [span for span in parse.spans if span.text in self._lexicon.naming]
        others = [span for span in parse.content if span.part is None or span.values - LISTING]
        if not asks or others:
            return parse
        rest = (span for span in parse.spans if span not in parse.content)
        return replace(parse, spans=(*rest, unsaid(Part.QUESTION, ["which"])))

    @staticmethod
    def _is_counted(parse: Parse, bound: Decision) -> bool:
        """«How many were signed?» after a signing asks for a number of its own."""
        amounts = parse.values(Part.QUESTION) & AMOUNTS
        return bool(amounts and bound.chosen) and isinstance(bound.chosen[0].record.row, Figure)

    def _nobody(self, parse: Parse, decision: Decision) -> Decision:
        """«His telephone?», where nobody has been spoken of: nobody's is told."""
        topic, asked = self._settler.asked_topic(parse, decision)
        return replace(decision, outcome=Outcome.MISSING, entity="", topic=topic, asked=asked, chosen=[])

    def _both(self, parse: Parse, context: Context) -> Decision | None:
        """«Which of the two is larger?»: the two that were spoken of last, on what was asked of them."""
        if BOTH not in parse.values(Part.PRONOUN) and not self._only_compares(parse):
            return None
        known = self._library.entities
        implied = [id for id in self._references.implied(parse, context) if known[id].kind in FIELDS]
        alike = [id for id in implied if known[id].kind is known[implied[0]].kind]
        pair = (alike if len(alike) > 1 else implied)[:2]
        if len(pair) < 2:
            return None
        said = {*parse.of(Part.PRONOUN), *parse.of(Part.MORE), *self._settler.comparing(parse, 2)}
        rest = replace(parse, spans=tuple(span for span in parse.spans if span not in said))
        if not (rest.of(Part.TOPIC) or rest.of(Part.KIND)):
            rest = replace(rest, spans=(*rest.spans, unsaid(Part.TOPIC, context.topics[:1])))
        return self._settler.compared(
            [self._settler.about(rest, [id], implied=True) for id in reversed(pair)]
        )

    def _only_compares(self, parse: Parse) -> bool:
        """«So which is larger?»: two were asked about one after the other."""
        comparing = [
            one for one in parse.spans if one.part is Part.MORE or one.text in self._lexicon.comparing
        ]
        which = any(span.values <= WHICH for span in parse.of(Part.QUESTION))
        rest = [one for one in parse.content if one not in comparing and not one.values <= WHICH]
        return bool(comparing and which) and not any(one.part is None or one.values for one in rest)

    def _more(self, parse: Parse, context: Context) -> Decision:
        """«What else?»: what was not shown yet, of the topic first and then of the entity."""
        held = self._library.of_entity.get(context.entities[0], {}) if context.entities else {}
        told = [self._references.enumerated(context), *context.topics]
        topics = [*dict.fromkeys(told)]
        if not whole_words(self._lexicon.others).search(parse.question.text):
            # «And the others?» are others of what was told.
            topics += [topic for topic in held if topic not in {"overview", *told}]
        for topic in topics:
            fresh = [record for record in held.get(topic, ()) if record.id not in context.listed]
            if fresh:
                entity, rest = context.entities[0], len(fresh) < len(held[topic])
                chosen = [Candidate(record, entity, topic, support=1.0) for record in fresh]
                return Decision(Outcome.ANSWERED, entity, topic, chosen=chosen, rest=rest)
        return Decision(Outcome.UNKNOWN, refusal="more")


def _named(parse: Parse, decision: Decision) -> Decision:
    """«50 were signed. – Which ones?»: the number does not say."""
    which = "how_many" not in parse.values(Part.QUESTION)
    counted = [one for one in decision.chosen if isinstance(one.record.row, Figure)]
    if not which or not counted or len(counted) < len(decision.chosen):
        return decision
    return replace(decision, outcome=Outcome.MISSING, chosen=[])


def _is_time(parse: Parse) -> bool:
    """Whether a question says nothing but a time, or a name that nobody knows."""
    return bool(parse.content) and all(
        span.part is None and span.tag in {"name", "number"} for span in parse.content
    )


def _words(parse: Parse) -> list[Span]:
    """The words that no phrase covers, without single characters that only say how: 大 in 大问题."""
    return [span for span in parse.left if len(span.text) > 1 or span.tag != "a"]
