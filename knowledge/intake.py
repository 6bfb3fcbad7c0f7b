"""A document taken in: read, cleaned, cut into passages that can be quoted at once."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session, col, delete, select

from knowledge.corrections import correct_row, corrections_of
from knowledge.models import Document, Origin, Passage
from knowledge.reading.load import Loaded
from knowledge.reading.metadata import find_metadata
from knowledge.reading.quotes import cleaned
from knowledge.reading.repeats import Candidate, find_repeats
from knowledge.reading.segment import segment
from knowledge.reviewed import DocumentNote


def take_in(
    database: Session,
    file: str,
    loaded: Loaded,
    note: DocumentNote | None = None,
    origin: Origin = Origin.DOCUMENTS,
    added_by: str = "",
) -> Document:
    """Put a document into the database, or read it again; `cut` makes its passages.

    The row of a document that is there already stays, and with it what rests on it; only what was made of its
    text is made anew.

    Args:
        database: a session; the caller commits.
        file: its path under the documents folder, or the name it was sent under.
        loaded: the document as decoded.
        note: what a reviewer says of it; goes before what the reader finds, and what staff said before both.
        origin: whether it lies in the folder or came from staff.
        added_by: the member of staff who put it in.
    """
    note = note or DocumentNote()
    text = cleaned(loaded.text)
    found = find_metadata(text.text, Path(file).stem, loaded)
    row = database.merge(
        Document(
            sha256=loaded.sha256,
            file=file,
            title=note.title or found.title,
            publisher=note.publisher or found.publisher,
            publisher_en=note.publisher_en,
            date=note.date or found.date,
            page=note.page or found.page,
            reporter=note.reporter or found.reporter,
            address=found.address,
            rewritten=text.rewritten,
            original=loaded.text,
            cleaned=text.text,
            origin=origin,
            added_by=added_by,
            read_at=dt.datetime.now(dt.UTC),
            reader=reading_rules(),
        )
    )
    correct_row(row, corrections_of(database, loaded.sha256))
    database.flush()
    database.exec(delete(Passage).where(col(Passage.document_sha256) == loaded.sha256))
    return row


def cut(database: Session) -> list[str]:
    """Cut what was taken in into passages; a document that repeats another has none, nor has a note.

    A repeat's row stays, so that facts which rest on it do.

    Args:
        database: a session; the caller commits.

    Returns:
        which file repeats which, a line each.
    """
    quotable = select(Document).where(Document.origin != Origin.NOTE)
    # Sorted here: databases differ in the order of letters.
    documents = sorted(database.exec(quotable).all(), key=lambda row: row.file)
    found = find_repeats(
        [Candidate(row.sha256, row.cleaned, row.rewritten, row.date, row.file) for row in documents]
    )
    repeats = {repeat.sha256: repeat for repeat in found}
    files = {row.sha256: row.file for row in documents}
    passaged = set(database.exec(select(Passage.document_sha256).distinct()).all())
    for row in documents:
        repeat = repeats.get(row.sha256)
        row.repeats = repeat.kept if repeat else ""
        if repeat:
            database.exec(delete(Passage).where(col(Passage.document_sha256) == row.sha256))
        elif row.sha256 not in passaged:
            _write_passages(database, row)
    database.flush()
    return [
        f"{files[repeat.sha256]} repeats {files[repeat.kept]} ({repeat.similarity:.0%} the same)"
        for repeat in found
    ]


def _write_passages(database: Session, row: Document) -> None:
    text = cleaned(row.original)
    for passage in segment(text.text):
        start, end = text.to_original(passage.start, passage.end)
        database.add(
            Passage(
                document_sha256=row.sha256,
                start=start,
                end=end,
                heading=passage.heading,
                text=text.text[passage.start : passage.end],
            )
        )


@lru_cache(maxsize=1)
def reading_rules() -> str:
    """The rules by which documents are read: code and data; when they change, documents are read again."""
    folder = Path(__file__).parent / "reading"
    return digest_of(sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".toml", ".txt"}))


def digest_of(paths: Iterable[Path]) -> str:
    """The sha256 of some files' names and contents, in hex."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
