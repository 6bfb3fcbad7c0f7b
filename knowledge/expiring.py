"""Facts past their date, or not confirmed for longer than the bureau allows."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

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
    newest = (
        select(Evidence.fact_id, func.max(Document.date).label("date"))
        .join(Document, col(Document.sha256) == col(Evidence.document_sha256))
        .group_by(col(Evidence.fact_id))
        .subquery()
    )
    known = func.coalesce(Fact.confirmed_on, Fact.as_of, newest.c.date)
    query = (
        select(Fact, known)
        .join(newest, newest.c.fact_id == Fact.id, isouter=True)
        .where(Fact.status == Status.PUBLISHED)
    )
    found: list[Expiring] = []
    for fact, last in database.exec(query).all():
        day = dt.date.fromisoformat(last) if isinstance(last, str) else last
        ended = fact.valid_to
        if ended is not None and ended < today and (fact.confirmed_on is None or fact.confirmed_on <= ended):
            found.append(Expiring(fact, ended, day))
        elif after_days and day is not None and (today - day).days > after_days:
            found.append(Expiring(fact, None, day))
    return sorted(found, key=lambda one: (one.ended is None, one.ended or one.last or today, one.fact.id))
