"""A fact that is proposed: as it enters the drafts that wait, whoever or whatever proposes it."""

import datetime as dt

from sqlmodel import Session

from knowledge.entries import Entry, as_seen, dump
from knowledge.models import Action, Draft, DraftSource, DraftState
from knowledge.unseen import visible


def propose(
    database: Session,
    entry: Entry,
    source: DraftSource,
    *,
    base: int = 0,
    document: str | None = None,
    confidence: float = 1.0,
    author: str = "",
    note: str = "",
    action: Action = Action.PUBLISH,
    undoes: int | None = None,
) -> Draft:
    """Let a fact wait for review.

    Args:
        database: a session; the caller flushes and commits.
        entry: the fact as it would be.
        source: where it comes from.
        base: the version it was made from; 0 for a new fact.
        document: sha256 of the document it was read in.
        confidence: how sure it is, 0 to 1.
        author: who proposes it; empty for what was read in a document.
        note: why, or what is unclear.
        action: what accepting it does.
        undoes: the change that it takes back.
    """
    draft = Draft(
        fact_id=entry["id"],
        base=base,
        entry=dump(as_seen(entry)) or "",
        source=source,
        document_sha256=document,
        confidence=confidence,
        author=author,
        note=visible(note),
        created_at=dt.datetime.now(dt.UTC),
        state=DraftState.WAITING,
        action=action,
        undoes=undoes,
    )
    database.add(draft)
    return draft
