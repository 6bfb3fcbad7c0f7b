"""Days and times as people say them to each other: today 17:30, last week."""

import datetime as dt

from bot.texts import say, say_all
from knowledge.asking import formats
from knowledge.asking.answer import Language

WEEK = 7


def moment(when: dt.datetime, now: dt.datetime, language: Language) -> str:
    """A time near now: 今天17:30, 明天10:00, 2026年11月30日周一10:00.

    Args:
        when: with a time zone.
        now: in the time zone of whoever reads it.
        language: which language.
    """
    local = when.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        day = say(language, "moments", near)
    else:
        weekday = say_all(language, "moments", "weekdays")[local.weekday()]
        day = say(language, "moments", "day", date=formats.day(local.date(), language), weekday=weekday)
    return say(language, "moments", "at", day=day, time=f"{local:%H:%M}")


def ago(when: dt.datetime, now: dt.datetime, language: Language) -> str:
    """A day in the past, as it is spoken of: 今天, 昨天, 本周, 上周, 2026年11月3日; see `moment`."""
    local = when.astimezone(now.tzinfo).date()
    today = now.date()
    days = (today - local).days
    if days <= 1:
        return say(language, "moments", "yesterday" if days == 1 else "today")
    weeks = (_monday(today) - _monday(local)).days // WEEK
    if weeks <= 1:
        return say(language, "moments", "last_week" if weeks else "this_week")
    return say(language, "moments", "on", date=formats.day(local, language))


def read_moment(text: str, zone: dt.tzinfo) -> dt.datetime:
    """A moment as it is written, 2026-11-30 10:00, by the clocks of a place unless it names an offset.

    Args:
        text: a day and a time, ISO 8601; a blank may stand for its T.
        zone: where the clocks hang.

    Raises:
        ValueError: it is none.
    """
    text = text.strip()
    found = dt.datetime.fromisoformat(text)
    if ":" not in text:
        raise ValueError(f"{text!r} has no time of day")
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
