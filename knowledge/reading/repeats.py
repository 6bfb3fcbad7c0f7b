"""Documents that say again what another says: reposted, quoted whole, or rewritten word by word and cleaned.

Likeness is exact: the share of one text's shingles (runs of `SHINGLE` characters, without blanks and marks;
Broder, 1997) that stand in the other. Which pairs are worth it is told from a sample of the shingles, chosen
by their hash, so that thousands of documents take seconds.

Likeness alone would throw facts away: this year's list of projects is last year's with other names and
figures. So a document that says the same sentence with another figure, or here and there with another word,
repeats nothing. Only where words are changed all over is it a rewriting.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

SHINGLE = 6
"""So many characters are a phrase: two texts on one subject share words, but hardly phrases."""

SAMPLED = 8
"""One shingle in so many is looked at to find pairs."""

COMMON = 64
"""A sampled shingle that more documents hold is a phrase of the trade and tells nothing."""

HINT = 0.3
"""Pairs that share less of their sample are not compared."""

REPEATED = 0.85
"""From here on an honest document is another one again: the rest is its letterhead and what the site
added."""

REWRITTEN = 0.4
"""Likewise where words were changed all over the text, figures and all else are the same."""

NEVER = 2.0
"""More than all of it."""

WORDS = 6
"""Who rewrites a text changes so many different words; who fills in a form changes a few names."""

VARIANT = 75.0
"""Two sentences so alike (rapidfuzz's ratio, 0 to 100) are one with a word changed."""

SHORTEST = 80
"""Of a shorter text it cannot be told: notices of one line are all alike."""

REMEMBERED = 4096
"""What was found in so many texts and pairs of texts is remembered: with each new document all are compared
anew. Of a text of two thousand characters that is about ten kilobytes."""

_CONTENT = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[。!?\uff01\uff1f\s]+")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_SAYING = re.compile(r"(?![年月日时分])[\u4e00-\u9fff]")
_LEAST = 8

Shingles = NDArray[np.uint64]


@dataclass(frozen=True)
class Candidate:
    """A document: its cleaned text, whether it was rewritten, its date, its file's name."""

    sha256: str
    text: str
    rewritten: bool = False
    date: dt.date | None = None
    file: str = ""


@dataclass(frozen=True, eq=False)
class _Look:
    """A text in simplified characters, its length without blanks and marks, a sample of its shingles."""

    text: str
    length: int
    sample: Shingles


@dataclass(frozen=True)
class Repeat:
    """A document (`sha256`) that says again what the one `kept` says; `similarity` is the share that it
    holds."""

    sha256: str
    kept: str
    similarity: float


def find_repeats(documents: list[Candidate]) -> list[Repeat]:
    """Find the documents that need not be quoted because another one is.

    Args:
        documents: in any order; the result does not depend on it.

    Returns:
        each repeat with the document to keep: the honest one before a rewritten one, the older, the longer,
        the first by name. The kept one is never itself a repeat.
    """
    looked = [(one, _look(one.text)) for one in documents]
    ranked = sorted((one for one in looked if one[1].length >= SHORTEST), key=lambda one: _precedence(*one))
    likely: dict[int, list[int]] = defaultdict(list)
    for first, second in sorted(_pairs([look.sample for _, look in ranked])):
        likely[second].append(first)
    repeats: dict[int, Repeat] = {}
    for place in sorted(likely):
        one, look = ranked[place]
        for before in likely[place]:
            if before in repeats:
                continue
            kept, there = ranked[before]
            similarity = _repeated(look.text, there.text, one.rewritten or kept.rewritten)
            if similarity is not None:
                repeats[place] = Repeat(one.sha256, kept.sha256, similarity)
                break
    return [repeats[place] for place in sorted(repeats)]


@lru_cache(maxsize=REMEMBERED)
def _look(text: str) -> _Look:
    plain = _converter()(text)
    bare = _CONTENT.sub("", plain)
    every = _shingles(bare) if len(bare) >= SHORTEST else np.empty(0, dtype=np.uint64)
    return _Look(plain, len(bare), every[every % np.uint64(SAMPLED) == 0])


@cache
def _converter() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


@lru_cache(maxsize=REMEMBERED)
def _repeated(part: str, whole: str, rewritten: bool) -> float | None:
    """The share of a text that stands in another, if that is so much that it repeats it."""
    similarity = _share(_shingles(_CONTENT.sub("", part)), _shingles(_CONTENT.sub("", whole)))
    if similarity < REWRITTEN or similarity < _needed(part, whole, rewritten):
        return None
    return similarity


def _precedence(one: Candidate, look: _Look) -> tuple[bool, dt.date, int, str, str]:
    return one.rewritten, one.date or dt.date.max, -look.length, one.file, one.sha256


def _shingles(text: str) -> Shingles:
    """The hashes of the shingles of a text without blanks and marks, each once, sorted."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    hashed = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashed = hashed * np.uint64(0x100000001B3) + codes[offset : offset + len(hashed)]
    # Mixed once more (the finalizer of MurmurHash3), so that any bits of it are a fair sample.
    hashed ^= hashed >> np.uint64(33)
    hashed *= np.uint64(0xFF51AFD7ED558CCD)
    hashed ^= hashed >> np.uint64(33)
    return np.unique(hashed)


def _pairs(samples: Sequence[Shingles]) -> Iterator[tuple[int, int]]:
    """The pairs of places that share so much of the smaller one's sample that they are worth comparing."""
    if not samples:
        return
    sizes = [len(sample) for sample in samples]
    every = np.concatenate(samples)
    order = np.argsort(every, kind="stable")
    holders = np.repeat(np.arange(len(samples)), sizes)[order]
    # Most shingles are in one document alone, and make no pair.
    starts = np.flatnonzero(np.concatenate(([True], np.diff(every[order]) != 0)))
    counts = np.diff(np.append(starts, len(every)))
    shared: Counter[tuple[int, int]] = Counter()
    for start, count in zip(starts[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
        places = holders[start : start + count].tolist()
        if count <= COMMON:
            shared.update(combinations(places, 2))
        else:
            # So many copies of one text: each is compared with the first of them in rank.
            shared.update((places[0], place) for place in places[1:])
    for (first, second), count in shared.items():
        if count >= HINT * min(sizes[first], sizes[second]):
            yield first, second


def _share(part: Shingles, whole: Shingles) -> float:
    return float(np.isin(part, whole, assume_unique=True).mean())


def _needed(part: str, whole: str, rewritten: bool) -> float:
    """How much of a text must stand in another for it to repeat it, by how the sentences differ that do."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import Indel

    here, there = _sentences(part), _sentences(whole)
    left = [sentence for sentence in there if sentence not in set(here)]
    variants = 0
    replaced: set[tuple[str, str]] = set()
    for sentence in here:
        if sentence in there or any(_slip(sentence, other) for other in left):
            continue
        near = process.extractOne(sentence, left, scorer=fuzz.ratio, score_cutoff=VARIANT)
        if near is None or sentence in near[0] or near[0] in sentence:
            continue
        if sorted(_FIGURES.findall(sentence)) != sorted(_FIGURES.findall(near[0])):
            return NEVER
        variants += 1
        blocks = Indel.opcodes(sentence, near[0])
        replaced |= {
            (sentence[block.src_start : block.src_end], near[0][block.dest_start : block.dest_end])
            for block in blocks
            if block.tag != "equal"
        }
    if rewritten or (2 * variants >= len(here) and len(replaced) >= WORDS):
        return REWRITTEN
    return NEVER if variants else REPEATED


def _slip(sentence: str, other: str) -> bool:
    """Whether two sentences differ in characters that sound the same: a slip of typing, or 後 for 后."""
    from pypinyin import Style, lazy_pinyin

    if len(sentence) != len(other):
        return False
    differing = [pair for pair in zip(sentence, other, strict=True) if pair[0] != pair[1]]
    if len(differing) * 10 > len(sentence) or any(char.isdigit() for pair in differing for char in pair):
        return False
    return all(
        lazy_pinyin(one, style=Style.TONE3) == lazy_pinyin(two, style=Style.TONE3) for one, two in differing
    )


def _sentences(text: str) -> list[str]:
    """A text's Chinese sentences without blanks and marks; what a page says of its own printing is none."""
    plain = (_CONTENT.sub("", sentence) for sentence in _SENTENCE.split(text))
    return [sentence for sentence in plain if len(_SAYING.findall(sentence)) >= _LEAST]
