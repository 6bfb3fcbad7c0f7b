"""Whether a fragment belongs to the document it stands in: by the pairs of characters they share."""

import re
from collections import Counter

ENOUGH = 300
"""In a shorter document a fragment that shares nothing with the rest proves nothing."""

RELATED = 0.3
FOREIGN = 0.05
FOREIGN_PAIRS = 8

_RUN = re.compile(r"[\u4e00-\u9fff]+")


class Relations:
    """A document's pairs of Chinese characters, counted once."""

    def __init__(self, text: str) -> None:
        self._counts = Counter(_pairs(text))
        self._long = len(text) >= ENOUGH

    def related(self, fragment: str) -> bool:
        """Whether a good part of the fragment is found elsewhere in the document."""
        return self._share(Counter(_pairs(fragment))) >= RELATED

    def foreign(self, fragment: str) -> bool:
        """Whether a fragment of some length shares nothing with a document that is long enough to tell."""
        pairs = Counter(_pairs(fragment))
        return self._long and pairs.total() >= FOREIGN_PAIRS and self._share(pairs) < FOREIGN

    def _share(self, pairs: Counter[str]) -> float:
        known = sum(count for pair, count in pairs.items() if self._counts[pair] > count)
        return known / pairs.total() if pairs else 1.0


def _pairs(text: str) -> list[str]:
    return [run[index : index + 2] for run in _RUN.findall(text) for index in range(len(run) - 1)]
