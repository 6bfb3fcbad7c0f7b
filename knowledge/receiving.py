"""A document that staff send: taken in at once, with what was read in it waiting as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, func, select

from knowledge.drafting import draft_document
from knowledge.intake import cut, take_in
from knowledge.models import Document, Origin, Passage
from knowledge.publishing import advance
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.load import Loaded


@dataclass(frozen=True)
class Received:
    """What came of a document.

    Attributes:
        document: as stored.
        known: it was there already, and nothing was changed.
        passages: how many stretches of it can be quoted.
        drafts: how many facts wait for review.
    """

    document: Document
    known: bool = False
    passages: int = 0
    drafts: int = 0


def receive(database: Session, file: str, loaded: Loaded, by: str, proposals: Sequence[Proposal]) -> Received:
    """Take in a document of a member of staff; it answers at once, and no build takes it away.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        file: the name it was sent under.
        loaded: the document as decoded.
        by: who sent it.
        proposals: what was read in it, see `knowledge.drafting.read_proposals`.
    """
    known = database.get(Document, loaded.sha256)
    if known is not None:
        return Received(known, known=True)
    document = take_in(database, file, loaded, origin=Origin.STAFF, added_by=by)
    cut(database)
    drafts = draft_document(database, document, proposals)
    advance(database)
    count = select(func.count()).where(Passage.document_sha256 == document.sha256)
    return Received(document, passages=database.exec(count).one(), drafts=len(drafts))
