"""A member of staff answers an enquiry: it becomes a draft that the next asker gets once it is published."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session, select

from knowledge.asking.library import LIST_TOPICS
from knowledge.database import KnowledgeError
from knowledge.enquiries import find_enquiry
from knowledge.entries import Entry
from knowledge.history import latest
from knowledge.models import Draft, DraftSource, Enquiry, EnquiryState, Kind, StaffRole
from knowledge.models.entity import ENTITY_TABLES
from knowledge.notes import note_document
from knowledge.people import Person
from knowledge.review import Reviewer
from knowledge.unseen import visible

NAMES = "="
"""What an answer that only says which entity is meant has before the entity's name."""

GENERAL = "reply"
"""The topic of an answer to a question whose topic nobody knows: what it is found by are its words alone."""

_LISTS = frozenset({*LIST_TOPICS.values(), "overview"})
"""Topics under which everybody looks: an answer to one question is not for them all."""


class AnswerError(KnowledgeError):
    """An answer cannot be taken; the message says why."""


def answer(
    database: Session,
    id: int,
    text: str,
    person: Person,
    now: dt.datetime,
    *,
    home: str = "",
    keywords: Sequence[str] = (),
) -> tuple[Enquiry, Draft | None]:
    """Answer an enquiry in the words of staff.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        id: the enquiry's.
        text: what staff say.
        person: who says it.
        now: in the bureau's time zone.
        home: id of the zone that the bureau serves; empty for none.
        keywords: words of the question by which the answer is to be found.

    Returns:
        the enquiry, answered; and the draft, None where there is nothing the answer could be about.

    Raises:
        AnswerError: it is empty.
        EnquiryError: the enquiry is not open any more.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    row = find_enquiry(database, id)
    text = visible(text).strip()
    if not text:
        raise AnswerError("The answer is empty; write it in a sentence or two.")
    subject = row.entity or home
    draft = None
    if subject:
        entry = _statement(database, row, subject, text, person, now.date(), keywords)
        held = latest(database, [entry["id"]])
        base = held[entry["id"]].number if held else 0
        draft = Reviewer(database, person).propose(entry, base=base, note=row.text, source=DraftSource.STAFF)
    return _answered(database, row, text, draft, person, now), draft


def name(database: Session, id: int, words: str, entity: str, person: Person) -> tuple[Enquiry, Draft]:
    """Propose the words of an enquiry as another name of an entity.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        id: the enquiry's.
        words: by which people call the entity.
        entity: its name or id, as staff write it.
        person: who says it.

    Raises:
        AnswerError: there is no published entity of this name, or it is called so already.
        EnquiryError: the enquiry is not open any more.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    row = find_enquiry(database, id)
    found = find_entity(database, entity)
    held = latest(database, [found])[found]
    entry = held.entry or {}
    known = [entry.get("name", ""), *entry.get("aliases", ())]
    words = visible(words).strip()
    if not words:
        raise AnswerError(f"Every word of enquiry {id} is known; write the answer itself.")
    if words in known:
        raise AnswerError(f"{entry['name']} is called {words} already; write the answer itself.")
    changed = {**entry, "aliases": [*entry.get("aliases", ()), words]}
    reviewer = Reviewer(database, person)
    draft = reviewer.propose(changed, base=held.number, note=row.text, source=DraftSource.STAFF)
    return row, draft


def settle_named(
    database: Session, row: Enquiry, text: str, draft: Draft, person: Person, now: dt.datetime
) -> Enquiry:
    """Close an enquiry whose question was answered once its name was known; the caller commits.

    Args:
        text: what the question is answered with.
    """
    return _answered(database, row, text, draft, person, now)


def find_entity(database: Session, name: str) -> str:
    """The id of the published entity of a name or id.

    Raises:
        AnswerError: there is none.
    """
    for table in ENTITY_TABLES:
        query = select(table.id).where((table.name == name) | (table.id == name))
        for id in database.exec(query).all():
            entry = latest(database, [id])[id].entry
            if entry and entry["published"]:
                return id
    raise AnswerError(f"There is no published entity called {name!r}; write its name as it is published.")


def _statement(
    database: Session,
    row: Enquiry,
    subject: str,
    text: str,
    person: Person,
    today: dt.date,
    keywords: Sequence[str],
) -> Entry:
    document = note_document(database, text, person.name, today)
    return {
        "kind": Kind.STATEMENT.value,
        "id": f"{Kind.STATEMENT.value}.reply-{row.id}",
        "published": True,
        "subject_id": subject,
        "topic": row.topic if row.topic and row.topic not in _LISTS else GENERAL,
        "text": text,
        "keywords": "\n".join(keywords),
        "as_of": today.isoformat(),
        "owner": person.name,
        "aliases": [],
        "evidence": [
            {
                "document": document.sha256,
                "start": 0,
                "end": len(document.original),
                "quote": document.cleaned,
            }
        ],
    }


def _answered(
    database: Session, row: Enquiry, text: str, draft: Draft | None, person: Person, now: dt.datetime
) -> Enquiry:
    row.state, row.answer, row.answered_by, row.answered_at = (
        EnquiryState.ANSWERED,
        text,
        person.name,
        now.astimezone(dt.UTC),
    )
    row.draft_id = draft.id if draft else None
    database.add(row)
    database.flush()
    return row
