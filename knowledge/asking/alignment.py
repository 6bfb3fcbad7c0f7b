"""How far the words of a question are near in meaning to those of a fact, word by word.

A whole sentence's point says what is spoken of; whether a fact has something for each word of a question is
told by the words' own points: each is held against the nearest word of the fact. So the greatest similarities
are summed up in BERTScore (Zhang et al. 2020) and ColBERT (Khattab and Zaharia 2020), here as spans weigh.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge.asking.kept import Shelf
from knowledge.asking.lexicon import Part
from knowledge.asking.rank import Candidate, weigh
from knowledge.asking.spans import Span
from knowledge.asking.tokens import EMPTY_TAGS, tag_words
from knowledge.stored import Arrays, Meta

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

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

    @cached_property
    def all(self) -> Places:
        """Its words, each once."""
        return np.unique(self.words)


class Alignment:
    """The words of all facts, and their points once they are given."""

    def __init__(self, texts: Mapping[Key, Sequence[str]], shelf: Shelf) -> None:
        """Args: what each fact says and the questions it is asked by, and where their words are kept."""
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
                having[key[0]].append(self._texts[key].all)
        facts = np.zeros(len(self._places), np.int64)
        for found in having.values():
            facts[np.unique(np.concatenate(found))] += 1
        # Inverse document frequency (Spärck Jones 1972); a document is a fact, however it is asked for.
        self._rarity = np.log((len(having) + 1) / (facts + 1))
        self._points: Vectors = np.zeros((0, 0), np.float32)

    @property
    def words(self) -> list[str]:
        """All words, in the order of their points."""
        return list(self._places)

    def give(self, points: Vectors) -> None:
        """Give the points of all words: a row each."""
        self._points = points

    def find(self, word: str) -> Vectors | None:
        """The point of a word; None where no fact has it."""
        place = self._places.get(word)
        return None if place is None else self._points[place]

    def align(self, points: Vectors, candidates: Sequence[tuple[Key, Candidate]]) -> list[Aligned]:
        """How near facts are to a question.

        Args:
            points: a row for each of the words of the question; see `asked_words`.
            candidates: the facts, with the share that each explains of the question's spans.
        """
        if not candidates or not len(points) or not self._places:
            return [Aligned()] * len(candidates)
        weights = np.array([weigh(span) for span, _ in _alignable(candidates[0][1].shares)])
        near = points @ self._points.T
        known = near.max(axis=1) > STRANGE
        telling = weights * np.where(known, self._rarity[near.argmax(axis=1)], RAREST)
        return [
            self._aligned(near, weights, telling, texts, candidate)
            if (texts := self._texts.get(key))
            else Aligned()
            for key, candidate in candidates
        ]

    def _aligned(
        self, near: Vectors, weights: Numbers, telling: Numbers, texts: _Texts, candidate: Candidate
    ) -> Aligned:
        shares = np.array([share for _, share in _alignable(candidate.shares)])
        best = near[:, texts.all].max(axis=1)
        covered = np.maximum(best, shares)
        here = near[:, texts.words]
        asked = weights @ np.maximum.reduceat(here, texts.starts, axis=1) / weights.sum()
        rarity = self._rarity[texts.words]
        told = np.add.reduceat(here.max(axis=0) * rarity, texts.starts)
        told /= np.maximum(np.add.reduceat(rarity, texts.starts), _LEAST)
        return Aligned(
            covered=float(covered @ weights / weights.sum()),
            telling=float(covered @ telling / max(telling.sum(), _LEAST)),
            gap=float(((1 - best) * weights)[shares < OPEN].sum()),
            line=float(asked.max()),
            mutual=float((2 * asked * told / np.maximum(asked + told, _LEAST)).max()),
        )


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


def asked_words(candidate: Candidate) -> list[str]:
    """The words of a question that are held against those of facts, as they are best understood.

    Args:
        candidate: any fact that was held against the question.
    """
    spans = [span for span, _ in _alignable(candidate.shares)]
    # What no phrase covers is looked up as it was written, not as its stem.
    return [span.written if span.part is None and span.text.isascii() else span.meant for span in spans]


def _alignable(shares: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """Those spans that facts may have words for: «who» and «how many» stand in none."""
    return [(span, share) for span, share in shares if span.part is not Part.QUESTION][:MOST_WORDS]
