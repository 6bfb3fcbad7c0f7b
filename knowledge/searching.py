"""Facts found by the words in them, for those who look after them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from knowledge.entries import Entry, parse
from knowledge.models import ENTITY_TABLES, Alias, Fact, Kind, Status, Version

NAMED = 20
"""So many entities whose names hold the words are looked for in other facts."""


@dataclass(frozen=True)
class Hit:
    """A fact: its newest version, and whether investors see it."""

    number: int
    entry: Entry
    published: bool


def find_facts(
    database: Session,
    *,
    words: str = "",
    kind: Kind | None = None,
    status: Status | None = Status.PUBLISHED,
    limit: int = 50,
    offset: int = 0,
) -> tuple[int, list[Hit]]:
    """Facts that hold some words, or are about an entity whose name does.

    Args:
        database: a session.
        words: all of them have to be in the fact; separated by blanks.
        kind: only of this kind.
        status: only of this status; None for all.
        limit: how many at most.
        offset: how many are passed over.

    Returns:
        how many there are in all, and those asked for, entities first.
    """
    newest = select(func.max(Version.id)).group_by(col(Version.fact_id))
    wanted: list[ColumnElement[bool]] = [col(Version.id).in_(newest), col(Version.after).is_not(None)]
    if kind is not None:
        wanted.append(col(Fact.kind) == kind)
    if status is not None:
        wanted.append(col(Fact.status) == status)
    for word in words.split():
        wanted.append(or_(*(_holds(text) for text in (word, *(f'"{id}"' for id in _named(database, word))))))
    joined = select(Version, Fact.status).join(Fact, col(Fact.id) == col(Version.fact_id)).where(*wanted)
    total = database.exec(select(func.count()).select_from(joined.subquery())).one()
    order = case({one.value: place for place, one in enumerate(Kind)}, value=col(Fact.kind))
    rows = database.exec(joined.order_by(order, col(Fact.id)).limit(limit).offset(offset)).all()
    hits = [Hit(row.number, parse(row.after) or {}, held is Status.PUBLISHED) for row, held in rows]
    return total, hits


def count_facts(database: Session) -> dict[Kind, int]:
    """How many facts of each kind are published."""
    query = select(Fact.kind, func.count()).where(Fact.status == Status.PUBLISHED).group_by(col(Fact.kind))
    found = dict(database.exec(query).all())
    return {kind: found[kind] for kind in Kind if kind in found}


def _holds(text: str) -> ColumnElement[bool]:
    return col(Version.after).icontains(text, autoescape=True)


def _named(database: Session, word: str) -> list[str]:
    """Entities one of whose names holds a word."""
    found: dict[str, None] = {}
    for table in ENTITY_TABLES:
        query = select(table.id).where(col(table.name).icontains(word, autoescape=True)).limit(NAMED)
        found |= dict.fromkeys(database.exec(query).all())
    query = select(Alias.entity_id).where(col(Alias.text).icontains(word, autoescape=True)).limit(NAMED)
    return list(found | dict.fromkeys(database.exec(query).all()))[:NAMED]
