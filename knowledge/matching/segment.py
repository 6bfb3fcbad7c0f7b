"""An unchanging set of texts with the places of every pair of neighbouring sounds, in memory or on disk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.matching.keys import BREAK, SOUNDS, Units, codes_of, folding, sounds
from knowledge.stored import open_stored, store

FORMAT = 2
"""Of the files; a folder of another format is built anew."""

_BATCH = 50_000
_PASSES = 8
"""Parts in which postings are sorted, so that building takes a part of the memory."""

_HIGH = np.uint64(32)
"""A posting is sorted as one number: its pair above, its text below."""


@dataclass(frozen=True)
class Segment:
    """Texts, keyed.

    Attributes:
        ids: the caller's number of each text.
        text: all folded texts, one after another, each ended by a BREAK.
        starts: where each begins in `text`; one more than there are texts.
        offsets: where the postings of each pair of sounds begin; one more than there are pairs.
        postings: the texts (by position) that hold a pair, ascending.
    """

    ids: npt.NDArray[np.int64]
    text: Units
    starts: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.uint32]
    postings: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ids)

    def units_of(self, position: int) -> Units:
        """The folded characters of one text."""
        return self.text[self.starts[position] : self.starts[position + 1] - 1]

    def holders(self, pair: int) -> npt.NDArray[np.uint32]:
        """The texts that hold a pair of sounds."""
        return self.postings[self.offsets[pair] : self.offsets[pair + 1]]


def make_segment(entries: Iterable[tuple[int, str]]) -> Segment:
    """Key texts in memory.

    Args:
        entries: a number of the caller's and a text.
    """
    ids: list[npt.NDArray[np.int64]] = []
    texts: list[Units] = []
    lengths: list[npt.NDArray[np.uint32]] = []
    for batch in _batches(entries):
        numbers, folded, ends = _fold(batch)
        ids.append(numbers)
        texts.append(folded)
        lengths.append(ends)
    text = np.concatenate([*texts, np.zeros(0, np.uint16)])
    sizes = np.concatenate([*lengths, np.zeros(0, np.uint32)])
    starts = np.concatenate([np.zeros(1, np.uint32), np.cumsum(sizes, dtype=np.uint32)])
    offsets, postings = _post(text, starts)
    return Segment(np.concatenate([*ids, np.zeros(0, np.int64)]), text, starts, offsets, postings)


def save_segment(segment: Segment, folder: Path, revision: str) -> None:
    """Write a segment in the place of what a folder holds.

    Args:
        segment: what to write.
        folder: made if need be.
        revision: names the state of the knowledge it holds.
    """
    store(folder, vars(segment), {"format": FORMAT, "revision": revision})


def open_segment(folder: Path) -> tuple[Segment, str] | None:
    """Open a segment without reading it into memory.

    Returns:
        the segment and its revision; None where there is none, or one of another format, or a damaged one.
    """
    opened = open_stored(folder)
    if opened is None or opened[1].get("format") != FORMAT:
        return None
    arrays, meta = opened
    segment = Segment(**arrays)
    whole = len(segment.ids) == len(segment.starts) - 1
    whole = whole and len(segment.text) == segment.starts[-1] and len(segment.postings) == segment.offsets[-1]
    return (segment, str(meta["revision"])) if whole else None


def _batches(entries: Iterable[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    source = iter(entries)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _fold(batch: Sequence[tuple[int, str]]) -> tuple[npt.NDArray[np.int64], Units, npt.NDArray[np.uint32]]:
    joined = "".join(text.replace(BREAK, " ") + BREAK for _, text in batch)
    raw = codes_of(joined)
    folded = folding()[raw]
    folded[raw == ord(BREAK)] = ord(BREAK)
    folded = folded[folded > 0]
    ends = np.flatnonzero(folded == ord(BREAK)) + 1
    return (
        np.fromiter((number for number, _ in batch), np.int64, len(batch)),
        folded,
        np.diff(ends, prepend=0).astype(np.uint32),
    )


def _post(
    text: Units, starts: npt.NDArray[np.uint32]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """The postings of every pair of sounds; pairs across the end of a text are left out."""
    sounded = sounds(text)
    both = (sounded[:-1] > 0) & (sounded[1:] > 0)
    first = sounded[:-1]
    counts = np.zeros(SOUNDS * SOUNDS, np.uint32)
    parts: list[npt.NDArray[np.uint32]] = []
    edges = _edges(np.bincount(first[both], minlength=SOUNDS))
    for low, high in pairwise(edges):
        places = np.flatnonzero(both & (first >= low) & (first < high))
        holders = np.searchsorted(starts, places, side="right") - 1
        keyed = pairs_at(sounded, places).astype(np.uint64) << _HIGH | holders.astype(np.uint64)
        keyed.sort()
        if len(keyed):
            keyed = keyed[np.concatenate([[True], keyed[1:] != keyed[:-1]])]
        held = np.bincount((keyed >> _HIGH).astype(np.int64), minlength=SOUNDS * SOUNDS)
        counts += held.astype(np.uint32)
        parts.append(keyed.astype(np.uint32))  # the lower half
    offsets = np.concatenate([np.zeros(1, np.uint32), np.cumsum(counts, dtype=np.uint32)])
    return offsets, np.concatenate([*parts, np.zeros(0, np.uint32)])


def pairs_at(sounded: Units, places: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """The pairs that begin at some places."""
    return sounded[places].astype(np.uint32) * SOUNDS + sounded[places + 1]


def _edges(counts: npt.NDArray[np.int64]) -> list[int]:
    """Cuts of the codes into parts of about the same number of pairs."""
    total = np.cumsum(counts)
    cuts = np.searchsorted(total, np.arange(1, _PASSES) * (total[-1] / _PASSES)) + 1
    return sorted({0, *(int(cut) for cut in cuts), SOUNDS})
