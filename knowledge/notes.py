"""What a member of staff writes down as the ground of a fact: a document like any other."""

import datetime as dt
import hashlib

from sqlmodel import Session

from knowledge.intake import take_in
from knowledge.models import Document, Origin
from knowledge.reading.load import Loaded
from knowledge.reviewed import DocumentNote

TITLE = "工作人员说明"
"""By this title investors see where an answer comes from."""


def note_document(database: Session, text: str, by: str, today: dt.date) -> Document:
    """Keep a note of staff as a document, so that facts can rest on it.

    The same words by the same person on the same day are one document.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        text: the note; it has to hold the names and numbers of the facts that will rest on it.
        by: the member of staff.
        today: the day they write it.

    Returns:
        the document; its whole text is what can be quoted.
    """
    written = f"{by}\n{today.isoformat()}\n{text}"
    digest = hashlib.sha256(written.encode()).hexdigest()
    there = database.get(Document, digest)
    if there is not None:
        return there
    name = f"{TITLE}-{today.isoformat()}-{digest[:8]}.txt"
    return take_in(
        database,
        name,
        Loaded(text, name=name, sha256=digest),
        DocumentNote(title=TITLE, date=today),
        origin=Origin.NOTE,
        added_by=by,
    )
