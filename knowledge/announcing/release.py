"""Who hears of an announcement, and when: told beforehand, and written down once it is released."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, or_, select

from knowledge.announcing.content import Content
from knowledge.announcing.subscriptions import interests, wants, when
from knowledge.models import Announcement, AnnouncementState, Mention, Pace, Push, PushState, Subscription

PORTION = 60
"""Subscribers that are looked at in one go, so that nobody waits long for the database."""


@dataclass(frozen=True)
class Audience:
    """How many hear of a signing, and when: at once, after their quiet hours, in a digest; by language."""

    now: int
    later: int
    digest: int
    languages: Mapping[str, int]

    @property
    def all(self) -> int:
        """How many in all."""
        return self.now + self.later + self.digest


def audience(
    database: Session, content: Content, at: dt.datetime, *, beside: int | None = None, after: str = ""
) -> Audience:
    """Who would hear of a signing that is released at a moment.

    Args:
        database: a session.
        content: what is announced.
        at: with a time zone.
        beside: an announcement whose messages some have already; they are not counted.
        after: only chats that come after this one; see `Announcement.planned`.
    """
    counts: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    last = after
    while rows := _portion(database, last):
        last = rows[-1].chat
        chats = [row.chat for row in rows]
        named, told = interests(database, chats), _told(database, beside, chats)
        for row in rows:
            if row.chat not in told and wants(row, named[row.chat], content.entities, content.investment):
                languages[row.language] += 1
                at_once = row.pace is Pace.AT_ONCE
                counts["now" if at_once and when(row, at) <= at else "later" if at_once else "digest"] += 1
    return Audience(counts["now"], counts["later"], counts["digest"], languages)


def to_release(database: Session, now: dt.datetime) -> Announcement | None:
    """The announcement whose moment has come, not written down for everybody yet; None for none."""
    # One for at once goes at once, also where the clock was set back since.
    due = or_(col(Announcement.at) <= now, col(Announcement.at) <= col(Announcement.made_at))
    query = select(Announcement).where(Announcement.state == AnnouncementState.SCHEDULED, due)
    return database.exec(query.order_by(col(Announcement.at), col(Announcement.id))).first()


def release(database: Session, now: dt.datetime) -> bool:
    """Write down the messages of a next portion of subscribers for what is to be released.

    Whoever subscribes later does not hear of it; whoever was looked at is not looked at again.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        now: with a time zone.

    Returns:
        whether there may be more.
    """
    row = to_release(database, now)
    if row is None:
        return False
    rows = _portion(database, row.planned)
    if rows:
        _plan(database, row, rows, now)
        row.planned = rows[-1].chat
    else:
        row.state = AnnouncementState.RELEASED
    database.add(row)
    database.flush()
    return True


def _plan(database: Session, row: Announcement, rows: list[Subscription], now: dt.datetime) -> None:
    content = Content.decode(row.content)
    chats = [one.chat for one in rows]
    named = interests(database, chats)
    told = _told(database, row.id, chats)
    held = database.exec(
        select(Push).where(
            col(Push.chat).in_(chats),
            Push.state == PushState.WAITING,
            Push.message == "",
            col(Push.gathers).is_(True),
        )
    ).all()
    gathering = {(push.chat, push.due_at): push for push in held}
    joined: dict[str, int] = {}
    new: list[dict[str, Any]] = []
    for one in rows:
        if one.chat in told or not wants(one, named[one.chat], content.entities, content.investment):
            continue
        due_at = when(one, now)
        push = gathering.get((one.chat, due_at))
        if push is not None:
            push.revision += 1
            database.add(push)
            joined[one.chat] = push.id or 0
        else:
            new.append({**_NEW, "chat": one.chat, "due_at": due_at, "gathers": due_at > now})
    database.flush()
    if new:
        made = insert(Push).returning(col(Push.id), sort_by_parameter_order=True)
        ids = database.execute(made, new).scalars().all()
        joined |= {row["chat"]: id for row, id in zip(new, ids, strict=True)}
    if joined:
        mentions = [
            {"announcement_id": row.id, "chat": chat, "push_id": push} for chat, push in joined.items()
        ]
        database.execute(insert(Mention), mentions)


_NEW = Push(chat="", state=PushState.WAITING, due_at=dt.datetime.now(dt.UTC)).model_dump(exclude={"id"})
"""A message as it begins; written down by the thousand, as plain rows."""


def _told(database: Session, announcement: int | None, chats: list[str]) -> set[str]:
    if announcement is None:
        return set()
    query = select(Mention.chat).where(Mention.announcement_id == announcement, col(Mention.chat).in_(chats))
    return set(database.exec(query).all())


def _portion(database: Session, after: str) -> list[Subscription]:
    query = select(Subscription).where(col(Subscription.chat) > after)
    return list(database.exec(query.order_by(col(Subscription.chat)).limit(PORTION)).all())
