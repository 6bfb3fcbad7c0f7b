"""Passages of the documents: what is quoted where no typed fact answers."""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.asking.kept import Shelf
from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part
from knowledge.asking.library import Library
from knowledge.asking.mentions import grams
from knowledge.asking.normalize import normalize
from knowledge.asking.postings import Postings, post, row_hash
from knowledge.asking.spans import Parse, Span
from knowledge.asking.wording import Wording
from knowledge.models import Passage
from knowledge.numerals import COUNTED
from knowledge.stored import Arrays, Meta

COVERAGE, COVERAGE_REVIEWED = 0.45, 0.8
"""The share of a question's words, weighted by how rare they are, that a passage and its document hold. Where
facts were reviewed it is the passage by itself, and more: what the document says is mostly a fact already."""

FEWEST_WORDS, LONG_WORD = 2, 4
"""A passage that shares one word with a question does not answer it, unless that is long: 重点产业链."""

HEADING = 0.5
"""What a word counts for the rank that stands in the passage's heading."""

HEADED, DOCUMENT = 0.9, 0.6
"""What a word counts for the coverage that stands in the heading, and elsewhere in the document."""

LEAD, LEAD_ITSELF = 0.8, 1.0
"""What a word of a document's title and lead (its first passage) counts for every passage, and at most in the
lead itself: in these words a question names the document, and asks for what stands below."""

UNHEARD = 0.7
"""How far a pair of characters that stands nowhere at all is left out of a question's words, where a passage
speaks of the topic that is asked."""

SATURATION, LENGTH = 1.2, 0.6
"""k1 and b of BM25."""

NUMBERED = 2.0
"""How much better a passage with a number answers «how much»."""

SHORTEST = 25
"""Pairs of characters below which a passage is but a heading of those after it."""

_AREA = re.compile(r"(?<=[\u3400-\u9fff]{2})[省市县区]$")
"""What is left out of the name of an area: 南昌 for 南昌市."""

_HOW_MANY = re.compile(r"[几多少为有是大高长共要]|[a-z ]+")


WORDED = frozenset({Part.TOPIC, Part.KIND, Part.RANK})
"""Parts of a question that any of their wordings says."""

VAGUE = frozenset({"overview", "covers"})
"""Topics that any passage about something answers."""

CANDIDATES = 400
"""Passages with the most and rarest pairs of a question, which are weighed one by one."""


@dataclass(frozen=True)
class _Gram:
    """A pair of a question's characters: the passages that hold it and how often, the documents, how rare."""

    text: str
    holders: dict[int, int]
    documents: frozenset[int]
    rarity: float
    document_rarity: float


@dataclass(frozen=True)
class _Asked:
    """A question for passages, and whether it asks for a number."""

    grams: list[_Gram]
    amount: bool

    def nearest(self, lengths: npt.NDArray[np.uint32]) -> list[int]:
        """The passages that are more than a heading and share the most and rarest pairs."""
        shared: dict[int, float] = defaultdict(float)
        for gram in self.grams:
            for number in gram.holders:
                shared[number] += gram.rarity
        long = (number for number in shared if lengths[number] >= SHORTEST)
        return heapq.nsmallest(CANDIDATES, long, key=lambda number: (-shared[number], number))


@dataclass(frozen=True)
class Hit:
    """A passage that may answer, and the share of the question's words it holds."""

    passage: Passage
    coverage: float


class PassageIndex:
    """All passages, by pairs of neighbouring characters.

    Attributes:
        wordings: how topics, kinds and ranks are worded, by part and id.
    """

    def __init__(self, library: Library, lexicon: Lexicon, shelf: Shelf) -> None:
        """Args: the published knowledge, the synonyms, where the index is kept."""
        self._reviewed = library.reviewed
        self._passages = library.passages
        self._documents = library.documents
        self._order = {sha: number for number, sha in enumerate(library.documents)}
        self._lexicon = lexicon
        self._leads: dict[str, int] = {}
        self.wordings: dict[tuple[Part, str], list[str]] = defaultdict(list)
        for wording, target in lexicon.phrases:
            if target.part in WORDED and len(wording) > 1:
                self.wordings[target.part, target.value].append(wording)
        arrays, _ = shelf.get("passages", shelf.revision, self._key)
        self._lengths = arrays["lengths"]
        self._mean = float(self._lengths.mean()) if len(self._lengths) else 1.0
        for number, passage in enumerate(self._passages):
            if self._lengths[number] >= SHORTEST:
                self._leads.setdefault(passage.document_sha256, number)
        self._grams, self._document_grams = Postings(arrays, "grams"), Postings(arrays, "documents")

    def search(self, parse: Parse) -> Hit | None:
        """The passage that holds a question's words; None if its document lacks a name or a number.

        BM25 (Robertson, Walker 1994) over pairs of characters; what stands in the heading or elsewhere in the
        document says what the passage is about, so it counts as well.

        Args:
            parse: the question.
        """
        words = [span for span in parse.content if span.part is not Part.QUESTION]
        asked = self._asked(parse)
        said = [span for span in words if span.tag != "number"]
        telling = len(said) >= FEWEST_WORDS or any(len(span.text) >= LONG_WORD for span in said)
        if not telling or not asked.grams:
            return None
        names = _unknown_names(words, self._lexicon.titles)
        fitting = (number for number in self._ranked(asked) if self._fits(number, words, names, parse))
        best = next(fitting, None)
        if best is None:
            return None
        coverage = self._coverage(best, asked, UNHEARD if self._speaks(best, parse) else 0.0)
        reviewed = self._passages[best].document_sha256 in self._reviewed
        enough = coverage >= (COVERAGE_REVIEWED if reviewed else COVERAGE)
        return Hit(self._passages[best], coverage) if enough else None

    def rank(self, parse: Parse, limit: int = 3) -> list[Passage]:
        """The passages nearest to a question, whether or not they answer it.

        Args:
            parse: the question.
            limit: how many at most.
        """
        return [self._passages[number] for number in self._ranked(self._asked(parse))[:limit]]

    def mentions(self, words: str) -> bool:
        """Whether a passage has some words, to the letter or, in English, by their stems.

        Args:
            words: as typed, folded.
        """
        pairs = set(_pairs(words))
        if not pairs:
            return False
        held = (set(numbers.tolist()) for numbers in self._grams.find([row_hash((pair,)) for pair in pairs]))
        return any(
            words.isascii() or words in wording_of(self._passages[number].text).text
            for number in set.intersection(*held)
        )

    def _ranked(self, asked: _Asked) -> list[int]:
        near = asked.nearest(self._lengths)
        scored = {number: self._score(number, asked) for number in near}
        return sorted(scored, key=lambda number: (-scored[number], number))

    def _score(self, number: int, asked: _Asked) -> float:
        """BM25 of a passage for the pairs of a question, among passages and among documents."""
        passage = self._passages[number]
        length = 1 - LENGTH + LENGTH * float(self._lengths[number]) / self._mean
        heading, document = _grams(passage.heading), self._order[passage.document_sha256]
        lead, told = self._lead(passage.document_sha256)
        score = 0.0
        for gram in asked.grams:
            count = gram.holders.get(number, 0)
            share = count * (SATURATION + 1) / (count + SATURATION * length)
            if not count and gram.text in heading:
                share = HEADING
            if gram.text in told:
                share = max(share, LEAD)
                share = min(share, LEAD_ITSELF) if number == lead else share
            score += share * gram.rarity
            if document in gram.documents:
                score += gram.document_rarity
        if asked.amount and COUNTED.search(passage.text):
            score += NUMBERED
        return score

    def _lead(self, sha256: str) -> tuple[int, frozenset[str]]:
        """The first passage of a document that is more than a heading, and what it and the title say."""
        first = self._leads.get(sha256, -1)
        text = self._passages[first].text if first >= 0 else ""
        return first, _grams(self._documents[sha256].title) | _grams(text)

    def _coverage(self, number: int, asked: _Asked, unheard: float) -> float:
        """The share of a question that a passage holds, what its document says besides in part.

        Args:
            number: the passage's.
            asked: the question.
            unheard: how far what no document says is left out.
        """
        passage = self._passages[number]
        heading, document = _grams(passage.heading), self._order[passage.document_sha256]
        total = held = 0.0
        for gram in asked.grams:
            total += gram.rarity
            if number in gram.holders:
                held += gram.rarity
            elif gram.text in heading:
                held += HEADED * gram.rarity
            elif document in gram.documents:
                held += DOCUMENT * gram.rarity
            elif not gram.holders:
                # What no document says is how the question is put: 投了多少钱.
                total -= unheard * gram.rarity
        return held / total

    def _fits(self, number: int, words: Sequence[Span], names: Sequence[str], parse: Parse) -> bool:
        fits = has_unit(self._passages[number].text, parse) and not self._silent(number, parse)
        return fits and not self._lacks(number, words, names)

    def _speaks(self, number: int, parse: Parse) -> bool:
        """Whether a passage speaks of each topic that is asked, in whatever words."""
        return all(span.values & VAGUE or self._says(number, span) for span in parse.of(Part.TOPIC))

    def _silent(self, number: int, parse: Parse) -> bool:
        """Whether a passage says nothing of something that has no other name: 投资 is no 电话."""
        return any(
            not any(self._lexicon.topics[topic].also for topic in span.values)
            and not self._says(number, span)
            for span in parse.of(Part.TOPIC)
        )

    def _says(self, number: int, span: Span) -> bool:
        """Whether a passage or its heading holds any wording of a topic that is asked."""
        passage = self._passages[number]
        text = wording_of(f"{passage.heading}\n{passage.text}").text
        return any(word in text for topic in span.values for word in self.wordings[Part.TOPIC, topic])

    def _lacks(self, number: int, words: Sequence[Span], names: Sequence[str]) -> bool:
        """Whether the document is silent on a name, a number or an entity of the question."""
        passage = self._passages[number]
        wordings = (
            wording_of(f"{passage.heading}\n{passage.text}"),
            self._of_document(passage.document_sha256),
        )
        return any(
            not any(self._holds(wording, span) for wording in wordings)
            for span in words
            if span.tag in {"name", "number"} or span.part is Part.ENTITY
        ) or any(all(name not in wording.text for wording in wordings) for name in names)

    def _holds(self, wording: Wording, span: Span) -> bool:
        """Whether words say a name, of an area also by less than all of it; or a number, not 7100 for 100."""
        area = span.tag != "number" and _AREA.sub("", span.text) in wording.text
        return area or bool(wording.holds(span, self._lexicon))

    def _of_document(self, sha256: str) -> Wording:
        """What a document says of itself, and all of it where nothing of it was reviewed."""
        document = self._documents[sha256]
        texts = [document.title, document.publisher]
        if sha256 not in self._reviewed:
            texts += [passage.text for passage in self._passages if passage.document_sha256 == sha256]
        return wording_of("\n".join(texts))

    def _asked(self, parse: Parse) -> _Asked:
        texts = sorted(_pairs_asked(parse))
        hashes = [row_hash((text,)) for text in texts]
        found = zip(texts, self._grams.find(hashes), self._document_grams.find(hashes), strict=True)
        grams = []
        for text, numbers, documents in found:
            held, counts = np.unique(numbers, return_counts=True)
            grams.append(
                _Gram(
                    text,
                    dict(zip(held.tolist(), counts.tolist(), strict=True)),
                    frozenset(documents.tolist()),
                    _rarity(len(held), len(self._passages)),
                    _rarity(len(documents), len(self._documents)),
                )
            )
        return _Asked(grams, bool(parse.values(Part.QUESTION) & AMOUNTS))

    def _key(self) -> tuple[Arrays, Meta]:
        """The pairs of each passage, as often as they stand there, and those of each document."""
        held = [_hashes(passage.text) for passage in self._passages]
        documents = {
            sha: {row_hash((gram,)) for gram in _grams(row.title) | _grams(row.publisher)}
            for sha, row in self._documents.items()
        }
        for passage, hashes in zip(self._passages, held, strict=True):
            if passage.document_sha256 not in self._reviewed:
                documents[passage.document_sha256].update(hashes)
        lengths = np.array([len(hashes) for hashes in held], np.uint32)
        return {"lengths": lengths, **post("grams", held), **post("documents", documents.values())}, {}


def has_unit(text: str, parse: Parse) -> bool:
    """Whether a text has the unit of «how many»: 几栋楼 is not answered in 吨.

    Args:
        text: what would be quoted.
        parse: the question.
    """
    units = [_HOW_MANY.sub("", span.text) for span in parse.of(Part.QUESTION) if span.values & AMOUNTS]
    return all(not unit or any(sign in text for sign in unit) for unit in units)


def _rarity(holders: int, total: int) -> float:
    """Inverse document frequency, as in BM25."""
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5))


@lru_cache(maxsize=2_000)
def wording_of(text: str) -> Wording:
    """The words of a text, remembered with all that was found out of them."""
    return Wording(text)


@lru_cache(maxsize=20_000)
def _grams(text: str) -> frozenset[str]:
    return frozenset(grams(normalize(text)))


@lru_cache(maxsize=20_000)
def _hashes(text: str) -> list[int]:
    """The keys of a text's pairs; remembered, so that after a change only what changed is keyed again."""
    return [row_hash((pair,)) for pair in _pairs(text)]


def _pairs(text: str) -> list[str]:
    """Pairs of neighbouring characters, and words of letters, as often as they stand there."""
    units = [unit for unit in normalize(text).units if not unit.mark]
    both = [one.text + other.text for one, other in pairwise(units) if one.sounds and other.sounds]
    return both + [unit.text for unit in units if not unit.sounds]


def _pairs_asked(parse: Parse) -> set[str]:
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


def _unknown_names(words: Sequence[Span], posts: Collection[str]) -> list[str]:
    """Words in a row that are one name: with a character no dictionary joins, 大石沟, or a post, 市委书记.

    Args:
        words: what is left of a question.
        posts: how posts end.
    """
    rows: list[list[Span]] = []
    for span in words:
        plain = span.part is None and span.tag != "number" and not span.spelled
        if plain and rows and rows[-1][-1].end == span.start:
            rows[-1].append(span)
        elif plain:
            rows.append([span])
    return [
        "".join(span.text for span in row)
        for row in rows
        if len(row) > 1
        and (
            (all(span.tag[:1] == "n" for span in row) and any(len(span.text) == 1 for span in row))
            or row[-1].text.endswith(tuple(posts))
        )
    ]
