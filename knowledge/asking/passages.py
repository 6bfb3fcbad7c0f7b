"""Passages of the documents: what is quoted where no typed fact answers."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.normalize import normalize
from knowledge.asking.rank import AMOUNTS, grams
from knowledge.asking.spans import Parse, Span
from knowledge.asking.wording import Wording
from knowledge.models import Document, Passage

COVERAGE, COVERAGE_REVIEWED = 0.45, 0.8
"""The share of a question's words, weighted by how rare they are, that a passage and its document hold. Where
facts were reviewed it is the passage by itself, and more: what the document says is mostly a fact already."""

FEWEST_WORDS = 2
"""A passage that shares a single word with a question does not answer it."""

HEADING = 0.5
"""What a word counts for the rank that stands in the passage's heading."""

HEADED, DOCUMENT = 0.9, 0.6
"""What a word counts for the coverage that stands in the heading, and elsewhere in the document."""

TITLE = 0.4
"""What a word counts that stands in the document's title: its first passage repeats it and tells nothing."""

SATURATION, LENGTH = 1.2, 0.6
"""k1 and b of BM25."""

NUMBERED = 2.0
"""How much better a passage with a number answers «how much»."""

SHORTEST = 25
"""Pairs of characters below which a passage is but a heading of those after it."""

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两]+[个条家元天年月倍成]")
_AREA = re.compile(r"(?<=[\u3400-\u9fff]{2})[省市县区]$")
"""What is left out of the name of an area: 南昌 for 南昌市."""

_HOW_MANY = re.compile(r"[几多少为有是大高长共要]|[a-z ]+")


@dataclass(frozen=True)
class Hit:
    """A passage that may answer, and the share of the question's words it holds."""

    passage: Passage
    coverage: float


class PassageIndex:
    """All passages, by pairs of neighbouring characters."""

    def __init__(
        self,
        passages: Sequence[Passage],
        documents: dict[str, Document],
        lexicon: Lexicon,
        reviewed: frozenset[str] = frozenset(),
    ) -> None:
        """Args: the passages, their documents by sha256, the synonyms, the documents that facts rest on."""
        self._reviewed = reviewed
        self._passages = passages
        self._lexicon = lexicon
        self._holders: dict[str, dict[int, int]] = defaultdict(dict)
        self._lengths: list[int] = []
        self._texts = [Wording(f"{passage.heading}\n{passage.text}") for passage in passages]
        self._headings = [grams(normalize(passage.heading)) for passage in passages]
        self._titles = {sha: grams(normalize(row.title)) for sha, row in documents.items()}
        self._documents = {
            sha: self._titles[sha] | grams(normalize(row.publisher)) for sha, row in documents.items()
        }
        words: dict[str, list[str]] = {sha: [row.title, row.publisher] for sha, row in documents.items()}
        for number, passage in enumerate(passages):
            counts = Counter(_pairs(passage.text))
            self._lengths.append(counts.total())
            for gram, count in counts.items():
                self._holders[gram][number] = count
            if passage.document_sha256 not in reviewed:
                self._documents[passage.document_sha256] |= counts.keys()
                words[passage.document_sha256].append(passage.text)
        self._wordings = {sha: Wording("\n".join(texts)) for sha, texts in words.items()}
        self._mean = sum(self._lengths) / len(self._lengths) if passages else 1.0

    def search(self, parse: Parse) -> Hit | None:
        """The passage that holds a question's words; None if its document lacks a name or a number.

        BM25 (Robertson, Walker 1994) over pairs of characters; what stands in the heading or elsewhere in the
        document says what the passage is about, so it counts as well.

        Args:
            parse: the question.
        """
        words = [span for span in parse.content if span.part is not Part.QUESTION]
        asked = _asked(parse)
        if len(words) < FEWEST_WORDS or not asked:
            return None
        fitting = (number for number in self._ranked(parse, asked) if self._fits(number, words, parse))
        best = next(fitting, None)
        if best is None:
            return None
        coverage = self._coverage(best, asked)
        reviewed = self._passages[best].document_sha256 in self._reviewed
        enough = coverage >= (COVERAGE_REVIEWED if reviewed else COVERAGE)
        return Hit(self._passages[best], coverage) if enough else None

    def rank(self, parse: Parse, limit: int = 3) -> list[Passage]:
        """The passages nearest to a question, whether or not they answer it.

        Args:
            parse: the question.
            limit: how many at most.
        """
        return [self._passages[number] for number in self._ranked(parse, _asked(parse))[:limit]]

    def _ranked(self, parse: Parse, asked: set[str]) -> list[int]:
        near = {number for gram in asked for number in self._holders.get(gram, ())}
        amount = bool(parse.values(Part.QUESTION) & AMOUNTS)
        rarity = {gram: (self._rarity(gram), self._document_rarity(gram)) for gram in asked}
        scored = {
            number: self._score(number, rarity, amount)
            for number in near
            if self._lengths[number] >= SHORTEST
        }
        return sorted(scored, key=lambda number: (-scored[number], number))

    def _score(self, number: int, rarity: Mapping[str, tuple[float, float]], amount: bool) -> float:
        """BM25 of a passage; `rarity` has each pair of the question, among passages and among documents."""
        passage = self._passages[number]
        length = 1 - LENGTH + LENGTH * self._lengths[number] / self._mean
        score = 0.0
        for gram, (rare, rare_document) in rarity.items():
            count = self._holders.get(gram, {}).get(number, 0)
            if count:
                title = TITLE if gram in self._titles[passage.document_sha256] else 1.0
                score += title * rare * count * (SATURATION + 1) / (count + SATURATION * length)
            elif gram in self._headings[number]:
                score += HEADING * rare
            if gram in self._documents[passage.document_sha256]:
                score += rare_document
        if amount and _NUMBER.search(passage.text):
            score += NUMBERED
        return score

    def _coverage(self, number: int, asked: set[str]) -> float:
        """The share of a question that a passage holds, what its document says besides in part."""
        document = self._documents[self._passages[number].document_sha256]
        total = held = 0.0
        for gram in asked:
            weight = self._rarity(gram)
            total += weight
            if number in self._holders.get(gram, ()):
                held += weight
            elif gram in self._headings[number]:
                held += HEADED * weight
            elif gram in document:
                held += DOCUMENT * weight
        return held / total

    def _fits(self, number: int, words: Sequence[Span], parse: Parse) -> bool:
        return not self._lacks(number, words) and self._counts(number, parse)

    def _lacks(self, number: int, words: Sequence[Span]) -> bool:
        """Whether the document is silent on a name, a number or an entity of the question."""
        wordings = (self._texts[number], self._wordings[self._passages[number].document_sha256])
        return any(
            all(
                not wording.holds(span, self._lexicon) and _AREA.sub("", span.text) not in wording.text
                for wording in wordings
            )
            for span in words
            if span.tag in {"name", "number"} or span.part is Part.ENTITY
        )

    def _counts(self, number: int, parse: Parse) -> bool:
        """Whether a passage has the unit of «how many»: 几栋楼 is not answered in 吨."""
        text = self._passages[number].text
        units = [_HOW_MANY.sub("", span.text) for span in parse.of(Part.QUESTION) if span.values & AMOUNTS]
        return all(not unit or any(sign in text for sign in unit) for unit in units)

    def _rarity(self, gram: str) -> float:
        """Inverse document frequency, as in BM25."""
        holders = len(self._holders.get(gram, ()))
        return math.log(1 + (len(self._passages) - holders + 0.5) / (holders + 0.5))

    def _document_rarity(self, gram: str) -> float:
        holders = sum(gram in held for held in self._documents.values())
        return math.log(1 + (len(self._documents) - holders + 0.5) / (holders + 0.5))


def _pairs(text: str) -> list[str]:
    """Pairs of neighbouring characters, and words of letters, as often as they stand there."""
    units = [unit for unit in normalize(text).units if not unit.mark]
    both = [one.text + other.text for one, other in pairwise(units) if one.sounds and other.sounds]
    return both + [unit.text for unit in units if not unit.sounds]


def _asked(parse: Parse) -> set[str]:
    """The pairs of a question outside of its question words and fillers."""
    empty = {
        place
        for span in parse.spans
        if span.part in {Part.QUESTION, Part.FILLER, Part.GREETING}
        for place in range(span.start, span.end)
    }
    units = parse.question.units
    kept = [(place, unit) for place, unit in enumerate(units) if not unit.mark and place not in empty]
    both = {
        left.text + right.text
        for (at, left), (after, right) in pairwise(kept)
        if after == at + 1 and left.sounds and right.sounds
    }
    return both | {unit.text for _, unit in kept if not unit.sounds}
