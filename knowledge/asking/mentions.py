"""Which facts share words with a question: where to look when it names nothing."""

from collections import defaultdict
from functools import lru_cache

from knowledge.asking.kept import Shelf
from knowledge.asking.library import Library, Record
from knowledge.asking.normalize import Normalized, normalize
from knowledge.asking.postings import Postings, post, row_hash
from knowledge.asking.spans import Parse
from knowledge.asking.syllables import fold
from knowledge.stored import Arrays, Meta


class Mentions:
    """All facts by pairs of neighbouring characters and of their sounds, and by stems."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        """Args: the published facts; where their index is kept."""
        self._library = library
        arrays, _ = shelf.get("facts", shelf.revision, self._key)
        self._postings = Postings(arrays, "grams")

    def find(self, parse: Parse, limit: int = 40) -> list[tuple[Record, str, str]]:
        """The facts that share the most and rarest words with a question.

        Args:
            parse: the question.
            limit: how many facts at most.

        Returns:
            each with every (entity, topic) it answers.
        """
        counts: dict[int, float] = defaultdict(float)
        for holders in self._postings.find([row_hash((gram,)) for gram in sorted(grams(parse.question))]):
            for number in holders.tolist():
                counts[number] += 1 / len(holders)
        best = sorted(counts, key=lambda number: (-counts[number], number))[:limit]
        records = [self._library.records[number] for number in best]
        return [(record, entity, topic) for record in records for entity, topic in record.asked]

    def _key(self) -> tuple[Arrays, Meta]:
        return post("grams", (_hashes(record.text) for record in self._library.records)), {}


@lru_cache(maxsize=20_000)
def _hashes(text: str) -> frozenset[int]:
    """Remembered, so that after a change only what changed is keyed again."""
    return frozenset(row_hash((gram,)) for gram in grams(normalize(text)))


def grams(text: Normalized) -> set[str]:
    """What a text is found by: pairs of neighbouring characters and of their sounds, stems of words.

    Args:
        text: the text in units.
    """
    grams: set[str] = set()
    for left, right in zip(text.units, text.units[1:], strict=False):
        if left.sounds and right.sounds:
            grams.add(left.text + right.text)
            grams.add(f"{fold(left.sounds[0])} {fold(right.sounds[0])}")
    return grams | {unit.text for unit in text.units if not unit.sounds and not unit.mark}
