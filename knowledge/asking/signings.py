"""A signing as it is announced: what was signed, by whom, for how much, and whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.asking import formats
from knowledge.asking.answer import Answer, Language
from knowledge.asking.compose import Composer
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.library import Library, Record
from knowledge.asking.normalize import in_script
from knowledge.asking.render import Renderer
from knowledge.asking.texts import say
from knowledge.asking.translated import translated
from knowledge.models import Figure, Kind, Link, Relation, Signing

MOST = 8
"""So many parties and projects are named; how many more there are is said."""

_CONCERNED = {Kind.CHAIN: "chains", Kind.SECTOR: "sectors", Kind.PARK: "parks"}
"""What a signing is about, in this order, and the topic whose label stands before it."""

_YUAN = "元"


@dataclass(frozen=True)
class Scope:
    """What a signing is about.

    Attributes:
        entities: ids of its parties and projects, and of the chains, sectors and parks they stand in.
        investment: the total, in yuan; 0 where it is not known.
    """

    entities: tuple[str, ...]
    investment: float


@dataclass(frozen=True)
class Party:
    """A project or company that signed.

    Attributes:
        name: what it is called.
        notes: its Chinese name where that is another, and what is known of its part.
        amount: its investment; empty where it is not known.
    """

    name: str
    notes: tuple[str, ...]
    amount: str


@dataclass(frozen=True)
class Particulars:
    """What is told of a signing, piece by piece: what a picture of it shows.

    Attributes:
        name, native: what it is called; its Chinese name too where that is another.
        date: its day, in words.
        figures: what each counts, and how much that is.
        parties: the projects and companies that signed.
        more: how many more signed.
        concerned: a topic's label, and the names of the chains, sectors or parks that it concerns.
    """

    name: str
    native: str
    date: str
    figures: tuple[tuple[str, str], ...]
    parties: tuple[Party, ...]
    more: int
    concerned: tuple[tuple[str, tuple[str, ...]], ...]


class SigningTeller:
    """Tells of signings in one language."""

    def __init__(self, library: Library, lexicon: Lexicon, language: Language) -> None:
        """Args: the knowledge, the labels of topics, the language to write in."""
        self._library = library
        self._language = language
        self._renderer = Renderer(library, lexicon, language)
        self._composer = Composer(library, lexicon, language)

    def tell(self, id: str) -> Answer:
        """What is known of a signing, with its evidence.

        Args:
            id: of a signing that is published.
        """
        links = self._links(id)
        counted = [record for record in self._of(id) if isinstance(record.row, Figure)]
        lines = [self._labelled(*pair) for pair in (self._date(id), *self._figures(id))]
        if links:
            lines.append(say(self._language, "signing", "signed"))
        for record, other in links[:MOST]:
            amount = self._amount(other)
            note = say(self._language, "answer", "note", note=amount) if amount else ""
            lines.append(f"· {self._renderer.line(record, id, 'projects')}{note}")
        if len(links) > MOST:
            lines.append(say(self._language, "signing", "more", count=len(links) - MOST))
        joiner = say(self._language, "answer", "joiner")
        lines += [
            self._labelled(topic, joiner.join(map(self._renderer.name, entities)))
            for topic, entities in self._concerned(id)
        ]
        told = [self._library.record[id], *counted, *(record for record, _ in links[:MOST])]
        for _, other in links[:MOST]:
            told += [record for record in self._of(other) if record.row in self._invested(other)[:1]]
        return self._composer.told(id, self._renderer.name(id), lines, told)

    def particulars(self, id: str) -> Particulars:
        """The same, piece by piece; see `tell`."""
        links = self._links(id)
        name, script = self._renderer.short, self._script
        return Particulars(
            script(name(id)),
            script(self._native(id)),
            script(self._date(id)[1]),
            tuple((script(counted), script(amount)) for counted, amount in self._figures(id)),
            tuple(self._party(record, other) for record, other in links[:MOST]),
            len(links[MOST:]),
            tuple(
                (script(topic), tuple(script(name(entity)) for entity in entities))
                for topic, entities in self._concerned(id)
            ),
        )

    def scope(self, id: str) -> Scope:
        """What a signing is about; see `tell`."""
        parties = [other for _, other in self._links(id)]
        around = [place for entity in (id, *parties) for place in sorted(self._library.above(entity))]
        entities = dict.fromkeys(
            entity
            for entity in (*parties, *around)
            if entity in self._library.entities
            and self._library.entities[entity].kind not in {Kind.ZONE, Kind.SIGNING}
        )
        own = [figure.value for figure in self._invested(id)]
        each = [max((figure.value for figure in self._invested(other)), default=0.0) for other in parties]
        return Scope(tuple(entities), max([*own, sum(each)], default=0.0))

    def _signing(self, id: str) -> Signing:
        row = self._library.entities[id].row
        if not isinstance(row, Signing):
            raise TypeError(f"{id} is no signing")
        return row

    def _date(self, id: str) -> tuple[str, str]:
        return self._renderer.topic("date"), formats.day(self._signing(id).date, self._language)

    def _figures(self, id: str) -> Iterable[tuple[str, str]]:
        # The day of the ceremony stands above them; it need not stand in every line.
        day = self._signing(id).date.isoformat()
        for record in self._of(id):
            figure = record.row
            if isinstance(figure, Figure):
                plain = figure.model_copy(update={"period": ""}) if figure.period == day else figure
                yield self._renderer.counted(plain, id), formats.amount(figure, self._language)

    def _party(self, record: Record, entity: str) -> Party:
        row = record.row
        note = translated(row, "note", self._language) if isinstance(row, Link) else ""
        notes = filter(None, (self._native(entity), note))
        name, amount = self._renderer.short(entity), self._amount(entity)
        return Party(self._script(name), tuple(map(self._script, notes)), self._script(amount))

    def _amount(self, entity: str) -> str:
        return next((formats.amount(figure, self._language) for figure in self._invested(entity)), "")

    def _concerned(self, id: str) -> Iterable[tuple[str, list[str]]]:
        around = self.scope(id).entities
        for kind, topic in _CONCERNED.items():
            entities = [entity for entity in around if self._library.entities[entity].kind is kind]
            if entities:
                yield self._renderer.topic(topic), entities

    def _links(self, id: str) -> list[tuple[Record, str]]:
        """The links of a signing to what was signed there and by whom; projects before companies."""
        found = [
            (record, record.row.subject_id)
            for record in self._of(id)
            if isinstance(record.row, Link)
            and record.row.relation is Relation.SIGNED_AT
            and record.row.object_id == id
        ]
        kinds = [Kind.PROJECT, Kind.COMPANY]
        order = {kind: place for place, kind in enumerate(kinds)}
        return sorted(found, key=lambda pair: order.get(self._library.entities[pair[1]].kind, len(kinds)))

    def _invested(self, entity: str) -> list[Figure]:
        rows = [record.row for record in self._library.of_entity.get(entity, {}).get("investment", ())]
        return [row for row in rows if isinstance(row, Figure) and row.unit == _YUAN]

    def _of(self, entity: str) -> Iterable[Record]:
        held = {
            record.id: record
            for records in self._library.of_entity.get(entity, {}).values()
            for record in records
        }
        return held.values()

    def _labelled(self, label: str, text: str) -> str:
        return f"{label}{say(self._language, 'answer', 'colon')}{text}"

    def _native(self, entity: str) -> str:
        name = self._library.entities[entity].name
        return "" if name == self._renderer.short(entity) else name

    def _script(self, text: str) -> str:
        return in_script(text, self._language)
