"""Building the knowledge base from a folder of documents, writing only what changed."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge.corrections import Said, corrections
from knowledge.database import KnowledgeError, migrate, writing
from knowledge.intake import cut, digest_of, reading_rules, take_in
from knowledge.models import Document, Evidence, Fact, Origin, Passage, Revision, Status
from knowledge.publishing import advance
from knowledge.reading.load import SUFFIXES, DocumentError, Loaded, load
from knowledge.reconciling import reconcile
from knowledge.reviewed import DocumentNote, Reviewed, read_reviewed

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
    baseless: list[str] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    published: int = 0
    changed: int = 0
    drafts: int = 0
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
        if self.drafts:
            lines.append(f"Drafts that wait for review: {self.drafts} new")
        if self.baseless:
            shown = ", ".join(self.baseless[:3]) + (", …" if len(self.baseless) > 3 else "")
            lines.append(
                f"Not published: {len(self.baseless)} facts whose documents are not here ({shown}). "
                'If a document was edited, name it by file = "…" in facts/documents.toml, not by its sha256.'
            )
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
    with writing(engine) as database:
        latest = database.exec(select(Revision).order_by(col(Revision.number).desc())).first()
        report = BuildReport(refused=refused)
        if latest is not None and latest.fingerprint == fingerprint:
            report.unchanged = True
        else:
            here = {name: (document.sha256, document.text) for name, document in loaded}
            reviewed = read_reviewed(facts, here)
            own = reviewed.own if (folder / "facts").is_dir() else frozenset()
            report.baseless = _baseless(reviewed, own, {sha256 for sha256, _ in here.values()})
            _sync_documents(database, loaded, reviewed.documents, report, tell)
            tell("Looking for documents that repeat others")
            report.repeats = cut(database)
            tell("Checking the reviewed facts against their documents")
            report.changed = reconcile(database, reviewed)
            read = {document.sha256: document for name, document in loaded if name in report.read}
            report.drafts = _draft(database, read, tell)
            advance(database, fingerprint)
            database.commit()
        report.documents = len(database.exec(select(Document.sha256)).all())
        report.passages = len(database.exec(select(Passage.id)).all())
        report.published = len(database.exec(select(Fact.id).where(Fact.status == Status.PUBLISHED)).all())
    return report


def _baseless(reviewed: Reviewed, own: Collection[str], here: Collection[str]) -> list[str]:
    """The facts of a folder's own files that rest on no document which is here."""
    places = {id: reviewed.facts[id].places for id in own}
    return sorted(id for id, rested in places.items() if not any(place.document in here for place in rested))


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


def _fingerprint(loaded: list[tuple[str, Loaded]], facts: list[Path]) -> str:
    total = hashlib.sha256(reading_rules().encode())
    for name, document in loaded:
        total.update(f"{name}\0{document.sha256}\0".encode())
    for folder in facts:
        total.update(digest_of(sorted(folder.glob("*.toml"))).encode())
    here = Path(__file__).parent
    total.update(
        digest_of(
            [
                here / name
                for name in (
                    "build.py",
                    "forms.py",
                    "publishing.py",
                    "reconciling.py",
                    "reviewed.py",
                    "verification.py",
                )
            ]
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
    reader = reading_rules()
    said = corrections(database)
    present = {document.sha256: name for name, document in loaded}
    for old in database.exec(select(Document).where(Document.origin == Origin.DOCUMENTS)).all():
        if old.sha256 not in present:
            report.removed.append(old.file)
            database.delete(old)
    database.flush()
    for name, document in loaded:
        row = database.get(Document, document.sha256)
        note = notes.get(document.sha256, DocumentNote())
        if (
            row is not None
            and row.reader == reader
            and row.file == name
            and _noted(row, note, said.get(row.sha256, {}))
        ):
            continue
        tell(f"Reading {name}")
        take_in(database, name, document, note)
        report.read.append(name)
    database.flush()


def _draft(database: Session, read: dict[str, Loaded], tell: Callable[[str], None]) -> int:
    """Draft what was read in documents on which nobody's reviewed facts rest."""
    rested = set(database.exec(select(Evidence.document_sha256).distinct()).all())
    documents = [database.get_one(Document, sha256) for sha256 in read if sha256 not in rested]
    if not documents:
        return 0
    # What reads facts takes its time to import; most starts draft nothing.
    from knowledge.drafting import draft_documents, read_proposals
    from knowledge.reading.extract.proposal import Proposal

    def proposed() -> Iterator[tuple[Document, list[Proposal]]]:
        for document in documents:
            tell(f"Drafting {document.file}")
            yield document, read_proposals(read[document.sha256], document.file)

    return len(draft_documents(database, proposed()))


def _noted(row: Document, note: DocumentNote, said: Said) -> bool:
    """Whether a row holds what a reviewer says of it, but for what staff say otherwise."""
    own = {*said, "publisher_en"} if "publisher" in said else set(said)
    return all(not value or key in own or getattr(row, key) == value for key, value in vars(note).items())
