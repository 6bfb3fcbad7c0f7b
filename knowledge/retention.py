"""What is kept of people, for how long: what nobody needs any more is deleted."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, and_, col, delete, exists, or_, select

from knowledge.models import Chat, Enquiry, EnquiryState, Question, StaffLink, StaffSession, Waiting


@dataclass(frozen=True)
class Retention:
    """For how many days something is kept; 0 for as long as the database is.

    Attributes:
        chats: what a conversation is about, since it was last written in.
        questions: what was asked, and enquiries that nobody waits for.
    """

    chats: int
    questions: int


def forget_old(database: Session, now: dt.datetime, retention: Retention) -> int:
    """Delete what is older than it is to be kept.

    What somebody still waits for is kept, and enquiries that were passed on until they are answered.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        now: with a time zone.
        retention: for how long.

    Returns:
        how many rows.
    """
    now = now.astimezone(dt.UTC)
    count = 0
    if retention.chats:
        count += _delete(database, Chat, col(Chat.seen_at) < now - dt.timedelta(days=retention.chats))
    if retention.questions:
        before = now - dt.timedelta(days=retention.questions)
        awaited = exists(select(Waiting.id).where(Waiting.enquiry_id == Enquiry.id))
        promised = and_(col(Enquiry.state) == EnquiryState.OPEN, col(Enquiry.due_at).is_not(None))
        count += _delete(database, Question, col(Question.asked_at) < before)
        count += _delete(database, Enquiry, and_(col(Enquiry.last_at) < before, ~or_(awaited, promised)))
    count += _delete(database, StaffLink, col(StaffLink.expires_at) < now)
    return count + _delete(database, StaffSession, col(StaffSession.expires_at) < now)


def _delete(database: Session, table: type, old: object) -> int:
    return int(database.connection().execute(delete(table).where(old)).rowcount)  # type: ignore[arg-type]
