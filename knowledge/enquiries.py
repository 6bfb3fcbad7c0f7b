"""Questions that were not answered: kept, grouped with their like, and passed on to a person."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlmodel import Session, col, func, select

from knowledge.asking.normalize import fold_text
from knowledge.database import KnowledgeError
from knowledge.models import (
    Draft,
    DraftState,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    Question,
    Staff,
    StaffRole,
    Waiting,
)
from knowledge.people import Person, list_staff

ALIKE = 85
"""From this likeness on (rapidfuzz's ratio, 0 to 100) two wordings ask the same; their numbers must agree."""

COMPARED = 2000
"""So many of the latest open enquiries a new one is compared with."""


WORDINGS = 5
"""So many ways in which a question was asked are shown."""


class EnquiryError(KnowledgeError):
    """An enquiry is not there, or is not open any more."""


@dataclass(frozen=True)
class Asked:
    """A question as far as it was understood.

    Attributes:
        text: as typed.
        language: BCP 47 tag.
        entity, topic: what it is about; empty where that is unknown.
        strange: its words that nothing accounts for.
        facts: ids of the facts that it was answered with.
    """

    text: str
    language: str
    entity: str = ""
    topic: str = ""
    strange: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def note(database: Session, asked: Asked, kind: EnquiryKind, now: dt.datetime) -> Enquiry:
    """Keep a question that was not answered, or not well: with its like where there is one.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        asked: the question.
        kind: whether nothing was known, or what was told was no answer.
        now: with a time zone.
    """
    found = _like(database, asked, kind)
    if found is None:
        found = Enquiry(
            kind=kind,
            text=asked.text,
            folded=fold(asked.text),
            language=asked.language,
            entity=asked.entity,
            topic=asked.topic,
            strange=" ".join(asked.strange),
            facts=" ".join(asked.facts),
            times=0,
            first_at=now,
            last_at=now,
            state=EnquiryState.OPEN,
        )
    found.times += 1
    found.last_at = now
    database.add(found)
    database.flush()
    return found


def wait(
    database: Session,
    enquiry: Enquiry,
    asked: Asked,
    chat: str,
    before: Sequence[str],
    due_at: dt.datetime,
    now: dt.datetime,
) -> Waiting | None:
    """Let somebody wait for a person's reply.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        enquiry: what they asked.
        asked: in their own words.
        chat: where they wait.
        before: what they had asked before.
        due_at: by when they are promised a reply.
        now: with a time zone.

    Returns:
        the row; None where they wait already.
    """
    query = select(Waiting).where(Waiting.enquiry_id == enquiry.id, Waiting.chat == chat)
    if database.exec(query).first() is not None:
        return None
    row = Waiting(
        enquiry_id=enquiry.id or 0,
        chat=chat,
        language=asked.language,
        text=asked.text,
        before="\n".join(before),
        asked_at=now,
    )
    database.add(row)
    # Of several who wait the first was promised the earliest reply.
    if enquiry.due_at is None:
        enquiry.due_at = due_at
    if not enquiry.owner:
        enquiry.owner = _owner(database, enquiry.desk)
    database.add(enquiry)
    database.flush()
    return row


def find_enquiry(database: Session, id: int) -> Enquiry:
    """An open enquiry.

    Raises:
        EnquiryError: there is none of this number, or it is not open any more.
    """
    row = database.get(Enquiry, id)
    if row is None:
        raise EnquiryError(f"There is no enquiry {id}. «investbot misses» lists those that are open.")
    if row.state is not EnquiryState.OPEN:
        by = f" by {row.answered_by}" if row.answered_by else ""
        raise EnquiryError(f"Enquiry {id} was {row.state.value}{by} already.")
    return row


def open_enquiries(database: Session, limit: int | None = None) -> list[Enquiry]:
    """The open enquiries: those that somebody waits for by their deadline, then the most asked."""
    query = (
        select(Enquiry)
        .where(Enquiry.state == EnquiryState.OPEN)
        .order_by(
            col(Enquiry.due_at).is_(None), col(Enquiry.due_at), col(Enquiry.times).desc(), col(Enquiry.id)
        )
    )
    return list(database.exec(query.limit(limit) if limit else query).all())


def count_open(database: Session) -> int:
    """How many enquiries are open."""
    return database.exec(select(func.count()).where(Enquiry.state == EnquiryState.OPEN)).one()


def waiting_for(database: Session, enquiry: int) -> list[Waiting]:
    """Who waits for the reply to an enquiry, the first first."""
    query = select(Waiting).where(Waiting.enquiry_id == enquiry).order_by(col(Waiting.id))
    return list(database.exec(query).all())


def waiting_in(database: Session, chat: str) -> list[tuple[Waiting, Enquiry]]:
    """What a chat waits for, and where it stands."""
    query = (
        select(Waiting, Enquiry)
        .join(Enquiry, col(Enquiry.id) == col(Waiting.enquiry_id))
        .where(Waiting.chat == chat)
        .order_by(col(Waiting.id))
    )
    return list(database.exec(query).all())


def wordings(database: Session, enquiry: Enquiry, waiting: Sequence[Waiting]) -> list[str]:
    """The ways in which an enquiry was asked: of those who wait first, then the commonest.

    Args:
        database: a session.
        enquiry: which.
        waiting: who waits for its reply; the words of all of them are told.
    """
    count = func.count()
    query = (
        select(Question.text)
        .where(Question.enquiry_id == enquiry.id)
        .group_by(col(Question.text))
        .order_by(count.desc(), func.min(Question.id))
        .limit(WORDINGS)
    )
    texts = [*(row.text for row in waiting), enquiry.text, *database.exec(query).all()]
    return list(dict.fromkeys(texts))[: max(WORDINGS, len(waiting))]


def take_charge(database: Session, id: int, person: Person) -> Enquiry:
    """Let a member of staff see to an enquiry; it is they who are reminded.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        id: the enquiry's.
        person: who takes it.

    Raises:
        EnquiryError: it is not open any more.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    row = find_enquiry(database, id)
    row.owner = person.name
    database.add(row)
    database.flush()
    return row


def close(database: Session, id: int, person: Person, now: dt.datetime) -> Enquiry:
    """Say that an enquiry needs no answer.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        id: the enquiry's.
        person: who says so.
        now: with a time zone.

    Raises:
        EnquiryError: it is not open any more, or somebody waits for a reply to it.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    row = find_enquiry(database, id)
    if waiting_for(database, id):
        raise EnquiryError(f"Somebody waits for a reply to enquiry {id}; answer it.")
    row.state, row.answered_by, row.answered_at = EnquiryState.CLOSED, person.name, now
    database.add(row)
    database.flush()
    return row


def fold(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(filter(str.isalnum, fold_text(text)))


def answering_staff(database: Session) -> list[Staff]:
    """The members of staff who may answer."""
    return [row for row in list_staff(database) if row.role.rank >= StaffRole.EDITOR.rank]


def _like(database: Session, asked: Asked, kind: EnquiryKind) -> Enquiry | None:
    """The enquiry that a question belongs to: open, or answered and only not yet published."""
    waiting = select(Draft.id).where(Draft.state == DraftState.WAITING)
    unpublished = (col(Enquiry.state) == EnquiryState.ANSWERED) & col(Enquiry.draft_id).in_(waiting)
    query = (
        select(Enquiry)
        .where(Enquiry.kind == kind, Enquiry.entity == asked.entity, Enquiry.topic == asked.topic)
        .where((col(Enquiry.state) == EnquiryState.OPEN) | unpublished)
        .order_by(col(Enquiry.last_at).desc())
        .limit(COMPARED)
    )
    rows = database.exec(query).all()
    strange, folded = " ".join(asked.strange), fold(asked.text)
    if asked.entity and asked.topic:
        same = next((row for row in rows if row.strange == strange), None)
        if same is not None:
            return same
    best = max(rows, key=lambda row: _likeness(row.folded, folded), default=None)
    return best if best is not None and _likeness(best.folded, folded) >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    """0 to 100; 0 where the numbers differ: 2019 is not 2021."""
    digits = [[letter for letter in text if letter.isdigit()] for text in (one, other)]
    return fuzz.ratio(one, other) if digits[0] == digits[1] else 0.0


def _owner(database: Session, desk: str) -> str:
    """Who sees to an enquiry: who was named to the investor, else who has the fewest."""
    staff = answering_staff(database)
    named = next((row.name for row in staff if row.name in desk), "")
    if named or not staff:
        return named
    query = select(Enquiry.owner).where(Enquiry.state == EnquiryState.OPEN, col(Enquiry.due_at).is_not(None))
    held = list(database.exec(query).all())
    # Those whom the bot can reach come first.
    return min(staff, key=lambda row: (row.chat is None, held.count(row.name), row.added_at)).name
