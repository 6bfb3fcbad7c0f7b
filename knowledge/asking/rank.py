"""How well a fact accounts for a question: every span of content is explained by it, or is missing.

A question is a weighted set of spans. A candidate, a fact asked for as (entity, topic), explains each span by
some share. `missing` is the weight it leaves unexplained: it is what makes «2019年» or «浦东» veto a fact
about another year or place, where a mere similarity would let them pass. `support` is the share explained.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.asking.lexicon import AMOUNTS, PRECISE, Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, LISTS, WIDE, Library, Record, founds, heads
from knowledge.asking.spans import Parse, Span
from knowledge.asking.syllables import ORDER
from knowledge.asking.wording import Held, Wordings
from knowledge.models import Figure, Kind, Link, Nature, Post, Role, Statement
from knowledge.numerals import COUNTED, MEASURED, SCALES, counted, ordinal, value

WEIGHTS = {
    Part.ENTITY: 2.0,
    Part.TOPIC: 1.5,
    Part.KIND: 0.8,
    Part.QUESTION: 0.5,
    Part.HOME: 0.5,
    Part.REFUSAL: 1.5,
    Part.RANK: 1.5,
}
"""What a span of each part weighs."""

NAME_WEIGHT = 2.0
WORD_WEIGHT = 1.0
CHARACTER_WEIGHT = 0.5
VERB_WEIGHT = 0.375
"""What left-over words weigh: names and numbers, words, single characters; a character of a verb."""

_VERBAL = frozenset({"v", "a", "z"})
_NOMINAL = frozenset({"vn", "an"})
"""Parts of speech (ICTCLAS tags): verbs and adjectives say less than nouns of what is asked about."""

SECOND_TOPIC = 0.4
"""What an unexplained topic counts beside one that is explained: «support measures»."""

NEXT_ALSO = 0.005
"""By so much less each further topic that stands in for another explains it."""

SPECIFIC = 0.05
"""What being the entity's own fact on exactly the topic asked adds to the order of candidates."""


_MODIFYING = frozenset({"company", "project", "signing"})
"""Kinds that often only say who asks or what something is: «AI companies», «the park project»."""

_FOCUS = frozenset({"covers", "fields"})
"""Topics that a link answers as well: a park that focuses on a sector."""

_PERSONAL = frozenset({"people"})
"""Topics that only a fact about a person answers."""

SOMEBODY = frozenset({"chain_leader", "leader", "people"})
"""Topics that ask for somebody: «which chain's leader» is not answered with the chain."""

SUMS = frozenset({"investment", "capacity", "area", "revenue", "income"})
"""Topics that ask for an amount, which nothing said beside it replaces."""

REACHING = frozenset({"phone", "email", "wechat", "website", "address", "room"})
"""Topics that ask how somebody is reached, which nothing else that is said of them tells."""

YIELD = SUMS - {"investment"}
"""Those of which there is none before it is reached; money is planned before it is spent."""

_POSTS = frozenset({"post", "company", "organization"})
"""Topics of what somebody is, and where."""

PAST = frozenset({"history"})
"""What somebody did before, which what he is now does not tell."""

_ASSIGNED = frozenset({"duties"})
"""What is charged with something, where it is not asked who is."""

_HEADING = frozenset({"leader"})
"""What a deputy does not do."""

_CHAIN_LEADER = frozenset({"chain_leader"})
"""What nobody is by another post."""

_FOUNDING = frozenset({"founder"})
"""What nobody has done who only leads."""

PLACED = frozenset({"location", "address"})
"""Topics that ask for a place."""

_SIGNED = frozenset({LIST_TOPICS[Kind.SIGNING]})

_ADDRESS = frozenset({"address"})
"""What is more than the zone in which everything stands."""

_TOLD = frozenset({"told_by"})
"""Topics of which only a fact that names a person says anything."""

LISTING = frozenset({"what", "which"})
"""Question words that a list answers; of one thing, what it is."""

PRECISE_WEIGHT = 0.9
"""What these weigh."""

_TIME = re.compile(r"\d年|\d月|\d{4}")

VAGUE = 0.8
"""How well a list answers «what is there?», where no kind of thing is named."""

_SAID = 0.95
"""How well words have to stand in what is known of something: to the letter, or by a word that means it."""

_CLAUSE = re.compile(r"[，。；：]")
_LAST = re.compile(r"[^和及与]{2}[和及与][^和及与]{2}")
"""The last two of an enumeration, which only «and» divides."""

_ANY_UNIT = frozenset({"个", "%", ""})
"""Units that are said of anything."""


@dataclass
class Candidate:
    """A fact as an answer to a question."""

    record: Record
    entity: str
    topic: str
    support: float = 0.0
    missing: float = 0.0
    order: float = 0.0
    shares: list[tuple[Span, float]] = field(default_factory=list)


@dataclass(frozen=True)
class _Asked:
    """A span of a question, with what does not depend on the fact that it is held against.

    Attributes:
        around: it names the city in which the home zone lies.
        labels, texts: how well it stands in the title of each fact, and in its words.
    """

    span: Span
    weight: float
    around: bool
    labels: Held
    texts: Held

    def share(self, id: str, in_text: float) -> float:
        """How far the words of a fact explain it: those of its title in full, others by `in_text`."""
        label = self.labels[id]
        return label if label >= in_text else max(label, in_text * self.texts[id])


@dataclass(frozen=True)
class _Preferred:
    """What a question is sooner about, of facts that explain it alike.

    Attributes:
        entities, topics: the ids of those that it names.
        kinds: the topics of the kinds that it names.
        titles: how well each of its known words stands in the titles of facts.
        amounts: the topics that each of its «how much» may ask for, in their order; None where it names one.
        counts: there is a «how much».
        quotes: it names somebody who says something.
    """

    entities: frozenset[str]
    topics: frozenset[str]
    kinds: set[str]
    titles: list[Held]
    amounts: list[tuple[str, ...]] | None
    counts: bool
    quotes: bool


class Ranker:
    """Scores candidates against a question."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, and the words in which people ask."""
        self._library = library
        self._lexicon = lexicon
        figures = [(record.id, record.row) for record in library.records if isinstance(record.row, Figure)]
        self._units = {unit for _, row in figures for unit in (row.unit, row.unit_en)} - _ANY_UNIT
        self._names = Wordings({id: f"{row.label}\n{row.label_en}" for id, row in figures}, lexicon)
        asking = (text for text, target in lexicon.phrases if target.value in AMOUNTS and len(text) > 1)
        self._amounts = tuple(text for text in asking if not text.isascii())
        self._details = {noun: group for group in lexicon.details for noun in group}
        self._labels = Wordings({record.id: record.label for record in library.records}, lexicon)
        self._texts = Wordings({record.id: record.text for record in library.records}, lexicon)
        keyed = (record for record in library.records if record.keywords)
        self._keys = Wordings({record.id: "\n".join(record.keywords) for record in keyed}, lexicon)

    def rank(
        self, parse: Parse, pairs: Iterable[tuple[Record, str, str]], implied: str = ""
    ) -> list[Candidate]:
        """Order candidates, the best first.

        Args:
            parse: the question.
            pairs: the facts, each with the entity and topic it is taken to be asked for.
            implied: the entity that the conversation is about, where the question names none.
        """
        found = self.score(parse, pairs, implied)
        return sorted(found, key=lambda candidate: (-candidate.order, *self._place(candidate.record)))

    def score(
        self, parse: Parse, pairs: Iterable[tuple[Record, str, str]], implied: str = ""
    ) -> list[Candidate]:
        """Facts held against a question, in the order in which they are given; see `rank`."""
        asked = [self._asked(span) for span in parse.content]
        total = sum(one.weight for one in asked)
        preferred = self._preferred(parse, implied)
        found = []
        for record, entity, topic in pairs:
            candidate = Candidate(record, entity, topic)
            explained = 0.0
            for one in asked:
                share = self._share(one, candidate, parse)
                if share < 1.0 and one.span.part is Part.TOPIC:
                    share = max(share, self._second(one.span, candidate, parse))
                candidate.shares.append((one.span, share))
                explained += one.weight * share
            candidate.missing = total - explained
            candidate.support = explained / total if total else 0.0
            candidate.order = candidate.support + self._specificity(preferred, candidate)
            found.append(candidate)
        return found

    def _asked(self, span: Span) -> _Asked:
        labels, texts = self._labels.holding(span), self._texts.holding(span)
        return _Asked(span, weigh(span), self._is_around(span), labels, texts)

    def is_called(self, candidate: Candidate, span: Span) -> bool:
        """Whether the name of a figure has a word of a question, or one that means it.

        Args:
            candidate: the figure.
            span: of the question.
        """
        return self._names.holding(span)[candidate.record.id] >= _SAID

    def _second(self, span: Span, candidate: Candidate, parse: Parse) -> float:
        """How far a topic may stay unexplained beside one that is explained.

        One that is asked for by itself is told apart as not mentioned, so it may; one that the documents know
        may be another word for the same thing; «the leader's telephone» is neither.
        """
        others = [other for other in parse.of(Part.TOPIC) if other is not span]
        if not any(candidate.topic in other.values for other in others):
            return 0.0
        if span in parse.apart:
            return 0.9
        row = candidate.record.row
        other = isinstance(row, Post) and row.role is not Role.CHAIN_LEADER
        if other and span.values == _CHAIN_LEADER and candidate.topic not in SOMEBODY:
            # «What does a chain leader do?» is not asked of another post.
            return 0.0
        measured = span.values <= SUMS or any(one in span.meant for one in self._amounts)
        if measured and not isinstance(candidate.record.row, Figure):
            return 0.0
        if span.values <= SOMEBODY and not self._is_about_people(candidate):
            return 0.0
        if span.values <= REACHING:
            return 0.0
        return 1 - SECOND_TOPIC if span.values & self._library.topics else 0.0

    def _place(self, record: Record) -> tuple[int, str]:
        """Facts that fit equally well come in the bureau's order, whichever document they rest on."""
        return self._library.position(record), record.id

    def _preferred(self, parse: Parse, implied: str) -> _Preferred:
        named = parse.of(Part.ENTITY)
        topics = parse.values(Part.TOPIC)
        counted = parse.values(Part.QUESTION) & AMOUNTS
        amounts = [self._lexicon.questions[question] for question in sorted(counted)]
        return _Preferred(
            entities=parse.values(Part.ENTITY) | {implied or ("" if named else self._library.home)},
            topics=topics,
            kinds={self._lexicon.kinds[kind] for kind in parse.values(Part.KIND)},
            titles=[
                self._labels.holding(span) for span in (*parse.of(Part.TOPIC), *parse.of(Part.KIND), *named)
            ],
            amounts=None if topics else amounts,
            counts=bool(counted),
            quotes=self._quotes(parse),
        )

    def _specificity(self, preferred: _Preferred, candidate: Candidate) -> float:
        """What makes of facts that explain a question alike the one that it is sooner about."""
        record, topic = candidate.record, candidate.topic
        bonus = SPECIFIC * ((candidate.entity in preferred.entities) + (topic in preferred.topics))
        if preferred.quotes and isinstance(record.row, Post):
            # «What does X say of Y?» asks for no post of theirs.
            bonus -= 2 * SPECIFIC
        if topic in preferred.kinds:
            bonus += SPECIFIC
        if any(titles[record.id] == 1.0 for titles in preferred.titles):
            bonus += SPECIFIC / 2
            # «How many films?»: the number that was stated before that of the films which are named.
            if preferred.counts and isinstance(record.row, Figure):
                bonus += SPECIFIC / 2
        if record.asked and record.asked[0] == (candidate.entity, topic):
            bonus += SPECIFIC / 2
        if preferred.amounts is not None:
            bonus += SPECIFIC * (topic == "overview") + _usual(preferred.amounts, topic)
        return bonus

    def _quotes(self, parse: Parse) -> bool:
        """Whether somebody is named who says something."""
        units = parse.question.units
        return any(
            "".join(unit.text for unit in units[span.end : span.end + 2]).startswith(self._lexicon.saying)
            for span in parse.of(Part.ENTITY)
            if self._library.all_people(span.values)
        )

    def _share(self, asked: _Asked, candidate: Candidate, parse: Parse) -> float:
        span = asked.span
        if span.part is Part.ENTITY:
            return self._entity_share(asked, candidate)
        if span.part is Part.TOPIC:
            topics = span.values - _ASSIGNED if "who" in parse.values(Part.QUESTION) else span.values
            share = self._topic_share(asked, topics or span.values, candidate, parse)
            # «The strategy, what is it»: the second only says that something is asked.
            vague = span.values == {"overview"} and len(parse.of(Part.TOPIC)) > 1
            return max(share, 0.8) if vague else share
        if span.part is Part.HOME:
            named = candidate.entity in parse.values(Part.ENTITY)
            return 1.0 if named or candidate.entity == self._library.home else 0.3
        if span.part is Part.KIND:
            return self._kind_share(asked, candidate, parse)
        if span.part is Part.QUESTION:
            share = self._question_share(span, candidate, parse)
            # Of two questions the other one may have asked «who».
            return max(share, 0.8) if parse.apart else share
        placed = span.part is Part.RANK or span.tag == "number" or ordinal(span.text) is not None
        if placed and self._is_at(span, candidate, parse):
            return 1.0
        if span.tag == "number" and self._has_so_many(span, candidate, parse):
            return 1.0
        share = asked.share(candidate.record.id, in_text=0.9)
        return max(share, 0.9) if asked.around or self._describes(span, candidate, parse) else share

    def _describes(self, span: Span, candidate: Candidate, parse: Parse) -> bool:
        """Whether words before a name say what is known of what it names: 国内首家 before the first one."""
        named = parse.told_behind(span)
        if named is None or named.part is not Part.ENTITY or candidate.entity not in named.values:
            return False
        known = self._library.of_entity[candidate.entity].get("overview", ())
        texts = self._texts.holding(span)
        return any(texts[record.id] >= _SAID for record in known)

    def _has_so_many(self, span: Span, candidate: Candidate, parse: Parse) -> bool:
        """Whether a number is that of a list, of a figure, or of the things that a sentence names."""
        if parse.of(Part.KIND) and self._counts(span, candidate, parse):
            return True
        row = candidate.record.row
        if isinstance(row, Figure):
            return self._states(span, row)
        told = parse.of(Part.TOPIC) or parse.of(Part.KIND)
        listing = bool(told and parse.values(Part.QUESTION) & LISTING)
        return listing and isinstance(row, Statement) and _enumerates(row, span.text)

    @staticmethod
    def _states(span: Span, row: Figure) -> bool:
        """Whether a figure is a number, or «how many 亿?» asks for it."""
        number = value(span.text)
        scaled = span.text in SCALES and number is not None and row.value >= number
        return number == row.value or scaled

    def _is_around(self, span: Span) -> bool:
        """Whether a name is what the home zone's begins with: the city it lies in, said for the zone."""
        home = self._library.entities.get(self._library.home)
        if home is None or span.part is not None or len(span.text) < 2:
            return False
        return home.name.startswith(span.text) or home.name_en.lower().split()[:1] == [span.text]

    def _entity_share(self, asked: _Asked, candidate: Candidate) -> float:
        span = asked.span
        if candidate.entity in span.values:
            return 1.0
        if span.values & candidate.record.entities:
            return 0.95
        above = self._library.above(candidate.entity)
        if span.values & above:
            return 0.9
        home = self._library.home
        if home in span.values and home:
            return 0.9
        return 0.5 * asked.share(candidate.record.id, in_text=1.0)

    def _topic_share(
        self, asked: _Asked, topics: frozenset[str], candidate: Candidate, parse: Parse
    ) -> float:
        span, row = asked.span, candidate.record.row
        if topics <= _TOLD and not self._is_about_people(candidate):
            return 0.0
        if topics == _HEADING and isinstance(row, Post) and not heads(row):
            return 0.0
        if topics == _FOUNDING and isinstance(row, Post) and not founds(row):
            return 0.0
        if topics <= _ADDRESS and isinstance(row, Link) and self._library.home in candidate.record.entities:
            return 0.0
        if self._library.entities[candidate.entity].kind is Kind.PERSON:
            past = any(span.text in self._lexicon.past for span in parse.of(Part.FILLER))
            if topics <= PAST or (past and topics & _POSTS):
                # Of nobody is it told what they were before.
                return 0.0
        if topics <= PLACED and not self._is_detailed(span, candidate):
            return 0.0
        if topics & YIELD and is_to_come(candidate, parse, self._lexicon):
            return 0.0
        if candidate.topic in topics:
            return 1.0
        if _is_itself(candidate) and topics & LISTS:
            # «Which companies belong to the chain?» is not answered with the chain.
            return 0.0
        if topics == _SIGNED and self._library.entities[candidate.entity].kind is Kind.SIGNING:
            # «That signing of the 28th»: it is one.
            return 1.0
        if isinstance(row, Figure) and self._is_measured(span, candidate):
            # 多大规模 asks for the 总规模, whatever else it may ask for.
            return _SAID
        if isinstance(row, Post) and topics & self._employs(row):
            # «Which company is she with?»
            return 0.9
        standing_in = [also for topic in topics if (also := self._also(topic)) and candidate.topic in also]
        if standing_in:
            # Of those that stand in for a topic the first named is the nearest to it.
            return 0.9 - NEXT_ALSO * min(also.index(candidate.topic) for also in standing_in)
        listed = isinstance(candidate.record.row, Link) or candidate.record.id in self._library.entities
        if topics & _FOCUS and listed:
            return 0.85
        if not topics & self._library.topics:
            # What no fact is about is not explained by a word of some fact, unless a person said so.
            return 1.0 if self._keys.holding(span)[candidate.record.id] == 1.0 else 0.0
        if topics <= _PERSONAL and not self._is_about_people(candidate):
            return 0.0
        if topics <= SOMEBODY and not self._is_about_people(candidate):
            # 链长 in the name of an office is nobody; whoever leads may be told by a word, 由链长牵头.
            return 0.75 * asked.texts[candidate.record.id]
        return asked.share(candidate.record.id, in_text=0.75)

    def _is_measured(self, span: Span, candidate: Candidate) -> bool:
        """Whether the name of a figure has the noun of «how much»: 规模 of 多大规模."""
        noun = span.meant
        for amount in self._amounts:
            noun = noun.removeprefix(amount).removesuffix(amount)
        return noun != span.meant and len(noun) > 1 and noun in self._names.text(candidate.record.id)

    def _employs(self, row: Post) -> set[str]:
        """The topics that ask for the employer of a post: that of its kind, and organizations of any kind."""
        holder = self._library.entities.get(row.organization_id or "")
        return {LIST_TOPICS[Kind.ORGANIZATION], LIST_TOPICS.get(holder.kind, "")} if holder else set()

    def _also(self, topic: str) -> tuple[str, ...]:
        """The topics that may stand in for one."""
        return self._lexicon.topics[topic].also if topic in self._lexicon.topics else ()

    def _is_detailed(self, span: Span, candidate: Candidate) -> bool:
        """Whether a place is told as exactly as it is asked for: a town is in no road."""
        asked = max((noun for noun in self._details if noun in span.meant), key=len, default="")
        if not asked:
            return True
        group, text = self._details[asked], self._texts.text(candidate.record.id)
        for other in self._details.keys() - group:
            if any(noun in other for noun in group):
                # A subdistrict, 街道, is no street, 街.
                text = text.replace(other, " ")
        return any(noun in text for noun in group)

    def _kind_share(self, asked: _Asked, candidate: Candidate, parse: Parse) -> float:
        span = asked.span
        topics = frozenset(self._lexicon.kinds[kind] for kind in span.values)
        row = candidate.record.row
        if candidate.topic in topics:
            return 1.0
        if isinstance(row, Post) and candidate.entity == row.person_id and topics & self._employs(row):
            # «Which company is he with?»
            return 0.9
        if self._library.entities[candidate.entity].kind in span.values:
            return 0.9
        if any(candidate.topic in self._lexicon.topics[topic].also for topic in topics):
            return 0.85
        if any(
            LIST_TOPICS.get(self._library.entities[id].kind) in topics for id in candidate.record.entities
        ):
            return 0.7
        share = min(0.85, asked.share(candidate.record.id, in_text=0.7))
        # «AI companies, which park?»: the first kind only says who asks.
        named = any(self._library.home not in other.values for other in parse.of(Part.ENTITY))
        asks_else = (
            named
            and span.values & _MODIFYING
            and (parse.of(Part.TOPIC) or len(parse.of(Part.KIND)) > 1)
            and not is_sought(span, parse, self._lexicon.copulas)
        )
        return max(share, 0.5) if asks_else else share

    def _question_share(self, span: Span, candidate: Candidate, parse: Parse) -> float:
        row = candidate.record.row
        figure = isinstance(row, Figure)
        if isinstance(row, Figure) and span.values & AMOUNTS and self._counts_else(span, row, parse):
            return 0.0
        if span.values == {"how_many"} and parse.of(Part.KIND) and is_money(row):
            return 0.0
        if span.values & AMOUNTS and not figure:
            # A figure says how many; a list has to be counted, a sentence at least to hold a number.
            listed = candidate.topic in LIST_TOPICS.values() and "how_many" in span.values
            listed = listed and self._counted(span, candidate, parse) and not _names_none(row)
            return 0.7 if listed else 0.5 if self._numbered(span, candidate, parse) else 0.0
        if candidate.topic in LIST_TOPICS.values() and span.values & LISTING:
            # «What is there in the village?» asks for no list in particular.
            if _is_itself(candidate) and not self._is_asked(candidate, parse):
                # «Which carmakers are there?» is not answered with the industry.
                return 0.2
            narrow = self._library.entities[candidate.entity].kind not in WIDE
            vague = narrow and parse.of(Part.ENTITY) and not (parse.of(Part.KIND) or parse.of(Part.TOPIC))
            return 0.6 if figure else VAGUE if vague else 1.0
        topics = {topic for question in span.values for topic in self._lexicon.questions[question]}
        if candidate.topic in topics and not (span.values == {"when"} and not self._dated(candidate)):
            return 1.0
        return 0.4 if not span.values <= PRECISE or self._names_one(span, candidate) else 0.2

    def _is_asked(self, candidate: Candidate, parse: Parse) -> bool:
        """Whether nothing is asked for but the list in which something stands."""
        things = [*parse.of(Part.KIND), *parse.of(Part.TOPIC)]
        kinds = {self._lexicon.kinds[kind] for kind in parse.values(Part.KIND)} | parse.values(Part.TOPIC)
        return candidate.topic in kinds and all(
            candidate.topic in {self._lexicon.kinds.get(one, one) for one in span.values} for span in things
        )

    def _counted(self, span: Span, candidate: Candidate, parse: Parse) -> bool:
        """Whether a list is of what is to be counted: neither people nor companies are counted in chains."""
        itself = _is_itself(candidate) and not span.meant.startswith(ORDER)
        if itself or counted_noun(span, parse) is not None:
            return False
        things = [*parse.of(Part.KIND), *parse.of(Part.TOPIC)]
        # «How many companies has the chain», «企业有多少»: what follows is counted, else what stands before.
        nearest = min(things, key=lambda one: (one.start < span.end, abs(one.start - span.end)), default=None)
        if self._is_open(candidate):
            return False
        if nearest is None and self._library.entities[candidate.entity].kind is Kind.COMPANY:
            # Of a company the documents name some people, and not how many there are.
            return candidate.topic != "people" and not self._alike(span)
        if nearest is None:
            # «How many of semiconductors?» does not say of what.
            return candidate.topic == "people"
        kinds = nearest.values if nearest.part is Part.KIND else frozenset()
        return candidate.topic in {self._lexicon.kinds[kind] for kind in kinds} | nearest.values

    def _is_open(self, candidate: Candidate) -> bool:
        """Whether a sentence of a list tells that there are others besides: «such as A and B»."""
        listed = self._listed(candidate)
        texts = [self._texts.text(record.id) for record in listed if isinstance(record.row, Statement)]
        members = len([record for record in listed if isinstance(record.row, Link)])
        return members < 2 and any(word in text for text in texts for word in self._lexicon.among)

    def _numbered(self, span: Span, candidate: Candidate, parse: Parse) -> bool:
        """Whether a sentence holds a number, of the unit or the noun that is asked for if one is."""
        member = candidate.topic in LIST_TOPICS.values() and not isinstance(candidate.record.row, Statement)
        if member and not span.meant.startswith(ORDER):
            # The number in the name of a member, Stage 5, says which it is, and not how many there are.
            return False
        text = self._texts.text(candidate.record.id)
        noun = counted_noun(span, parse) or _counted_kind(span, parse)
        if noun is not None and (noun.sounds or noun.part is Part.KIND):
            nouns = {noun.text, *self._lexicon.synonyms.get(noun.text, ())}
            return any(counted(one).search(text) for one in nouns)
        asked = self._units_in(span, parse)
        asked = asked.union(*self._alike(span))
        stated = COUNTED if "how_many" in span.values else MEASURED
        return bool(stated.search(text)) and (not asked or any(unit in text for unit in asked))

    def _counts_else(self, span: Span, row: Figure, parse: Parse) -> bool:
        """Whether «how many» names a unit that the figure does not have: 几栋楼 is not answered in 吨."""
        asked = self._units_in(span, parse)
        groups = self._alike(span)
        same = not groups or any(row.unit in group for group in groups)
        return not same if row.unit and groups else bool(asked) and not asked & {row.unit, row.unit_en}

    def _alike(self, span: Span) -> list[frozenset[str]]:
        """The units that a question word names, each with those that mean the same."""
        return [group for group in self._lexicon.units if any(unit in span.text for unit in group)]

    def _units_in(self, span: Span, parse: Parse) -> set[str]:
        """The units of figures that a question word names, or the filler behind it: 有多少 and 家."""
        behind = next((one.text for one in parse.of(Part.FILLER) if one.start == span.end), "")
        words = {*span.text.split(), behind}
        return {unit for unit in self._units if unit in words or (unit in span.text and not unit.isascii())}

    def _names_one(self, span: Span, candidate: Candidate) -> bool:
        """Whether a fact of another topic names a person to «who», a time to «when»."""
        if "who" in span.values:
            return self._is_about_people(candidate)
        return "when" in span.values and self._dated(candidate)

    def _is_about_people(self, candidate: Candidate) -> bool:
        return any(self._library.entities[id].kind is Kind.PERSON for id in candidate.record.entities)

    def _dated(self, candidate: Candidate) -> bool:
        """Whether a fact says a time: «it makes good progress» is no answer to «when»."""
        return bool(_TIME.search(self._texts.text(candidate.record.id)))

    def _counts(self, span: Span, candidate: Candidate, parse: Parse) -> bool:
        """«The nine chains»: the number of a list's own members; or of all that the zone has."""
        if candidate.topic not in LIST_TOPICS.values():
            return False
        listed = [self._listed(candidate)]
        if candidate.entity in parse.values(Part.ENTITY):
            listed.append(self._library.of_entity[self._library.home].get(candidate.topic, []))
        return value(span.text) in {float(_members(one)) for one in listed}

    def _is_at(self, span: Span, candidate: Candidate, parse: Parse) -> bool:
        """«The fourth chain»: the member at that place of a list, or a sentence that enumerates so many."""
        row = candidate.record.row
        places = [held.place or 0 for held in self._listed(candidate)]
        items = row.text.partition("：")[2].split("；") if isinstance(row, Statement) else []
        if len(items) == 1 and candidate.topic in parse.values(Part.TOPIC) - {"overview"}:
            items = items[0].split("、")
        place = place_of(span, len(items) or max(places, default=0))
        if not place:
            return False
        if isinstance(row, Statement):
            return len(items) >= max(2, place)
        asked = {self._lexicon.kinds[kind] for kind in parse.values(Part.KIND)}
        asked |= parse.values(Part.TOPIC) - {"overview"}
        listed = candidate.topic in LIST_TOPICS.values() and (not asked or candidate.topic in asked)
        return listed and candidate.record.place == place

    def _listed(self, candidate: Candidate) -> list[Record]:
        """All that stands beside a fact under the topic it is asked for."""
        return self._library.of_entity[candidate.entity][candidate.topic]


def _usual(amounts: Iterable[Sequence[str]], topic: str) -> float:
    """«How much?» by itself means money sooner than tons: a question word's topics have an order."""
    order = next((topics for topics in amounts if topic in topics), None)
    return SPECIFIC * (1 - order.index(topic) / len(order)) if order else 0.0


def is_sought(span: Span, parse: Parse, copulas: Collection[str]) -> bool:
    """Whether companies or projects are what is asked for, by «which»: 有哪些龙头企业, 龙头是哪家.

    Args:
        span: of the question.
        parse: the question.
        copulas: words that may stand between: 是.
    """
    if span.part is not Part.KIND or not span.values <= _MODIFYING:
        return False
    said = [other for other in parse.spans if other.text not in copulas]
    at = said.index(span)
    before, behind = said[at - 1] if at else None, said[at + 1] if at + 1 < len(said) else None
    if before is not None and _lists(before):
        return True
    # 新经济重点项目有哪几家公司 asks for the companies behind it.
    after = said[at + 2] if at + 2 < len(said) else None
    return behind is not None and _lists(behind) and (after is None or after.part is not Part.KIND)


def _lists(span: Span) -> bool:
    return span.part is Part.QUESTION and bool(span.values & LISTING)


def _enumerates(row: Statement, number: str) -> bool:
    """Whether a sentence names so many things: «哪三个方面» is answered by 「A、B和C」."""
    runs = (clause.split("、") for clause in _CLAUSE.split(row.text))
    return value(number) in {float(len(run) + bool(_LAST.search(run[-1]))) for run in runs}


def _names_none(row: object) -> bool:
    """Whether something is a sentence that enumerates nothing, so that nothing can be counted in it."""
    return isinstance(row, Statement) and "、" not in row.text and not _LAST.search(row.text)


def _members(listed: Sequence[Record]) -> int:
    """How many entities a list has."""
    return len({record.id for record in listed if not isinstance(record.row, (Figure, Statement))})


def place_of(span: Span, last: int) -> int:
    """The place in a list, counted from 1, that an ordinal or a rank names; 0 for none.

    Args:
        span: of a question.
        last: the place of the last.
    """
    if "last" in span.values:
        return last
    place = next((int(value) for value in span.values if is_place(value)), ordinal(span.text) or 0)
    return place if place >= 0 else last + 1 + place


def is_place(rank: str) -> bool:
    """Whether a rank of the lexicon is a place in a list: 2, or -2, the last but one."""
    return rank.removeprefix("-").isdigit()


def _is_itself(candidate: Candidate) -> bool:
    """Whether what is asked about would be told of as a member of the list in which it stands."""
    return candidate.record.id == candidate.entity


def counted_noun(span: Span, parse: Parse) -> Span | None:
    """The word right behind «how many» that nothing is known by: 村 in 几个村.

    Args:
        span: that asks how many.
        parse: the question.
    """
    behind = (other for other in parse.left if other.start == span.end)
    return next((other for other in behind if other.tag not in {"name", "number"}), None)


def _counted_kind(span: Span, parse: Parse) -> Span | None:
    """The Chinese word for a kind right behind «how many», written to the letter: 企业 in 几家企业."""
    behind = (other for other in parse.of(Part.KIND) if other.start == span.end)
    return next((other for other in behind if other.quality == 1 and not other.text.isascii()), None)


def is_money(row: object) -> bool:
    """Whether a figure is an amount of money, which counts nothing: «how many projects»."""
    return isinstance(row, Figure) and row.unit.endswith("元")


def is_to_come(candidate: Candidate, parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a fact is but planned, where it is asked what is so already: «how much now?»

    Args:
        candidate: the fact.
        parse: the question.
        lexicon: the words that ask for what is so already.
    """
    row = candidate.record.row
    now = any(span.text in lexicon.now for span in parse.of(Part.FILLER))
    return now and isinstance(row, Figure) and row.nature is not Nature.ACTUAL


def says_what_is_asked(candidate: Candidate, owed: Collection[Span] = ()) -> bool:
    """Whether a fact is of a topic or of a kind that is asked, and does not only stand in for one.

    Beside a part that is missing, what stands in is no answer: «what does it make, and has it a permit?»

    Args:
        candidate: the fact.
        owed: the parts of the question that it leaves open.
    """
    asked = [
        share for span, share in candidate.shares if span.part in {Part.TOPIC, Part.KIND} and span not in owed
    ]
    return not asked or max(asked) >= 1


def weigh(span: Span) -> float:
    """What a span counts in a question."""
    if span.values == {"overview"}:
        # «What is …», «the situation of …» only say that something is asked.
        return WEIGHTS[Part.QUESTION]
    if span.part is Part.QUESTION and span.values <= PRECISE:
        return PRECISE_WEIGHT
    if span.part is not None:
        return WEIGHTS[span.part]
    if span.tag in {"name", "number"}:
        return NAME_WEIGHT
    if span.spelled:
        return CHARACTER_WEIGHT * len(span.sounds)
    if span.tag == "common":
        return CHARACTER_WEIGHT
    if span.tag[:1] in _VERBAL and span.tag not in _NOMINAL:
        return VERB_WEIGHT * min(2, len(span.text))
    return CHARACTER_WEIGHT if len(span.text) == 1 else WORD_WEIGHT
