"""A bureau's working hours: by when it answers what is asked now."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SPAN = re.compile(r"^(\d\d?):(\d\d)-(\d\d?):(\d\d)$")
_DAYS = re.compile(r"^([1-7])(?:-([1-7]))?$")
_HOLIDAY = re.compile(r"^(\+?)(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$")

LONGEST = 400
"""So many days ahead a deadline is looked for; who works on none of them has no deadline."""


@dataclass(frozen=True)
class WorkingHours:
    """When somebody is at work.

    Attributes:
        zone: where the clocks hang.
        spans: from when to when in a day, in order.
        weekdays: 1 for Monday to 7, in years whose public holidays are not known.
        free, worked: days that are so by the bureau's own word.
    """

    zone: ZoneInfo
    spans: tuple[tuple[dt.time, dt.time], ...]
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    free: frozenset[dt.date] = field(default=frozenset())
    worked: frozenset[dt.date] = field(default=frozenset())

    def deadline(self, start: dt.datetime, hours: float) -> dt.datetime:
        """When so many working hours are over.

        Args:
            start: with a time zone.
            hours: of work.

        Returns:
            in the bureau's time zone.
        """
        left = dt.timedelta(hours=hours)
        for begin, end in self._shifts(start.astimezone(self.zone)):
            if end - begin >= left:
                return begin + left
            left -= end - begin
        return start.astimezone(self.zone) + dt.timedelta(days=LONGEST)

    def works_on(self, day: dt.date) -> bool:
        """Whether a day is worked: by the bureau's word, by the State Council's calendar, by the week."""
        if day in self.free or day in self.worked:
            return day in self.worked
        # Holidays and the weekends worked in their stead have a name; it knows the years that are announced.
        from chinese_calendar import get_holiday_detail

        try:
            free, name = get_holiday_detail(day)
        except NotImplementedError:
            free, name = False, None
        return not free if name else day.isoweekday() in self.weekdays

    def _shifts(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        for ahead in range(LONGEST):
            day = start.date() + dt.timedelta(days=ahead)
            if not self.works_on(day):
                continue
            for first, last in self.spans:
                begin = max(start, dt.datetime.combine(day, first, self.zone))
                end = dt.datetime.combine(day, last, self.zone)
                if begin < end:
                    yield begin, end


def read_hours(hours: str, days: str, zone: str, holidays: str = "") -> WorkingHours:
    """Working hours from what a person writes.

    Args:
        hours: `09:00-12:00,13:30-17:30`, in order.
        days: `1-5` or `1,2,4`; 1 is Monday.
        zone: of the IANA database, e.g. Asia/Shanghai.
        holidays: `2027-02-06..2027-02-12,+2027-02-14`: days off, and with a plus days that are worked; they
            go before the public holidays that are known.

    Raises:
        ValueError: one of them is not of this form; its message is what is allowed.
    """
    free: set[dt.date] = set()
    worked: set[dt.date] = set()
    for part in _parts(holidays):
        found = _HOLIDAY.match(part)
        if found is None:
            raise ValueError(
                "days like 2027-01-01, 2027-02-06..2027-02-12 or +2027-02-14, with commas between"
            )
        first = dt.date.fromisoformat(found[2])
        last = dt.date.fromisoformat(found[3] or found[2])
        reach = {first + dt.timedelta(days=ahead) for ahead in range((last - first).days + 1)}
        (worked if found[1] else free).update(reach)
    return WorkingHours(_zone(zone), _spans(hours), _weekdays(days), frozenset(free), frozenset(worked))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("a time zone like Asia/Shanghai") from error


def _spans(text: str) -> tuple[tuple[dt.time, dt.time], ...]:
    spans: list[tuple[dt.time, dt.time]] = []
    for part in _parts(text):
        found = _SPAN.match(part)
        times = [int(number) for number in found.groups()] if found else [24, 0, 0, 0]
        if times[0] > 23 or times[2] > 23 or times[1] > 59 or times[3] > 59:
            raise ValueError("times like 09:00-17:30")
        begin, end = dt.time(times[0], times[1]), dt.time(times[2], times[3])
        if begin >= end or (spans and spans[-1][1] > begin):
            raise ValueError("times in order, like 09:00-12:00,13:30-17:30")
        spans.append((begin, end))
    if not spans:
        raise ValueError("times like 09:00-17:30")
    return tuple(spans)


def _weekdays(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in _parts(text):
        found = _DAYS.match(part)
        if found is None or int(found[2] or found[1]) < int(found[1]):
            raise ValueError("days like 1-5 or 1,2,4; 1 is Monday")
        days.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    if not days:
        raise ValueError("days like 1-5; 1 is Monday")
    return frozenset(days)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
