"""Which written questions are nearest to one that is asked: those that a fact answers, and near-misses.

Reviewers write questions that a fact answers, and such as come near to it and that nothing answers. What most
of a question's neighbours are, it more likely is too (k nearest neighbours: Cover & Hart 1967).
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
        self._facts = [fact for fact, _ in (*answered, *denied)]
        self._places = np.array([place for _, place in (*answered, *denied)], np.int64)
        self._answered = len(answered)
        self._denials: dict[str, list[int]] = {}
        for number, (fact, _) in enumerate(denied):
            self._denials.setdefault(fact, []).append(number)

    def around(self, cosines: npt.NDArray[np.floating[Any]]) -> Neighbours:
        """The neighbours of a question.

        Args:
            cosines: of the question to all texts.
        """
        near = cosines[self._places]
        denials = near[self._answered :]
        nearest = np.argsort(-near, kind="stable")[:NEAREST].tolist()
        share_of: dict[str, float] = {}
        for number in nearest:
            if number < self._answered:
                fact = self._facts[number]
                share_of[fact] = share_of.get(fact, 0.0) + 1 / NEAREST
        if not len(denials):
            return Neighbours(NONE_KNOWN, NONE_KNOWN, {}, share_of)
        return Neighbours(
            denied=float(denials.max()),
            unanswered=sum(number >= self._answered for number in nearest) / NEAREST,
            denied_of={fact: float(denials[numbers].max()) for fact, numbers in self._denials.items()},
            share_of=share_of,
        )
