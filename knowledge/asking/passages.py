"""Passages of the documents: what is quoted where no typed fact answers."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.normalize import normalize
from knowledge.asking.rank import grams
from knowledge.asking.spans import Parse, Span
from knowledge.asking.wording import Wording
from knowledge.models import Document, Passage

COVERAGE = 0.8
"""The share of a question's words, weighted by how rare they are, that a passage has to hold."""

FEWEST_WORDS = 2
"""A passage that shares a single word with a question does not answer it."""

OUTSIDE = 0.9
"""What a word counts that stands in the document's title or heading, not in the passage."""

CANDIDATES = 30

_ABOUT = frozenset({Part.ENTITY, None})
"""Spans that a title or heading may hold for its passages: what it is about, not what is asked of it."""


@dataclass(frozen=True)
class Hit:
    """A passage that may answer, and the share of the question's words it holds."""

    passage: Passage
    coverage: float


class PassageIndex:
    """All passages, by pairs of neighbouring characters."""

    def __init__(self, passages: Sequence[Passage], documents: dict[str, Document], lexicon: Lexicon) -> None:
        """Args: the passages, their documents by sha256, the synonyms."""
        self._passages = passages
        self._lexicon = lexicon
        self._texts = [Wording(passage.text) for passage in passages]
        frames = {sha: Wording(f"{row.title}\n{row.publisher}") for sha, row in documents.items()}
        self._frames = [frames[passage.document_sha256] for passage in passages]
        self._headings = [Wording(passage.heading) for passage in passages]
        self._postings: dict[str, set[int]] = defaultdict(set)
        for number, passage in enumerate(passages):
            for gram in grams(normalize(passage.text)):
                self._postings[gram].add(number)

    def search(self, parse: Parse) -> list[Hit]:
        """Passages that hold a question's words, the best first; none that lacks a name or a number of it.

        Args:
            parse: the question.
        """
        words = [span for span in parse.content if span.part is not Part.QUESTION]
        if len(words) < FEWEST_WORDS:
            return []
        scored: dict[int, float] = defaultdict(float)
        for gram in grams(parse.question):
            holders = self._postings.get(gram, ())
            for number in holders:
                scored[number] += self._rarity(len(holders))
        best = sorted(scored, key=lambda number: (-scored[number], number))[:CANDIDATES]
        hits = [Hit(self._passages[number], self._coverage(number, words)) for number in best]
        return sorted((hit for hit in hits if hit.coverage >= COVERAGE), key=lambda hit: -hit.coverage)

    def _coverage(self, number: int, words: Sequence[Span]) -> float:
        total = held = 0.0
        for span in words:
            share = self._texts[number].holds(span, self._lexicon)
            if span.part in _ABOUT:
                heading = self._headings[number].holds(span, self._lexicon)
                share = max(
                    share, OUTSIDE * heading, OUTSIDE * self._frames[number].holds(span, self._lexicon)
                )
            if share == 0 and span.tag in {"name", "number"}:
                return 0.0
            weight = self._weight(span)
            total += weight
            held += weight * share
        return held / total

    def _weight(self, span: Span) -> float:
        holders = sum(text.holds(span, self._lexicon) > 0 for text in self._texts)
        return self._rarity(holders) * math.sqrt(span.end - span.start)

    def _rarity(self, holders: int) -> float:
        """Inverse document frequency, as in BM25."""
        return math.log(1 + (len(self._passages) - holders + 0.5) / (holders + 0.5))
