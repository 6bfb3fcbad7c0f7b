"""Days and periods as Chinese writes them, resolved against the day of the document."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from knowledge.numerals import value as numeral
from knowledge.reading.extract.rules import either, rules

FUTURE = 45
"""A day without a year that would lie further ahead of the document than so many days is last year's."""


_RANGE = re.compile(r"[\d月][至到~-]\Z")
"""Before 3月 in 1至3月: a range of months has no period of its own."""


_SPLIT = frozenset({"前年", "后年"})
_YIELDS = tuple("产销均处加营纳收利税发")
"""建成后年产3000台 speaks of each year after it is built, not of the year after next."""


@dataclass(frozen=True)
class Period:
    """A span of time named at characters [start, end) of a text.

    Attributes:
        first: its first day.
        last: its last day.
        code: as `Figure.period` writes it (2021, 2021-Q1, 2021-01, 2021-01-28, «2021..» for since then);
            empty for a span that has no such form, e.g. 上半年.
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    code: str

    @property
    def day(self) -> dt.date | None:
        """The day, where it is one."""
        return self.first if self.first == self.last else None


def find_periods(plain: str, base: dt.date | None) -> list[Period]:
    """All days and periods, in order; what needs the document's day is left out where that is not known.

    Args:
        plain: a text in half-width punctuation.
        base: the document's day.
    """
    found = []
    for match in _pattern().finditer(plain):
        if match["quarter"] and plain.endswith("前", 0, match.start("quarter")):
            continue
        if match["relative"] in _SPLIT and plain.startswith(_YIELDS, match.end()):
            continue
        if match["month"] and not match["day"] and _RANGE.search(plain, 0, match.start()):
            continue
        try:
            period = _resolve(match, base)
        except ValueError:
            continue
        if period:
            found.append(period)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    lists = rules("dates")
    year = rf"(?:(?P<year>(?:19|20)\d\d)年|(?P<relative>{either(lists['years'])}))"
    quarter = rf"第?(?P<quarter>{either(lists['quarters'])})"
    month = r"(?P<month>1[0-2]|0?[1-9])月(?:份)?(?:(?P<day>3[01]|[12]\d|0?[1-9])日)?"
    half = r"(?P<half>上半年|下半年)"
    numerals = lists["plans"]["numerals"]
    span = rf"(?:{month}|{quarter}|{half})"
    return re.compile(
        rf"(?P<plan>[{numerals}]{{1,3}})五(?=时期|期间|规划|末)"
        rf"|(?<=[\"“「‘'])(?P<quoted>[{numerals}]{{1,3}})五(?=[\"”」’'])"
        rf"|(?<![\d.])(?=\d|{either([*lists['years'], *lists['quarters']])}|第|上半|下半)"
        rf"(?:{year})?{span}?(?P<since>以来)?"
        rf"|(?<![\d月至.-])(?P<only>3[01]|[12]\d|[1-9])日|(?P<near>{either(lists['days'])})"
    )


def _resolve(match: re.Match[str], base: dt.date | None) -> Period | None:
    lists = rules("dates")
    start, end = match.span()
    groups = match.groupdict()
    if not match[0] or (match[0] == "以来"):
        return None
    plan = groups["plan"] or groups["quoted"]
    if plan:
        number = numeral(plan)
        if number is None or number < 3:
            return None
        begin = 1966 + 5 * (int(number) - 3)
        return Period(start, end, dt.date(begin, 1, 1), dt.date(begin + 4, 12, 31), str(begin + 4))
    if groups["near"] or groups["only"]:
        if base is None:
            return None
        day = base + dt.timedelta(lists["days"][groups["near"]]) if groups["near"] else None
        day = day or _only(int(groups["only"]), base)
        return Period(start, end, day, day, day.isoformat())
    if groups["year"]:
        year = int(groups["year"])
    elif base is None:
        return None
    else:
        year = base.year + (lists["years"][groups["relative"]] if groups["relative"] else 0)
    implied = not (groups["year"] or groups["relative"])
    return _within(groups, year, base if implied else None, start, end)


def _within(
    groups: dict[str, str | None], year: int, near: dt.date | None, start: int, end: int
) -> Period | None:
    since = ".." if groups["since"] else ""
    if groups["month"] and groups["day"]:
        day = dt.date(year, int(groups["month"]), int(groups["day"]))
        if near and (day - near).days > FUTURE:
            day = day.replace(year=year - 1)
        return Period(start, end, day, day, day.isoformat() + since)
    if groups["month"]:
        month = int(groups["month"])
        if near and (dt.date(year, month, 1) - near).days > FUTURE:
            year -= 1
        last = calendar.monthrange(year, month)[1]
        first = dt.date(year, month, 1)
        return Period(start, end, first, dt.date(year, month, last), f"{year}-{month:02}{since}")
    if groups["quarter"]:
        quarter = rules("dates")["quarters"][groups["quarter"]]
        first = dt.date(year, 3 * quarter - 2, 1)
        last_month = 3 * quarter
        last_day = dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
        return Period(start, end, first, last_day, f"{year}-Q{quarter}{since}")
    if groups["half"]:
        first, last_day = (
            (dt.date(year, 1, 1), dt.date(year, 6, 30))
            if groups["half"] == "上半年"
            else (dt.date(year, 7, 1), dt.date(year, 12, 31))
        )
        return Period(start, end, first, last_day, "")
    return Period(start, end, dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year}{since}")


def _only(day: int, base: dt.date) -> dt.date:
    """The latest day of that number that is not after the document's."""
    if day <= base.day:
        return base.replace(day=day)
    before = base.replace(day=1) - dt.timedelta(1)
    return before.replace(day=day)
