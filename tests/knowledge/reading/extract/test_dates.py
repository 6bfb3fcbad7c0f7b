"""Days and periods, written in many ways, against the day of the document."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.extract.dates import FUTURE, Period, find_periods

DAY = dt.date(2021, 6, 6)
DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2049, 12, 31))
YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
QUARTERS = "一二三四"


def only(text: str, base: dt.date | None = DAY) -> Period:
    found = find_periods(text, base)
    assert len(found) == 1, (text, found)
    return found[0]


@given(DAYS, st.booleans())
def test_a_day_in_full_needs_no_document(day: dt.date, padded: bool) -> None:
    month_day = f"{day.month:02}月{day.day:02}日" if padded else f"{day.month}月{day.day}日"
    period = only(f"于{day.year}年{month_day}举行", None)

    assert (period.day, period.code) == (day, day.isoformat())


@given(DAYS, st.integers(0, 300))
def test_a_day_without_its_year_is_the_last_one(day: dt.date, later: int) -> None:
    period = only(f"{day.month}月{day.day}日,举行", day + dt.timedelta(later))

    assert period.day == day or (day.month, day.day) == (2, 29)


@given(DAYS, st.integers(1, FUTURE))
def test_a_day_soon_to_come_is_this_year_s(base: dt.date, ahead: int) -> None:
    day = base + dt.timedelta(ahead)
    if day.year == base.year:
        assert only(f"将于{day.month}月{day.day}日举行", base).day == day


@given(DAYS, st.sampled_from(sorted(YEARS)), st.integers(1, 12))
def test_a_month_of_a_relative_year(base: dt.date, word: str, month: int) -> None:
    period = only(f"{word}{month}月投用", base)
    year = base.year + YEARS[word]

    assert period.code == f"{year}-{month:02}"
    assert period.first == dt.date(year, month, 1)
    assert period.last.day == calendar.monthrange(year, month)[1]


@given(DAYS, st.sampled_from([*sorted(YEARS), ""]), st.integers(1, 4), st.booleans())
def test_a_quarter(base: dt.date, word: str, quarter: int, ordinal: bool) -> None:
    period = only(f"{word}{'第' if ordinal else ''}{QUARTERS[quarter - 1]}季度,新增", base)

    assert period.code == f"{base.year + YEARS.get(word, 0)}-Q{quarter}"
    assert (period.first.month, period.last.month) == (3 * quarter - 2, 3 * quarter)


@given(DAYS)
def test_the_bare_day_is_the_latest_one(base: dt.date) -> None:
    day = base - dt.timedelta(3)

    assert only(f"记者{day.day}日获悉", base).day == day


@given(st.integers(6, 16))
def test_five_year_plans(number: int) -> None:
    name = "零一二三四五六七八九十"[number] if number <= 10 else "十" + "零一二三四五六"[number - 10]
    period = only(f"“{name}五”期间,")

    assert (period.first.year, period.last.year) == (1981 + 5 * (number - 6), 1985 + 5 * (number - 6))
    assert period.code == str(period.last.year)


def test_since_and_halves() -> None:
    assert only("2020年以来").code == "2020.."
    assert only("今年以来").code == "2021.."
    half = only("去年下半年")
    assert (half.code, half.first, half.last) == ("", dt.date(2020, 7, 1), dt.date(2020, 12, 31))


@pytest.mark.parametrize(
    "text", ["1至3月", "前11个月", "2月30日", "13月", "前三季度", "第2021条", "3.15日", "近日"]
)
def test_what_is_no_period(text: str) -> None:
    assert find_periods(text, DAY) == []


def test_without_a_document_s_day_relative_words_say_nothing() -> None:
    assert find_periods("今年一季度,去年8月,3月5日,昨日", None) == []
