"""Does a quote hold what is claimed of it? A fact whose evidence does not fails the build."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from knowledge.models.entity import EntityBase
from knowledge.models.figure import FigureBase
from knowledge.models.link import LinkBase
from knowledge.models.post import PostBase
from knowledge.models.statement import StatementBase
from knowledge.unseen import visible

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}


def faults(row: object, quote: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """What a fact claims and its quote does not hold.

    Args:
        row: the fact's typed form.
        quote: the cleaned words of one evidence.
        names: every entity's names and aliases, by id.

    Returns:
        one short phrase a fault; empty where the quote bears the fact.
    """
    quote = _plain(quote)
    found: list[str] = []
    if isinstance(row, EntityBase):
        if not _named(names[row.id], quote):
            found.append(f"the name {row.name}, nor any of its aliases")
    elif isinstance(row, FigureBase):
        written = _written(row.value, row.unit)
        if not any(number in _numbers(quote) for number in written) and row.value not in _amounts(quote):
            found.append(f"the number {written[0]:g}")
    elif isinstance(row, PostBase):
        if not _named(names[row.person_id], quote):
            found.append(f"the person {names[row.person_id][0]}")
    elif isinstance(row, LinkBase):
        if not (_named(names[row.subject_id], quote) or _named(names[row.object_id], quote)):
            found.append(f"{names[row.subject_id][0]} or {names[row.object_id][0]}")
    elif isinstance(row, StatementBase):
        held = _numbers(quote)
        found += [
            f"the number {number:g}"
            for number in sorted(_digits(_plain(row.text)) - held - _from_names(row, names))
        ]
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", visible(text))).lower()


def _named(names: Sequence[str], quote: str) -> bool:
    return any(_plain(name) in quote for name in names)


def _digits(text: str) -> set[float]:
    return {float(number) for number in _NUMBER.findall(text)}


def _numbers(text: str) -> set[float]:
    return _digits(text) | {
        float(_CHINESE_DIGITS[character]) for character in text if character in _CHINESE_DIGITS
    }


def _amounts(quote: str) -> set[float]:
    """Values in base units, also those in words: 十二亿六千万元, 七成."""
    # Imported here: the reader holds its drafts against this module.
    from knowledge.reading.extract.amounts import find_amounts

    return {amount.value for amount in find_amounts(quote)}


def _from_names(row: StatementBase, names: Mapping[str, Sequence[str]]) -> set[float]:
    """Numbers that belong to a name in the sentence («5G…园区») need not stand in the quote."""
    concerned = [row.subject_id, *row.about.split()]
    return {
        number for entity in concerned for name in names.get(entity, ()) for number in _numbers(_plain(name))
    }


def _written(value: float, unit: str) -> list[float]:
    """The numbers by which Chinese writes a value: 1200000000 is 12亿, 120000万, 1200000000."""
    scales = (1e8, 1e4, 1.0)
    return [value / scale for scale in scales if value >= scale or scale == 1.0]
