"""What the phrases of a question are looked up in: the words in which people ask, and the names in the facts.

Words and names are keyed once and kept on disk; a change of the facts is keyed by itself and laid over them.
"""

from collections.abc import Iterable
from functools import cached_property

from knowledge.asking.kept import Shelf
from knowledge.asking.lexicon import Lexicon, Part, Target
from knowledge.asking.library import Library
from knowledge.asking.names import addressed, called
from knowledge.asking.normalize import normalize
from knowledge.asking.phrase_table import Entry, Key, PhraseTable, key_phrases
from knowledge.asking.phrases import PhraseIndex
from knowledge.asking.tokens import GREAT
from knowledge.models import Post

MOST_CHANGED = 0.1
"""The share of the names that may have changed before all are keyed anew."""


class Vocabulary:
    """The phrases of one revision."""

    def __init__(
        self,
        library: Library,
        lexicon: Lexicon,
        words: PhraseTable,
        names: PhraseTable,
        base: "Vocabulary | None",
    ) -> None:
        """See `open_vocabulary`."""
        self._library = library
        self._lexicon = lexicon
        self._words = words
        self._names = names
        self._base = base or self
        self._changes = _changes(self._base.entries, self.entries) if base else (frozenset(), frozenset())

    @cached_property
    def entries(self) -> frozenset[Entry]:
        """Every name and noun of the facts, and what it stands for."""
        return frozenset(_entries(self._library, self._lexicon))

    @cached_property
    def english(self) -> frozenset[str]:
        """Stems of the English words that phrases and names use."""
        return self._words.stems.union(*(table.stems for table in self._tables))

    @cached_property
    def index(self) -> PhraseIndex:
        """Finds the phrases of a question."""
        _, gone = self._changes
        if not gone:
            return PhraseIndex([*self._tables, self._words])
        targets = {target for _, target in gone}
        # Another text of the same units may stand for it still.
        still = {self._keyed(entry) for entry in self.entries if entry[1] in targets}
        withdrawn = {self._keyed(entry) for entry in gone} - still
        return PhraseIndex([*self._tables, self._words], frozenset(withdrawn))

    @cached_property
    def _tables(self) -> list[PhraseTable]:
        """The names as kept, and those that came since."""
        fresh, _ = self._changes
        known = self._words.stems | self._names.stems
        return [self._names, *([PhraseTable(*key_phrases(sorted(fresh), known), known)] if fresh else [])]

    def _keyed(self, entry: Entry) -> tuple[Key, Target]:
        text, target = entry
        return tuple(unit.text for unit in normalize(text, self.english).units), target

    def updated(self, library: Library, lexicon: Lexicon) -> "Vocabulary | None":
        """The phrases of a later revision, keyed only where they differ.

        Args:
            library: the facts as they are now.
            lexicon: the words as they are now.

        Returns:
            None where so much has changed that it had better be opened again.
        """
        if lexicon.digest != self._lexicon.digest:
            return None
        later = Vocabulary(library, lexicon, self._words, self._names, self._base)
        changed = sum(map(len, later._changes))
        return later if changed <= MOST_CHANGED * len(later.entries) else None


def open_vocabulary(library: Library, lexicon: Lexicon, shelf: Shelf) -> Vocabulary:
    """Open what is kept, or key it and keep it.

    Args:
        library: the published facts.
        lexicon: the words in which people ask.
        shelf: where it is kept.
    """
    words = PhraseTable(*shelf.get("words", lexicon.digest, lambda: key_phrases(lexicon.phrases)))
    keyed = shelf.get(
        "names", _digest(lexicon, shelf), lambda: key_phrases(_entries(library, lexicon), words.stems)
    )
    return Vocabulary(library, lexicon, words, PhraseTable(*keyed, words.stems), None)


def is_kept(lexicon: Lexicon, shelf: Shelf) -> bool:
    """Whether `open_vocabulary` would find all it needs."""
    return all(
        shelf.find(name, digest)
        for name, digest in (("words", lexicon.digest), ("names", _digest(lexicon, shelf)))
    )


def _digest(lexicon: Lexicon, shelf: Shelf) -> str:
    return f"{lexicon.digest} {shelf.revision}"


def _entries(library: Library, lexicon: Lexicon) -> Iterable[Entry]:
    for entity in library.entities.values():
        for name in called(entity.names, lexicon):
            yield name, Target(Part.ENTITY, entity.id)
    for record in library.records:
        if isinstance(record.row, Post):
            person = library.entities[record.row.person_id]
            for name in addressed(person.name, record.row.title, lexicon):
                yield name, Target(Part.ENTITY, person.id)
        for word in record.keywords:
            # 九大产业链 is no noun: it says how many there are of what.
            if len(word) > 1 and not GREAT.match(word):
                yield word, Target(Part.TERM, "terms")


def _changes(before: frozenset[Entry], now: frozenset[Entry]) -> tuple[frozenset[Entry], frozenset[Entry]]:
    """What came, and what went."""
    return now - before, before - now
