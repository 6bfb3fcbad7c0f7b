"""A number as a question states it, with its scale and unit, and the figures that it may be meant for."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from knowledge.asking.spans import Parse, Span
from knowledge.models import Figure
from knowledge.numerals import AMOUNT, ENGLISH_SCALES, SCALES, amount

_STATED = re.compile(AMOUNT + r"\s*+(%|[个家条种名人部栋粒吨元项户])?")

_LARGE = 10_000
"""From here on a number is told with its scale, and people leave its unit out: 15万."""


@dataclass(frozen=True)
class Stated:
    """A number that a question states.

    Attributes:
        text: as written, with its scale and unit.
        value: with its scale: of 12亿 1 200 000 000.
        scaled: it has a scale.
        unit: empty where none stands behind it.
    """

    text: str
    value: float
    scaled: bool
    unit: str

    @property
    def measured(self) -> bool:
        """Whether it says of what kind it is."""
        return self.scaled or bool(self.unit)

    def may_be(self, row: Figure, units: Sequence[Collection[str]]) -> bool:
        """Whether a figure is of its kind.

        Args:
            row: the figure.
            units: those that mean the same, in groups.
        """
        if not self.unit:
            return not self.scaled or row.value >= _LARGE
        return any({self.unit, row.unit} <= {*group} for group in (*units, (self.unit,)))


def stated(parse: Parse) -> Iterator[Stated]:
    """The numbers of a question, in order."""
    return map(_read, _STATED.finditer(parse.question.text))


def stated_at(number: Span, parse: Parse) -> Stated | None:
    """What a span states with the words behind it; None where it is written in no way that is known.

    Args:
        number: a span of a number.
        parse: the question.
    """
    found = _STATED.match(parse.question.words(number.start, number.end + 3))
    return _read(found) if found else None


def is_scale(span: Span) -> bool:
    """Whether a word is what the number before it is counted in: 亿, million."""
    return span.text in ENGLISH_SCALES or span.text in SCALES or span.text[:-1] in SCALES


def _read(found: re.Match[str]) -> Stated:
    return Stated(found[0].strip(), amount(found), bool(found[2]), found[3] or "")
