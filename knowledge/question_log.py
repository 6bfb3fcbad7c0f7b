"""What investors ask, counted."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from knowledge.models import Question


@dataclass
class Asked:
    """What was asked in a time.

    Attributes:
        total: how many questions.
        by_day: how many on each day, every day of the time.
        by_status, by_language, by_entity: how many of each; of entities those that were recognized.
        by_helpful: how many of those who said it were helped, and how many were not.
    """

    total: int
    by_day: dict[dt.date, int]
    by_status: Counter[str] = field(default_factory=Counter)
    by_language: Counter[str] = field(default_factory=Counter)
    by_entity: Counter[str] = field(default_factory=Counter)
    by_helpful: Counter[bool] = field(default_factory=Counter)


def count_questions(database: Session, now: dt.datetime, days: int) -> Asked:
    """Count what was asked.

    Args:
        database: a session.
        now: on the last day of the time; its time zone says when a day begins.
        days: how many days it has.
    """
    first = now.date() - dt.timedelta(days=days - 1)
    begin = dt.datetime.combine(first, dt.time(), now.tzinfo)
    since = col(Question.asked_at) >= begin.astimezone(dt.UTC)
    query = select(Question.asked_at, Question.status, Question.language, Question.entity).where(since)
    said = select(Question.helpful).where(since, col(Question.helpful).is_not(None))
    asked = Asked(0, {first + dt.timedelta(days=number): 0 for number in range(days)})
    for at, status, language, entity in database.exec(query).all():
        asked.total += 1
        day = at.astimezone(now.tzinfo).date()
        if day in asked.by_day:
            asked.by_day[day] += 1
        asked.by_status[status] += 1
        asked.by_language[language] += 1
        if entity:
            asked.by_entity[entity] += 1
    asked.by_helpful.update(bool(helpful) for helpful in database.exec(said).all())
    return asked


def latest_questions(
    database: Session,
    *,
    status: str = "",
    helpful: bool | None = None,
    words: str = "",
    limit: int = 100,
    offset: int = 0,
) -> list[Question]:
    """The log, the latest first.

    Args:
        database: a session.
        status: only with this outcome.
        helpful: only those of which the asker said this.
        words: only those that hold these.
        limit: how many at most.
        offset: how many are passed over.
    """
    query = select(Question).order_by(col(Question.id).desc()).limit(limit).offset(offset)
    if status:
        query = query.where(Question.status == status)
    if helpful is not None:
        query = query.where(col(Question.helpful).is_(helpful))
    if words:
        query = query.where(col(Question.text).icontains(words, autoescape=True))
    return list(database.exec(query).all())
