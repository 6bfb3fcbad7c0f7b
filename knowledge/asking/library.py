"""The published knowledge in memory: entities with their names and places in the whole, and their facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from sqlmodel import Session, col, func, select

from knowledge.asking import formats
from knowledge.asking.deputies import is_deputy
from knowledge.asking.normalize import fold_text
from knowledge.asking.withdrawn import withdrawn_places
from knowledge.models import (
    ENTITY_TABLES,
    Alias,
    Document,
    Evidence,
    Fact,
    Figure,
    Kind,
    Link,
    Passage,
    Policy,
    Post,
    Relation,
    Role,
    Signing,
    Statement,
    Status,
    Version,
    Zone,
)
from knowledge.models.entity import Chain, EntityBase
from knowledge.topics import find_topic

Row = TypeVar("Row", Figure, Post, Link, Statement, EntityBase)

_FOUNDERS = ("创始", "创办", "创立", "founder")
"""What posts of those who founded something are called; as in `deputies`, how posts are named."""

LIST_TOPICS = {
    Kind.CHAIN: "chains",
    Kind.SECTOR: "sectors",
    Kind.PARK: "parks",
    Kind.ORGANIZATION: "organizations",
    Kind.COMPANY: "companies",
    Kind.PERSON: "people",
    Kind.WORK: "works",
    Kind.POLICY: "policies",
    Kind.PROJECT: "projects",
    Kind.SIGNING: "signings",
}
"""The topic under which entities of a kind are listed."""

LISTS = frozenset(LIST_TOPICS.values())
"""Topics of what can be told one by one."""

WIDE = frozenset({Kind.ZONE, Kind.CHAIN, Kind.SECTOR})
"""Kinds in which others stand: neither a name nor «it» means them where one of those was told."""

_RELATION_TOPICS: dict[Relation, tuple[str, str]] = {
    Relation.LOCATED_IN: ("location", ""),
    Relation.INVESTED_BY: ("investor", ""),
    Relation.RESPONSIBLE_FOR: ("duties", "contact"),
    Relation.ISSUED_BY: ("issuer", ""),
    Relation.FILMED_AT: ("location", ""),
    Relation.OPERATED_BY: ("operator", ""),
    Relation.CARRIES: ("covers", ""),
}
"""What a link answers beside lists: the topic of its subject, the topic of its object."""

_CONTAINING = frozenset(
    {
        Relation.IN_CHAIN,
        Relation.IN_SECTOR,
        Relation.IN_ZONE,
        Relation.LOCATED_IN,
        Relation.PART_OF,
        Relation.CARRIES,
        Relation.SIGNED_AT,
        Relation.FILMED_AT,
        Relation.KEY_PROJECT_OF,
        Relation.INVESTED_BY,
        Relation.MADE_BY,
        Relation.SUPPORTS,
        Relation.OPERATED_BY,
    }
)
"""Relations whose object may be named to say which subject is meant: «the chain's park»."""


@dataclass(eq=False)
class Entity:
    """An entity with all its names."""

    kind: Kind
    row: EntityBase
    aliases: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id."""
        return self.row.id

    @property
    def name(self) -> str:
        """Its Chinese name, as an official prints it."""
        return self.row.name

    @property
    def name_en(self) -> str:
        """Its English name; empty where none is established."""
        return self.row.name_en

    @property
    def names(self) -> list[str]:
        """Every name by which it can be called."""
        return [name for name in (self.name, self.name_en, *self.aliases) if name]


@dataclass(eq=False)
class Record:
    """A fact as it can be asked for.

    Attributes:
        asked: the (entity, topic) pairs that it answers.
        entities: every entity it speaks of.
        label: the words chosen to name it, of all languages, a line each.
        text: all its words, of all languages.
        keywords: words that reviewers added for it to be found by.
        questions: questions that it answers, as people might ask them, which reviewers added as well.
        near_misses: questions that come near to it and that nothing answers, from reviewers too.
        evidence: where it stands.
    """

    id: str
    kind: Kind
    row: Figure | Post | Link | Statement | EntityBase
    asked: list[tuple[str, str]]
    entities: frozenset[str]
    label: str
    text: str
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)

    @cached_property
    def place(self) -> int | None:
        """The place in the bureau's own order of what has one, counted from 1; 0 where none is told."""
        return self.row.position if isinstance(self.row, Chain) else None

    @cached_property
    def sentences(self) -> frozenset[tuple[str, int]]:
        """The sentences that it rests on: the document of each, and where in it that begins."""
        return frozenset((one.document_sha256, one.start) for one in self.evidence)


def _in_turn(database: Session, table: type[Row], since: Mapping[str, int | None]) -> list[Row]:
    """The rows of a table in the order in which their facts came to be: a database promises none."""
    return sorted(database.exec(select(table)).all(), key=lambda row: since.get(row.id) or 0)


NEAR_MISS = "≠"
"""How a line begins that is a question which the fact does not answer, though it comes near to it."""


def is_asked(line: str) -> bool:
    """Whether a line of what a fact is found by is a question, answered or not, and no words."""
    return line.startswith(NEAR_MISS) or line.endswith(("?", "？"))


def _found_by(keywords: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The lines that are words; the whole questions, which end with a question mark; and the near-misses."""
    lines = keywords.splitlines()
    denied = [line.removeprefix(NEAR_MISS).strip() for line in lines if line.startswith(NEAR_MISS)]
    asking = [line for line in lines if is_asked(line) and not line.startswith(NEAR_MISS)]
    return tuple(line for line in lines if not is_asked(line)), tuple(asking), tuple(denied)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def heads(post: Post) -> bool:
    """Whether «who heads it?» is answered with the holder of a post: no deputy; a chain's leader heads it."""
    return post.role is Role.CHAIN_LEADER or not is_deputy(post.title)


def founds(post: Post) -> bool:
    """Whether «who founded it?» is answered with the holder of a post."""
    return any(word in f"{post.title} {post.title_en}".lower() for word in _FOUNDERS)


class Library:
    """What is published, loaded once a revision."""

    def __init__(self, database: Session) -> None:
        """Load from a database session; nothing of it is held on to."""
        facts = {
            fact.id: fact for fact in database.exec(select(Fact).where(Fact.status == Status.PUBLISHED)).all()
        }
        self.documents = {row.sha256: row for row in database.exec(select(Document)).all()}
        self.evidence: dict[str, list[Evidence]] = defaultdict(list)
        for evidence in database.exec(select(Evidence).order_by(col(Evidence.id))).all():
            self.evidence[evidence.fact_id].append(evidence)
        withdrawn = withdrawn_places(database, self.evidence)
        self.passages = [
            passage
            for passage in database.exec(select(Passage).order_by(col(Passage.id))).all()
            if not any(
                start < passage.end and passage.start < end
                for start, end in withdrawn[passage.document_sha256]
            )
        ]
        self.entities: dict[str, Entity] = {}
        since = dict(
            database.exec(select(Version.fact_id, func.min(Version.id)).group_by(Version.fact_id)).all()
        )
        for table in ENTITY_TABLES:
            for entity_row in _in_turn(database, table, since):
                if entity_row.id in facts:
                    self.entities[entity_row.id] = Entity(facts[entity_row.id].kind, entity_row)
        for alias in database.exec(select(Alias)).all():
            if alias.entity_id in self.entities:
                self.entities[alias.entity_id].aliases.append(alias.text)
        for held in self.entities.values():
            if isinstance(held.row, Signing):
                held.aliases += formats.days(held.row.date)
        homes = [
            id for id, entity in self.entities.items() if isinstance(entity.row, Zone) and entity.row.home
        ]
        self.home = homes[0] if homes else ""
        self._above: dict[str, set[str]] = defaultdict(set)
        rows: list[Figure | Post | Link | Statement] = [
            *_in_turn(database, Figure, since),
            *_in_turn(database, Post, since),
            *_in_turn(database, Link, since),
            *_in_turn(database, Statement, since),
        ]
        rows = [row for row in rows if row.id in facts]
        for row in rows:
            if isinstance(row, Link) and row.relation in _CONTAINING:
                self._above[row.subject_id].add(row.object_id)
        self.records = [self._record(row, facts[row.id]) for row in rows]
        self.records += [self._entity_record(entity) for entity in self._in_order(rows)]
        self.record = {record.id: record for record in self.records}
        self._describe()
        self.topics = {topic for record in self.records for _, topic in record.asked}
        self.of_entity: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for record in self.records:
            for entity, topic in record.asked:
                self.of_entity[entity][topic].append(record)

    def denies(self, text: str) -> bool:
        """Whether a question is a near-miss to the letter, apart from its marks: nothing answers it.

        Args:
            text: as typed.
        """
        return _letters(text) in self._near_misses

    def answering(self, text: str) -> list[Record]:
        """The facts whose written questions have a question to the letter, apart from its marks.

        Args:
            text: as typed; simplified or traditional.
        """
        return self._answering.get(_letters(fold_text(text)), [])

    @cached_property
    def _answering(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.records:
            for text in record.questions:
                found.setdefault(_letters(text), []).append(record)
        return found

    @cached_property
    def _near_misses(self) -> frozenset[str]:
        return frozenset(_letters(text) for record in self.records for text in record.near_misses)

    @property
    def reviewed(self) -> frozenset[str]:
        """The documents (by sha256) on which published facts rest."""
        return frozenset(evidence.document_sha256 for record in self.records for evidence in record.evidence)

    def _describe(self) -> None:
        """Whatever no statement describes is described by its posts, else by its own entry."""
        described = {
            entity for record in self.records for entity, topic in record.asked if topic == "overview"
        }
        posts = [(record, record.row.person_id) for record in self.records if isinstance(record.row, Post)]
        for record, person in posts:
            if person not in described:
                record.asked.append((person, "overview"))
        described |= {person for _, person in posts}
        for record in self.records:
            if record.id in self.entities and record.id not in described:
                record.asked.append((record.id, "overview"))

    def _in_order(self, rows: Sequence[Figure | Post | Link | Statement]) -> list[Entity]:
        """The entities as lists show them: people of the authorities before people of companies."""
        posts = [row for row in rows if isinstance(row, Post)]
        official = {
            row.person_id
            for row in posts
            if row.chain_id
            or not row.organization_id
            or self.entities[row.organization_id].kind is not Kind.COMPANY
        }
        return sorted(
            self.entities.values(),
            key=lambda entity: entity.kind is Kind.PERSON and entity.id not in official,
        )

    def above(self, entity: str) -> set[str]:
        """The entities within which an entity stands, directly or over one more."""
        direct = self._above.get(entity, set())
        return direct.union(*(self._above.get(parent, set()) for parent in direct))

    def position(self, record: Record) -> int:
        """The place of a fact in the bureau's order, of a link that of what it joins; 0 where it has none."""
        row = record.row
        if isinstance(row, Link) and row.subject_id in self.entities:
            record = self.record[row.subject_id]
        return record.place or 0

    def shown(self, ids: Iterable[str]) -> list[Record]:
        """The facts of some ids, as a conversation remembers what was told; those that are known still.

        Args:
            ids: of facts.
        """
        return [self.record[id] for id in ids if id in self.record]

    def joins(self, entity: str, other: str) -> bool:
        """Whether a fact speaks of both, or one stands within the other."""
        held = (record for records in self.of_entity.get(entity, {}).values() for record in records)
        return other in self.above(entity) or any(other in record.entities for record in held)

    def linked(self, entity: str) -> list[str]:
        """The entities that a link joins to an entity."""
        rows = [record.row for records in self.of_entity.get(entity, {}).values() for record in records]
        ends = [id for row in rows if isinstance(row, Link) for id in (row.subject_id, row.object_id)]
        return [id for id in dict.fromkeys(ends) if id != entity and id in self.entities]

    def employers(self, person: str) -> set[str]:
        """The organizations and companies in which somebody holds a post."""
        rows = [record.row for records in self.of_entity.get(person, {}).values() for record in records]
        return {row.organization_id for row in rows if isinstance(row, Post) and row.organization_id}

    def of_kind(self, kind: Kind) -> list[Entity]:
        """The entities of a kind, in the bureau's order where it has one."""
        found = [entity for entity in self.entities.values() if entity.kind == kind]
        return sorted(found, key=lambda entity: self.record[entity.id].place or 0)

    def all_people(self, entities: Iterable[str]) -> bool:
        """Whether entities are people, every one of them."""
        return all(self.entities[id].kind is Kind.PERSON for id in entities)

    def foreign(self, entity: str) -> bool:
        """Whether an entity is somebody else's document that is merely mentioned."""
        row = self.entities[entity].row
        return isinstance(row, Policy) and not row.issued_here

    def _record(self, row: Figure | Post | Link | Statement, fact: Fact) -> Record:
        asked: list[tuple[str, str]]
        if isinstance(row, Figure):
            asked = [(row.subject_id, row.topic)]
            ids = [row.subject_id, row.of_id]
            label = [row.label, row.label_en]
            words = [row.unit, row.unit_en, *_period_words(row.period)]
        elif isinstance(row, Statement):
            asked = [(row.subject_id, row.topic), *((about, row.topic) for about in row.about.split())]
            ids = [row.subject_id, *row.about.split()]
            label = [row.label, row.label_en]
            words = [row.text, row.text_en]
        elif isinstance(row, Post):
            asked, label = self._post(row)
            ids = [row.person_id, row.organization_id, row.chain_id]
            words = []
        else:
            asked = self._link(row)
            ids = [row.subject_id, row.object_id]
            label = []
            words = [row.note, row.note_en]
        held = [id for id in ids if id is not None and id in self.entities]
        keywords, questions, near_misses = _found_by(fact.keywords)
        label = [word for word in (*label, *keywords) if word]
        names = [name for id in held for name in (self.entities[id].name, self.entities[id].name_en)]
        return Record(
            id=fact.id,
            kind=fact.kind,
            row=row,
            asked=[pair for pair in dict.fromkeys(asked) if pair[0] in self.entities],
            entities=frozenset(held),
            label="\n".join(label),
            text="\n".join((*label, *words, *names)),
            keywords=keywords,
            questions=questions,
            near_misses=near_misses,
            evidence=self.evidence[fact.id],
        )

    def _entity_record(self, entity: Entity) -> Record:
        """An entity as a line of the home zone's lists, found by its names and what it is."""
        listed = LIST_TOPICS.get(entity.kind)
        asked = [(self.home, listed)] if listed and self.home and not self.foreign(entity.id) else []
        if entity.kind is Kind.CHAIN:
            # «Which chain do new materials belong to?» of a chain that has them in its name.
            asked.append((entity.id, "chains"))
        return Record(
            id=entity.id,
            kind=entity.kind,
            row=entity.row,
            asked=asked,
            entities=frozenset({entity.id}),
            label="\n".join(entity.names),
            text="\n".join(entity.names),
            evidence=self.evidence[entity.id],
        )

    def _post(self, row: Post) -> tuple[list[tuple[str, str]], list[str]]:
        asked = [(row.person_id, "post"), (row.person_id, "duties")]
        if row.chain_id and row.role is Role.CHAIN_LEADER:
            topics = ("chain_leader", "leader", "contact", "people")
            asked += [(row.chain_id, topic) for topic in topics] + [(row.person_id, "chains")]
        elif row.chain_id:
            asked += [(row.chain_id, "people")]
        if row.organization_id:
            asked += [(row.organization_id, topic) for topic in ("people", "contact", "post")]
            asked += [(row.organization_id, "leader")] * heads(row)
        return asked, [row.title, row.title_en]

    def _link(self, row: Link) -> list[tuple[str, str]]:
        subject, target = self.entities.get(row.subject_id), self.entities.get(row.object_id)
        asked: list[tuple[str, str]] = []
        if subject and target:
            if target.kind in LIST_TOPICS and row.relation is not Relation.RESPONSIBLE_FOR:
                asked.append((subject.id, LIST_TOPICS[target.kind]))
            if subject.kind in LIST_TOPICS:
                asked.append((target.id, LIST_TOPICS[subject.kind]))
            forward, backward = _RELATION_TOPICS.get(row.relation, ("", ""))
            asked += [(subject.id, forward)] * bool(forward) + [(target.id, backward)] * bool(backward)
            if row.note and (topic := find_topic(row.note)) != row.note:
                # 链主企业: what the link consists in is what people ask for.
                asked.append((target.id, topic))
        return asked


def _period_words(period: str) -> Iterable[str]:
    """A period as a question may name it: 2021年, 一季度, 1月, 28日."""
    if not period:
        return
    year, _, rest = period.rstrip(".").partition("-")
    yield f"{year}年"
    if rest.startswith("Q"):
        quarter = "一二三四"[int(rest[1]) - 1]
        yield from (
            f"{quarter}季度",
            *(("前三个月", "头三个月") if quarter == "一" else ()),
            f"第{quarter}季度",
            f"{rest[1]}季度",
            rest.lower(),
            ("first", "second", "third", "fourth")[int(rest[1]) - 1] + " quarter",
        )
    elif rest:
        month, _, day = rest.partition("-")
        yield f"{int(month)}月"
        yield from formats.early(int(month))
        if day:
            yield f"{int(day)}日"
