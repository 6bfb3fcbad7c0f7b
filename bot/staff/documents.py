"""A document that staff send: taken in, and quoted at once."""

from sqlalchemy import Engine

from bot.reply import Reply, notice
from bot.staff.buttons import button
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.corrections import corrections_of, missing
from knowledge.database import writing
from knowledge.drafting import read_proposals
from knowledge.intake import compare_ahead
from knowledge.models import StaffRole
from knowledge.people import Person
from knowledge.reading.load import load_bytes
from knowledge.receiving import receive


def take_document(engine: Engine, name: str, content: bytes, person: Person, language: Language) -> Reply:
    """Take in a document, and say what came of it.

    Args:
        engine: a migrated database.
        name: under which it was sent.
        content: its bytes.
        person: who sent it.
        language: what to answer in.

    Raises:
        DocumentError: it cannot be read.
        NotAllowedError: a viewer only looks.
    """
    person.require(StaffRole.EDITOR)
    loaded = load_bytes(name, content)
    proposals = read_proposals(loaded, loaded.name)
    compare_ahead(engine, loaded)
    with writing(engine) as database:
        received = receive(database, loaded.name, loaded, person.name, proposals)
        lacking = missing(received.document, corrections_of(database, loaded.sha256))
        database.commit()
    title, drafts = received.document.title, received.drafts
    if received.known:
        return notice(language, say(language, "staff", "document_known", title=title))
    said = say(language, "staff", "document", title=title, passages=received.passages, drafts=drafts)
    lines = [said]
    if lacking:
        fields = say(language, "staff", "joiner").join(
            say(language, "document_fields", one) for one in lacking
        )
        lines.append(say(language, "staff", "document_lacks", fields=fields))
    rows = ((button(say(language, "staff", "drafts", count=drafts), "drafts", 0),),) if drafts else ()
    return notice(language, *lines, rows=rows)
