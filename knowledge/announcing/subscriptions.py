"""Who hears of signings, and of which: subscribed, changed, ended, and moved with its group."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select, update

from knowledge.announcing.errors import SubscriptionError
from knowledge.announcing.quiet_hours import due, read_quiet, read_zone
from knowledge.models import Interest, Mention, Pace, Push, PushState, Subscription

QUIET = "22:00-08:00"
"""The night, unless somebody asks for it."""


def find_subscription(database: Session, chat: str) -> Subscription | None:
    """The subscription of a chat; None for none."""
    return database.get(Subscription, chat)


def subscribe(database: Session, chat: str, language: str, time_zone: str, now: dt.datetime) -> Subscription:
    """Subscribe a chat to all signings, at once but not at night; one that is subscribed stays as it is.

    Args:
        database: a session; the caller commits.
        chat: e.g. `telegram:42`.
        language: a value of `knowledge.asking.answer.Language`.
        time_zone: of the IANA database.
        now: with a time zone.
    """
    row = database.get(Subscription, chat)
    if row is None:
        row = Subscription(
            chat=chat, language=language, pace=Pace.AT_ONCE, time_zone=time_zone, quiet=QUIET, made_at=now
        )
        database.add(row)
        database.flush()
    return row


def change(
    database: Session,
    chat: str,
    now: dt.datetime,
    *,
    language: str | None = None,
    pace: Pace | None = None,
    time_zone: str | None = None,
    quiet: str | None = None,
    least: float | None = None,
) -> Subscription:
    """Change what somebody chose; what still waits for them comes when it now should.

    Args:
        database: a session; the caller commits.
        chat: whose.
        now: with a time zone.
        language, pace, time_zone, quiet, least: see `Subscription`; None for what stays.

    Raises:
        SubscriptionError: the chat is not subscribed, or a value cannot be used.
    """
    row = _held(database, chat)
    given = {"language": language, "pace": pace, "time_zone": time_zone, "quiet": quiet, "least": least}
    try:
        read_zone(time_zone or row.time_zone)
        read_quiet(row.quiet if quiet is None else quiet)
    except ValueError as error:
        raise SubscriptionError(f"{error}; nothing was changed.") from error
    for name, value in given.items():
        if value is not None:
            setattr(row, name, value)
    database.add(row)
    for push in database.exec(select(Push).where(Push.chat == chat, *_unsent())).all():
        push.due_at = when(row, now)
        database.add(push)
    database.flush()
    return row


def interests(database: Session, chats: Collection[str]) -> dict[str, dict[str, bool]]:
    """By chat: the entities that it named, and whether it wants their signings.

    Args:
        database: a session.
        chats: so many as one query takes; see `knowledge.database.CHUNK`.
    """
    found: dict[str, dict[str, bool]] = {chat: {} for chat in chats}
    for row in database.exec(select(Interest).where(col(Interest.chat).in_(chats))).all():
        found[row.chat][row.entity] = row.wanted
    return found


def set_interest(database: Session, chat: str, entity: str, wanted: bool | None) -> None:
    """Want the signings of an entity, or not want them, or say nothing of it any more (None).

    Raises:
        SubscriptionError: the chat is not subscribed.
    """
    _held(database, chat)
    row = database.exec(select(Interest).where(Interest.chat == chat, Interest.entity == entity)).first()
    if wanted is None:
        if row is not None:
            database.delete(row)
    else:
        row = row or Interest(chat=chat, entity=entity)
        row.wanted = wanted
        database.add(row)
    database.flush()


def wants(row: Subscription, named: Mapping[str, bool], entities: Collection[str], investment: float) -> bool:
    """Whether a subscriber hears of a signing.

    Args:
        row: the subscription.
        named: the entities that it named, and whether it wants their signings.
        entities: what the signing is about.
        investment: its total, in yuan; 0 where it is not known, which is less than whoever asks for much.
    """
    if investment < row.least or any(named.get(entity) is False for entity in entities):
        return False
    wanted = {entity for entity, wants in named.items() if wants}
    return not wanted or bool(wanted.intersection(entities))


def when(row: Subscription, now: dt.datetime) -> dt.datetime:
    """When a subscriber hears of what is released now; in UTC."""
    return due(now, row.pace, read_zone(row.time_zone), row.quiet)


def end(database: Session, chat: str) -> bool:
    """End a subscription; what waits for it is not sent. Whether there was one; the caller commits."""
    waiting = update(Push).where(col(Push.chat) == chat, *_unsent())
    database.exec(waiting.values(state=PushState.CANCELLED, reason="ended"))
    found = database.get(Subscription, chat)
    database.exec(delete(Interest).where(col(Interest.chat) == chat))
    if found is not None:
        database.delete(found)
    database.flush()
    return found is not None


def move(database: Session, old: str, new: str) -> None:
    """A group became another chat: its subscription and its messages go with it; the caller commits."""
    row = database.get(Subscription, old)
    if row is not None:
        named = interests(database, [old])[old]
        if database.get(Subscription, new) is None:
            database.add(Subscription(**row.model_dump(exclude={"chat"}), chat=new))
            database.flush()
            for entity, wanted in named.items():
                set_interest(database, new, entity, wanted)
        database.exec(delete(Interest).where(col(Interest.chat) == old))
        database.delete(row)
    told = select(Mention.announcement_id).where(Mention.chat == new)
    database.exec(
        update(Mention)
        .where(col(Mention.chat) == old, col(Mention.announcement_id).not_in(told))
        .values(chat=new)
    )
    database.exec(update(Push).where(col(Push.chat) == old).values(chat=new))
    database.flush()


def forget(database: Session, chat: str) -> tuple[bool, int]:
    """Keep nothing of a chat's subscription and messages but that there was one more; the caller commits.

    Returns:
        whether it was subscribed, and how many messages it had.
    """
    ended = end(database, chat)
    pushes = database.exec(select(Push).where(Push.chat == chat)).all()
    for push in pushes:
        push.chat = push.message = ""
        if push.state in {PushState.WAITING, PushState.SENDING}:
            push.state, push.reason = PushState.CANCELLED, "ended"
        database.add(push)
    for mention in _mentions(database, chat):
        mention.chat = f"#{mention.push_id}"
        database.add(mention)
    database.flush()
    return ended, len(pushes)


def _mentions(database: Session, chat: str) -> Iterable[Mention]:
    return database.exec(select(Mention).where(Mention.chat == chat)).all()


def _held(database: Session, chat: str) -> Subscription:
    row = database.get(Subscription, chat)
    if row is None:
        raise SubscriptionError("This chat is not subscribed. /subscribe does that.")
    return row


def _unsent() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Push.state) == PushState.WAITING, col(Push.message) == ""
