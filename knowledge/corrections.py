"""What staff say of a document; it goes before what its reader finds and what a reviewer's file says."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from knowledge.models import Correction, Document, Origin

FIELDS = ("title", "date", "publisher", "address")
"""The fields of a document that are found in it or asked for, in the order in which they are shown."""

Said = Mapping[str, Correction]
"""What staff said of a document, by field."""

DETAILS = "document."
"""What the id begins with under which history and drafts keep what is said of a document; no fact's does."""


def details_id(sha256: str) -> str:
    """The id under which history and drafts keep what is said of a document."""
    return DETAILS + sha256


def is_details(id: str) -> bool:
    """Whether an id of the history is a document's, and not a fact's."""
    return id.startswith(DETAILS)


def document_of(id: str) -> str:
    """The sha256 of the document that an id of the history is of."""
    return id.removeprefix(DETAILS)


def details_of(document: Document, said: Said) -> dict[str, Any]:
    """What is said of a document as data, in the shape of `knowledge.entries.Entry`.

    Args:
        document: its row.
        said: see `corrections_of`; `said` in the result names the fields that are staff's words.
    """
    return {
        "kind": "document",
        "id": details_id(document.sha256),
        "published": True,
        **{field: value_of(document, field) for field in (*FIELDS, "publisher_en")},
        "said": [field for field in FIELDS if field in said],
        "evidence": [],
    }


def corrections(database: Session) -> dict[str, dict[str, Correction]]:
    """What staff said of any document, by its sha256 and by field."""
    found: dict[str, dict[str, Correction]] = {}
    for row in database.exec(select(Correction)).all():
        found.setdefault(row.sha256, {})[row.field] = row
    return found


def corrections_of(database: Session, sha256: str) -> dict[str, Correction]:
    """What staff said of a document, by field."""
    rows = database.exec(select(Correction).where(Correction.sha256 == sha256)).all()
    return {row.field: row for row in rows}


def correct_row(document: Document, said: Said) -> None:
    """Put what staff said into a document's row.

    Args:
        document: its row, as read.
        said: see `corrections_of`.
    """
    for field, row in said.items():
        if field == "publisher" and row.value != document.publisher:
            # The English name is that of the publisher who was wrong.
            document.publisher_en = ""
        value = (dt.date.fromisoformat(row.value) if row.value else None) if field == "date" else row.value
        setattr(document, field, value)


def value_of(document: Document, field: str) -> str:
    """A field of a document as staff read and write it; empty for none."""
    return str(getattr(document, field) or "")


def missing(document: Document, said: Said) -> tuple[str, ...]:
    """The fields that were not found in a document and that staff have not been asked for yet.

    A document whose title was not found is called by its file's name.

    Args:
        document: its row.
        said: see `corrections_of`; what staff left empty is not asked for again.
    """
    if document.origin is Origin.NOTE:
        return ()
    named = document.title == Path(document.file).stem and document.title not in document.cleaned
    empty = {field for field in FIELDS if not getattr(document, field)} | ({"title"} if named else set())
    return tuple(field for field in FIELDS if field in empty and field not in said)
