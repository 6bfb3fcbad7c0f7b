"""Facts past their date, or not confirmed for longer than the bureau allows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery
from sqlmodel import Session, and_, col, func, or_, select

from knowledge.models import Document, Evidence, Fact, Status


@dataclass(frozen=True)
class Expiring:
    """A published fact that somebody has to confirm.

    Attributes:
        fact: which.
        ended: the day up to which it was stated; None where it is merely old.
        last: when it was last known to be so; None where nobody knows.
    """

    fact: Fact
    ended: dt.date | None
    last: dt.date | None


def expiring(database: Session, today: dt.date, after_days: int = 0) -> list[Expiring]:
    """The published facts to confirm: those past their date, then the oldest.

    Args:
        database: a session.
        today: in the bureau's time zone.
        after_days: so old a fact may be; 0 for any age. It is as old as its last confirmation, else the day
            for which it was stated, else its newest document.
    """
    known, newest = _known()
    query = select(Fact, known, _ended(today)).join(newest, newest.c.fact_id == Fact.id, isouter=True)
    found: list[Expiring] = []
    for fact, last, ended in database.exec(query.where(_due(today, after_days, known))).all():
        day = dt.date.fromisoformat(last) if isinstance(last, str) else last
        found.append(Expiring(fact, fact.valid_to if ended else None, day))
    return sorted(found, key=lambda one: (one.ended is None, one.ended or one.last or today, one.fact.id))


def expiring_by_owner(database: Session, today: dt.date, after_days: int = 0) -> dict[str, int]:
    """How many facts each owner has to confirm; see `expiring`."""
    known, newest = _known()
    query = (
        select(Fact.owner, func.count(col(Fact.id)))
        .join(newest, newest.c.fact_id == Fact.id, isouter=True)
        .where(_due(today, after_days, known))
        .group_by(col(Fact.owner))
    )
    return dict(database.exec(query).all())


def _known() -> tuple[ColumnElement[Any], Subquery]:
    """The day of which a fact was last known to be so; and what is to be joined for it."""
    newest = (
        select(Evidence.fact_id, func.max(Document.date).label("date"))
        .join(Document, col(Document.sha256) == col(Evidence.document_sha256))
        .group_by(col(Evidence.fact_id))
        .subquery()
    )
    return func.coalesce(Fact.confirmed_on, Fact.as_of, newest.c.date), newest


def _ended(today: dt.date) -> ColumnElement[bool]:
    unconfirmed = or_(col(Fact.confirmed_on).is_(None), col(Fact.confirmed_on) <= col(Fact.valid_to))
    return and_(col(Fact.valid_to) < today, unconfirmed)


def _due(today: dt.date, after_days: int, known: ColumnElement[Any]) -> ColumnElement[bool]:
    ended = _ended(today)
    old = or_(ended, known < today - dt.timedelta(days=after_days)) if after_days else ended
    return and_(Fact.status == Status.PUBLISHED, old)
