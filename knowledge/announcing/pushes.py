"""The queue of messages about signings: taken by the one who sends, settled, tried again, counted.

Each is sent at least once. One that was begun and of which nobody knows whether it came is sent again: so
somebody gets it twice only if the face took it and its reply was lost, or the sender was killed between the
two. How often that may have happened is counted in `Push.unsure`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from knowledge.announcing.quiet_hours import first_loud, read_zone
from knowledge.announcing.subscriptions import end, move, when
from knowledge.models import (
    Announcement,
    AnnouncementState,
    Mention,
    Push,
    PushState,
    Subscription,
)


@dataclass(frozen=True)
class Job:
    """A message to be sent, or to be brought up to date.

    Attributes:
        push: its number.
        revision: of what it should say.
        chat: to whom.
        language: in which it is written.
        mentions: the announcements it tells, the latest ceremony last.
        message: the number the face gave it; empty for one that is not sent yet.
        form: how it was sent.
        sent_at: when; None for one that is not sent yet.
        attempts: how often it was begun, with this time.
    """

    push: int
    revision: int
    chat: str
    language: str
    mentions: tuple[Announcement, ...]
    message: str
    form: str
    sent_at: dt.datetime | None
    attempts: int

    @property
    def standing(self) -> bool:
        """Whether any of what it tells still holds."""
        return any(one.state is not AnnouncementState.RECALLED for one in self.mentions)


@dataclass(frozen=True)
class Outcome:
    """What became of a job.

    Attributes:
        job: which.
        state: sent, blocked, failed; waiting for one that is to be tried again.
        message, form: see `Job`, as they are now.
        again_at: when it is tried again.
        begun: whether it was begun at all; what had to wait for its chat was not.
        chat: where it has moved to.
        unsure: whether it may have come all the same.
        reason: why it was not sent.
    """

    job: Job
    state: PushState
    message: str = ""
    form: str = ""
    again_at: dt.datetime | None = None
    begun: bool = True
    chat: str = ""
    unsure: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Progress:
    """How far the messages of an announcement are; `unsure` of them may have come twice."""

    sent: int = 0
    waiting: int = 0
    blocked: int = 0
    failed: int = 0
    unsure: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.sent + self.waiting + self.blocked + self.failed


def take(database: Session, face: str, now: dt.datetime, limit: int) -> list[Job]:
    """The next messages that are due, the longest due first; from now on they are begun.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits before it sends.
        face: e.g. `telegram`.
        now: with a time zone.
        limit: how many at most.
    """
    query = select(Push).where(
        Push.state == PushState.WAITING,
        Push.due_at <= now,
        col(Push.chat).startswith(f"{face}:", autoescape=True),
    )
    rows = database.exec(query.order_by(col(Push.due_at), col(Push.id)).limit(limit)).all()
    held = {
        row.chat: row
        for row in database.exec(
            select(Subscription).where(col(Subscription.chat).in_([row.chat for row in rows]))
        ).all()
    }
    mentions = _mentions(database, [row.id or 0 for row in rows])
    jobs: list[Job] = []
    for row in rows:
        told = mentions[row.id or 0]
        subscription = held.get(row.chat)
        if not row.message:
            if subscription is None or not told:
                row.state, row.reason = PushState.CANCELLED, "ended"
                database.add(row)
                continue
            due_at = first_loud(now, read_zone(subscription.time_zone), subscription.quiet)
            if due_at > now:
                row.due_at, row.gathers = due_at, True
                database.add(row)
                continue
            row.language = subscription.language
        row.state, row.attempts = PushState.SENDING, row.attempts + 1
        database.add(row)
        jobs.append(
            Job(
                row.id or 0,
                row.revision,
                row.chat,
                row.language,
                tuple(told),
                row.message,
                row.form,
                row.sent_at,
                row.attempts,
            )
        )
    database.flush()
    return jobs


def settle(database: Session, outcomes: Iterable[Outcome], now: dt.datetime) -> None:
    """Write down what became of messages; what changed meanwhile is brought up to date next.

    Whoever has blocked the bot is subscribed no more.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        outcomes: of jobs.
        now: with a time zone.
    """
    for outcome in outcomes:
        row = database.get(Push, outcome.job.push)
        if row is None:
            continue
        row.state, row.reason = outcome.state, outcome.reason
        row.unsure += outcome.unsure
        row.attempts -= not outcome.begun
        if outcome.state is PushState.SENT:
            if not row.message:
                row.sent_at = now
            row.message, row.form = outcome.message or row.message, outcome.form or row.form
            row.attempts = 0
            if row.revision != outcome.job.revision:
                row.state, row.due_at = PushState.WAITING, now
        elif outcome.state is PushState.WAITING:
            row.due_at = outcome.again_at or now
        database.add(row)
        database.flush()
        if outcome.state is PushState.BLOCKED and row.chat:
            end(database, row.chat)
        if outcome.chat and row.chat:
            move(database, row.chat, outcome.chat)


def recover(database: Session, face: str) -> int:
    """Let messages wait again that somebody began who is no more; whether they came nobody knows.

    Args:
        database: a session that `knowledge.database.writing` opened, of the only one who sends; the caller
            commits.
        face: e.g. `telegram`.

    Returns:
        how many.
    """
    mine = col(Push.chat).startswith(f"{face}:", autoescape=True)
    left = (col(Push.state) == PushState.SENDING, mine)
    count = database.exec(select(func.count(col(Push.id))).where(*left)).one()
    if count:
        database.exec(update(Push).where(*left).values(state=PushState.WAITING, unsure=Push.unsure + 1))
    return count


def hasten(
    database: Session, face: str, now: dt.datetime, longest: dt.timedelta, after: int, limit: int
) -> int | None:
    """Let messages go earlier that wait for longer than if they were released now.

    Such a one was planned by a clock that was ahead; otherwise it would wait until the clock is there again.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        face: e.g. `telegram`.
        now: with a time zone.
        longest: how long one waits that is tried again.
        after: only those of a higher number.
        limit: how many are looked at.

    Returns:
        the number of the last that was looked at; None where there are no more.
    """
    mine = col(Push.chat).startswith(f"{face}:", autoescape=True)
    query = (
        select(Push, Subscription)
        .join(Subscription, col(Subscription.chat) == col(Push.chat), isouter=True)
        .where(Push.state == PushState.WAITING, Push.due_at > now + longest, col(Push.id) > after, mine)
    )
    rows = database.exec(query.order_by(col(Push.id)).limit(limit)).all()
    for row, subscription in rows:
        latest = now if row.message or subscription is None else when(subscription, now)
        if row.due_at > latest + longest:
            row.due_at = latest
            database.add(row)
    database.flush()
    return rows[-1][0].id if rows else None


def is_due(database: Session, face: str, now: dt.datetime) -> bool:
    """Whether a message is due."""
    mine = col(Push.chat).startswith(f"{face}:", autoescape=True)
    query = select(Push.id).where(Push.state == PushState.WAITING, Push.due_at <= now, mine)
    return database.exec(query.limit(1)).first() is not None


def progress(database: Session, announcement: int | None = None) -> Progress:
    """How far the messages of an announcement are, or of all.

    Args:
        database: a session.
        announcement: its number; None for all there are.
    """
    query = select(Push.state, func.count(col(Push.id)), func.sum(col(Push.unsure))).group_by(col(Push.state))
    if announcement is not None:
        query = query.where(_of(announcement))
    found: dict[PushState, int] = defaultdict(int)
    unsure = 0
    for state, count, doubts in database.exec(query).all():
        found[PushState(state)] += count
        unsure += int(doubts or 0)
    return Progress(
        sent=found[PushState.SENT],
        waiting=found[PushState.WAITING] + found[PushState.SENDING],
        blocked=found[PushState.BLOCKED],
        failed=found[PushState.FAILED],
        unsure=unsure,
    )


def pending(database: Session, announcement: int, now: dt.datetime) -> tuple[int, int]:
    """Of the messages of an announcement that wait: how many are due, and how many for a later hour."""
    waiting = col(Push.state).in_({PushState.WAITING, PushState.SENDING})
    query = select(func.count(col(Push.id))).where(_of(announcement), waiting)
    later = database.exec(query.where(Push.due_at > now, Push.attempts == 0)).one()
    return database.exec(query).one() - later, later


def failures(database: Session, announcement: int) -> dict[str, int]:
    """Why messages of an announcement failed, and how often."""
    query = (
        select(Push.reason, func.count(col(Push.id)))
        .where(_of(announcement), Push.state == PushState.FAILED)
        .group_by(col(Push.reason))
    )
    return dict(database.exec(query).all())


def send_failed_again(database: Session, announcement: int, now: dt.datetime) -> int:
    """Let the messages of an announcement that failed wait again, alone; the caller commits.

    Returns:
        how many.
    """
    failed = (_of(announcement), col(Push.state) == PushState.FAILED)
    count = database.exec(select(func.count(col(Push.id))).where(*failed)).one()
    again = {"state": PushState.WAITING, "due_at": now, "attempts": 0, "reason": ""}
    database.exec(update(Push).where(*failed).values(**again))
    return count


def _of(announcement: int) -> ColumnElement[bool]:
    return col(Push.id).in_(select(Mention.push_id).where(Mention.announcement_id == announcement))


def _mentions(database: Session, pushes: Collection[int]) -> dict[int, list[Announcement]]:
    query = (
        select(Mention.push_id, Announcement)
        .join(Announcement, col(Announcement.id) == col(Mention.announcement_id))
        .where(col(Mention.push_id).in_(pushes))
        .order_by(col(Mention.id))
    )
    found: dict[int, list[Announcement]] = defaultdict(list)
    for push, row in database.exec(query).all():
        found[push].append(row)
    return found
