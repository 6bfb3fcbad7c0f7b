"""What was changed, by whom and why; nobody edits it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from knowledge.corrections import DETAILS, corrections_of, details_of, document_of, is_details
from knowledge.database import KnowledgeError, chunks
from knowledge.entries import Entry, dump, parse
from knowledge.models import Action, Change, Document, Version
from knowledge.unseen import visible

BUILD = "build"
"""Who a build is: nobody who has seen what it proposes."""

SHOWN = 50
"""How many changes are shown where nobody says how many."""


_FACTS = ~col(Version.fact_id).startswith(DETAILS)


class HistoryError(KnowledgeError):
    """A change that is asked for is not there."""


@dataclass(frozen=True)
class Held:
    """A fact's newest version: its number, and what the fact is; None where it was taken out."""

    number: int
    entry: Entry | None


@dataclass(frozen=True)
class Difference:
    """A field that two versions of a fact differ in, as data; None where one of them has none."""

    field: str
    old: object
    new: object


def latest(database: Session, ids: Collection[str] | None = None) -> dict[str, Held]:
    """The newest version of facts, or of what is said of documents.

    Args:
        database: a session.
        ids: whose; None for every fact there ever was.
    """
    newest = select(func.max(Version.id)).group_by(col(Version.fact_id))
    query = select(Version).where(col(Version.id).in_(newest))
    if ids is None:
        rows = list(database.exec(query.where(_FACTS)).all())
    else:
        rows = [
            row
            for chunk in chunks(sorted(ids))
            for row in database.exec(
                select(Version).where(col(Version.id).in_(newest.where(col(Version.fact_id).in_(chunk))))
            ).all()
        ]
    found = {row.fact_id: Held(row.number, parse(row.after)) for row in rows}
    for id in filter(is_details, ids or ()):
        document = database.get(Document, document_of(id))
        if document is not None:
            # What staff said nothing of is what a reader finds, and no change of theirs.
            details = details_of(document, corrections_of(database, document.sha256))
            found[id] = Held(found[id].number if id in found else 0, details)
    return found


def record(
    database: Session,
    made: Mapping[str, tuple[Held | None, Entry | None]],
    *,
    actor: str,
    action: Action,
    reason: str = "",
    undoes: int | None = None,
) -> Change:
    """Write down a change.

    Args:
        database: a session; the caller commits.
        made: by fact: its newest version so far, and what it is now.
        actor: who did it.
        action: what was done.
        reason: why, in their words.
        undoes: the change that this one takes back.
    """
    now, why = dt.datetime.now(dt.UTC), visible(reason)
    change = Change(at=now, actor=actor, action=action, reason=why, undoes=undoes)
    database.add(change)
    database.flush()
    if change.id is None:
        raise HistoryError("The change could not be written down; nothing was changed.")
    rows = [
        {
            "change_id": change.id,
            "fact_id": id,
            "number": held.number + 1 if held else 1,
            "before": dump(held.entry) if held else None,
            "after": dump(after),
        }
        for id, (held, after) in made.items()
    ]
    database.execute(insert(Version), rows)
    return change


def changes(
    database: Session, *, fact_id: str | None = None, limit: int = SHOWN
) -> list[tuple[Change, list[Version]]]:
    """The changes, newest first, each with what it made of which facts.

    Args:
        database: a session.
        fact_id: only those of this fact.
        limit: how many at most.
    """
    query = select(Change).order_by(col(Change.id).desc()).limit(limit)
    if fact_id is not None:
        touching = select(Version.change_id).where(Version.fact_id == fact_id)
        query = query.where(col(Change.id).in_(touching))
    found = database.exec(query).all()
    return [(change, versions(database, change.id or 0, fact_id)) for change in found]


def versions(database: Session, change: int, fact_id: str | None = None) -> list[Version]:
    """What a change made of facts, or of one."""
    query = select(Version).where(Version.change_id == change).order_by(col(Version.id))
    if fact_id is not None:
        query = query.where(Version.fact_id == fact_id)
    return list(database.exec(query).all())


def find_change(database: Session, id: int) -> Change:
    """A change by its number.

    Raises:
        HistoryError: there is none.
    """
    change = database.get(Change, id)
    if change is None:
        raise HistoryError(f"There is no change {id}. «investbot history» lists them.")
    return change


def state_at(database: Session, moment: dt.datetime) -> dict[str, Entry]:
    """What every fact was at a moment; those that were published then."""
    newest = (
        select(func.max(Version.id))
        .join(Change, col(Change.id) == col(Version.change_id))
        .where(col(Change.at) <= moment, _FACTS)
        .group_by(col(Version.fact_id))
    )
    rows = database.exec(select(Version).where(col(Version.id).in_(newest))).all()
    entries = {row.fact_id: parse(row.after) for row in rows}
    return {id: entry for id, entry in entries.items() if entry and entry["published"]}


def differences(before: Entry | None, after: Entry | None) -> list[Difference]:
    """The fields that differ, those of the later version first."""
    old, new = before or {}, after or {}
    fields = [*new, *(field for field in old if field not in new)]
    return [
        Difference(field, old.get(field), new.get(field))
        for field in fields
        if (old.get(field) or None) != (new.get(field) or None)
    ]
