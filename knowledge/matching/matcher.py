"""The texts of a knowledge base as they are now: a kept segment, and what was added and removed since."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock, local

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel

from knowledge.matching.agreement import agreement
from knowledge.matching.keyed import Keyed
from knowledge.matching.keys import BREAK, Units, codes_of, pairs, sounds, spelled, units
from knowledge.matching.likeness import likeness
from knowledge.matching.segment import Segment, make_segment

READ, READ_SHARE = 24_000, 0.1
"""Postings that are read for one question, of its rarest pairs, and the same as a share of many texts; the
rarest pair is always read."""

WEIGHED = 10
"""Of the candidates the nearest, whose differences are weighed one by one."""

Pairs = npt.NDArray[np.uint32]
"""Pairs of sounds, or positions of texts."""


SURE = 0.8
"""A likeness from which on a text is meant, even if another is as like."""

LEAD = 0.15
"""By how much the best of two texts that are both not quite alike has to lead."""


@dataclass(frozen=True)
class Found:
    """A text that a question may mean.

    Attributes:
        id: the caller's number.
        likeness: 1 for the same; see `likeness`.
    """

    id: int
    likeness: float


class Matcher:
    """Finds the text that a question is, with slips; another word makes it another question (`likeness`).

    Safe to use from several threads; a change is seen by the next search.
    """

    near = 0.45
    """The share of the best candidate's score below which a text is no candidate."""

    candidates = 48
    """Texts that share the most with a question, which are compared with it by characters and sounds."""

    def __init__(self, kept: Segment, fillers: Iterable[str] = ()) -> None:
        """Start with texts.

        Args:
            kept: the texts so far.
            fillers: words that mean nothing in a question.
        """
        self._kept = kept
        words = sorted({_string(units(word)) for word in fillers}, key=len, reverse=True)
        self._fillers = re.compile(f"(?:{'|'.join(map(re.escape, words))})+") if words else None
        self._fresh: dict[int, str] = {}
        self._removed: frozenset[int] = frozenset()
        self._segments: tuple[Segment, ...] = (kept,)
        self._lock = Lock()
        self._scratch = local()

    def add(self, entries: Iterable[tuple[int, str]]) -> None:
        """Add texts, or put others in the place of those of the same number."""
        with self._lock:
            self._fresh.update(entries)
            self._change(self._removed | self._fresh.keys())

    def remove(self, ids: Iterable[int]) -> None:
        """Take texts out."""
        with self._lock:
            gone = frozenset(ids)
            self._fresh = {number: text for number, text in self._fresh.items() if number not in gone}
            self._change(self._removed | gone)

    def search(self, question: str, limit: int = 3) -> list[Found]:
        """The texts most like a question, the most alike first.

        Args:
            question: as typed.
            limit: how many at most.
        """
        asked_sounds = spelled(question)
        signs = units(question)
        if asked_sounds is None:
            asked_sounds = sounds(signs)
        else:
            signs = asked_sounds
        if not len(signs):
            return []
        asked_pairs = pairs(asked_sounds)
        asked = self._keyed(_string(signs), _string(asked_sounds))
        found: list[Found] = []
        for segment in self._segments:
            found += self._in(segment, asked, asked_pairs, limit)
        found.sort(key=lambda one: (-one.likeness, one.id))
        return self._settle(found)[:limit]

    def _settle(self, found: list[Found]) -> list[Found]:
        """Another word in the place of either of two texts: nothing says which is meant, or that any is."""
        if len(found) > 1 and SURE > found[0].likeness < found[1].likeness + LEAD:
            return [replace(one, likeness=one.likeness - LEAD) for one in found]
        return found

    def _change(self, removed: frozenset[int]) -> None:
        self._removed = removed
        self._segments = (self._kept, make_segment(self._fresh.items())) if self._fresh else (self._kept,)

    def _in(self, segment: Segment, asked: Keyed, asked_pairs: Pairs, limit: int) -> list[Found]:
        places = self._candidates(segment, asked_pairs)
        if segment is self._kept and self._removed:
            places = places[[int(number) not in self._removed for number in segment.ids[places]]]
        if not len(places):
            return []
        joined = np.concatenate([segment.text[segment.starts[at] : segment.starts[at + 1]] for at in places])
        texts = _string(joined).split(BREAK)
        sounded = _string(sounds(joined)).split("\0")
        found = []
        for at in self._nearest(asked, sounded[:-1]):
            known = self._keyed(texts[at], sounded[at])
            found.append(Found(int(segment.ids[places[at]]), self._compare(asked, known)))
        return sorted(found, key=lambda one: -one.likeness)[:limit]

    def _nearest(self, asked: Keyed, sounded: Sequence[str]) -> Iterable[int]:
        """Which candidates are worth weighing: those with the most sounds in the same order."""
        found = process.extract(asked.sounds, sounded, scorer=Indel.normalized_similarity, limit=WEIGHED)
        return [at for _, _, at in found]

    def _compare(self, asked: Keyed, known: Keyed) -> float:
        return likeness(asked, known, self._fillers)

    def _keyed(self, signs: str, sounded: str) -> Keyed:
        return Keyed(signs, sounded, _weights(self._rarity(pairs(codes_of(sounded))), len(sounded)))

    def _candidates(self, segment: Segment, asked: Pairs) -> Pairs:
        """Positions of the texts that share the most and rarest pairs with a question."""
        holders = sorted((segment.holders(pair) for pair in set(asked.tolist())), key=len)
        scores = self._scores(len(segment))
        read: list[npt.NDArray[np.uint32]] = []
        total = 0
        for held in holders:
            if not len(held):
                continue
            if read and total + len(held) > max(READ, READ_SHARE * len(segment)):
                break
            scores[held] += math.log(1 + len(segment) / len(held))
            read.append(held)
            total += len(held)
        if not read:
            return np.zeros(0, np.uint32)
        touched = np.concatenate(read)
        values = scores[touched]
        near = values >= self.near * values.max()
        places, at = np.unique(touched[near], return_index=True)
        values = values[near][at]
        scores[touched] = 0
        return places[np.argsort(-values, kind="stable")[: self.candidates]]

    def _scores(self, size: int) -> npt.NDArray[np.float32]:
        """Zeros of this thread's own, to be left as zeros."""
        held: npt.NDArray[np.float32] | None = getattr(self._scratch, "scores", None)
        if held is None or len(held) < size:
            held = self._scratch.scores = np.zeros(size, np.float32)
        return held

    def _rarity(self, asked: Pairs) -> npt.NDArray[np.float64]:
        """Inverse document frequency of each pair in the kept texts."""
        offsets = self._kept.offsets
        held = offsets[asked + np.uint32(1)].astype(np.float64) - offsets[asked]
        rarity: npt.NDArray[np.float64] = np.log(1 + (len(self._kept) + 1) / (held + 1))
        return rarity


class ParaphraseMatcher(Matcher):
    """Finds the text that asks the same as a question in other words and another order (`agreement`)."""

    near = 0.15
    candidates = 80

    def _settle(self, found: list[Found]) -> list[Found]:
        return found

    def _nearest(self, asked: Keyed, sounded: Sequence[str]) -> Iterable[int]:
        return range(len(sounded))

    def _compare(self, asked: Keyed, known: Keyed) -> float:
        return agreement(asked, known)

    def _keyed(self, signs: str, sounded: str) -> Keyed:
        return Keyed(signs, sounded, self._character_rarity[codes_of(signs)].tolist())

    @cached_property
    def _character_rarity(self) -> npt.NDArray[np.float64]:
        """Of each UTF-16 unit in the kept texts; a text rarely has one twice."""
        counts = np.bincount(self._kept.text, minlength=1 << 16)
        rarity: npt.NDArray[np.float64] = np.log(1 + (len(self._kept) + 1) / (counts + 1))
        return rarity


def _weights(rarity: npt.NDArray[np.float64], size: int) -> list[float]:
    """The weight of each character: of the rarer pair it stands in."""
    padded = np.zeros(size + 1)
    padded[1:size] = rarity
    rarest = np.maximum(padded[:-1], padded[1:])
    return (rarest + rarest.sum() / size).tolist()  # type: ignore[no-any-return]


def _string(codes: Units) -> str:
    return codes.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
