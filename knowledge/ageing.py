"""Facts that may have become untrue: past their date, or not confirmed for too long."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from knowledge.models import Document, Evidence, Fact, Status


class Ageing(StrEnum):
    """Why a fact is to be confirmed."""

    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Due:
    """A fact that its owner is asked about.

    Attributes:
        fact: which.
        why: what is the matter.
        since: the day it ended, or the day for which it was last known to be so.
    """

    fact: Fact
    why: Ageing
    since: dt.date


def due_facts(database: Session, today: dt.date, limit_days: int = 0) -> list[Due]:
    """The published facts whose owners have to say whether they are still so, the oldest first.

    A fact was last known to be so on the day it was confirmed, else the day for which it was stated, else the
    date of the newest document on which it rests. One whose end has come is due until somebody confirms it
    after that day.

    Args:
        database: a session.
        today: the day it is.
        limit_days: how old a fact may become; 0: as old as it likes.
    """
    dated = (
        select(col(Evidence.fact_id), func.max(Document.date).label("newest"))
        .join(Document, col(Document.sha256) == col(Evidence.document_sha256))
        .group_by(col(Evidence.fact_id))
        .subquery()
    )
    query = (
        select(Fact, dated.c.newest)
        .join(dated, dated.c.fact_id == col(Fact.id), isouter=True)
        .where(Fact.status == Status.PUBLISHED)
    )
    oldest = today - dt.timedelta(days=limit_days) if limit_days else None
    found: list[Due] = []
    for fact, newest in database.exec(query).all():
        known = fact.confirmed_on or fact.as_of or _date(newest)
        ended = fact.valid_to
        if ended and ended < today and not (fact.confirmed_on and fact.confirmed_on > ended):
            found.append(Due(fact, Ageing.EXPIRED, ended))
        elif oldest and known and known < oldest:
            found.append(Due(fact, Ageing.UNCONFIRMED, known))
    return sorted(found, key=lambda due: (due.since, due.fact.id))


def _date(value: object) -> dt.date | None:
    """A date as a database gives the greatest one: SQLite as text."""
    return (
        dt.date.fromisoformat(value)
        if isinstance(value, str)
        else value
        if isinstance(value, dt.date)
        else None
    )
