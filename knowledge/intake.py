"""A document taken in: read, cleaned, cut into passages that can be quoted at once."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from knowledge.corrections import correct_row, corrections_of
from knowledge.database import session
from knowledge.models import Document, Origin, Passage
from knowledge.reading.load import Loaded
from knowledge.reading.metadata import find_metadata
from knowledge.reading.quotes import cleaned
from knowledge.reading.repeats import Candidate, Repeat, find_repeats
from knowledge.reading.segment import segment
from knowledge.reviewed import DocumentNote
from knowledge.unseen import visible


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
            title=visible(note.title or found.title),
            publisher=visible(note.publisher or found.publisher),
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
    found = _repeats(database)
    repeats = {repeat.sha256: repeat for repeat in found}
    quotable = select(Document.sha256, Document.file, Document.repeats).where(Document.origin != Origin.NOTE)
    files: dict[str, str] = {}
    passaged = set(database.exec(select(Passage.document_sha256).distinct()).all())
    for sha256, file, before in sorted(database.exec(quotable).all(), key=lambda row: row[1]):
        files[sha256] = file
        repeat = repeats.get(sha256)
        kept = repeat.kept if repeat else ""
        if kept != before:
            database.get_one(Document, sha256).repeats = kept
        if repeat:
            database.exec(delete(Passage).where(col(Passage.document_sha256) == sha256))
        elif sha256 not in passaged:
            _write_passages(database, database.get_one(Document, sha256))
    database.flush()
    return [
        f"{files[repeat.sha256]} repeats {files[repeat.kept]} ({repeat.similarity:.0%} the same)"
        for repeat in found
    ]


def compare_ahead(engine: Engine, loaded: Loaded) -> None:
    """Compare a document with all others before the database is held to take it in.

    What is found is remembered (see `knowledge.reading.repeats`), so that `cut` need not look again.

    Args:
        engine: the database.
        loaded: the document as decoded.
    """
    text = cleaned(loaded.text)
    with session(engine) as database:
        _repeats(database, [Candidate(loaded.sha256, text.text, text.rewritten)])


def _repeats(database: Session, further: Sequence[Candidate] = ()) -> list[Repeat]:
    """Which documents repeat others, of those that are here and some more."""
    files = dict(database.exec(select(Document.sha256, Document.file)).all())
    query = select(Document.sha256, Document.cleaned, Document.rewritten, col(Document.date))
    rows = database.exec(query.where(Document.origin != Origin.NOTE)).all()
    # Sorted here: databases differ in the order of letters.
    here = sorted((Candidate(*row, files[row[0]]) for row in rows), key=lambda one: one.file)
    return find_repeats([*here, *further])


def _write_passages(database: Session, row: Document) -> None:
    text = cleaned(row.original)
    for passage in segment(text.text):
        start, end = text.to_original(passage.start, passage.end)
        database.add(
            Passage(
                document_sha256=row.sha256,
                start=start,
                end=end,
                heading=visible(passage.heading),
                text=visible(text.text[passage.start : passage.end]),
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
