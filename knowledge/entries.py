"""A fact as data: one JSON object with its fields, names and evidence, as history and drafts keep it."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, col, delete, select

from knowledge.database import chunks
from knowledge.forms import FORMS, FactForm, Place, fill
from knowledge.models import Alias, Evidence, Fact, Kind, Origin, Status
from knowledge.reading.quotes import Quotes
from knowledge.unseen import visible

Entry = dict[str, Any]
"""`kind`, `id`, `published` (false: retired), fields that are not at their default, `aliases`, `evidence`.

An evidence is `{"document": sha256, "start", "end", "quote"}`; the quote is as cleaned.
"""

_APART = frozenset({"kind", "published", "aliases", "evidence"})
"""Keys that are no fields of the form."""


def form_of(entry: Mapping[str, Any]) -> FactForm:
    """The validated form of an entry.

    Raises:
        FormError: a field is unknown, missing or not allowed; it names the field.
    """
    places = tuple(
        Place(item["document"], int(item["start"]), int(item["end"])) for item in entry.get("evidence", ())
    )
    fields = {key: value for key, value in entry.items() if key not in _APART}
    return fill(Kind(entry["kind"]), fields, tuple(entry.get("aliases", ())), places)


def entry_of(form: FactForm, quotes: Quotes, published: bool = True) -> Entry:
    """A form as data; of its evidence what stands in documents that are here.

    Args:
        form: a validated fact.
        quotes: the words at each place that is here.
        published: false for a retired one.
    """
    fields = {**_set(form.common), **_set(form.row)}
    places = dict.fromkeys((place.document, place.start, place.end) for place in form.places)
    evidence = [
        {"document": document, "start": start, "end": end, "quote": quotes[document, start, end]}
        for document, start, end in places
        if (document, start, end) in quotes
    ]
    return {
        "kind": form.kind.value,
        "published": published,
        **fields,
        "aliases": list(dict.fromkeys(form.aliases)),
        "evidence": evidence,
    }


def as_seen(entry: Entry) -> Entry:
    """An entry whose texts hold nothing that nobody sees, as its form will have it."""
    made: Entry = {key: _seen(value) for key, value in entry.items()}
    return made


def dump(entry: Entry | None) -> str | None:
    """An entry as text: the same text for the same fact."""
    return None if entry is None else json.dumps(entry, ensure_ascii=False, sort_keys=True)


def parse(text: str | None) -> Entry | None:
    """An entry from its text."""
    if text is None:
        return None
    entry: Entry = json.loads(text)
    return entry


@dataclass(frozen=True)
class Kept:
    """A fact to be written.

    Attributes:
        entry: as history keeps it.
        form: the same, validated.
        origin: by whom it is kept true from now on.
        reviewed: see `Fact.reviewed`.
    """

    entry: Entry
    form: FactForm
    origin: Origin
    reviewed: str


def write(database: Session, facts: Sequence[Kept]) -> None:
    """Write facts into the tables, new ones and those that are there already.

    Many at once, as an import may bring fifty thousand.

    Args:
        database: a session; the caller commits.
        facts: with whatever they refer to, as far as it is not there.
    """
    ids = [fact.form.id for fact in facts]
    there = {
        id
        for part in chunks(ids)
        for id in database.exec(select(Fact.id).where(col(Fact.id).in_(part))).all()
    }
    _put(database, Fact, [_common(fact) for fact in facts], there)
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for fact in facts:
        _, table = FORMS[fact.form.kind]
        rows.setdefault(table, []).append(fact.form.row.model_dump())
    for table, own in rows.items():
        _put(database, table, own, there)
    for part in chunks(ids):
        database.exec(delete(Evidence).where(col(Evidence.fact_id).in_(part)))
        database.exec(delete(Alias).where(col(Alias.entity_id).in_(part)))
    _put(
        database,
        Alias,
        [{"text": alias, "entity_id": fact.form.id} for fact in facts for alias in fact.entry["aliases"]],
    )
    _put(database, Evidence, [row for fact in facts for row in _evidence(fact)])
    # What a session has read of these rows is not what they are now.
    for row in list(database.identity_map.values()):
        if isinstance(row, (Fact, Evidence, Alias, *rows)):
            database.expire(row)


def remove(database: Session, id: str) -> None:
    """Take a fact out of the tables; its history stays."""
    row = database.exec(select(Fact).where(Fact.id == id)).first()
    if row is not None:
        database.delete(row)


def _common(fact: Kept) -> dict[str, Any]:
    return {
        **fact.form.common.model_dump(),
        "kind": fact.form.kind,
        "status": Status.PUBLISHED if fact.entry["published"] else Status.RETIRED,
        "origin": fact.origin,
        "reviewed": fact.reviewed,
    }


def _evidence(fact: Kept) -> Iterator[dict[str, Any]]:
    for item in fact.entry["evidence"]:
        yield {
            "fact_id": fact.form.id,
            "document_sha256": item["document"],
            "start": item["start"],
            "end": item["end"],
            "quote": item["quote"],
        }


def _put(
    database: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]], there: Container[str] = ()
) -> None:
    """Insert rows, or update those that are there."""
    new = [row for row in rows if row.get("id") not in there]
    old = [row for row in rows if row.get("id") in there]
    if new:
        database.execute(insert(table), new)
    if old:
        database.execute(update(table), old)


def _seen(value: Any) -> Any:  # noqa: ANN401 - whatever an entry holds
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: _seen(one) for key, one in value.items()}
    return [_seen(one) for one in value] if isinstance(value, list | tuple) else value


def _set(model: Any) -> dict[str, Any]:  # noqa: ANN401 - any SQLModel
    dumped: dict[str, Any] = model.model_dump(mode="json", exclude_defaults=True)
    return dumped
