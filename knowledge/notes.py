"""What staff say, as a document that a fact can rest on."""

import datetime as dt
import hashlib

from sqlmodel import Session, col, select

from knowledge.asking.answer import Language
from knowledge.asking.texts import say
from knowledge.intake import take_in
from knowledge.models import Document, Fact, Link, Organization, Origin, Relation, Status, Zone
from knowledge.reading.load import Loaded
from knowledge.reviewed import DocumentNote

TITLE = say(Language.HANS, "answer", "staff_reply")
"""What such a document is called, and where an answer says it was found."""


def note_document(database: Session, text: str, by: str, today: dt.date) -> Document:
    """Put down what a member of staff says; investors are told once a fact that rests on it is published.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        text: in their words.
        by: their name.
        today: the day on which they say it.

    Returns:
        the document; the same words by the same person on the same day are one.
    """
    digest = hashlib.sha256(f"{by}\n{today}\n{text}".encode()).hexdigest()
    there = database.get(Document, digest)
    if there is not None:
        return there
    name, name_en = _bureau(database)
    note = DocumentNote(title=TITLE, publisher=name, publisher_en=name_en, date=today, page=TITLE)
    file = f"{TITLE}-{today}-{digest[:8]}.txt"
    return take_in(database, file, Loaded(text, name=file, sha256=digest), note, Origin.NOTE, by)


def _bureau(database: Session) -> tuple[str, str]:
    """The name of the bureau, Chinese and English: who is responsible for the home zone, else the zone."""
    zone = database.exec(select(Zone).where(col(Zone.home).is_(True))).first()
    if zone is None:
        return "", ""
    query = (
        select(Organization)
        .join(Link, col(Link.subject_id) == col(Organization.id))
        .join(Fact, col(Fact.id) == col(Link.id))
        .where(Link.object_id == zone.id, Link.relation == Relation.RESPONSIBLE_FOR)
        .where(Fact.status == Status.PUBLISHED)
    )
    found = database.exec(query).first() or zone
    return found.name, found.name_en
