"""Announcements: made, cancelled, corrected, recalled."""

import datetime as dt

from sqlmodel import Session, and_, col, delete, func, or_, select, update

from knowledge.announcing.content import Content
from knowledge.announcing.errors import AnnouncementError
from knowledge.announcing.pushes import send_failed_again
from knowledge.models import (
    Announcement,
    AnnouncementState,
    Fact,
    Mention,
    Push,
    PushState,
    Signing,
    StaffRole,
    Status,
)
from knowledge.people import Person

STANDING = frozenset({AnnouncementState.SCHEDULED, AnnouncementState.RELEASED})
"""An announcement that holds."""

PICTURES = ("", "signing", "chain")
"""What a card may show; the first is none."""


def announcement_of(database: Session, signing: str) -> Announcement | None:
    """The newest announcement of a signing; None for none."""
    query = select(Announcement).where(Announcement.signing_id == signing)
    return database.exec(query.order_by(col(Announcement.id).desc())).first()


def heard_by(database: Session, signing: str) -> int | None:
    """The cancelled announcement of a signing: whoever has it is not told anew; None for none."""
    held = announcement_of(database, signing)
    return held.id if held is not None and held.state is AnnouncementState.CANCELLED else None


def find_announcement(database: Session, id: int) -> Announcement:
    """An announcement by its number.

    Raises:
        AnnouncementError: there is none.
    """
    row = database.get(Announcement, id)
    if row is None:
        raise AnnouncementError(f"There is no announcement {id}.")
    return row


def look_up(database: Session, name: str) -> Announcement:
    """An announcement by its number, or the newest of a signing by the signing's id.

    Raises:
        AnnouncementError: there is none.
    """
    if name.isascii() and name.isdigit() and len(name) < 10:
        return find_announcement(database, int(name))
    row = announcement_of(database, name)
    if row is None:
        raise AnnouncementError(f"{name} was not announced.")
    return row


def unannounced(database: Session, since: dt.date) -> list[Signing]:
    """Published signings of which nobody has decided whether they are announced, the latest first.

    Args:
        database: a session.
        since: those of ceremonies from this day on.
    """
    decided = set(database.exec(select(Announcement.signing_id)).all())
    return [row for row in published(database, since) if row.id not in decided]


def published(database: Session, since: dt.date = dt.date.min) -> list[Signing]:
    """Published signings, the latest first; see `unannounced`."""
    query = (
        select(Signing)
        .join(Fact, col(Fact.id) == col(Signing.id))
        .where(Fact.status == Status.PUBLISHED, Signing.date >= since)
        .order_by(col(Signing.date).desc().nulls_last(), col(Signing.id))
    )
    return list(database.exec(query).all())


def announce(
    database: Session,
    signing: str,
    content: Content,
    person: Person,
    now: dt.datetime,
    *,
    at: dt.datetime | None = None,
    picture: str = "",
) -> Announcement:
    """Announce a signing: whom it concerns hear of it from the given moment on.

    Args:
        database: a session that `knowledge.database.writing` opened, so that two do not announce at once; the
            caller commits.
        signing: its id.
        content: what was shown to whoever announces it.
        person: a publisher.
        now: with a time zone.
        at: when it is released; None for now.
        picture: one of `PICTURES`.

    Raises:
        NotAllowedError: only a publisher may.
        AnnouncementError: it was announced already, or the moment is past.
    """
    person.require(StaffRole.PUBLISHER)
    held = announcement_of(database, signing)
    if held is not None and held.state in STANDING:
        raise AnnouncementError(
            f"This signing was announced already (no. {held.id}, by {held.made_by}); nobody is told twice. "
            "What it says can be corrected or recalled."
        )
    if at is not None and at <= now:
        raise AnnouncementError(
            "The moment for the announcement is past. Choose a later one, or announce now."
        )
    row = Announcement(
        signing_id=signing,
        content=content.encode(),
        picture=picture,
        state=AnnouncementState.SCHEDULED,
        at=at or now,
        made_at=now,
        made_by=person.name,
    )
    if held is not None and held.state is AnnouncementState.CANCELLED:
        # Whoever has it from before it was cancelled is not told anew.
        changed = held.content != row.content
        held.sqlmodel_update(row.model_dump(exclude={"id", "revision", "reported"}))
        row = held
        if changed:
            _renew(database, row, now)
    database.add(row)
    database.flush()
    return row


def dismiss(database: Session, signing: str, content: Content, person: Person, now: dt.datetime) -> None:
    """Decide that a signing is not announced this time: as an announcement that was cancelled at once.

    Args:
        database, signing, content, person, now: see `announce`.

    Raises:
        NotAllowedError: only a publisher may.
        AnnouncementError: it was decided on already.
    """
    held = announcement_of(database, signing)
    if held is not None:
        raise AnnouncementError(f"This signing was decided on already: it is {held.state.value}.")
    row = announce(database, signing, content, person, now)
    row.state = AnnouncementState.CANCELLED
    database.add(row)
    database.flush()


def send_again(database: Session, id: int, person: Person, now: dt.datetime) -> int:
    """Send the messages of an announcement that failed once more, alone; how it ended is reported anew.

    Returns:
        how many.

    Raises:
        NotAllowedError: only a publisher may.
        AnnouncementError: none failed.
    """
    person.require(StaffRole.PUBLISHER)
    row = find_announcement(database, id)
    count = send_failed_again(database, id, now)
    if not count:
        raise AnnouncementError(f"No message of announcement {id} has failed.")
    row.reported = row.revision - 1
    database.add(row)
    database.flush()
    return count


def cancel(database: Session, id: int, person: Person, now: dt.datetime) -> int:
    """Take back an announcement as far as it is not sent; who has it keeps it.

    Returns:
        how many messages are not sent now.

    Raises:
        NotAllowedError: only a publisher may.
        AnnouncementError: it was cancelled or recalled, or everybody has it.
    """
    person.require(StaffRole.PUBLISHER)
    row = find_announcement(database, id)
    if row.state not in STANDING:
        raise AnnouncementError(f"Announcement {id} is {row.state.value} already.")
    count = _withdraw(database, row)
    if row.state is AnnouncementState.RELEASED and not count:
        raise AnnouncementError(f"Announcement {id} was sent to everybody. It can be recalled.")
    row.state, row.changed_at = AnnouncementState.CANCELLED, now
    database.add(row)
    database.flush()
    return count


def correct(database: Session, id: int, content: Content, person: Person, now: dt.datetime) -> int:
    """Let the messages of an announcement say what is true now; in those that were sent it is marked.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        id: of the announcement.
        content: what is true now.
        person: a publisher.
        now: with a time zone.

    Returns:
        how many messages that were sent are brought up to date.

    Raises:
        NotAllowedError: only a publisher may.
        AnnouncementError: it does not stand any more, or nothing differs.
    """
    person.require(StaffRole.PUBLISHER)
    row = find_announcement(database, id)
    if row.state not in STANDING:
        raise AnnouncementError(f"Announcement {id} is {row.state.value}; there is nothing to correct.")
    if Content.decode(row.content).told == content.told:
        raise AnnouncementError(
            "What was announced is what the facts say now. Change the facts first, then correct it."
        )
    row.content = content.encode()
    return _renew(database, row, now)


def recall(database: Session, id: int, person: Person, now: dt.datetime) -> int:
    """Take an announcement back: its messages are deleted, or struck out where that is not possible any more.

    Returns:
        how many messages that were sent are taken back.

    Raises:
        NotAllowedError: only a publisher may.
        AnnouncementError: it was recalled already.
    """
    person.require(StaffRole.PUBLISHER)
    row = find_announcement(database, id)
    if row.state is AnnouncementState.RECALLED:
        raise AnnouncementError(f"Announcement {id} was recalled already.")
    row.state = AnnouncementState.RECALLED
    _withdraw(database, row)
    return _renew(database, row, now)


def _renew(database: Session, row: Announcement, now: dt.datetime) -> int:
    """Let what was sent be brought up to date; what is on its way is so once it has arrived."""
    row.revision += 1
    row.changed_at = now
    database.add(row)
    mine = select(Mention.push_id).where(Mention.announcement_id == row.id)
    sent = select(Push.id).where(col(Push.id).in_(mine), Push.state == PushState.SENT)
    count = len(database.exec(sent).all())
    pushes = col(Push.id).in_(mine)
    database.exec(update(Push).where(pushes).values(revision=Push.revision + 1))
    again = {"state": PushState.WAITING, "due_at": now, "attempts": 0}
    database.exec(update(Push).where(pushes, col(Push.state) == PushState.SENT).values(**again))
    database.flush()
    return count


def _withdraw(database: Session, row: Announcement) -> int:
    """Send an announcement to nobody any more; a message that has others to tell goes without it.

    Returns:
        how many messages it is taken from.
    """
    unsent = (col(Push.state) == PushState.WAITING, col(Push.message) == "")
    mine = col(Push.id).in_(select(Mention.push_id).where(Mention.announcement_id == row.id))
    count = database.exec(select(func.count(col(Push.id))).where(mine, *unsent)).one()
    other = select(Mention.id).where(Mention.push_id == Push.id, Mention.announcement_id != row.id).exists()
    database.exec(update(Push).where(mine, *unsent).values(revision=Push.revision + 1))
    cancelled = {"state": PushState.CANCELLED, "reason": "cancelled"}
    database.exec(update(Push).where(mine, *unsent, ~other).values(**cancelled))
    gone = select(Push.id).where(or_(and_(*unsent), Push.state == PushState.CANCELLED))
    database.exec(
        delete(Mention).where(col(Mention.announcement_id) == row.id, col(Mention.push_id).in_(gone))
    )
    return count
