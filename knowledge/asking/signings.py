"""A signing as it is announced: what was signed, by whom, for how much, and whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.asking import formats
from knowledge.asking.answer import Answer, Language
from knowledge.asking.compose import Composer
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.library import Library, Record
from knowledge.asking.render import Renderer
from knowledge.asking.texts import say
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
        lines, told = self._figures(id)
        signed, links = self._signed(id)
        lines += signed
        scope = self.scope(id)
        for kind, topic in _CONCERNED.items():
            names = [
                self._renderer.name(entity)
                for entity in scope.entities
                if self._library.entities[entity].kind is kind
            ]
            if names:
                joined = say(self._language, "answer", "joiner").join(names)
                lines.append(self._labelled(self._renderer.topic(topic), joined))
        records = [self._library.record[id], *told, *links]
        return self._composer.told(id, self._renderer.name(id), lines, records)

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

    def _figures(self, id: str) -> tuple[list[str], list[Record]]:
        row = self._library.entities[id].row
        if not isinstance(row, Signing):
            raise TypeError(f"{id} is no signing")
        lines = [self._labelled(self._renderer.topic("date"), formats.day(row.date, self._language))]
        records: list[Record] = []
        # The day of the ceremony stands above them; it need not stand in every line.
        day = row.date.isoformat()
        for record in self._of(id):
            figure = record.row
            if isinstance(figure, Figure):
                plain = figure.model_copy(update={"period": ""}) if figure.period == day else figure
                lines.append(self._renderer.figure(plain, id))
                records.append(record)
        return lines, records

    def _signed(self, id: str) -> tuple[list[str], list[Record]]:
        links = self._links(id)
        if not links:
            return [], []
        lines = [say(self._language, "signing", "signed")]
        for record, other in links[:MOST]:
            line = self._renderer.line(record, id, "projects")
            amounts = [formats.amount(figure, self._language) for figure in self._invested(other)]
            lines.append(
                f"· {line}" + (say(self._language, "answer", "note", note=amounts[0]) if amounts else "")
            )
        if len(links) > MOST:
            lines.append(say(self._language, "signing", "more", count=len(links) - MOST))
        told = [record for record, _ in links[:MOST]]
        told += [
            record
            for _, other in links[:MOST]
            for record in self._of(other)
            if isinstance(record.row, Figure) and record.row in self._invested(other)[:1]
        ]
        return lines, told

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
