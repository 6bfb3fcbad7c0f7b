"""Building the knowledge base from a folder of documents, writing only what changed."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from knowledge.database import KnowledgeError, migrate, session
from knowledge.models import Document, Fact, Passage, Revision, Status
from knowledge.publishing import publish
from knowledge.reading.clean import clean
from knowledge.reading.load import SUFFIXES, DocumentError, Loaded, load
from knowledge.reading.metadata import find_metadata
from knowledge.reading.repeats import Candidate, find_repeats
from knowledge.reading.segment import segment
from knowledge.reviewed import DocumentNote, read_reviewed

SHIPPED = Path(__file__).parent / "documents"
"""The folder of documents that comes with the program, with its reviewed facts in `facts/`."""


class BuildError(KnowledgeError):
    """The knowledge base could not be built; the old one is as it was."""


@dataclass
class BuildReport:
    """What a build did."""

    read: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    published: int = 0
    changed: int = 0
    unchanged: bool = False

    def describe(self) -> str:
        """The report for a person, a line a subject."""
        if self.unchanged:
            return f"Nothing changed: {self.documents} documents, {self.published} published facts."
        lines = [
            f"Read: {', '.join(self.read) or 'nothing new'}",
            f"Documents: {self.documents}; passages: {self.passages}",
            f"Published facts: {self.published} ({self.changed} new, changed or withdrawn)",
        ]
        lines += [f"Removed: {name}" for name in self.removed]
        lines += [f"{repeat}; its passages are left out" for repeat in self.repeats]
        lines += [f"Refused: {reason}" for reason in self.refused]
        return "\n".join(lines)


def build(
    engine: Engine, documents: Path | None = None, progress: Callable[[str], None] | None = None
) -> BuildReport:
    """Bring the knowledge base to what a folder of documents and the reviewed facts say.

    One transaction: where anything fails, nothing is changed.

    Args:
        engine: the database, migrated if need be.
        documents: a folder in place of the shipped one; it may hold `facts/` of its own.
        progress: told a few words at each step.

    Raises:
        BuildError: the folder is not there or holds no document.
        EvidenceError: a reviewed fact's evidence does not bear it; every fault is named.
        ReviewedError: a file of reviewed facts is not as it should be.
        DatabaseUnusableError: the database cannot be used.
    """
    folder = documents or SHIPPED
    tell = progress or (lambda _: None)
    loaded, refused = _load(folder)
    facts = [path for path in dict.fromkeys((SHIPPED / "facts", folder / "facts")) if path.is_dir()]
    fingerprint = _fingerprint(loaded, facts)
    migrate(engine)
    with session(engine) as database:
        latest = database.exec(select(Revision).order_by(col(Revision.number).desc())).first()
        report = BuildReport(refused=refused)
        if latest is not None and latest.fingerprint == fingerprint:
            report.unchanged = True
        else:
            reviewed = read_reviewed(facts)
            _sync_documents(database, loaded, reviewed.documents, report, tell)
            tell("Looking for documents that repeat others")
            _sync_passages(database, report)
            tell("Checking the reviewed facts against their documents")
            report.changed = publish(database, reviewed)
            database.add(Revision(at=dt.datetime.now(dt.UTC), fingerprint=fingerprint))
            database.commit()
        report.documents = len(database.exec(select(Document.sha256)).all())
        report.passages = len(database.exec(select(Passage.id)).all())
        report.published = len(database.exec(select(Fact.id).where(Fact.status == Status.PUBLISHED)).all())
    return report


def _load(folder: Path) -> tuple[list[tuple[str, Loaded]], list[str]]:
    if not folder.is_dir():
        raise BuildError(f"The documents folder {folder} is not there. Make it, or name another one.")
    loaded: dict[str, tuple[str, Loaded]] = {}
    refused: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name.startswith(("facts/", ".")) or "/." in name:
            continue
        try:
            document = load(path)
        except DocumentError as error:
            refused.append(str(error))
            continue
        if document.sha256 in loaded:
            refused.append(f"{name}: the same file as {loaded[document.sha256][0]}; read once.")
            continue
        loaded[document.sha256] = (name, document)
    if not loaded:
        raise BuildError(
            f"The folder {folder} holds no document that can be read. "
            f"Put documents there ({', '.join(SUFFIXES)})." + "".join(f"\n{reason}" for reason in refused)
        )
    return list(loaded.values()), refused


def _digest(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _reader() -> str:
    """The rules by which documents are read: code and data; when they change, documents are read again."""
    folder = Path(__file__).parent / "reading"
    return _digest(sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".toml", ".txt"}))


def _fingerprint(loaded: list[tuple[str, Loaded]], facts: list[Path]) -> str:
    total = hashlib.sha256(_reader().encode())
    for name, document in loaded:
        total.update(f"{name}\0{document.sha256}\0".encode())
    for folder in facts:
        total.update(_digest(sorted(folder.glob("*.toml"))).encode())
    here = Path(__file__).parent
    total.update(
        _digest(
            [here / name for name in ("build.py", "publishing.py", "reviewed.py", "verification.py")]
        ).encode()
    )
    return total.hexdigest()


def _sync_documents(
    database: Session,
    loaded: list[tuple[str, Loaded]],
    notes: dict[str, DocumentNote],
    report: BuildReport,
    tell: Callable[[str], None],
) -> None:
    reader = _reader()
    present = {document.sha256: name for name, document in loaded}
    for old in database.exec(select(Document)).all():
        if old.sha256 not in present:
            report.removed.append(old.file)
            database.delete(old)
    database.flush()
    for name, document in loaded:
        row = database.get(Document, document.sha256)
        note = notes.get(document.sha256, DocumentNote())
        if row is not None and row.reader == reader and row.file == name and _noted(row, note):
            continue
        tell(f"Reading {name}")
        # The row stays, and with it what rests on the document; only what was made of its text goes.
        database.exec(delete(Passage).where(col(Passage.document_sha256) == document.sha256))
        _read(database, name, document, note, reader)
        report.read.append(name)
    database.flush()


def _noted(row: Document, note: DocumentNote) -> bool:
    return all(not value or getattr(row, key) == value for key, value in vars(note).items())


def _read(database: Session, name: str, document: Loaded, note: DocumentNote, reader: str) -> None:
    cleaned = clean(document.text)
    found = find_metadata(cleaned.text, Path(name).stem, document)
    database.merge(
        Document(
            sha256=document.sha256,
            file=name,
            title=note.title or found.title,
            publisher=note.publisher or found.publisher,
            publisher_en=note.publisher_en,
            date=note.date or found.date,
            page=note.page or found.page,
            reporter=note.reporter or found.reporter,
            address=found.address,
            rewritten=cleaned.rewritten,
            original=document.text,
            cleaned=cleaned.text,
            read_at=dt.datetime.now(dt.UTC),
            reader=reader,
        )
    )
    database.flush()


def _sync_passages(database: Session, report: BuildReport) -> None:
    """Writes the passages of what was read anew, and none of a document that repeats another.

    A repeat's row stays, so that facts which rest on it do.
    """
    documents = database.exec(select(Document).order_by(col(Document.file))).all()
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
            report.repeats.append(
                f"{row.file} repeats {files[repeat.kept]} ({repeat.similarity:.0%} the same)"
            )
            database.exec(delete(Passage).where(col(Passage.document_sha256) == row.sha256))
        elif row.sha256 not in passaged:
            _write_passages(database, row)
    database.flush()


def _write_passages(database: Session, row: Document) -> None:
    cleaned = clean(row.original)
    for passage in segment(cleaned.text):
        start, end = cleaned.to_original(passage.start, passage.end)
        database.add(
            Passage(
                document_sha256=row.sha256,
                start=start,
                end=end,
                heading=passage.heading,
                text=cleaned.text[passage.start : passage.end],
            )
        )
