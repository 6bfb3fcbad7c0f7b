"""Which facts answer a question, once it is known what it is about, or that it is about nothing by name."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from knowledge.asking.amounts import is_scale, stated_at
from knowledge.asking.answer import Language, Outcome
from knowledge.asking.claims import asks_whether, claims, is_of_kind, said, topics_of
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, Library, Record
from knowledge.asking.limits import Limits
from knowledge.asking.mentions import Mentions
from knowledge.asking.rank import (
    PLACED,
    SOMEBODY,
    Candidate,
    Ranker,
    counted_noun,
    says_what_is_asked,
    weigh,
)
from knowledge.asking.reckon import COMPARING
from knowledge.asking.references import References
from knowledge.asking.spans import DIVIDED, Parse, Span, unsaid
from knowledge.models import Figure, Kind, Link, Post
from knowledge.numerals import ordinal, value

TOGETHER = 0.1
"""Facts on the same entity and topic whose order is this near belong to one answer."""

CLOSE = 0.02
"""Candidates of different entities this near are two readings, not one."""

SHORT, SHORT_WORD = 2, 3
"""Characters of a Chinese word, letters of an English one, below which it tells no figure from another."""

SHOWN = 8
"""How many candidates a decision keeps, for `explain` and to see other readings."""

EQUAL = 0.03
"""By no more than this differ facts of which none fits better than another: one has a word in its title."""

MOST_ALIKE = 12
"""So many of those are told."""

MOST_READINGS = 4
"""How many alternatives a «did you mean» offers."""

_NOUN = re.compile(r"[^谁哪什么啥几多少怎如何吗有是没a-z0-9]{1,}[^谁哪什么啥几多少怎如何吗有是没的了a-z0-9]")
"""A topic's wording that can be repeated in a sentence: 租金, not 租金多少."""

_STANDING = frozenset({"leader", "post", "contact", "people", "overview"})
"""Topics that say what somebody is to something."""

_HEADING = frozenset({"leader", "executive", "founder"})
"""Topics that are posts: 一把手, CEO."""

_WHERE = frozenset({"where"})

_COUNTED = frozenset({"count"})
"""The topic of a number where no kind of thing is named that is counted."""

FIELDS = frozenset({Kind.ZONE, Kind.CHAIN, Kind.SECTOR, Kind.SIGNING, Kind.PROJECT, Kind.PARK})
"""Kinds that are compared with one another."""

_ANSWERED_FOR = frozenset({Kind.CHAIN, Kind.SECTOR, Kind.PARK})
"""Kinds of which «who?» asks who answers for them; of others it may ask what they are."""

Pair = tuple[Record, str, str]


class Settler:
    """Settles on the facts that answer a question."""

    def __init__(
        self, library: Library, lexicon: Lexicon, references: References, mentions: Mentions, limits: Limits
    ) -> None:
        """Args: the knowledge, the words people ask in, what belongs to what, where facts are, the limits."""
        self._library = library
        self._lexicon = lexicon
        self._references = references
        self._mentions = mentions
        self._limits = limits
        self.ranker = Ranker(library, lexicon)

    def each(self, parse: Parse) -> Decision | None:
        """«Which of A and B has a leader?»: what is known of each, and of which it is not.

        The whole zone may be one of them.

        Args:
            parse: the question.

        Returns:
            None where it does not name several that can be compared.
        """
        home = frozenset({self._library.home})
        whole = [replace(span, values=home) for span in parse.of(Part.HOME)]
        spans = sorted((*parse.of(Part.ENTITY), *whole), key=lambda span: span.start)
        kinds = {self._library.entities[id].kind for span in spans for id in span.values}
        alike = len(kinds) == 1 or kinds <= FIELDS
        if not 2 <= len(spans) <= MOST_READINGS or not alike or not parse.side_by_side(spans):
            return None
        parts = []
        for span in spans:
            others = [*(other for other in spans if other is not span), *self.comparing(parse, len(spans))]
            places = {other.start for other in others}
            alone = replace(parse, spans=tuple(one for one in parse.spans if one.start not in places))
            parts.append(self.about(alone, sorted(span.values)))
        return self.compared(parts, bool(whole))

    def all_called(self, parse: Parse) -> Decision | None:
        """«The two called Liu, what do they do?»: what is known of each of them.

        Args:
            parse: the question.

        Returns:
            None where it names nobody, or one alone.
        """
        spans = parse.of(Part.ENTITY)
        if len(spans) != 1 or len(spans[0].values) < 2 or not self._library.all_people(spans[0].values):
            return None
        people = sorted(spans[0].values)
        counts = self.comparing(parse, len(people))
        rest = replace(parse, spans=tuple(span for span in parse.spans if span not in counts))
        return self.compared([self.about(_naming(rest, spans[0], id), [id]) for id in people])

    def compared(self, parts: list[Decision], whole: bool = False) -> Decision | None:
        """What is told of each of several; None where that is of different topics, or of none.

        Args:
            parts: what is told of each.
            whole: one of them is the whole zone.
        """
        told = [part for part in parts if part.outcome is Outcome.ANSWERED]
        if len({part.topic for part in told or parts}) > 1 or not (told or parts)[0].topic:
            return None
        if not told:
            return replace(parts[0], owed=[(part.entity, part.topic, part.asked) for part in parts])
        topic = told[0].topic
        if (
            whole
            and topic in LIST_TOPICS.values()
            and any(not isinstance(one.record.row, Figure) for one in told[0].chosen)
        ):
            # A list of the whole has those of its part already.
            return None
        return replace(
            told[0],
            chosen=[candidate for part in told for candidate in part.chosen],
            owed=[(part.entity, part.topic or topic, part.asked) for part in parts if part not in told],
        )

    def comparing(self, parse: Parse, count: int) -> list[Span]:
        """«Which of these three is larger?»: what is seen from what is told of each, asked of none alone.

        Args:
            parse: the question.
            count: how many are compared.
        """
        comparing = {*self._lexicon.comparing, *self._lexicon.limits["over"], *self._lexicon.limits["under"]}
        words = [one for one in parse.left if one.text in comparing]
        words += [one for one in parse.of(Part.RANK) if one.values <= COMPARING]
        counts = [one for one in parse.left if one.tag == "number" and value(one.text) == count]
        return [*words, *counts, *(one for one in parse.of(Part.QUESTION) if one.values <= {"which", "who"})]

    def _answered_for(self, parse: Parse, entities: Sequence[str]) -> Parse:
        """«Semiconductors, who is it?» asks who answers for them."""
        asked = [span for span in parse.content if span.part not in {Part.ENTITY, Part.HOME}]
        kinds = {self._library.entities[id].kind for id in entities}
        if not kinds <= _ANSWERED_FOR or not asked or any(span.values != {"who"} for span in asked):
            return parse
        spans = (span for span in parse.spans if span not in asked)
        return replace(parse, spans=(*spans, unsaid(Part.TOPIC, ["contact"])))

    def about(self, parse: Parse, entities: Sequence[str], implied: bool = False) -> Decision:
        """What answers a question that is about given entities.

        Args:
            parse: the question.
            entities: their ids, one at least.
            implied: the conversation is about them; the question does not name them.
        """
        parse = self._answered_for(parse, entities)
        pairs = [pair for entity in entities for pair in self._pairs(entity)]
        if not implied or parse.of(Part.PRONOUN):
            below = [*self._references.possessed(parse, entities), *self._references.owning(parse, entities)]
            pairs += [pair for entity in dict.fromkeys(below) for pair in self._pairs(entity)]
        decision = self._settle(parse, pairs, entities[0] if implied else "")
        decision.implied = implied
        if self._references.disowned(parse, entities) and (not implied or self.is_whose(parse)):
            decision = replace(
                decision, outcome=Outcome.MISSING, entity=entities[0], chosen=[], unexplained=[], owed=[]
            )
        if decision.outcome is not Outcome.ANSWERED:
            corrected = self.corrected(parse, entities, implied)
            if corrected:
                return corrected
            decision.entity = entities[0] if len(entities) == 1 or not decision.entity else decision.entity
            decision.outcome = Outcome.MISSING
            decision.topic, decision.asked = self.asked_topic(parse, decision)
        return decision

    def is_whose(self, parse: Parse) -> bool:
        """Whether nothing is asked of a document but whether it is the bureau's own.

        Args:
            parse: the question.
        """
        topics = parse.values(Part.TOPIC)
        asked = topics <= {"issuer", "policies", "overview"} and (topics or parse.of(Part.KIND))
        return bool(asked) and not parse.left and asks_whether(parse, self._lexicon)

    def corrected(self, parse: Parse, entities: Sequence[str], implied: bool) -> Decision | None:
        """«Was it founded in 2010?», «Is X its leader?»: what the documents say instead.

        Args:
            parse: the question.
            entities: what it is about; none where it names nothing.
            implied: the conversation is about them; the question does not name them.

        Returns:
            None where it takes nothing for true, or the documents say nothing of it.
        """
        claimed = claims(parse, entities, self._library, self._lexicon)
        if not claimed:
            return None
        rest = _unclaimed(parse, claimed)
        if topics := topics_of(claimed, self._library):
            kinds = {name for name, topic in self._lexicon.kinds.items() if topic in topics}
            # «Is it in the AI chain?»: the chain is claimed, and in which chain it is is asked.
            left = tuple(span for span in rest.spans if not (span.part is Part.KIND and span.values <= kinds))
            rest = replace(rest, spans=(*left, unsaid(Part.TOPIC, topics)))
        named = {id for span in claimed for id in span.values}
        about = [id for id in entities if id not in named]
        if entities and not about:
            about = [id for span in rest.of(Part.ENTITY) for id in sorted(span.values - named)]
        if named and self._library.all_people(named) and not (rest.of(Part.TOPIC) or rest.left):
            # «The general leader is X?» asks who that is.
            rest = replace(rest, spans=(*rest.spans, unsaid(Part.TOPIC, SOMEBODY)))
        numbers = [span for span in claimed if span.tag == "number"]
        if numbers and not (rest.of(Part.TOPIC) or rest.values(Part.QUESTION) & AMOUNTS):
            # «Were 50 signed?» asks how many there were.
            rest = replace(rest, spans=(*rest.spans, unsaid(Part.QUESTION, ["how_many"])))
        decision = self.about(rest, about, implied) if about else None if entities else self.free(rest)
        if numbers and not (decision and self._states(decision, numbers, parse)):
            decision = self._among_figures(rest, about or [self._library.home], numbers, parse) or decision
        if decision is not None and decision.outcome is Outcome.MISSING and named:
            # Nobody is known to be the leader: so it is the leader that is not on record.
            return self._other_post(rest, about, named) or decision
        if decision is None or decision.outcome is not Outcome.ANSWERED or decision.owed:
            return None
        if topics and decision.entity not in about:
            return None
        if not self._states(decision, claimed, parse):
            return None
        english = parse.question.language is Language.EN
        known = self._library.entities
        names = {id: known[id].name_en if english else known[id].name for id in named}
        rows = [one.record.row for one in decision.chosen]
        claimed = [span for span in claimed if not any(_is_told(span, parse, row) for row in rows)]
        words = [names[min(span.values)] if span.values else said(span, parse) for span in claimed]
        return replace(
            decision,
            claimed=(" " if english else "").join(words),
            chosen=[*decision.chosen, *self._posts(named, decision)],
        )

    def _posts(self, people: set[str], decision: Decision) -> list[Candidate]:
        """What somebody is who is not what a question takes them for."""
        told = {id for one in decision.chosen for id in one.record.entities}
        return [
            Candidate(record, id, "post", support=1.0)
            for id in sorted(people - told)
            if self._library.all_people([id])
            for record in self._library.of_entity.get(id, {}).get("post", ())
        ]

    def _states(self, decision: Decision, claimed: Sequence[Span], parse: Parse) -> bool:
        """Whether what is told is what could stand in the place of all that is claimed."""
        first = next(iter(decision.chosen), None)
        return first is not None and all(is_of_kind(span, first, parse, self._lexicon) for span in claimed)

    def _among_figures(
        self, rest: Parse, entities: Sequence[str], numbers: Sequence[Span], parse: Parse
    ) -> Decision | None:
        """The figure of the kind of a number that is claimed, where something else fits better."""
        units = self._lexicon.units
        claimed = [number for span in numbers if (number := stated_at(span, parse))]
        pairs = [
            pair
            for id in entities
            for pair in self._pairs(id)
            if isinstance(row := pair[0].row, Figure) and any(one.may_be(row, units) for one in claimed)
        ]
        return self._settle(rest, pairs, "") if pairs else None

    def _other_post(self, parse: Parse, entities: Sequence[str], people: set[str]) -> Decision | None:
        """«Is X the director?», where X holds another post there: which one that is."""
        titles = [*parse.left, *(span for span in parse.of(Part.TOPIC) if span.values <= _HEADING)]
        if not titles or not all(span.part or self._lexicon.is_title(span.text) for span in titles):
            return None
        held = [
            Candidate(record, entity, "people", support=1.0)
            for entity in entities
            for record in self._library.of_entity.get(entity, {}).get("people", ())
            if isinstance(record.row, Post) and record.row.person_id in people
        ]
        if not held:
            return None
        said = sorted(titles, key=lambda span: span.start)
        title = parse.question.words(said[0].start, said[-1].end)
        return Decision(Outcome.ANSWERED, held[0].entity, "people", chosen=held, claimed=title)

    def free(self, parse: Parse) -> Decision:
        """Without an entity: what the home zone and the words themselves lead to.

        Args:
            parse: the question.
        """
        found = dict.fromkeys(self._pairs(self._library.home))
        found |= dict.fromkeys(pair for pair in self._mentions.find(parse) if not self._private(pair))
        decision = self._settle(parse, found, "")
        if decision.outcome is Outcome.ANSWERED and not self._pointed(decision.chosen[0]):
            decision = replace(decision, outcome=Outcome.UNKNOWN, chosen=[])
        if decision.outcome is Outcome.ANSWERED and self._is_anybodys(parse, decision):
            # «Where is it?», where nothing was spoken of: of many it is told.
            return Decision(Outcome.MISSING, topic=decision.topic, unexplained=list(parse.left), settled=True)
        if decision.outcome is Outcome.ANSWERED:
            readings = self._readings(decision.candidates)
            if len({entity for entity, _ in readings}) > 1:
                return replace(decision, outcome=Outcome.CHOOSE, alternatives=readings[:MOST_READINGS])
        else:
            decision.entity = ""
            decision.topic, decision.asked = self.asked_topic(parse, decision)
            known = decision.topic or (decision.candidates and decision.candidates[0].support >= 0.5)
            foreign = any(span.part is Part.REFUSAL for span in parse.spans)
            decision.outcome = Outcome.MISSING if known and not foreign else Outcome.UNKNOWN
        return decision

    def _is_anybodys(self, parse: Parse, decision: Decision) -> bool:
        """Whether nothing is asked but where something is, and what was found is one of many."""
        asked = [span for span in parse.content if span.part is not Part.QUESTION]
        if not asked or any(span.part is not Part.TOPIC or not span.values <= PLACED for span in asked):
            return False
        if not parse.values(Part.QUESTION) <= _WHERE:
            # «Which of them has its seat here?» asks of what it is told.
            return False
        if any(noun in span.meant for group in self._lexicon.details for noun in group for span in asked):
            # «In which street?» has a few answers only.
            return False
        told, known = {candidate.record.id for candidate in decision.chosen}, self._library.of_entity.values()
        others = (record for topics in known for record in topics.get(decision.topic, ()))
        return any(record.id not in told for record in others)

    def _private(self, pair: Pair) -> bool:
        """What a person keeps, knows or does is told of them only where they are asked about."""
        _, entity, topic = pair
        private = topic in LIST_TOPICS.values() or topic == "duties"
        return private and self._library.entities[entity].kind is Kind.PERSON

    @staticmethod
    def _pointed(best: Candidate) -> bool:
        """Whether a fact was found by more than a number, a question word and single characters."""
        telling = {Part.TOPIC, Part.KIND, Part.ENTITY}
        return any(
            share >= 0.5
            and (span.part in telling or (span.part is None and span.tag != "number" and len(span.text) > 1))
            for span, share in best.shares
        )

    def _pairs(self, entity: str) -> Iterable[Pair]:
        for topic, records in self._library.of_entity.get(entity, {}).items():
            for record in records:
                yield record, entity, topic

    def asked_topic(self, parse: Parse, decision: Decision) -> tuple[str, str]:
        """The topic that is asked and not answered, and its words if a reply can repeat them.

        Args:
            parse: the question.
            decision: what was found.
        """
        unanswered = [span for span in decision.unexplained if span.part is Part.TOPIC]
        # What no document speaks of is what is missing, whatever else was asked with it.
        unanswered.sort(key=lambda span: bool(span.values & self._library.topics))
        for span in unanswered or parse.of(Part.TOPIC):
            return min(span.values, key=lambda topic: (topic not in SOMEBODY, topic)), _repeated(span)
        unanswered = [span for span in decision.unexplained if span.part is Part.KIND]
        kinds = unanswered or parse.of(Part.KIND)
        entity = self._library.entities.get(decision.entity)
        # 链 behind a chain's name belongs to it.
        for span in [one for one in kinds if not entity or entity.kind not in one.values] or kinds:
            return self._lexicon.kinds[sorted(span.values)[0]], ""
        return "", ""

    def _settle(self, parse: Parse, pairs: Iterable[Pair], implied: str) -> Decision:
        candidates = self._confirming(parse, self.ranker.rank(parse, pairs, implied))
        if not candidates or (not implied and all(span.part is Part.QUESTION for span in parse.content)):
            return Decision(Outcome.UNKNOWN, unexplained=list(parse.left))
        best = candidates[0]
        chosen = self._alike(parse, candidates, best, implied) or self._group(parse, candidates, best)
        chosen += self._complement(parse, candidates, chosen)
        unexplained = _unexplained(chosen)
        owed = [span for span, _ in unexplained if span in parse.apart]
        decision = Decision(
            Outcome.ANSWERED,
            entity=best.entity,
            topic=best.topic,
            chosen=chosen,
            unexplained=[span for span, weight in unexplained if weight >= 0.5 * weigh(span)],
            candidates=candidates[:SHOWN],
            owed=[(best.entity, sorted(span.values)[0], _repeated(span)) for span in owed],
        )
        if (
            sum(weight for _, weight in unexplained) > self._limits.missing
            or best.support < self._limits.support
            or (owed and not says_what_is_asked(best, owed))
            or _only_a_character(parse)
            or _is_another_trade(parse, [span for span, _ in unexplained])
        ):
            decision.outcome = Outcome.MISSING
            decision.chosen = []
        return decision

    def _confirming(self, parse: Parse, candidates: list[Candidate]) -> list[Candidate]:
        """«Is X the leader of Y?» is answered by a fact about both, not by what X once said of Y."""
        named = [span.values for span in parse.of(Part.ENTITY) if self._library.home not in span.values]
        kinds = [self._library.entities[id].kind for values in named for id in values]
        if not asks_whether(parse, self._lexicon) or len(named) < 2 or Kind.PERSON not in kinds:
            return candidates
        return [
            candidate
            for candidate in candidates
            if candidate.topic in _STANDING and all(values & candidate.record.entities for values in named)
        ]

    def _readings(self, candidates: list[Candidate]) -> list[tuple[str, str]]:
        """What a question without an entity may mean, where several entities fit equally well."""
        best = candidates[0]
        if best.entity == self._library.home or best.topic in LIST_TOPICS.values():
            return []
        near = [candidate for candidate in candidates if candidate.order >= best.order - CLOSE]
        own = [candidate for candidate in near if candidate.record.asked[0][0] == candidate.entity]
        return list(dict.fromkeys((candidate.entity, candidate.topic) for candidate in own))

    def _alike(
        self, parse: Parse, candidates: list[Candidate], best: Candidate, implied: str
    ) -> list[Candidate]:
        """«Who are the chain leaders?»: that of every chain, where one fits as well as another."""
        if implied or parse.of(Part.ENTITY) or not isinstance(best.record.row, Post | Link):
            return []
        kind = self._library.entities[best.entity].kind
        found = [
            one
            for one in candidates
            if one.topic == best.topic
            and one.order >= best.order - EQUAL
            and self._library.entities[one.entity].kind is kind
        ]
        several = len({one.entity for one in found}) > 1 and best.entity != self._library.home
        # Facts of one entity stand together, the entities in the bureau's order.
        first = {one.entity: place for place, one in reversed(list(enumerate(found)))}
        library = self._library
        places = {id: (library.position(library.record[id]), place) for id, place in first.items()}
        return sorted(found, key=lambda one: places[one.entity])[:MOST_ALIKE] if several else []

    def _group(self, parse: Parse, candidates: list[Candidate], best: Candidate) -> list[Candidate]:
        """The best fact and those beside it on the same entity and topic."""
        near = [
            candidate
            for candidate in candidates
            if (candidate.entity, candidate.topic) == (best.entity, best.topic)
            and candidate.order >= best.order - TOGETHER
        ]
        if best.topic in LIST_TOPICS.values():
            # A list stands in the bureau's order, whichever of its names the question has a word of.
            near.sort(key=lambda candidate: self._library.position(candidate.record))
        figures = [candidate for candidate in near if isinstance(candidate.record.row, Figure)]
        return self._meant(parse, figures) if figures and isinstance(best.record.row, Figure) else near

    def _meant(self, parse: Parse, figures: list[Candidate]) -> list[Candidate]:
        """Of several figures those with whose name a question asks: «how many in total?»"""
        for span in (*parse.of(Part.QUESTION), *parse.of(Part.FILLER)):
            if len(span.meant) < (SHORT_WORD if span.meant.isascii() else SHORT):
                continue
            named = [one for one in figures if self.ranker.is_called(one, span)]
            if 0 < len(named) < len(figures):
                return named
        return figures

    def _complement(
        self, parse: Parse, candidates: list[Candidate], chosen: list[Candidate]
    ) -> list[Candidate]:
        """Facts that account for a second thing asked of the same entity («谁投的,投了多少»)."""
        added: list[Candidate] = []
        for span, _ in _unexplained(chosen):
            vague = span.values == {"overview"} and span not in parse.apart
            wanted = self._wanted(parse, span)
            if span.part is None and self._lexicon.is_title(span.text):
                # «When was it founded, and who is the chairman?»
                wanted = frozenset({one.topic for one in candidates if _holds_post(one, span)})
            if not wanted or vague or chosen[0].topic in wanted:
                continue
            for candidate in candidates:
                if candidate.entity == chosen[0].entity and candidate.topic in wanted and _agrees(candidate):
                    added += [
                        other for other in self._group(parse, candidates, candidate) if other not in chosen
                    ]
                    break
        return added

    def _wanted(self, parse: Parse, span: Span) -> frozenset[str]:
        """The topics that a span asks for: its own; what is to be counted, «how many projects»."""
        if span.part is Part.TOPIC:
            return span.values
        if span.part is not Part.QUESTION or span.values != {"how_many"}:
            return frozenset()
        kinds = frozenset(self._lexicon.kinds[kind] for kind in parse.values(Part.KIND))
        # How many chains there are does not say how many halls.
        return kinds or (frozenset() if counted_noun(span, parse) else _COUNTED)


def _naming(parse: Parse, name: Span, entity: str) -> Parse:
    """A question in which a name stands for one entity alone."""
    spans = (replace(span, values=frozenset({entity})) if span is name else span for span in parse.spans)
    return replace(parse, spans=tuple(spans))


def _unclaimed(parse: Parse, claimed: Sequence[Span]) -> Parse:
    """A question without what it claims, a number with its scale."""
    ends = {span.end for span in claimed}
    scales = [span for span in parse.left if span.start in ends and is_scale(span)]
    return replace(parse, spans=tuple(span for span in parse.spans if span not in (*claimed, *scales)))


def _is_told(claimed: Span, parse: Parse, row: object) -> bool:
    """Whether a number that is claimed is what a figure says."""
    number = stated_at(claimed, parse) if claimed.tag == "number" else None
    return isinstance(row, Figure) and number is not None and number.value == row.value


def _holds_post(candidate: Candidate, title: Span) -> bool:
    """Whether a fact says who holds a post."""
    return isinstance(candidate.record.row, Post) and any(
        span is title and share == 1.0 for span, share in candidate.shares
    )


def _only_a_character(parse: Parse) -> bool:
    """Whether a question says nothing but a name and a character, which many words begin with."""
    rest = [span for span in parse.content if span.part not in {Part.ENTITY, Part.HOME}]
    return bool(rest) and all(
        span.part is None and len(span.text) == 1 and not span.text.isascii() for span in rest
    )


def _is_another_trade(parse: Parse, unexplained: Collection[Span]) -> bool:
    """Whether a character that nothing explains stands right before «chain» or «park»: 电 of 风电产业园."""
    if parse.of(Part.ENTITY):
        return False
    single = {span.end for span in unexplained if span.part is None and len(span.text) == 1 and span.sounds}
    return any(span.start in single and span.values <= DIVIDED for span in parse.of(Part.KIND))


def _agrees(candidate: Candidate) -> bool:
    """Whether a fact says the names and numbers of a question: of the whole is not of its first phase.

    «How many are there, and what is the fourth?»: a place in a list is asked of the list alone.
    """
    said = (item for item in candidate.shares if item[0].tag in {"name", "number"})
    return all(share >= 0.5 or ordinal(span.text) for span, share in said)


def _repeated(span: Span) -> str:
    """A span's words if they are a Chinese noun to the letter, which a reply can repeat; else empty."""
    return span.text if span.quality == 1 and not span.spelled and _NOUN.fullmatch(span.text) else ""


def _unexplained(chosen: Sequence[Candidate]) -> list[tuple[Span, float]]:
    """Each span of content with the weight that none of some facts explains."""
    found: list[tuple[Span, float]] = []
    for place, (span, _) in enumerate(chosen[0].shares):
        share = max(candidate.shares[place][1] for candidate in chosen)
        if share < 1.0:
            found.append((span, weigh(span) * (1 - share)))
    return found
