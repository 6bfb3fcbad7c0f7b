"""Which written questions are nearest to one that is asked: those that a fact answers, and near-misses.

Reviewers write questions that a fact answers, and such as come near to it and that nothing answers. What most
of a question's neighbours are, it more likely is too (k nearest neighbours: Cover & Hart 1967).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

NEAREST = 10
"""How many neighbours are counted."""

NONE_KNOWN = -1.0
"""What stands for the near-misses of a bureau that has none written down."""


@dataclass(frozen=True)
class Neighbours:
    """What is known of the questions nearest to one.

    Attributes:
        denied: the cosine to the nearest near-miss of all; `NONE_KNOWN` where there are none.
        unanswered: the share of near-misses among the nearest questions; `NONE_KNOWN` where there are none.
        denied_of: by fact the cosine to the nearest of its near-misses.
        share_of: by fact the share of the questions that it answers among the nearest.
    """

    denied: float
    unanswered: float
    denied_of: dict[str, float]
    share_of: dict[str, float]


class WrittenQuestions:
    """All questions that reviewers wrote."""

    def __init__(self, answered: Sequence[tuple[str, int]], denied: Sequence[tuple[str, int]]) -> None:
        """Args: of each question its fact and its place among all texts; and of each near-miss."""
        denied = sorted(denied, key=itemgetter(0))
        self._facts = [fact for fact, _ in answered]
        self._places = np.array([place for _, place in (*answered, *denied)], np.int64)
        # Where in the row of near-misses those of each fact begin.
        self._denials: dict[str, int] = {}
        for number, (fact, _) in enumerate(denied):
            self._denials.setdefault(fact, number)

    def around(self, cosines: npt.NDArray[np.floating[Any]]) -> Neighbours:
        """The neighbours of a question.

        Args:
            cosines: of the question to all texts.
        """
        near = cosines[self._places]
        answered = len(self._facts)
        denials = near[answered:]
        nearest = _greatest(near, NEAREST)
        share_of: dict[str, float] = {}
        for number in nearest:
            if number < answered:
                fact = self._facts[number]
                share_of[fact] = share_of.get(fact, 0.0) + 1 / NEAREST
        if not len(denials):
            return Neighbours(NONE_KNOWN, NONE_KNOWN, {}, share_of)
        most = np.maximum.reduceat(denials, [*self._denials.values()])
        return Neighbours(
            denied=float(denials.max()),
            unanswered=sum(number >= answered for number in nearest) / NEAREST,
            denied_of=dict(zip(self._denials, most.tolist(), strict=True)),
            share_of=share_of,
        )


def _greatest(numbers: npt.NDArray[np.floating[Any]], count: int) -> list[int]:
    """The places of the greatest numbers, the greatest first; of equals the first comes first."""
    if len(numbers) > count:
        places = np.flatnonzero(numbers >= np.partition(numbers, -count)[-count])
    else:
        places = np.arange(len(numbers))
    found: list[int] = places[np.argsort(-numbers[places], kind="stable")][:count].tolist()
    return found
