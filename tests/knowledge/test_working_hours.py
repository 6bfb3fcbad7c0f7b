"""Deadlines within a bureau's working hours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.working_hours import WorkingHours, read_hours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = read_hours("09:00-12:00,13:30-17:30", "1-5", "Asia/Shanghai", "2026-03-09..2026-03-10,+2026-03-14")

MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(ZONE))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "hours", "until"),
    [
        ("2026-03-03 09:00", 3, "2026-03-03 12:00"),
        ("2026-03-03 09:00", 4, "2026-03-03 14:30"),
        ("2026-03-03 16:30", 2, "2026-03-04 10:00"),
        ("2026-03-03 03:00", 1, "2026-03-03 10:00"),
        # Over a weekend, and the two days off after it that the bureau set.
        ("2026-03-06 17:00", 1, "2026-03-11 09:30"),
        # A Saturday that the bureau set as worked.
        ("2026-03-13 17:00", 1, "2026-03-14 09:30"),
        # Public holidays in China, 1 to 7 October 2026.
        ("2026-09-30 17:00", 1, "2026-10-08 09:30"),
        # A Saturday worked in a holiday's stead.
        ("2026-10-09 17:00", 1, "2026-10-10 09:30"),
    ],
)
def test_deadlines(start: str, hours: float, until: str) -> None:
    assert HOURS.deadline(at(start), hours) == at(until)


def test_years_whose_holidays_nobody_knows_go_by_the_week() -> None:
    assert HOURS.works_on(dt.date(2099, 1, 1)) == (dt.date(2099, 1, 1).isoweekday() <= 5)


@given(MOMENTS, st.floats(0.1, 60))
def test_a_deadline_lies_ahead_at_work(start: dt.datetime, hours: float) -> None:
    until = HOURS.deadline(start, hours)

    assert until - start >= dt.timedelta(hours=hours) - dt.timedelta(milliseconds=1)
    assert HOURS.works_on(until.date())
    assert any(begin < until.time() <= end for begin, end in HOURS.spans)


@given(MOMENTS, st.floats(0.1, 20), st.floats(0.1, 20))
def test_two_waits_are_one(start: dt.datetime, one: float, other: float) -> None:
    whole = HOURS.deadline(start, one + other)

    assert abs(HOURS.deadline(HOURS.deadline(start, one), other) - whole) < dt.timedelta(milliseconds=1)


def test_who_never_works_promises_nothing_soon() -> None:
    idle = WorkingHours(ZONE, HOURS.spans, frozenset())

    assert idle.deadline(at("2050-01-01 10:00"), 1) > at("2051-01-01 10:00")


@pytest.mark.parametrize(
    ("hours", "days", "zone", "holidays"),
    [
        ("9-17", "1-5", "UTC", ""),
        ("17:00-09:00", "1-5", "UTC", ""),
        ("13:00-17:00,09:00-12:00", "1-5", "UTC", ""),
        ("25:00-26:00", "1-5", "UTC", ""),
        ("", "1-5", "UTC", ""),
        ("09:00-17:00", "5-1", "UTC", ""),
        ("09:00-17:00", "8", "UTC", ""),
        ("09:00-17:00", "1-5", "Nowhere/At-all", ""),
        ("09:00-17:00", "1-5", "UTC", "tomorrow"),
        ("09:00-17:00", "1-5", "UTC", "2026-02-30"),
    ],
)
def test_what_is_no_working_time_is_refused(hours: str, days: str, zone: str, holidays: str) -> None:
    with pytest.raises(ValueError):
        read_hours(hours, days, zone, holidays)
