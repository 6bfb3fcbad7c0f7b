"""What the bot tells publishers of announcements: how one ended, and that a signing can be announced."""

import datetime as dt

from sqlmodel import Session, col, select

from bot.push import words
from bot.staff.messages import language_of
from bot.staff.signings import first_day
from bot.texts import say
from knowledge.announcing.announcements import unannounced
from knowledge.announcing.reports import report
from knowledge.asking.translated import translated
from knowledge.models import Announcement, AnnouncementState, Signing, StaffRole
from knowledge.outbox import put
from knowledge.people import list_staff


def report_announcements(database: Session, now: dt.datetime) -> int:
    """Tell whoever announced a signing how it ended, once nothing of it is due any more.

    Once for each revision, and once more after failed messages were sent again.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        now: in the bureau's time zone.

    Returns:
        how many reports are new.
    """
    ended = {AnnouncementState.RELEASED, AnnouncementState.RECALLED}
    query = select(Announcement).where(
        Announcement.reported < Announcement.revision, col(Announcement.state).in_(ended)
    )
    chats = {staff.name: staff.chat for staff in list_staff(database)}
    told = 0
    for row in database.exec(query).all():
        found = report(database, row, now)
        if found.due:
            continue
        row.reported = row.revision
        database.add(row)
        chat = chats.get(row.made_by, "")
        if chat:
            language = language_of(database, chat)
            key = f"announced:{row.id}:{row.revision}:{now.astimezone(dt.UTC):%Y%m%d%H%M%S}"
            told += put(database, key, chat, language, words.ended(row, found, language))
    database.flush()
    return told


def offer_signings(database: Session, now: dt.datetime, desk: str) -> int:
    """Tell publishers of a published signing that nobody has announced, each once.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        now: in the bureau's time zone.
        desk: the address of the desk; empty for none.

    Returns:
        how many offers are new.
    """
    publishers = [one for one in list_staff(database) if one.role.rank >= StaffRole.PUBLISHER.rank]
    return sum(
        _offer(database, signing, staff.name, staff.chat, desk)
        for signing in unannounced(database, first_day(now))
        for staff in publishers
        if staff.chat
    )


def _offer(database: Session, signing: Signing, name: str, chat: str, desk: str) -> bool:
    language = language_of(database, chat)
    title = translated(signing, "name", language)
    lines = [say(language, "announcing", "offer", title=title)]
    if desk:
        address = f"{desk}/signings/{signing.id}"
        lines.append(say(language, "announcing", "open_desk", address=address))
    return put(database, f"offered:{signing.id}:{name}", chat, language, "\n".join(lines))
