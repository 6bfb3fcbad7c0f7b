"""What a question is about: what it names, what the conversation implies, what belongs to it."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.asking.answer import Context
from knowledge.asking.leading import are_placed
from knowledge.asking.lexicon import Part
from knowledge.asking.library import LIST_TOPICS, WIDE, Library
from knowledge.asking.rank import PAST, is_place, place_of
from knowledge.asking.spans import OF, Parse, Span, unsaid
from knowledge.models import Figure, Kind, Link, Statement
from knowledge.numerals import ordinal

MEASURES = frozenset({"investment", "capacity", "production", "area", "revenue", "share", "count", "goal"})
"""Topics of which everything has its own, whether the documents say it or not."""


_LISTED = frozenset({"listing"})
"""What is asked of a company, of which the documents may say nothing."""

_COUNT = "count"
"""The topic of how many there are."""

_TRADES = frozenset({Kind.CHAIN, Kind.SECTOR})
"""Kinds that people take for one: what is a chain here may be a field elsewhere."""

_FEW = 3
"""Words of a question that hardly says more than a name."""

WHICH, _HOW_MANY = frozenset({"which"}), frozenset({"how_many"})
"""What is asked of things that are named one by one, and of what is counted."""

_PLACES = frozenset({"last", "next", "previous"})
"""Ranks that are places in a list."""

_STEPS = frozenset({"next", "previous"})
"""Those that are counted from something."""

_THE, _PLURAL = "the", "s"
"""Before and behind an English word for what was spoken of: «the committee», not «the committees»."""

_PAIR = 2

OF_TWO = frozenset({"former", "latter"})
"""Ranks of two that say nothing else."""

_FORMER, _LATTER = frozenset({"former", "previous"}), frozenset({"latter", "next"})
"""Ranks of two that were spoken of: the one that was named first, and the other."""


class References:
    """Finds the entities of a question."""

    def __init__(self, library: Library) -> None:
        """Args: the published knowledge."""
        self._library = library

    def named(self, parse: Parse) -> list[str]:
        """The entities a question names, without the zone that is meant anyway."""
        found = [id for span in parse.of(Part.ENTITY) for id in sorted(span.values)]
        return [id for id in dict.fromkeys(found) if id != self._library.home]

    def at_home(self, parse: Parse) -> bool:
        """Whether a question says that it is about the whole zone: «你们一共有…», «the zone's …»."""
        return any(map(self._is_home, parse.spans))

    def turned_home(self, parse: Parse) -> list[str]:
        """The zone, where a question turns to it and says no more: «And the whole zone?»"""
        turns = parse.of(Part.SWITCH) and self.at_home(parse)
        return [self._library.home] if turns and all(map(self._is_home, parse.content)) else []

    def turned_from(self, context: Context) -> bool:
        """Whether the whole zone was spoken of after what a question could be about."""
        alone = self._library.entities.get(self._alone(context))
        return context.entities[:1] == (self._library.home,) and (alone is None or alone.kind in WIDE)

    def _is_home(self, span: Span) -> bool:
        return span.part is Part.HOME or (span.part is Part.ENTITY and self._library.home in span.values)

    def implied(self, parse: Parse, context: Context) -> list[str]:
        """The entities of the conversation that a question without a name may be about, the latest first."""
        known = self._library.entities
        implied = [id for id in context.entities if id in known and id != self._library.home]
        listed = context.entities[:1] == (self._library.home,) and len(implied) > 1
        if listed and known[implied[0]].kind is known[implied[1]].kind and not parse.of(Part.PRONOUN):
            # After a list of the zone's chains, «who is the leader?» is about none of them alone.
            return []
        referred = parse.values(Part.PRONOUN) & set(Kind)
        alone = self._alone(context)
        if alone and context.entities[:1] == (self._library.home,) and known[alone].kind not in WIDE:
            # «What was signed? – Worth how much?» is about that and nothing before it.
            return [alone]
        if alone and parse.of(Part.PRONOUN) and not referred:
            # «Which company is it? – Where does it come from?» is about the one that was named.
            implied = [alone, *(id for id in implied if id != alone)]
        return [id for id in implied if known[id].kind in referred] or implied

    def definite(self, parse: Parse, context: Context) -> Parse:
        """«Who chairs the committee?»: the one that was spoken of, where one was.

        Args:
            parse: the question.
            context: what the conversation is about.

        Returns:
            the question with a pronoun for what it calls by its kind; as it is, where it names something.
        """
        units, known = parse.question.units, self._library.entities
        spoken = [known[id] for id in context.entities if id in known and id != self._library.home]
        kinds = {entity.kind for entity in spoken}
        found = [
            span
            for span in parse.of(Part.KIND)
            if span.values & kinds
            and (
                # 中心 after a centre was spoken of.
                (not span.start and any(entity.name.endswith(span.text) for entity in spoken))
                or (span.start and units[span.start - 1].surface == _THE)
            )
            and not units[span.end - 1].surface.endswith(_PLURAL)
        ]
        if len(found) != 1 or parse.of(Part.ENTITY):
            return parse
        spans = (replace(span, part=Part.PRONOUN) if span is found[0] else span for span in parse.spans)
        return replace(parse, spans=tuple(spans))

    def meant(self, parse: Parse, implied: Sequence[str]) -> str:
        """Which entity of the conversation is asked about.

        The latest; but something of another kind that its answer named, where only that can be asked for the
        topic: «Which chain is the park in?», «Who is its leader?»
        """
        topics = parse.values(Part.TOPIC)
        latest = implied[0]
        if not topics or topics & set(self._library.of_entity.get(latest, {})) or self.expects(parse, latest):
            return latest
        kind = self._library.entities[latest].kind
        others = (id for id in implied[1:] if self._library.entities[id].kind is not kind)
        return next((id for id in others if topics & set(self._library.of_entity.get(id, {}))), latest)

    def expects(self, parse: Parse, entity: str) -> bool:
        """Whether a question is nothing but a topic that others of an entity's kind have, a measure, a past.

        «And its leader?», asked of a chain without one, is not answered with somebody else's.
        """
        topics = parse.values(Part.TOPIC)
        if not topics or parse.left or parse.of(Part.KIND):
            return False
        kind = self._library.entities[entity].kind
        return bool(topics & (MEASURES | PAST | _LISTED)) or any(
            self._library.entities[other].kind is kind and topics & set(held)
            for other, held in self._library.of_entity.items()
        )

    def with_topic_of(self, parse: Parse, context: Context) -> Parse:
        """«那…呢», «what about …»: something else, and the topic that was asked before."""
        vague = [span for span in parse.of(Part.TOPIC) if span.values == {"overview"}]
        counted = any(map(is_ordinal, (*parse.left, *parse.of(Part.RANK)))) and not parse.of(Part.KIND)
        if counted and len(vague) == len(parse.of(Part.TOPIC)) and context.topics:
            # «What is the first?», of the actions that were told.
            enumerated = unsaid(Part.TOPIC, [self.enumerated(context)])
            return replace(parse, spans=(*(span for span in parse.spans if span not in vague), enumerated))
        if self.goes_on(parse) and context.topics:
            # «How many are there?», «Which ones?», of the companies that were told.
            lists = parse.values(Part.QUESTION) & WHICH
            asked = self.enumerated(context) if lists else context.topics[0]
            held = self._library.of_entity.get(next(iter(context.entities), ""), {})
            if asked == "overview" or asked not in held:
                return parse
            return replace(parse, spans=(*parse.spans, unsaid(Part.TOPIC, [asked])))
        asks = parse.of(Part.TOPIC) or parse.of(Part.KIND) or parse.of(Part.QUESTION)
        # «The cold chain's?» after a leader was asked for.
        whose = bool(parse.spans) and parse.spans[-1].text == OF
        goes_on = parse.of(Part.SWITCH) or whose or self._is_next(parse, context)
        if asks or not goes_on or not context.topics:
            return parse
        return replace(parse, spans=(*parse.spans, unsaid(Part.TOPIC, context.topics[:1])))

    def in_list(self, parse: Parse, context: Context) -> Parse:
        """A question for pieces of a list that does not say of which: of that which was told last.

        Args:
            parse: the question.
            context: what the conversation is about.
        """
        listed = [topic for topic in context.topics[:1] if topic in LIST_TOPICS.values()]
        if not listed or parse.of(Part.KIND) or parse.of(Part.TOPIC) or parse.of(Part.ENTITY):
            return parse
        home = frozenset({self._library.home})
        return replace(parse, spans=(*parse.spans, unsaid(Part.TOPIC, listed), unsaid(Part.HOME, home)))

    def _is_next(self, parse: Parse, context: Context) -> bool:
        """Whether a question says nothing but a name, of the kind that was asked about: «Cars?»"""
        known = self._library.entities
        last = known.get(next(iter(context.entities), ""))
        named = [id for span in parse.of(Part.ENTITY) for id in span.values]
        alone = len(parse.of(Part.ENTITY)) == 1 == len(parse.content) and len(parse.spans) <= _FEW
        if not alone or last is None or last.id in named:
            return False
        kinds = {last.kind, *(known[id].kind for id in named)}
        return len(kinds) == 1 or kinds <= _TRADES

    @staticmethod
    def goes_on(parse: Parse) -> bool:
        """Whether a question says nothing but «how many?» or «which?»: what is counted was said before."""
        asking = WHICH | _HOW_MANY
        return bool(parse.content) and all(
            span.part is Part.QUESTION and span.values <= asking for span in parse.content
        )

    def placed(self, parse: Parse, context: Context) -> tuple[Parse, str]:
        """«And the second one?»: what stands at that place of what was listed last.

        Returns:
            the question without its ordinal, and the entity that is meant; the question as it is, and
            nothing, where it names no place of a list.
        """
        spans = [span for span in (*parse.left, *parse.of(Part.RANK)) if is_ordinal(span)]
        step = bool(spans and spans[0].values & _STEPS)
        if len(spans) != 1 or set(parse.left) - set(spans) or (parse.of(Part.KIND) and not step):
            return parse, ""
        shown = [id for one in context.listed for id in self._item(one, context.entities)]
        items = shown if len(shown) > 1 and not step else self._among(context, step=step)
        if len(items) < 2:
            return parse, ""
        # «The next one», after the first four were told, comes behind the last of them.
        edge = shown[-1:] if "next" in spans[0].values else shown[:1]
        current = next((items.index(id) + 1 for id in (*context.entities[:1], *edge) if id in items), 0)
        place = _place(spans[0], current, len(items))
        if not 1 <= place <= len(items):
            return parse, ""
        held = self._library.of_entity.get(items[place - 1], {})
        if any(
            _follows(topic, spans[0], parse) and not topic.values & set(held)
            for topic in parse.of(Part.TOPIC)
        ):
            # «The third action?» after a list of something else.
            return parse, ""
        rest = tuple(span for span in parse.spans if span is not spans[0])
        return replace(parse, spans=rest), items[place - 1]

    def beside(self, parse: Parse, named: Sequence[str]) -> tuple[Parse, str]:
        """«Which one comes before cars?»: what stands there in the list that has what is named.

        Args:
            parse: the question.
            named: the entities it names.

        Returns:
            as `placed`; nothing where it names not one entity and one step from it.
        """
        steps = [span for span in parse.of(Part.RANK) if span.values <= _STEPS]
        if len(named) != 1 or len(steps) != 1:
            return parse, ""
        spans = (span for span in parse.spans if span.part not in {Part.ENTITY, Part.KIND})
        return self.placed(replace(parse, spans=tuple(spans)), Context(tuple(named), self._lists(named[0])))

    def _lists(self, entity: str) -> tuple[str, ...]:
        """The topics under which the whole zone lists an entity."""
        held = self._library.of_entity.get(self._library.home, {})
        listed = (
            topic for topic in LIST_TOPICS.values() if any(one.id == entity for one in held.get(topic, ()))
        )
        return tuple(listed)

    def of_two(
        self, parse: Parse, context: Context, ranks: frozenset[str] = _FORMER | _LATTER
    ) -> tuple[Parse, str]:
        """«And the latter?»: of the two things of a kind that were spoken of last.

        Args:
            parse: the question.
            context: what the conversation is about.
            ranks: the words of which one has to be said.

        Returns:
            as `placed`.
        """
        spans = [span for span in parse.of(Part.RANK) if span.values and span.values <= ranks]
        known = self._library.entities
        spoken = [id for id in context.entities if id in known]
        kinds = {known[id].kind for id in spoken[:1]}
        kinds |= _TRADES if kinds <= _TRADES else set()
        alike = [id for id in spoken if known[id].kind in kinds][:_PAIR]
        if len(spans) != 1 or len(alike) < _PAIR:
            return parse, ""
        order = {id: place for place, id in enumerate(context.spoken)}
        alike.sort(key=lambda id: order.get(id, -1))
        first, second = alike
        # From here on it is «it», of what is meant.
        rest = (
            replace(span, part=Part.PRONOUN, values=frozenset()) if span is spans[0] else span
            for span in parse.spans
        )
        return replace(parse, spans=tuple(rest)), first if spans[0].values <= _FORMER else second

    def _alone(self, context: Context) -> str:
        """What a list of one has told of a whole field: the company of an industry; else empty."""
        known = self._library.entities
        of = next((known[id].kind for id in context.entities[:1] if id in known), None)
        if len(context.listed) != 1 or of not in WIDE:
            return ""
        items = self._item(context.listed[0], context.entities)
        # Of a whole zone one chain is one thing too.
        return next((id for id in items if of is Kind.ZONE or known[id].kind not in WIDE), "")

    def counted(self, context: Context) -> bool:
        """Whether it was told last how many there are of what can be listed."""
        told = (record.row for record in self._library.shown(context.listed))
        return next(iter(context.topics), "") in {_COUNT, *LIST_TOPICS.values()} and any(
            isinstance(row, Figure) for row in told
        )

    def enumerated(self, context: Context) -> str:
        """The topic of what was told last; after a number, that of what its sentence counts.

        Args:
            context: what the conversation is about; empty where nothing was told.
        """
        topic = next(iter(context.topics), "")
        held = self._library.of_entity.get(next(iter(context.entities), ""), {})
        if topic != _COUNT:
            return topic
        told = [record for record in held.get(topic, ()) if record.id in context.listed]
        last = max(told, key=lambda record: context.listed.index(record.id), default=None)
        if last is None:
            return topic
        places = last.sentences
        counted = {
            other: [record for record in records if places & record.sentences]
            for other, records in held.items()
            if other not in {topic, "overview"}
        }
        lists = [other for other in counted if other in LIST_TOPICS.values() and are_placed(counted[other])]
        told_in = [
            other for other in counted if any(isinstance(record.row, Statement) for record in counted[other])
        ]
        return next(iter((*lists, *told_in)), topic)

    def _among(self, context: Context, *, step: bool) -> list[str]:
        """The list that what was told last stands in: «And the seventh?» after the fourth chain."""
        topic = self.enumerated(context)
        if topic not in LIST_TOPICS.values() and step:
            topic = next((listed for id in context.entities[:1] for listed in self._lists(id)), "")
        if topic not in LIST_TOPICS.values():
            return []
        owners = (id for id in (*context.entities[:1], self._library.home) if id in self._library.of_entity)
        lists = (self._library.of_entity[id].get(topic, ()) for id in owners)
        longest = next((records for records in lists if len(records) > 1), ())
        if step and not are_placed(longest):
            # Nothing comes before a company.
            return []
        placed = sorted(longest, key=lambda record: record.place or 0)
        return [id for record in placed for id in self._item(record.id, (self._library.home,))]

    def _item(self, record: str, of: Sequence[str]) -> list[str]:
        """The entity that a record stands for in a list; none for a figure or a sentence."""
        known = self._library.record.get(record)
        if known is None or record in self._library.entities:
            return [record] if known else []
        row = known.row
        if not isinstance(row, Link):
            return []
        return [row.object_id if row.subject_id in of[:1] else row.subject_id]

    def possessed(self, parse: Parse, entities: Sequence[str]) -> list[str]:
        """«The company's park»: the entities of a kind that is named, linked to an entity that is named."""
        kinds = parse.values(Part.KIND)
        linked = [id for entity in entities for id in self._library.linked(entity)]
        return [id for id in dict.fromkeys(linked) if self._library.entities[id].kind in kinds]

    def owning(self, parse: Parse, entities: Sequence[str]) -> list[str]:
        """A company's or park's projects, where it has itself no fact on the topic that is asked."""
        topics = parse.values(Part.TOPIC)
        owners = [id for id in entities if self._library.entities[id].kind in {Kind.COMPANY, Kind.PARK}]
        return [
            below
            for owner in owners
            for below in self._library.linked(owner)
            if owner in self._library.above(below)
            and not topics & set(self._library.of_entity[owner])
            and topics & set(self._library.of_entity[below])
        ]

    def disowned(self, parse: Parse, entities: Sequence[str]) -> bool:
        """«Is it yours?», asked of somebody else's document."""
        asks = self.at_home(parse) or "issuer" in parse.values(Part.TOPIC)
        return asks and self._library.foreign(entities[0])


def is_ordinal(span: Span) -> bool:
    """Whether a span names a place in a list: 第三, the last, the next."""
    return bool(span.values & _PLACES or ordinal(span.text)) or any(map(is_place, span.values))


def _follows(topic: Span, place: Span, parse: Parse) -> bool:
    """Whether a topic stands right behind an ordinal, as what is counted: 第三个行动, not 第三个的目标."""
    between = parse.question.units[place.end : topic.start]
    return topic.start >= place.end and len(between) < 2 and all(unit.text != OF for unit in between)


def _place(span: Span, current: int, count: int) -> int:
    """The place in a list that a span names, counted from 1; 0 where there is none.

    Args:
        span: an ordinal, or a rank: its number, `last`, `next` or `previous`.
        current: the place of what the conversation is about just now; 0 where that is not in the list.
        count: how long the list is.
    """
    if number := place_of(span, count):
        return number
    step = 1 if "next" in span.values else -1
    return current + step if current else 0
