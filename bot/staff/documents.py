"""A document that staff send: taken in, and quoted at once."""

from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import func, select

from bot.reply import Reply, notice
from bot.staff.buttons import button
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.database import writing
from knowledge.intake import take_in
from knowledge.models import Document, Draft, DraftState, Origin, Passage, StaffRole
from knowledge.people import Person
from knowledge.publishing import advance
from knowledge.reading.load import load


def take_document(engine: Engine, path: Path, person: Person, language: Language) -> Reply:
    """Take in a document, and say what came of it.

    Args:
        engine: a migrated database.
        path: the file, under the name it was sent with.
        person: who sent it.
        language: what to answer in.

    Raises:
        DocumentError: it cannot be read.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    loaded = load(path)
    with writing(engine) as database:
        known = database.get(Document, loaded.sha256)
        if known is not None:
            return notice(language, say(language, "staff", "document_known", title=known.title))
        row = take_in(database, path.name, loaded, origin=Origin.STAFF, added_by=person.name)
        passages = database.exec(select(func.count()).where(Passage.document_sha256 == row.sha256)).one()
        waiting = (Draft.document_sha256 == row.sha256, Draft.state == DraftState.WAITING)
        drafts = database.exec(select(func.count()).where(*waiting)).one()
        advance(database)
        database.commit()
    said = say(language, "staff", "document", title=row.title, passages=passages, drafts=drafts)
    rows = ((button(say(language, "staff", "drafts", count=drafts), "drafts", 0),),) if drafts else ()
    return notice(language, said, rows=rows)
