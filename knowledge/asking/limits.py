"""From where on a fact answers a question; found by a calibration, not by hand."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True)
class Limits:
    """What a question may leave open and still be answered.

    Attributes:
        missing: the weight of the words that no fact accounts for, at most.
        support: the share of the question that the best fact accounts for, at least.
        plausible: the probability that a fact near in meaning is the answer, at least; see
            `knowledge.asking.verifier`.
        despite: the same, where something is to be said against it.
    """

    missing: float
    support: float
    plausible: float
    despite: float


@cache
def read_limits() -> Limits:
    """The limits in force."""
    return Limits(**tomllib.loads(FILE.read_text(encoding="utf-8")))


def write_limits(limits: Limits, file: Path = FILE) -> None:
    """Put other limits in force, from the next start on."""
    file.write_text(
        "# Found by `investbot calibrate`; see knowledge/calibration.py.\n"
        f"missing = {limits.missing}\nsupport = {limits.support}\n"
        f"plausible = {limits.plausible}\ndespite = {limits.despite}\n",
        encoding="utf-8",
    )
