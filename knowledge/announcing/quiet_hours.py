"""When somebody may be disturbed: quiet hours and the hour of a digest, by their own clock."""

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.models import Pace

DIGEST_AT = dt.time(9)
"""When a digest comes."""

DIGEST_WEEKDAY = 1
"""On which day of the week a weekly one comes: Monday, as `isoweekday` counts."""

_SPAN = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")

_AHEAD = 9
"""Days ahead that are looked at: a week, and a day more at each end where clocks are far apart."""


def read_zone(name: str) -> ZoneInfo:
    """A time zone by its name.

    Raises:
        ValueError: the IANA database does not know it.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone like Asia/Shanghai") from error


def read_quiet(text: str) -> tuple[dt.time, dt.time] | None:
    """Quiet hours as two times of the day, over midnight where the second is the earlier; None for none.

    Args:
        text: `22:00-08:00`, or empty.

    Raises:
        ValueError: it is neither.
    """
    if not text:
        return None
    found = _SPAN.match(text)
    begin, end = (
        (dt.time(int(found[1]), int(found[2])), dt.time(int(found[3]), int(found[4])))
        if found
        else 2 * (dt.time(),)
    )
    if begin == end:
        raise ValueError(f"{text!r} are no quiet hours like 22:00-08:00")
    return begin, end


def is_quiet(moment: dt.datetime, zone: ZoneInfo, quiet: str) -> bool:
    """Whether a moment falls into quiet hours on the clock of a place.

    Args:
        moment: with a time zone.
        zone: where the clock hangs.
        quiet: see `read_quiet`.
    """
    span = read_quiet(quiet)
    if span is None:
        return False
    begin, end = span
    clock = moment.astimezone(zone).time()
    return begin <= clock < end if begin < end else clock >= begin or clock < end


def first_loud(moment: dt.datetime, zone: ZoneInfo, quiet: str) -> dt.datetime:
    """The moment itself, or the end of the quiet hours it falls into; in UTC.

    Args:
        moment, zone, quiet: see `is_quiet`.
    """
    span = read_quiet(quiet)
    if span is None or not is_quiet(moment, zone, quiet):
        return moment.astimezone(dt.UTC)
    ends = (end for end in _occurrences(moment, zone, span[1]) if not is_quiet(end, zone, quiet))
    return min(ends)


def next_digest(moment: dt.datetime, zone: ZoneInfo, quiet: str, *, weekly: bool) -> dt.datetime:
    """When the next digest after a moment comes; in UTC.

    Args:
        moment: with a time zone.
        zone: where the subscriber's clock hangs.
        quiet: see `read_quiet`; a digest waits for their end.
        weekly: once a week, or every day.
    """
    at = (
        when
        for when in _occurrences(moment, zone, DIGEST_AT)
        if when > moment and (not weekly or when.astimezone(zone).isoweekday() == DIGEST_WEEKDAY)
    )
    return first_loud(min(at), zone, quiet)


def due(moment: dt.datetime, pace: Pace, zone: ZoneInfo, quiet: str) -> dt.datetime:
    """When somebody hears of what is released at a moment; in UTC."""
    if pace is Pace.AT_ONCE:
        return first_loud(moment, zone, quiet)
    return next_digest(moment, zone, quiet, weekly=pace is Pace.WEEKLY)


def _occurrences(moment: dt.datetime, zone: ZoneInfo, clock: dt.time) -> Iterable[dt.datetime]:
    """When a clock shows a time, from a moment on; twice where it is set back over it.

    A time that is skipped is the moment at which the clock, not set forward, would have shown it.
    """
    today = moment.astimezone(zone).date()
    for ahead in range(-1, _AHEAD):
        for fold in (0, 1):
            local = dt.datetime.combine(today + dt.timedelta(days=ahead), clock.replace(fold=fold), zone)
            when = local.astimezone(dt.UTC)
            if when >= moment:
                yield when
