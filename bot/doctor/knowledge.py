"""Whether there is something to answer from, what it is looked up in, and the letters to draw it."""

from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, func, select

from bot.doctor.finding import Finding, bad, good, warning
from bot.doctor.patient import Patient
from bot.pictures.font import missing
from knowledge.asking.kept import Shelf, index_folder
from knowledge.asking.lexicon import read_lexicon
from knowledge.asking.vocabulary import is_kept
from knowledge.database import session
from knowledge.models import ENTITY_TABLES, Document, Fact, Revision, Status

BUILD = "Run investbot build."

MOST = 20
"""So many characters are named that cannot be drawn."""


def built(patient: Patient) -> Finding:
    """How much is known."""
    with session(patient.engine()) as database:
        newest = _newest(database)
        if newest is None:
            return warning("there is none yet", BUILD)
        published = Fact.status == Status.PUBLISHED
        facts = database.exec(select(func.count(col(Fact.id))).where(published)).one()
        documents = database.exec(select(func.count(col(Document.sha256)))).one()
    said = f"{facts} facts, {documents} documents, revision {newest.number}"
    return good(said) if facts or documents else warning(said, "Put documents in, and run investbot build.")


def indexed(patient: Patient) -> Finding:
    """Whether what questions are looked up in is kept, and of the newest state."""
    with session(patient.engine()) as database:
        newest = _newest(database)
    if newest is None:
        return warning("there is none, for there is no knowledge yet", BUILD)
    folder = index_folder(patient.address)
    if folder is None:
        return warning("it is kept nowhere, so each start makes it anew", "Set HOME or XDG_CACHE_HOME.")
    if not is_kept(read_lexicon(), Shelf.of(folder, newest)):
        said = "is older than the knowledge" if folder.exists() else "is missing"
        return warning(f"{folder} {said}", "The next start makes it anew; investbot build does so now.")
    return good(f"is that of revision {newest.number}, {folder}")


def typeface(patient: Patient) -> Finding:
    """Whether every name can be drawn in a picture."""
    try:
        with session(patient.engine()) as database:
            names = [
                name
                for table in ENTITY_TABLES
                for row in database.exec(select(table.name, table.name_en)).all()
                for name in row
            ]
        lacking = missing("".join(names))
    except OSError as error:
        return bad(f"cannot be read ({error.strerror or error})", "Install investbot anew.")
    if lacking:
        shown = " ".join(lacking[:MOST])
        return warning(f"lacks {shown}", "Signings and chains with them are told without a picture.")
    return good(f"has every character of {len(names)} names")


def _newest(database: Session) -> Revision | None:
    try:
        return database.exec(select(Revision).order_by(col(Revision.number).desc())).first()
    except DatabaseError:
        return None
