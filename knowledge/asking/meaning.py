"""Which facts are nearest in meaning to a question, whatever its words: offered where nothing answers.

Questions and facts of all languages are points of one space (`knowledge.asking.encoder`). It tells what is
spoken of, not whether it is the same year, place or person: so it proposes and never answers.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.asking.alignment import Aligned, Alignment, Key
from knowledge.asking.answer import Language
from knowledge.asking.encoder import Vectors, encode, points
from knowledge.asking.kept import Shelf
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.library import Library, Record
from knowledge.asking.neighbours import Neighbours, WrittenQuestions
from knowledge.asking.rank import Candidate
from knowledge.asking.render import Renderer
from knowledge.asking.spans import Parse
from knowledge.stored import Arrays, Meta

LEAST = 0.3
"""The cosine below which a fact is not offered: above it, four in five offers held what was asked."""

MOST_TEXTS = 60_000
"""Texts beyond which the nearest are not looked for: every one of them is compared."""

REMEMBERED = 8
"""So many of the latest texts are remembered with their cosines: what answers nothing is asked for again, to
offer something else.
"""

LOOKED_AT, MOST_OFFERS = 60, 3
"""So many of the nearest facts are looked at for what may be offered, and so many offered."""


@dataclass(frozen=True)
class Near:
    """A fact near to a question.

    Attributes:
        entity, topic: what it is asked for as.
        told: the cosine of the question to what the fact says.
        asked: that to the questions which reviewers wrote for it; 0 where there are none.
        neighbours: the written questions nearest to the question, whatever they are about.
    """

    record: Record
    entity: str
    topic: str
    told: float
    asked: float
    neighbours: Neighbours

    @property
    def cosine(self) -> float:
        """The greater of the two."""
        return max(self.told, self.asked)


class Meaning:
    """All facts as points: each by what it says of every (entity, topic) that it answers, in every language,
    and by the questions that reviewers wrote for it."""

    def __init__(
        self, library: Library, lexicon: Lexicon, shelf: Shelf, before: "Meaning | None" = None
    ) -> None:
        """Args: the published facts, the names of topics, where it is kept, the state before a change."""
        self._library = library
        self._asked: list[tuple[Record, str, str]] = []
        self._places: dict[Key, int] = {}
        places: dict[str, int] = {}
        texts: dict[Key, list[str]] = {}
        told: list[tuple[int, int]] = []
        asked: list[tuple[int, int]] = []
        denied: list[tuple[int, int]] = []
        renderers = [Renderer(library, lexicon, language) for language in (Language.HANS, Language.EN)]
        for entity, topics in library.of_entity.items():
            if library.foreign(entity):
                continue
            for topic, records in topics.items():
                for record in records:
                    key = (record.id, entity, topic)
                    own = self._places[key] = len(self._asked)
                    self._asked.append((record, entity, topic))
                    texts[key] = list(_texts(renderers, record, entity, topic))
                    for text in texts[key]:
                        told.append((own, places.setdefault(text, len(places))))
                    if record.asked[0] == (entity, topic):
                        asked += [(own, places.setdefault(text, len(places))) for text in record.questions]
                        denied += [(own, places.setdefault(text, len(places))) for text in record.near_misses]
                    texts[key] += [*record.questions, *record.keywords]
        if len(places) > MOST_TEXTS:
            places, told, asked, denied, self._asked, texts = {}, [], [], [], [], {}
        self._alignment = Alignment(texts, shelf)
        self._told = np.array(told, np.int64).reshape(-1, 2)
        self._questions = np.array(asked, np.int64).reshape(-1, 2)
        self._written = WrittenQuestions(self._by_fact(asked), self._by_fact(denied))
        known_by = [*places, *self._alignment.words]
        keys = [_key(text) for text in known_by]
        known = before.vectors if before else {}
        digest = hashlib.sha256("".join(keys).encode()).hexdigest()
        arrays, _ = shelf.get("meaning", digest, lambda: _encoded(known_by, keys, known))
        matrix: Vectors = np.asarray(arrays["vectors"], np.float32)
        self.vectors: dict[str, Vectors] = dict(zip(keys, matrix, strict=True))
        self._matrix = matrix[: len(places)]
        self._cosines = lru_cache(REMEMBERED)(self._to_all)
        self._alignment.give(matrix[len(places) :])

    def _by_fact(self, texts: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
        """Texts with the id of the fact for which they were written."""
        return [(self._asked[own][0].id, place) for own, place in texts]

    def look_up(self, parse: Parse, texts: Sequence[str]) -> None:
        """Encode together all that `nearest` and `align` need of a question.

        Args:
            parse: the question.
            texts: see `nearest`.
        """
        points([*texts, *self._alignment.strange(parse)])

    def nearest(self, texts: Sequence[str], limit: int, also: Collection[Key] = ()) -> list[Near]:
        """The facts nearest to a question.

        Args:
            texts: as typed; and with the name of what the conversation is about, where it names nothing.
            limit: how many at most.
            also: facts to give besides, however far they are.

        Returns:
            the nearest first, then those.
        """
        if not self._asked:
            return []
        cosines = np.maximum.reduce([self._cosines(text) for text in texts])
        told = np.full(len(self._asked), -1.0, np.float32)
        np.maximum.at(told, self._told[:, 0], cosines[self._told[:, 1]])
        asked = np.zeros(len(self._asked), np.float32)
        np.maximum.at(asked, self._questions[:, 0], cosines[self._questions[:, 1]])
        order = np.argsort(-np.maximum(told, asked), kind="stable")[:limit].tolist()
        order += [place for key in also if (place := self._places.get(key)) is not None]
        neighbours = self._written.around(cosines)
        found: list[Near] = []
        for place in dict.fromkeys(order):
            record, entity, topic = self._asked[place]
            cosine = float(told[place]), float(asked[place])
            found.append(Near(record, entity, topic, *cosine, neighbours))
        return found

    def _to_all(self, text: str) -> Vectors:
        """The cosines of a text to all others: by one row, which is half the work of two at once."""
        return np.asarray(self._matrix @ points([text])[0])

    def align(self, parse: Parse, candidates: Sequence[Candidate]) -> list[Aligned]:
        """How near facts are to a question, word by word.

        Args:
            parse: the question.
            candidates: facts that were held against it.
        """
        keyed = [((one.record.id, one.entity, one.topic), one) for one in candidates]
        return self._alignment.align(parse, keyed)

    def offers(self, texts: Sequence[str], about: Collection[str] = ()) -> list[tuple[str, str]]:
        """What may be asked instead of a question.

        Args:
            texts: see `nearest`.
            about: the entities it has to be about or within; none for any.

        Returns:
            entity and topic of each, the nearest first.
        """
        found: list[tuple[str, str]] = []
        told: set[str] = set()
        for near in self.nearest(texts, LOOKED_AT):
            if near.cosine < LEAST or len(found) == MOST_OFFERS:
                break
            records = {record.id for record in self._library.of_entity[near.entity][near.topic]}
            # The same facts under another name are no further reading.
            if self._fits(near.entity, near.topic, about) and not records <= told:
                found.append((near.entity, near.topic))
                told |= records
        return found

    def _fits(self, entity: str, topic: str, about: Collection[str]) -> bool:
        wanted = set(about)
        if not wanted or entity in wanted or wanted & self._library.above(entity):
            return True
        return any(wanted & record.entities for record in self._library.of_entity[entity][topic])


def _texts(renderers: Iterable[Renderer], record: Record, entity: str, topic: str) -> Iterable[str]:
    for renderer in renderers:
        title, line = f"{renderer.name(entity)} {renderer.topic(topic)}", renderer.line(record, entity, topic)
        yield from (title, line, f"{title} {line}")


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
