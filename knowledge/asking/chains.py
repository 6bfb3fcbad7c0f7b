"""A chain as a map: its leader, its figures, and the sectors, parks, companies and projects in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking import formats
from knowledge.asking.answer import Answer, Language
from knowledge.asking.compose import Composer
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.library import LIST_TOPICS, Library, Record
from knowledge.asking.normalize import in_script
from knowledge.asking.render import Renderer
from knowledge.asking.texts import say
from knowledge.asking.translated import translated
from knowledge.models import Figure, Kind, Link, Post, Relation

BRANCHES = (Kind.SECTOR, Kind.PARK, Kind.COMPANY, Kind.PROJECT)
"""What a map shows of a chain, in this order."""


@dataclass(frozen=True)
class Entry:
    """Something on the map.

    Attributes:
        name: what it is called.
        notes: what is known of it, a few words each; in English its Chinese name first.
    """

    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """What of one kind stands in a chain: the kind's label and its entries."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ChainMap:
    """What is known of a chain; every word of it has its evidence.

    Attributes:
        chain: the chain.
        leaders: its leader or leaders, each with the post; `leading` is the word for them.
        figures: what each counts, and how much that is.
        branches: what stands in it; kinds of which there is nothing are left out.
        answer: the same in words, with its sources.
    """

    chain: Entry
    leading: str
    leaders: tuple[Entry, ...]
    figures: tuple[tuple[str, str], ...]
    branches: tuple[Branch, ...]
    answer: Answer

    @property
    def bare(self) -> bool:
        """Whether there is nothing to show but the chain's name."""
        return not (self.leaders or self.figures or self.branches)


class ChainTeller:
    """Tells of chains in one language."""

    def __init__(self, library: Library, lexicon: Lexicon, language: Language) -> None:
        """Args: the knowledge, the labels of topics, the language to write in."""
        self._library = library
        self._language = language
        self._renderer = Renderer(library, lexicon, language)
        self._composer = Composer(library, lexicon, language)

    def tell(self, id: str) -> ChainMap:
        """What is known of a chain.

        Args:
            id: of a chain that is published.
        """
        told = [self._library.record[id]]
        asked = self._library.of_entity.get(id, {})
        posts = asked.get("chain_leader", [])
        leaders = tuple(self._leader(record.row) for record in posts if isinstance(record.row, Post))
        held = list(dict.fromkeys(record for records in asked.values() for record in records))
        counted = [
            record for record in held if isinstance(record.row, Figure) and record.row.subject_id == id
        ]
        figures = tuple(self._figure(record.row, id) for record in counted if isinstance(record.row, Figure))
        told += [*posts, *counted]
        branches: list[Branch] = []
        for kind in BRANCHES:
            entries: dict[str, Entry] = {}
            for link, other in self._linked(id, kind):
                entry, records = self._entry(link, other)
                entries.setdefault(other, entry)
                told += records
            if entries:
                label = self._script(self._renderer.topic(LIST_TOPICS[kind]))
                branches.append(Branch(label, tuple(entries.values())))
        leading = self._script(self._renderer.topic("chain_leader"))
        joiner, colon = say(self._language, "answer", "joiner"), say(self._language, "answer", "colon")
        parts = [(leading, [entry.name for entry in leaders])] if leaders else []
        parts += [(label, [amount]) for label, amount in figures]
        parts += [(branch.label, [entry.name for entry in branch.entries]) for branch in branches]
        lines = [f"{label}{colon}{joiner.join(names)}" for label, names in parts]
        answer = self._composer.told(id, self._renderer.name(id), lines, told)
        return ChainMap(self._named(id), leading, leaders, figures, tuple(branches), answer)

    def _leader(self, post: Post) -> Entry:
        title = translated(post, "title", self._language)
        return self._named(post.person_id, title)

    def _figure(self, figure: Figure, id: str) -> tuple[str, str]:
        amount = formats.amount(figure, self._language)
        return self._script(self._renderer.counted(figure, id)), self._script(amount)

    def _linked(self, id: str, kind: Kind) -> Iterator[tuple[Record, str]]:
        for record in self._library.of_entity.get(id, {}).get(LIST_TOPICS[kind], ()):
            row = record.row
            if isinstance(row, Link):
                other = row.subject_id if row.object_id == id else row.object_id
                if other in self._library.entities and self._library.entities[other].kind is kind:
                    yield record, other

    def _entry(self, record: Record, entity: str) -> tuple[Entry, list[Record]]:
        """An entity of a branch: who invests how much in it, else what it consists in."""
        told = [record]
        notes: list[str] = []
        for held in self._library.of_entity.get(entity, {}).get("investor", ()):
            row = held.row
            if isinstance(row, Link) and row.relation is Relation.INVESTED_BY and row.subject_id == entity:
                notes.append(self._renderer.short(row.object_id))
                told.append(held)
        for held in self._library.of_entity.get(entity, {}).get("investment", ()):
            if isinstance(held.row, Figure) and held.row.subject_id == entity:
                notes.append(self._renderer.figure(held.row, entity))
                told.append(held)
                break
        if isinstance(record.row, Link):
            notes.append(translated(record.row, "note", self._language))
        return self._named(entity, *notes), told

    def _named(self, entity: str, *notes: str) -> Entry:
        """An entity with notes: people on the spot know it by its Chinese name, which comes first of them."""
        name, native = self._renderer.short(entity), self._library.entities[entity].name
        held = filter(None, ("" if native == name else native, *notes))
        return Entry(self._script(name), tuple(map(self._script, held)))

    def _script(self, text: str) -> str:
        return in_script(text, self._language)
