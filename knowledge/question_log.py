"""What investors ask, counted."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from knowledge.asking.normalize import fold_text
from knowledge.models import Question

MISSED = ("missing", "unknown")
"""The outcomes of a question that the documents do not answer."""


@dataclass
class Asked:
    """What was asked in a time.

    Attributes:
        total: how many questions.
        by_day: how many on each day, every day of the time.
        by_status, by_language, by_entity: how many of each; of entities those that were recognized.
    """

    total: int
    by_day: dict[dt.date, int]
    by_status: Counter[str] = field(default_factory=Counter)
    by_language: Counter[str] = field(default_factory=Counter)
    by_entity: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Missed:
    """A question that was not answered, by its latest wording: how often, and when last."""

    text: str
    status: str
    entity: str
    count: int
    latest: dt.datetime


def count_questions(database: Session, today: dt.date, days: int) -> Asked:
    """Count what was asked.

    Args:
        database: a session.
        today: the last day of the time, in UTC.
        days: how many days it has.
    """
    first = today - dt.timedelta(days=days - 1)
    query = select(Question.asked_at, Question.status, Question.language, Question.entity).where(
        col(Question.asked_at) >= dt.datetime.combine(first, dt.time(), dt.UTC)
    )
    asked = Asked(0, {first + dt.timedelta(days=number): 0 for number in range(days)})
    for at, status, language, entity in database.exec(query).all():
        asked.total += 1
        if at.date() in asked.by_day:
            asked.by_day[at.date()] += 1
        asked.by_status[status] += 1
        asked.by_language[language] += 1
        if entity:
            asked.by_entity[entity] += 1
    return asked


def latest_questions(
    database: Session, *, status: str = "", words: str = "", limit: int = 100, offset: int = 0
) -> list[Question]:
    """The log, the latest first.

    Args:
        database: a session.
        status: only with this outcome.
        words: only those that hold these.
        limit: how many at most.
        offset: how many are passed over.
    """
    query = select(Question).order_by(col(Question.id).desc()).limit(limit).offset(offset)
    if status:
        query = query.where(Question.status == status)
    if words:
        query = query.where(col(Question.text).contains(words, autoescape=True))
    return list(database.exec(query).all())


def missed_questions(database: Session, since: dt.datetime | None = None) -> list[Missed]:
    """Questions that were not answered, those with the same words together, the most frequent first.

    Args:
        database: a session.
        since: only those asked from then on.
    """
    query = select(Question).where(col(Question.status).in_(MISSED)).order_by(col(Question.id).desc())
    if since is not None:
        query = query.where(col(Question.asked_at) >= since)
    groups: dict[str, list[Question]] = defaultdict(list)
    for row in database.exec(query).all():
        groups[_key(row.text)].append(row)
    found = [_together(rows) for rows in groups.values()]
    return sorted(found, key=lambda one: (-one.count, -one.latest.timestamp()))


def _key(text: str) -> str:
    return "".join(char for char in fold_text(text) if char.isalnum())


def _together(rows: Sequence[Question]) -> Missed:
    newest = rows[0]
    return Missed(newest.text, newest.status, newest.entity, len(rows), newest.asked_at)
