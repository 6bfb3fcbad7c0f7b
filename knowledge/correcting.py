"""Staff correct what a document says of itself, or add what was not found in it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from knowledge.corrections import (
    FIELDS,
    correct_row,
    corrections_of,
    details_of,
    document_of,
    missing,
    value_of,
)
from knowledge.database import KnowledgeError
from knowledge.entries import Entry
from knowledge.intake import cut
from knowledge.models import Correction, Document, Origin
from knowledge.unseen import visible

LONGEST = 500
"""Characters of a value: longer ones are a slip of the clipboard."""


class CorrectionError(KnowledgeError):
    """A value cannot be one of its field; the message says what is allowed.

    Attributes:
        field: which.
    """

    def __init__(self, message: str, field: str = "") -> None:
        """Args: what is wrong, and with which field; none for the whole."""
        super().__init__(message)
        self.field = field


def find_document(database: Session, sha256: str) -> Document:
    """A document of which staff may say something.

    Raises:
        CorrectionError: there is none.
    """
    document = database.get(Document, sha256)
    if document is None or document.origin is Origin.NOTE:
        raise CorrectionError("There is no such document any more.")
    return document


def corrected(database: Session, document: Document, given: Mapping[str, str]) -> Entry:
    """What is said of a document, as data, once a member of staff has said something of it.

    Args:
        database: a session.
        document: its row.
        given: values by field, all of `FIELDS`; a date as 2024-03-05, empty for none.

    Raises:
        CorrectionError: a value is not allowed.
    """
    said = corrections_of(database, document.sha256)
    values = {field: _checked(field, given.get(field, "")) for field in FIELDS}
    changed = {field for field in FIELDS if values[field] != value_of(document, field)}
    # What was asked for and is left as it is, is as it should be.
    theirs = {*said, *changed, *missing(document, said)}
    # The English name is that of the publisher who was wrong.
    english = "" if "publisher" in changed else document.publisher_en
    spoken = {"publisher_en": english, "said": [field for field in FIELDS if field in theirs]}
    return {**details_of(document, said), **values, **spoken}


def write_corrections(database: Session, entry: Entry, by: str) -> Entry:
    """Make what is said of a document what an entry says; answers that cite it show it at once.

    A field that staff say nothing of any more is what it was before they did.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        entry: see `knowledge.corrections.details_of`.
        by: who says it.

    Returns:
        what is said of it now.

    Raises:
        CorrectionError: there is no such document.
    """
    document = find_document(database, document_of(entry["id"]))
    said = corrections_of(database, document.sha256)
    date = document.date
    for field in FIELDS:
        row = said.get(field)
        if field not in entry["said"]:
            if row is None:
                continue
            database.delete(said.pop(field))
            _put(document, field, entry)
        elif row is None or row.value != entry[field]:
            row = row or Correction(sha256=document.sha256, field=field, value="", said_by="", said_at=_now())
            row.value, row.said_by, row.said_at = entry[field], by, _now()
            database.add(row)
            said[field] = row
            _put(document, field, entry)
    correct_row(document, said)
    database.add(document)
    database.flush()
    if document.date != date:
        # Of several documents that say the same, dates tell which one is quoted.
        cut(database)
    return details_of(document, said)


def _put(document: Document, field: str, entry: Mapping[str, Any]) -> None:
    value = entry[field]
    setattr(document, field, (dt.date.fromisoformat(value) if value else None) if field == "date" else value)
    if field == "publisher":
        document.publisher_en = entry["publisher_en"]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _checked(field: str, value: str) -> str:
    value = " ".join(visible(value).split())
    if len(value) > LONGEST:
        raise CorrectionError(f"This is longer than {LONGEST} characters.", field)
    if field == "title" and not value:
        raise CorrectionError("A document needs a title.", field)
    if field == "date" and value:
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise CorrectionError("Write the date like 2024-03-05.", field) from error
    if field == "address" and value and not _is_address(value):
        raise CorrectionError("Write the address with http:// or https:// at its beginning.", field)
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
