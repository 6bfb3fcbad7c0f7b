"""Which things hold a key: an inverted index of hashes in two arrays, in memory or on disk."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.stored import Arrays

Numbers = npt.NDArray[np.uint32]

_BASE, _PRIME = 1_000_003, (1 << 61) - 1
"""Of the polynomial hash (Rabin, Karp 1987) of a row of texts."""


class Postings:
    """For each key the numbers of what holds it, ascending."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        """Args: arrays as `post` makes them, and the name they were made under."""
        self._keys = arrays[name]
        self._numbers = arrays[f"{name}_of"]

    def find(self, keys: Sequence[int]) -> list[Numbers]:
        """The holders of each key."""
        low, high = self._stretches(keys)
        return [self._numbers[one:other] for one, other in zip(low.tolist(), high.tolist(), strict=True)]

    def held(self, keys: Sequence[int]) -> list[tuple[int, Numbers]]:
        """Those of some keys that anything holds, by their places, and their holders."""
        low, high = self._stretches(keys)
        places = np.flatnonzero(low < high).tolist()
        return [(place, self._numbers[low[place] : high[place]]) for place in places]

    def _stretches(self, keys: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        asked = np.array(keys, np.uint64)
        return np.searchsorted(self._keys, asked, "left"), np.searchsorted(self._keys, asked, "right")


def post(name: str, holding: Iterable[Iterable[int]]) -> Arrays:
    """The arrays of an index.

    Args:
        name: tells them from others kept in the same place.
        holding: the keys that each thing holds, in the order of their numbers; one that comes twice is
            found twice.
    """
    held = [np.fromiter(keys, np.uint64) for keys in holding]
    keys = np.concatenate([np.zeros(0, np.uint64), *held])
    numbers = np.repeat(np.arange(len(held), dtype=np.uint32), [len(one) for one in held])
    order = np.lexsort((numbers, keys))
    return {name: keys[order], f"{name}_of": numbers[order]}


def row_hash(texts: Sequence[str]) -> int:
    """A number below 2**61 for a row of texts, the same in every process."""
    total = 0
    for text in texts:
        total = (total * _BASE + _code(text)) % _PRIME
    return total


def window_hashes(texts: Sequence[str], longest: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Every stretch of a row up to a length: where it starts and ends, and its `row_hash`."""
    codes = [_code(text) for text in texts]
    places: list[tuple[int, int]] = []
    hashes: list[int] = []
    for start in range(len(codes)):
        total = 0
        for end in range(start, min(len(codes), start + longest)):
            total = (total * _BASE + codes[end]) % _PRIME
            places.append((start, end + 1))
            hashes.append(total)
    return places, hashes


@lru_cache(maxsize=100_000)
def _code(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest()) + 1
