"""A fact as data: one JSON object with its fields, names and evidence, as history and drafts keep it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, delete, select

from knowledge.forms import FORMS, FactForm, Place, fill
from knowledge.models import Alias, Evidence, Fact, Kind, Origin, Status
from knowledge.reading.quotes import Quotes

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


def dump(entry: Entry | None) -> str | None:
    """An entry as text: the same text for the same fact."""
    return None if entry is None else json.dumps(entry, ensure_ascii=False, sort_keys=True)


def parse(text: str | None) -> Entry | None:
    """An entry from its text."""
    if text is None:
        return None
    entry: Entry = json.loads(text)
    return entry


def write_common(database: Session, entry: Entry, origin: Origin, reviewed: str) -> None:
    """Write the row in `fact` that everything else of the fact refers to."""
    form = form_of(entry)
    row = Fact(
        **form.common.model_dump(),
        kind=form.kind,
        status=Status.PUBLISHED if entry["published"] else Status.RETIRED,
        origin=origin,
        reviewed=reviewed,
    )
    database.merge(row)


def write_rest(database: Session, entry: Entry) -> None:
    """Write an entry's own row, names and evidence; what it refers to is in `fact` already."""
    form = form_of(entry)
    _, table = FORMS[form.kind]
    database.merge(table(**form.row.model_dump()))
    database.exec(delete(Evidence).where(col(Evidence.fact_id) == form.id))
    database.exec(delete(Alias).where(col(Alias.entity_id) == form.id))
    for alias in entry["aliases"]:
        database.add(Alias(text=alias, entity_id=form.id))
    for item in entry["evidence"]:
        database.add(
            Evidence(
                fact_id=form.id,
                document_sha256=item["document"],
                start=item["start"],
                end=item["end"],
                quote=item["quote"],
            )
        )


def remove(database: Session, id: str) -> None:
    """Take a fact out of the tables; its history stays."""
    row = database.exec(select(Fact).where(Fact.id == id)).first()
    if row is not None:
        database.delete(row)


def _set(model: Any) -> dict[str, Any]:  # noqa: ANN401 - any SQLModel
    dumped: dict[str, Any] = model.model_dump(mode="json", exclude_defaults=True)
    return dumped
