"""Numbers as people write them in a question: 9, 九, 十二, 一百二十."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

REMEMBERED = 4096
"""So many texts are remembered with the numbers they stand for."""

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905
_LAST = "last"
_ORDINAL = re.compile(r"([1-9]\d?)(?:st|nd|rd|th)")
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ENGLISH = dict(zip(_UNITS, range(13), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))

_NUMBER = r"(?:\d[\d,.]{0,20}|[一二三四五六七八九十百千万亿两]{1,20})[多余来]?"

COUNTED = re.compile(_NUMBER + r"(?:[万亿]|[个条家元天年月期倍成项种名部栋粒户份类位座]|\s*(?!th)[a-z%％])")
"""A number as a text states it, before what is counted."""

MEASURED = re.compile(_NUMBER + r"(?:[万亿元吨亩粒倍成%％平米]|\s*(?:million|billion|tons|yuan|RMB))")
"""A number of what is measured: neither 六个一 nor 2021年 is one."""


_COUNTERS = "个条家名位栋座部种项类"
"""What things are counted in."""


def counted(noun: str) -> re.Pattern[str]:
    """How a text states how many there are of something: 6栋楼, 四个专业委员会."""
    return re.compile(_NUMBER + f"[{_COUNTERS}]?" + re.escape(noun))


_HALF = frozenset({"一半", "半数"})

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""A number whose thousands are set apart: 1,210."""

_MEASURE = re.compile(f"(?<=.)[大{_COUNTERS}块样]$")
"""That behind a number, and what else may stand there."""

SCALES = frozenset({"百", "千", "万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"})
"""Numerals in which amounts are stated."""


AMOUNT = (
    r"(\d+(?:\.\d+)?|[零一二三四五六七八九十百千两]+|\b(?:"
    + "|".join(_ENGLISH)
    + r")\b)\s*+(?:个(?=[百千万亿]))?(万亿|千亿|百亿|亿|千万|百万|万|trillion|billion|million)?"
)
"""A number, and behind it what it is counted in thousands or millions by: two groups."""

_SCALE = {
    "": 1.0,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}


ENGLISH_SCALES = frozenset(scale for scale in _SCALE if scale.isalpha() and scale.isascii())
"""Words behind a number that it is counted in."""


@lru_cache(REMEMBERED)
def value(text: str) -> float | None:
    """The number that digits or Chinese numerals stand for; None where they stand for none.

    Args:
        text: digits, 1210 or 1,210, or numerals up to 亿; with what is counted in, 六栋, or as
            «the nine great ones», 九大.
    """
    if text.isascii():
        if text in _ENGLISH:
            return float(_ENGLISH[text])
        try:
            return float(text.replace(",", "") if _GROUPED.fullmatch(text) else text)
        except ValueError:
            return None
    if text in _HALF:
        return 0.5
    total = section = digit = 0.0
    for character in _MEASURE.sub("", text).replace("两", "二").replace("零", ""):
        number = unicodedata.numeric(character, -1.0)
        if number < 0:
            return None
        if number < 10:
            digit = number
        elif number < 10_000:
            section += (digit or 1) * number
            digit = 0
        else:
            total = (total + section + digit) * number
            section = digit = 0
    return total + section + digit


def amount(found: re.Match[str]) -> float:
    """The amount that a text states: 12亿, 1.1 trillion.

    Args:
        found: of a pattern with `AMOUNT` in it, once or as one of several alternatives.
    """
    number, scale = next((pair for pair in pairwise(found.groups()) if pair[0]), ("", ""))
    return (value(number) or 0.0) * _SCALE[scale or ""]


def is_bare(text: str) -> bool:
    """Whether a number is written without what is counted in: 六, and not 六栋.

    Args:
        text: see `value`.
    """
    return not _MEASURE.search(text) or text.endswith("大")


@lru_cache(REMEMBERED)
def ordinal(text: str) -> int | None:
    """The place that 第四, `fourth` or `4th` stands for, -1 for the last; None where it is no place."""
    if text in _ORDINALS:
        return _ORDINALS.index(text) + 1
    if text == _LAST:
        return -1
    if written := _ORDINAL.fullmatch(text):
        return int(written[1])
    found = value(text[1:]) if text.startswith("第") and len(text) > 1 else None
    return int(found) if found else None
