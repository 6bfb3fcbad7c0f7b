"""Nobody is disturbed in their quiet hours, wherever they are and whatever their clocks do."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.announcing.quiet_hours import due, first_loud, is_quiet, next_digest, read_quiet, read_zone
from knowledge.models import Pace

QUARTER = dt.timedelta(minutes=15)
"""Since 1987 every clock on Earth differs from UTC by whole quarters of an hour."""

LOUD = 4
"""Hours of a day that are left, so that no change of clocks takes all of them."""

SKIP = dt.timedelta(hours=3)
"""What a clock is ever set forward by within a day."""

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2036, 12, 1), timezones=st.just(dt.UTC))
CHANGES = st.builds(
    # Around the changes of clocks in Europe and America.
    lambda day, hours: dt.datetime.fromisoformat(f"{day}T00:00Z") + dt.timedelta(hours=hours),
    st.sampled_from(["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2011-12-30"]),
    st.floats(-30, 30),
)


@st.composite
def spans(draw: st.DrawFn) -> str:
    begin = draw(st.integers(0, 95))
    end = (begin + draw(st.integers(1, 4 * (24 - LOUD)))) % 96
    return "-".join(f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in (begin, end))


def first(met: Callable[[dt.datetime], bool], after: dt.datetime) -> dt.datetime:
    """The first quarter of an hour after a moment at which something is so, found by looking at each."""
    start = after.replace(minute=0, second=0, microsecond=0)
    steps = (start + number * QUARTER for number in count())
    return next(step for step in steps if step > after and met(step))


def changes(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> bool:
    """Whether a clock is set between two moments."""
    hours = int((end - begin) / dt.timedelta(hours=1)) + 2
    moments = (begin + dt.timedelta(hours=hour) for hour in range(-1, hours))
    return len({moment.astimezone(zone).utcoffset() for moment in moments}) > 1


@given(st.one_of(MOMENTS, CHANGES), ZONES, spans())
def test_it_is_told_at_the_end_of_the_quiet_hours(moment: dt.datetime, zone: ZoneInfo, quiet: str) -> None:
    told = first_loud(moment, zone, quiet)

    assert moment <= told <= moment + dt.timedelta(hours=25)
    assert not is_quiet(told, zone, quiet)
    if is_quiet(moment, zone, quiet):
        soonest = first(lambda step: not is_quiet(step, zone, quiet), moment)
        assert soonest <= told <= soonest + SKIP
        assert told == soonest or changes(zone, moment, told)
    else:
        assert told == moment


@given(MOMENTS, ZONES, st.booleans())
def test_a_digest_comes_at_nine_on_their_clock(moment: dt.datetime, zone: ZoneInfo, weekly: bool) -> None:
    told = next_digest(moment, zone, "", weekly=weekly)
    assume(not changes(zone, moment, told))

    def nine(step: dt.datetime) -> bool:
        local = step.astimezone(zone)
        return local.time() == dt.time(9) and (not weekly or local.weekday() == 0)

    assert told == first(nine, moment)


@given(CHANGES, ZONES, st.booleans())
def test_clocks_that_are_set_neither_lose_nor_repeat_a_digest(
    moment: dt.datetime, zone: ZoneInfo, weekly: bool
) -> None:
    told = next_digest(moment, zone, "", weekly=weekly)
    following = next_digest(told, zone, "", weekly=weekly)

    assert moment < told <= moment + dt.timedelta(days=7 if weekly else 1, hours=1)
    assert told.astimezone(zone).time() == dt.time(9)
    assert not weekly or told.astimezone(zone).weekday() == 0
    days = (following.astimezone(zone).date() - told.astimezone(zone).date()).days
    # Samoa went without the 30th of December 2011.
    assert days == (7 if weekly else 1) or (days == 2 and zone.key in {"Pacific/Apia", "Pacific/Fakaofo"})


@given(st.one_of(MOMENTS, CHANGES), ZONES, spans(), st.sampled_from([Pace.DAILY, Pace.WEEKLY]))
def test_a_digest_waits_for_the_end_of_the_quiet_hours(
    moment: dt.datetime, zone: ZoneInfo, quiet: str, pace: Pace
) -> None:
    told = due(moment, pace, zone, quiet)

    assert told > moment
    assert not is_quiet(told, zone, quiet)
    assert told == first_loud(due(moment, pace, zone, ""), zone, quiet)


@pytest.mark.parametrize(
    ("moment", "zone", "told"),
    [
        ("2026-03-10 23:30", "Asia/Shanghai", "2026-03-11 08:00"),
        ("2026-03-11 07:59", "Asia/Shanghai", "2026-03-11 08:00"),
        ("2026-03-11 08:00", "Asia/Shanghai", "2026-03-11 08:00"),
        ("2026-03-11 21:59", "Asia/Shanghai", "2026-03-11 21:59"),
        # The night is an hour shorter, and an hour longer.
        ("2026-03-28 23:00", "Europe/Paris", "2026-03-29 08:00"),
        ("2026-10-24 23:00", "Europe/Paris", "2026-10-25 08:00"),
    ],
)
def test_the_night_ends_on_their_own_clock(moment: str, zone: str, told: str) -> None:
    here = ZoneInfo(zone)
    when = dt.datetime.fromisoformat(moment).replace(tzinfo=here)

    assert first_loud(when, here, "22:00-08:00").astimezone(here) == dt.datetime.fromisoformat(told).replace(
        tzinfo=here
    )


@pytest.mark.parametrize("text", ["22-8", "22:00-22:00", "24:00-08:00", "22:00", "x"])
def test_what_are_no_quiet_hours(text: str) -> None:
    with pytest.raises(ValueError, match="no quiet hours"):
        read_quiet(text)


@pytest.mark.parametrize("name", ["", "Nowhere/Else", "../etc/passwd", "Asia", "x" * 300])
def test_what_is_no_time_zone(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        read_zone(name)
