"""Finding the limits from where on a fact answers on one set of questions, and what they reach on another.

A lower limit answers less and guesses less (selective classification, El-Yaniv and Wiener 2010). Of the
limits with the fewest guesses on the tuning set, the one with the most right answers is taken. Its coverage
(the share answered) and risk (the share of answers that are wrong) are reported on questions it never saw.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from knowledge.asking.asker import Asker
from knowledge.asking.limits import Limits, read_limits
from knowledge.benchmark.noise import NOISES
from knowledge.evaluation import Row, Score, evaluate

MISSING = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.66, 0.72, 0.78, 0.85, 0.95, 1.1, 1.3, 1.6, 2.0)
"""The weights of unexplained words that are tried."""

USUAL_SUPPORT = 0.6
"""The share explained with which MISSING is tried."""

SUPPORT = (0.5, 0.55, 0.65, 0.7)
"""The other shares that are tried, at the best of MISSING."""

AskerOf = Callable[[Limits], Asker]


@dataclass(frozen=True)
class Point:
    """What limits reach on a set of questions.

    Attributes:
        coverage: the share of all questions that is answered.
        risk: the share of the answers that are guesses.
    """

    limits: Limits
    right: int
    guessed: int
    coverage: float
    risk: float


@dataclass(frozen=True)
class Calibration:
    """The limits found, their score on the other half, and the curve there."""

    best: Point
    kept: Score
    curve: Sequence[Point]
    noise: dict[str, Score]


def calibrate(asker_of: AskerOf, tuning: Sequence[Row], kept: Sequence[Row], seed: int = 1) -> Calibration:
    """Find the limits on one half, and see what they reach on the other.

    Args:
        asker_of: an asker with some limits.
        tuning: the half on which limits are chosen.
        kept: the half that is only scored.
        seed: for the noise that is put on the kept half.
    """
    usual = replace(read_limits(), support=USUAL_SUPPORT)
    tried = [point(asker_of(replace(usual, missing=missing)), tuning) for missing in MISSING]
    found = max(tried, key=_merit).limits
    tried += [point(asker_of(replace(found, support=support)), tuning) for support in SUPPORT]
    best = max(tried, key=_merit)
    asker = asker_of(best.limits)
    return Calibration(
        best=best,
        kept=evaluate(asker, kept),
        curve=[point(asker_of(replace(best.limits, missing=missing)), kept) for missing in MISSING],
        noise={kind: evaluate(asker, _noisy(kept, kind, seed)) for kind in NOISES},
    )


def _merit(point: Point) -> tuple[int, int]:
    return -point.guessed, point.right


def point(asker: Asker, rows: Sequence[Row]) -> Point:
    """What an asker within its limits reaches on some questions."""
    score = evaluate(asker, rows)
    answered = sum(mark.answer.outcome.value == "answered" for mark in score.marks)
    risk = score.guessed / answered if answered else 0.0
    return Point(asker.limits, score.right, score.guessed, answered / len(rows), risk)


def _noisy(rows: Iterable[Row], kind: str, seed: int) -> list[Row]:
    """The questions that stand alone, with one kind of noise; those it cannot befall are left out."""
    chance = Random(f"{kind} {seed}")  # noqa: S311 - to be repeated, not to be secret
    found = []
    for row in rows:
        text = NOISES[kind](row.text, chance)
        if row.chat is None and text != row.text:
            found.append(Row(text, row.status, None, row.must, row.ban, row.tag))
    return found


def report(found: Calibration) -> str:
    """What was found, as a page in Markdown."""
    kept, limits = found.kept, found.best.limits
    lines = [
        "# Calibration",
        "",
        "Made by `investbot calibrate`; the picture shows coverage and risk on the kept-back questions.",
        "",
        f"- Limits: missing {limits.missing}, support {limits.support}.",
        f"- Tuning questions: {found.best.right} right, {found.best.guessed} guessed.",
        f"- Kept-back questions: {kept.right} of {len(kept.marks)} right, {kept.guessed} guessed.",
        "",
        "| kept-back, by class | right | guessed | of |",
        "|---|---|---|---|",
        *(f"| {tag or '–'} | {row[0]} | {row[1]} | {row[2]} |" for tag, row in kept.by_tag().items()),
        "",
        "| kept-back, with noise | right | guessed | of |",
        "|---|---|---|---|",
        *(
            f"| {kind} | {score.right} | {score.guessed} | {len(score.marks)} |"
            for kind, score in found.noise.items()
        ),
        "",
        "| missing | coverage | risk |",
        "|---|---|---|",
        *(f"| {point.limits.missing} | {point.coverage:.3f} | {point.risk:.3f} |" for point in found.curve),
        "",
    ]
    return "\n".join(lines)


def draw(found: Calibration) -> str:
    """The coverage-risk curve as SVG."""
    import leather

    chart = leather.Chart("Coverage and risk on kept-back questions")
    chart.add_x_axis(name="coverage")
    chart.add_y_axis(name="risk")
    chart.add_line([(point.coverage, point.risk) for point in found.curve])
    return str(chart.to_svg())
