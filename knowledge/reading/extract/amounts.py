"""Amounts as Chinese writes them: 1100多亿元, 近600家, 百分之二十, 两成, 1亿5000万元, in base units."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.models.figure import Qualifier
from knowledge.numerals import value as numeral
from knowledge.reading.extract.rules import either, rules

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERALS = r"(?:(?<![万亿])[百千]|[零〇一二三四五六七八九十两])[零〇一二三四五六七八九十百千两]*"
_ODD = r"[多余来]"
_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_SCALES |= {"百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
_SCALE = "万亿|千亿|百亿|亿|千万|百万|十万|万|千|百"
_LOOK = 4
"""A word before or behind a number that says how exact it is has at most so many characters."""


@dataclass(frozen=True)
class Amount:
    """A number with its unit at characters [start, end) of a text.

    Attributes:
        value: in base units: 12亿元 is 1200000000 元, 两成 is 20 %.
        unit: as the tables write it, «» where the text names none.
        counted: whether the unit is a measure word, so that a noun tells what is counted.
        written: whether the number stands in Chinese numerals.
        first: where the number itself begins (`start` may be the word 近 before it).
    """

    start: int
    end: int
    value: float
    unit: str
    qualifier: Qualifier
    counted: bool
    written: bool
    first: int


def find_amounts(plain: str) -> list[Amount]:
    """All amounts in a text in half-width punctuation, in order, not overlapping.

    Ordinals, ranges, ranks (百亿级), dates and clock times are no amounts.
    """
    found: list[Amount] = []
    reach = 0
    for match in _pattern().finditer(plain):
        if match.start() < reach:
            continue
        amount = _read(plain, match)
        if amount is not None:
            found.append(amount)
            reach = amount.end
    return found


@cache
def _pattern() -> re.Pattern[str]:
    lists = rules("amounts")
    units = either([*lists["units"], *lists["counters"]["words"]])
    part = rf"(?:{_DIGITS}|{_NUMERALS})\s*(?:{_ODD})?\s*(?:{_SCALE})?"
    percent = rf"百分之\s*(?P<percent>{_DIGITS}|[零〇一二三四五六七八九十百点]+)"
    tenths = r"(?P<tenths>[一二两三四五六七八九]|[1-9])\s*成(?P<half>半)?(?![立为功果本员长熟效都型品])"
    return re.compile(
        rf"(?<![\d.A-Za-z第]){percent}|(?<![\d.A-Za-z第一二三四五六七八九十百千万亿收建完]){tenths}"
        rf"|(?<![\d.A-Za-z第])(?P<number>{part}(?:{part})*)(?P<odd>{_ODD})?\s*(?P<unit>{units})?(?P<trail>{_ODD})?"
    )


_PART = re.compile(rf"({_DIGITS}|{_NUMERALS})\s*({_ODD})?\s*({_SCALE})?")


def _read(plain: str, match: re.Match[str]) -> Amount | None:
    lists = rules("amounts")
    start, end = match.span()
    if match["percent"] is not None:
        value = _decimal(match["percent"])
        written = not match["percent"][0].isdigit()
        return None if value is None else _qualified(plain, start, end, value, "%", False, False, written)
    if match["tenths"] is not None:
        value = numeral(match["tenths"])
        if value is None:
            return None
        value = value * 10 + (5 if match["half"] else 0)
        return _qualified(plain, start, end, value, "%", False, False, True)
    total, odd, scaled, written = 0.0, bool(match["odd"] or match["trail"]), False, False
    for number, more, scale in _PART.findall(match["number"]):
        single = float(number.replace(",", "")) if number[0].isdigit() else numeral(number)
        if single is None:
            return None
        written |= not number[0].isdigit()
        odd |= bool(more)
        scaled |= bool(scale) or (len(number) > 1 and not number[0].isdigit())
        total += single * _SCALES[scale]
    unit = match["unit"] or ""
    if any(plain.startswith(word, end) for word in lists["skip"]["after"]):
        return None
    if any(plain.endswith(word, 0, start) for word in lists["skip"]["before"]):
        return None
    if not unit and not re.search("[万亿]", match["number"]):
        return None
    if not unit and written and total < 10_000:
        return None
    name, factor = lists["units"].get(unit, (unit, 1))
    counted = unit in lists["counters"]["words"]
    return _qualified(plain, start, end, total * factor, name, counted, odd, written)


def _decimal(text: str) -> float | None:
    if text[0].isdigit():
        return float(text.replace(",", ""))
    whole, _, rest = text.partition("点")
    value = numeral(whole) if whole else None
    if value is None or not rest:
        return value
    digits = [numeral(character) for character in rest]
    if any(digit is None or digit > 9 for digit in digits):
        return None
    return float(f"{value:g}.{''.join(f'{digit:g}' for digit in digits if digit is not None)}")


def _qualified(
    plain: str, start: int, end: int, value: float, unit: str, counted: bool, odd: bool, written: bool
) -> Amount:
    words = rules("amounts")["qualifiers"]
    first = start
    before, after = plain[max(0, start - _LOOK) : start].rstrip(), plain[end : end + _LOOK]
    found = Qualifier.ODD if odd else Qualifier.EXACT
    if before.endswith(tuple(rules("amounts")["qualifiers"]["no_about"])):
        before = ""
    for name in ("at_least_before", "about_before", "nearly_before", "over_before"):
        word = next((word for word in words[name] if before.endswith(word)), None)
        if word and found in (Qualifier.EXACT, Qualifier.ODD):
            found = Qualifier(name.removesuffix("_before"))
            start -= len(plain[:start]) - len(plain[:start].rstrip()) + len(word)
    for name in ("about_after", "at_least_after"):
        word = next((word for word in words[name] if after.startswith(word)), None)
        if word:
            end += len(word)
            if found in (Qualifier.EXACT, Qualifier.ODD):
                found = Qualifier(name.removesuffix("_after"))
    return Amount(start, end, _rounded(value), unit, found, counted, written, first)


def _rounded(value: float) -> float:
    """Without the dust of binary fractions: 12.6 × 1e8 is 1260000000."""
    return float(f"{value:.12g}")
