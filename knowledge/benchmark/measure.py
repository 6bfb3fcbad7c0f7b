"""What one engine reaches on questions whose right text is known, and on questions that have none."""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.benchmark.peers import Engine

FALSE = 0.05
"""The share of answerable questions that may be rejected where the rejection of others is measured."""

NOTHING = -1e9
"""The score where nothing is found."""


def read_rows(path: Path) -> list[dict[str, Any]]:
    """A JSON object a line; empty lines are left out."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@dataclass(frozen=True)
class Question:
    """A question, the class it is counted under, and the position of its text; None where it has none."""

    text: str
    kind: str
    right: int | None


@dataclass
class Measured:
    """Shares of 1, and times in milliseconds.

    Attributes:
        hit1, hit3: the right text came first, among the first three; by kind of noise, and of all.
        rejected: the questions without a text that score below the best FALSE of those with one; by class.
    """

    p50_ms: float
    p99_ms: float
    hit1: float
    hit3: float
    rejected: dict[str, float]
    by_kind: dict[str, dict[str, float]] = field(default_factory=dict)

    def public(self) -> dict[str, Any]:
        """As data."""
        return {
            "p50_ms": round(self.p50_ms, 3),
            "p99_ms": round(self.p99_ms, 3),
            "hit1": round(self.hit1, 4),
            "hit3": round(self.hit3, 4),
            "reject_recall_at_5_false": {kind: round(share, 4) for kind, share in self.rejected.items()},
            "by_noise": {
                kind: {name: round(share, 4) for name, share in row.items()}
                for kind, row in self.by_kind.items()
            },
        }


def measure(engine: Engine, questions: Sequence[Question]) -> Measured:
    """Ask an engine every question.

    Args:
        engine: who answers.
        questions: with and without a right text, at least one of each.
    """
    engine.search(questions[0].text, 3)
    times: list[float] = []
    scores: list[float] = []
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    strange: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        begun = time.perf_counter()
        found = engine.search(question.text, 3)
        times.append((time.perf_counter() - begun) * 1000)
        best = found[0][1] if found else NOTHING
        places = [place for place, _ in found]
        if question.right is None:
            strange[question.kind].append(best)
        else:
            scores.append(best)
            hits[question.kind].append((places[:1] == [question.right], question.right in places[:3]))
    limit = sorted(scores)[int(FALSE * len(scores))]
    everything = [hit for kind in hits.values() for hit in kind]
    return Measured(
        p50_ms=statistics.median(times),
        p99_ms=sorted(times)[int(0.99 * len(times))],
        hit1=_share(first for first, _ in everything),
        hit3=_share(any_ for _, any_ in everything),
        rejected={kind: _share(score < limit for score in held) for kind, held in sorted(strange.items())},
        by_kind={
            kind: {"hit1": _share(first for first, _ in held), "hit3": _share(any_ for _, any_ in held)}
            for kind, held in hits.items()
        },
    )


def _share(held: Iterable[bool]) -> float:
    marks = list(held)
    return sum(marks) / len(marks)
