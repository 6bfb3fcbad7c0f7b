"""How far announcements are: what was sent, what waits, what failed and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, func, select

from knowledge.announcing.content import Content
from knowledge.announcing.pushes import Progress, failures, pending, progress
from knowledge.announcing.release import Audience, audience
from knowledge.models import Announcement, AnnouncementState, Mention, Push, PushState


@dataclass(frozen=True)
class Report:
    """How far an announcement is.

    Attributes:
        progress: its messages by what became of them; those that are still to be written down wait.
        due: how many of those that wait go now.
        later: how many go at a later hour.
        failures: why messages failed, and how often.
    """

    progress: Progress
    due: int
    later: int
    failures: Mapping[str, int]


def report(database: Session, row: Announcement, now: dt.datetime) -> Report:
    """How far an announcement is.

    Args:
        database: a session.
        row: the announcement.
        now: with a time zone.
    """
    id = row.id or 0
    due, later = pending(database, id, now)
    ahead = _ahead(database, row, now)
    soon = ahead.now if row.at <= now else 0
    told = progress(database, id)
    told = replace(told, waiting=told.waiting + ahead.all)
    return Report(told, due + soon, later + ahead.all - soon, failures(database, id))


def total(database: Session, now: dt.datetime) -> Progress:
    """How far the messages of all announcements are; see `Report.progress`."""
    query = select(Announcement).where(Announcement.state == AnnouncementState.SCHEDULED)
    ahead = sum(_ahead(database, row, now).all for row in database.exec(query).all())
    told = progress(database)
    return replace(told, waiting=told.waiting + ahead)


def progress_by(database: Session, announcements: Collection[int]) -> dict[int, Progress]:
    """How far the messages of several announcements are that are written down, by the announcement's number.

    Args:
        database: a session.
        announcements: so many as one query takes; see `knowledge.database.CHUNK`.
    """
    query = (
        select(Mention.announcement_id, Push.state, func.count(col(Push.id)), func.sum(col(Push.unsure)))
        .join(Push, col(Push.id) == col(Mention.push_id))
        .where(col(Mention.announcement_id).in_(announcements))
        .group_by(col(Mention.announcement_id), col(Push.state))
    )
    found: dict[int, Progress] = defaultdict(Progress)
    for id, state, count, unsure in database.exec(query).all():
        name = PushState.WAITING if state == PushState.SENDING else PushState(state)
        held = found[id]
        if name != PushState.CANCELLED:
            counted = {name: getattr(held, name) + count, "unsure": held.unsure + int(unsure or 0)}
            found[id] = replace(held, **counted)
    return found


def _ahead(database: Session, row: Announcement, now: dt.datetime) -> Audience:
    """Those for whom no message is written down yet."""
    if row.state is not AnnouncementState.SCHEDULED:
        return Audience(0, 0, 0, {})
    content = Content.decode(row.content)
    return audience(database, content, max(row.at, now), beside=row.id, after=row.planned)
