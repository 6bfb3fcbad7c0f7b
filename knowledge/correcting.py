"""Staff correct what a document says of itself, or add what was not found in it."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlsplit

from sqlmodel import Session

from knowledge.corrections import FIELDS, correct_row, corrections_of, missing, value_of
from knowledge.database import KnowledgeError
from knowledge.intake import cut
from knowledge.models import Correction, Document, Origin, StaffRole
from knowledge.people import Person
from knowledge.publishing import ConflictError, advance

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


def correct(
    database: Session,
    sha256: str,
    given: Mapping[str, str],
    seen: Mapping[str, str],
    person: Person,
    now: dt.datetime,
) -> tuple[str, ...]:
    """Write down what a member of staff says of a document; answers that cite it show it at once.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        sha256: the document's.
        given: values by field, all of `FIELDS`; a date as 2024-03-05, empty for none.
        seen: the values that stood there when they were changed.
        person: who says it.
        now: with a time zone.

    Returns:
        the fields that have another value now.

    Raises:
        ConflictError: somebody else changed a value in the meantime.
        CorrectionError: there is no such document, or a value is not allowed.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    document = database.get(Document, sha256)
    if document is None or document.origin is Origin.NOTE:
        raise CorrectionError("There is no such document any more.")
    held = {field: value_of(document, field) for field in FIELDS}
    if any(seen.get(field, "") != value for field, value in held.items()):
        raise ConflictError(
            f"What is said of {document.file} was changed in the meantime. Nothing was overwritten: compare, "
            "and save again."
        )
    values = {field: _checked(field, given.get(field, "")) for field in FIELDS}
    said = corrections_of(database, sha256)
    changed = tuple(field for field in FIELDS if values[field] != held[field])
    # What was asked for and is left as it is, is as it should be.
    for field in {*changed, *missing(document, said)}:
        row = said.get(field) or Correction(sha256=sha256, field=field, value="", said_by="", said_at=now)
        row.value, row.said_by, row.said_at = values[field], person.name, now.astimezone(dt.UTC)
        database.add(row)
        said[field] = row
    correct_row(document, said)
    database.add(document)
    database.flush()
    if "date" in changed:
        # Of several documents that say the same, dates tell which one is quoted.
        cut(database)
    if changed:
        advance(database)
    return changed


def _checked(field: str, value: str) -> str:
    value = " ".join(value.split())
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
