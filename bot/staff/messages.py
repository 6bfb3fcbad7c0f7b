"""What the bot tells staff of its own accord, and what it tells those who asked a person."""

import datetime as dt
import re
from collections.abc import Callable

from sqlmodel import Session

from bot.moments import ago, moment
from bot.staff.words import namer
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.asking.normalize import in_script
from knowledge.enquiries import answering_staff, open_enquiries, waiting_for, wordings
from knowledge.expiring import expiring_by_owner
from knowledge.models import Chat, Enquiry, EnquiryKind, Staff, Waiting
from knowledge.outbox import put

SOON = dt.timedelta(hours=2)
"""So long before a deadline its owner is reminded."""

_NUMBER = re.compile(r"#(\d+)")


def enquiry_title(enquiry: Enquiry, language: Language) -> str:
    """The title of a message about an enquiry; a reply to it is an answer."""
    return say(language, "staff", "enquiry", number=f"#{enquiry.id}")


def enquiry_lines(database: Session, enquiry: Enquiry, now: dt.datetime, language: Language) -> list[str]:
    """What staff have to know to answer: how it was asked, how often, who waits until when.

    Args:
        database: a session.
        enquiry: which.
        now: in the bureau's time zone.
        language: of the words around it.
    """
    waiting = waiting_for(database, enquiry.id or 0)
    lines = [f"· {text}" for text in wordings(database, enquiry, waiting)]
    if enquiry.entity:
        lines.append(say(language, "staff", "concerns", entity=namer(database)(enquiry.entity)))
    lines.append(say(language, "staff", "times", times=enquiry.times, waiting=len(waiting)))
    earlier = [text for row in waiting for text in row.before.splitlines()]
    if earlier:
        before = say(language, "staff", "joiner").join(dict.fromkeys(earlier))
        lines.append(say(language, "staff", "before", questions=before))
    if enquiry.kind is EnquiryKind.COMPLAINT:
        lines.append(say(language, "staff", "complaint", facts=enquiry.facts))
    if enquiry.due_at is not None:
        key = "due" if enquiry.due_at >= now else "overdue"
        lines.append(
            say(language, "staff", key, until=moment(enquiry.due_at, now, language), owner=enquiry.owner)
        )
    lines.append(say(language, "staff", "how_to_answer"))
    return lines


def enquiry_of(title: str) -> int | None:
    """The enquiry that a message of the bot is about, by its first line; None for any other message."""
    first = title.partition("\n")[0]
    found = _NUMBER.search(first)
    known = {say(language, "staff", "enquiry", number=found[0]) for language in Language} if found else set()
    return int(found[1]) if found and first.strip() in known else None


def tell_asked(database: Session, enquiry: Enquiry, waiting: Waiting, now: dt.datetime) -> None:
    """Tell those who may answer that somebody asks a person; the caller commits."""
    for staff in answering_staff(database):
        _tell(database, f"asked:{waiting.id}:{staff.name}", staff, enquiry, now, "")


def remind(database: Session, now: dt.datetime) -> int:
    """Remind staff of deadlines: the owner shortly before one, everybody who may answer after it, once a day.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        now: in the bureau's time zone.

    Returns:
        how many reminders are new.
    """
    told = 0
    for enquiry in open_enquiries(database):
        if (
            enquiry.due_at is None
            or enquiry.due_at - now > SOON
            or not waiting_for(database, enquiry.id or 0)
        ):
            continue
        late = enquiry.due_at < now
        stage = f"late:{now.date()}" if late else "soon"
        staff_now = answering_staff(database)
        unowned = all(staff.name != enquiry.owner for staff in staff_now)
        for staff in staff_now:
            if late or unowned or staff.name == enquiry.owner:
                key = f"remind:{enquiry.id}:{enquiry.due_at:%Y%m%d%H%M}:{stage}:{staff.name}"
                told += _tell(database, key, staff, enquiry, now, "late" if late else "soon")
    return told


def ask_to_confirm(database: Session, now: dt.datetime, after_days: int) -> int:
    """Ask the owners of facts past their date whether they are still so, once a week.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        now: in the bureau's time zone.
        after_days: see `knowledge.expiring.expiring`.

    Returns:
        how many owners are asked now.
    """
    owned = expiring_by_owner(database, now.date(), after_days)
    asked = 0
    for staff in answering_staff(database):
        if not owned.get(staff.name) or not staff.chat:
            continue
        language = language_of(database, staff.chat)
        text = say(language, "staff", "to_confirm", count=owned[staff.name])
        week = f"{now:%G-%V}"
        asked += put(database, f"confirm:{week}:{staff.name}", staff.chat, language, text)
    return asked


def tell_answered(
    database: Session, enquiry: Enquiry, bureau: Callable[[Language], str], now: dt.datetime
) -> int:
    """Let the reply to an enquiry go to everybody who waits for it; the caller commits.

    Args:
        database: a session that `knowledge.database.writing` opened.
        enquiry: answered.
        bureau: the name of whose staff answer, in a language.
        now: in the bureau's time zone.

    Returns:
        to how many.
    """
    rows = waiting_for(database, enquiry.id or 0)
    for row in rows:
        language = Language(row.language)
        when = ago(row.asked_at, now, language)
        desk = bureau(language)
        put(
            database,
            f"reply:{row.id}",
            row.chat,
            language,
            say(language, "enquiry", "reply_text", answer=in_script(enquiry.answer, language), desk=desk),
            title=say(language, "enquiry", "reply_title", when=when, question=row.text),
            waiting=row.id,
        )
    return len(rows)


def language_of(database: Session, chat: str, hint: Language | None = None) -> Language:
    """The language that somebody chose, else that of their program, else Chinese."""
    row = database.get(Chat, chat)
    return Language(row.language) if row and row.language else hint or Language.HANS


def _tell(database: Session, key: str, staff: Staff, enquiry: Enquiry, now: dt.datetime, urgent: str) -> bool:
    if not staff.chat:
        return False
    language = language_of(database, staff.chat)
    lines = enquiry_lines(database, enquiry, now, language)
    if urgent:
        lines.insert(0, say(language, "staff", urgent))
    title = enquiry_title(enquiry, language)
    return put(database, key, staff.chat, language, "\n".join(lines), title=title)
