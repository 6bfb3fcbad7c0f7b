"""How far the words of a question are near in meaning to those of a fact, word by word.

A whole sentence's point says what is spoken of; whether a fact has something for each word of a question is
told by the words' own points: each is held against the nearest word of the fact. So the greatest similarities
are summed up in BERTScore (Zhang et al. 2020) and ColBERT (Khattab and Zaharia 2020), here as spans weigh.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.asking.encoder import Vectors, points
from knowledge.asking.kept import Shelf
from knowledge.asking.lexicon import Part
from knowledge.asking.rank import Candidate, weigh
from knowledge.asking.spans import Parse, Span
from knowledge.asking.tokens import EMPTY_TAGS, tag_words
from knowledge.stored import Arrays, Meta

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

Encode = Callable[[Sequence[str]], Vectors]

Key = tuple[str, str, str]
"""A fact as it is asked for: its id, entity and topic."""

MOST_WORDS = 24
"""Spans of a question that are held against facts: further ones are near to nothing."""

OPEN = 0.5
"""The share of a span below which the words of a fact do not explain it."""

STRANGE = 0.6
"""The cosine up to which a word is near to none that any fact has."""

RAREST = 3.0
"""What such a word counts, among those that count by how few facts have them."""

REMEMBERED = 4_000_000
"""Numbers that are remembered of how near the latest words of questions are to those of facts: 16 MB."""

_LEAST = 1e-6
"""What is divided by, where nothing weighs anything."""

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z\-']+|\d[\d,.]*")


@dataclass(frozen=True)
class Aligned:
    """How near a fact is to a question, word by word.

    Attributes:
        covered: the share of the question's weight that the fact has something near to, 0 to 1.
        telling: the same where a word counts the more the fewer facts have it.
        gap: the weight of the words that are not explained, each by how far the fact is from it.
        line: what of the question is covered by the one text of the fact that covers the most.
        mutual: the same both ways, as the harmonic mean: of the text's words by the question, too.
    """

    covered: float = 0.0
    telling: float = 0.0
    gap: float = 0.0
    line: float = 0.0
    mutual: float = 0.0


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text that say something, in Chinese and English, each once."""
    found = [
        word
        for run in _CHINESE.findall(text)
        for word, tag in tag_words(run)
        if tag not in EMPTY_TAGS and len(word) > 1
    ]
    return tuple(dict.fromkeys([*found, *(word.lower() for word in _ENGLISH.findall(text))]))


@dataclass(frozen=True, eq=False)
class _Texts:
    """The texts of a fact, one after the other, as places of their words; and where each text starts."""

    words: Places
    starts: Places


class Alignment:
    """The words of all facts, and their points once they are given."""

    def __init__(self, texts: Mapping[Key, Sequence[str]], shelf: Shelf, encode: Encode = points) -> None:
        """Start without points.

        Args:
            texts: what each fact says and the questions it is asked by.
            shelf: where their words are kept.
            encode: gives the points of words that no fact has.
        """
        digest = hashlib.sha256("\0".join(line for lines in texts.values() for line in lines).encode())
        arrays, meta = shelf.get("alignment", digest.hexdigest(), lambda: _split(texts.values()))
        self._places = {word: place for place, word in enumerate(meta["words"])}
        self._texts: dict[Key, _Texts] = {}
        having: dict[str, list[Places]] = defaultdict(list)
        of_fact = np.cumsum([0, *arrays["texts"]])
        of_text = np.cumsum([0, *arrays["words"]])
        for place, key in enumerate(texts):
            starts = of_text[of_fact[place] : of_fact[place + 1]]
            if len(starts):
                first, last = starts[0], of_text[of_fact[place + 1]]
                self._texts[key] = _Texts(arrays["places"][first:last], starts - first)
                having[key[0]].append(self._texts[key].words)
        facts = np.zeros(len(self._places), np.int64)
        for found in having.values():
            facts[np.unique(np.concatenate(found))] += 1
        # Inverse document frequency (Spärck Jones 1972); a document is a fact, however it is asked for.
        self._rarity = np.log((len(having) + 1) / (facts + 1))
        self._points: Vectors = np.zeros((0, 0), np.float32)
        self._encode = encode
        self._near = lru_cache(REMEMBERED // max(1, len(self._places)))(self._nearness)

    @property
    def words(self) -> list[str]:
        """All words, in the order of their points."""
        return list(self._places)

    def give(self, points: Vectors) -> None:
        """Give the points of all words: a row each."""
        self._points = points

    def strange(self, parse: Parse) -> list[str]:
        """The words of a question that no fact has."""
        words = (_understood(span) for _, span in _alignable(parse))
        return [word for word in words if word not in self._places]

    def align(self, parse: Parse, candidates: Sequence[tuple[Key, Candidate]]) -> list[Aligned]:
        """How near facts are to a question.

        Args:
            parse: the question.
            candidates: the facts, with the share that each explains of the question's spans.
        """
        asked = _alignable(parse)
        keys = (self._texts.get(key) for key, _ in candidates)
        held = [(place, texts) for place, texts in enumerate(keys) if texts is not None]
        found = [Aligned()] * len(candidates)
        if not asked or not held:
            return found
        weights = np.array([weigh(span) for _, span in asked])
        near = np.stack([self._near(_understood(span)) for _, span in asked])
        known = near.max(axis=1) > STRANGE
        telling = weights * np.where(known, self._rarity[near.argmax(axis=1)], RAREST)
        explained = [candidates[place][1].shares for place, _ in held]
        shares = np.array([[of_spans[at][1] for at, _ in asked] for of_spans in explained])
        best, line, mutual = self._best(near, weights, [texts for _, texts in held])
        covered = np.maximum(best, shares)
        columns = (
            covered @ weights / weights.sum(),
            covered @ telling / max(telling.sum(), _LEAST),
            ((1 - best) * weights * (shares < OPEN)).sum(axis=1),
            line,
            mutual,
        )
        for (place, _), *row in zip(held, *(column.tolist() for column in columns), strict=True):
            found[place] = Aligned(*row)
        return found

    def _best(
        self, near: Vectors, weights: Numbers, held: Sequence[_Texts]
    ) -> tuple[Vectors, Numbers, Numbers]:
        """How near some facts come to each word of a question, and to all of them in one text; see `Aligned`.

        Args:
            near: a row for each word of the question, a column for each word of all facts.
            weights: what the words of the question count.
            held: the texts of the facts.

        Returns:
            a row of cosines for each fact, a column for each word of the question; `line`; `mutual`.
        """
        words = np.concatenate([texts.words for texts in held])
        facts = np.cumsum([0, *(len(texts.words) for texts in held[:-1])])
        lines = np.cumsum([0, *(len(texts.starts) for texts in held[:-1])])
        starts = np.concatenate([texts.starts + first for texts, first in zip(held, facts, strict=True)])
        # `near[:, words]` would be laid out by columns, over which a maximum takes a hundred times as long.
        here, rarity = np.take(near, words, axis=1), self._rarity[words]
        asked = weights @ np.maximum.reduceat(here, starts, axis=1) / weights.sum()
        told = np.add.reduceat(here.max(axis=0) * rarity, starts)
        told /= np.maximum(np.add.reduceat(rarity, starts), _LEAST)
        mutual = 2 * asked * told / np.maximum(asked + told, _LEAST)
        best = np.maximum.reduceat(here, facts, axis=1).T
        return best, np.maximum.reduceat(asked, lines), np.maximum.reduceat(mutual, lines)

    def _nearness(self, word: str) -> Vectors:
        """The cosines of a word to all words."""
        place = self._places.get(word)
        point = self._encode([word])[0] if place is None else self._points[place]
        return np.asarray(self._points @ point)


def _split(facts: Iterable[Sequence[str]]) -> tuple[Arrays, Meta]:
    """Words as places in a list of all words; of each text how many it has, of each fact how many texts."""
    places: dict[str, int] = {}
    found: list[int] = []
    words: list[int] = []
    texts: list[int] = []
    for lines in facts:
        split = [line for line in map(split_words, lines) if line]
        found += [places.setdefault(word, len(places)) for line in split for word in line]
        words += [len(line) for line in split]
        texts.append(len(split))
    arrays = {"places": found, "words": words, "texts": texts}
    return {name: np.array(counts, np.int64) for name, counts in arrays.items()}, {"words": list(places)}


def _alignable(parse: Parse) -> list[tuple[int, Span]]:
    """The spans that facts may have words for, with their places: «who» and «how many» stand in none."""
    content = enumerate(parse.content)
    return [(place, span) for place, span in content if span.part is not Part.QUESTION][:MOST_WORDS]


def _understood(span: Span) -> str:
    """The words of a span as they are best understood; those of no phrase as written, not their stems."""
    return span.written if span.part is None and span.text.isascii() else span.meant
