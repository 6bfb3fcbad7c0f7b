"""Reviewed facts: TOML files that people checked against the documents, read and validated."""

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlmodel import SQLModel

from knowledge.database import KnowledgeError
from knowledge.models.entity import (
    Chain,
    ChainBase,
    Company,
    EntityBase,
    Organization,
    OrganizationBase,
    Park,
    ParkBase,
    Person,
    Policy,
    PolicyBase,
    Project,
    ProjectBase,
    Sector,
    Signing,
    SigningBase,
    Work,
    WorkBase,
    Zone,
    ZoneBase,
)
from knowledge.models.fact import FactCreate, Kind
from knowledge.models.figure import Figure, FigureBase
from knowledge.models.link import Link, LinkBase
from knowledge.models.post import Post, PostBase
from knowledge.models.statement import Statement, StatementBase

FORMS: dict[Kind, tuple[type[SQLModel], type[SQLModel]]] = {
    Kind.ZONE: (ZoneBase, Zone),
    Kind.CHAIN: (ChainBase, Chain),
    Kind.SECTOR: (EntityBase, Sector),
    Kind.PARK: (ParkBase, Park),
    Kind.ORGANIZATION: (OrganizationBase, Organization),
    Kind.COMPANY: (EntityBase, Company),
    Kind.PERSON: (EntityBase, Person),
    Kind.WORK: (WorkBase, Work),
    Kind.POLICY: (PolicyBase, Policy),
    Kind.PROJECT: (ProjectBase, Project),
    Kind.SIGNING: (SigningBase, Signing),
    Kind.FIGURE: (FigureBase, Figure),
    Kind.POST: (PostBase, Post),
    Kind.LINK: (LinkBase, Link),
    Kind.STATEMENT: (StatementBase, Statement),
}
"""Each kind's form that validates and its table; a table class of SQLModel does not validate."""

_REFERENCES = ("subject", "object", "of", "person", "organization", "chain")
_LISTS = ("keywords", "about")


class ReviewedError(KnowledgeError):
    """A file of reviewed facts is not as it should be."""


@dataclass(frozen=True)
class Place:
    """An evidence as reviewed: characters `start` to `end` of a document's original text."""

    document: str
    start: int
    end: int
    quote: str | None = None


@dataclass(frozen=True)
class DocumentNote:
    """What a reviewer says of a document; it goes before what the reader finds by itself."""

    title: str = ""
    publisher: str = ""
    publisher_en: str = ""
    date: dt.date | None = None
    page: str = ""
    reporter: str = ""


@dataclass(frozen=True)
class ReviewedFact:
    """A fact with its evidence, validated but not yet held against its documents.

    `row` is the typed form (e.g. FigureBase), `common` the fields of the row in `fact`.
    """

    kind: Kind
    common: FactCreate
    row: SQLModel
    aliases: tuple[str, ...]
    places: tuple[Place, ...]
    digest: str

    @property
    def id(self) -> str:
        """The fact's id."""
        return self.common.id

    def references(self) -> Iterator[str]:
        """The ids of the facts this one needs."""
        for name in _REFERENCES:
            value = getattr(self.row, f"{name}_id", None)
            if value:
                yield value


@dataclass(frozen=True)
class Reviewed:
    """All reviewed facts by id, and the notes on documents by sha256."""

    facts: dict[str, ReviewedFact]
    documents: dict[str, DocumentNote]


def read_reviewed(folders: list[Path]) -> Reviewed:
    """Read the TOML files of some folders; a later folder's fact replaces an earlier one's of the same id.

    Raises:
        ReviewedError: a file cannot be read, a field is missing or not allowed, an id stands twice in a
            folder or names nothing; it names the file, the id and the field.
    """
    facts: dict[str, ReviewedFact] = {}
    documents: dict[str, DocumentNote] = {}
    for folder in folders:
        names, notes = _documents(folder / "documents.toml")
        documents |= notes
        found: dict[str, ReviewedFact] = {}
        for path in sorted(folder.glob("*.toml")):
            if path.name == "documents.toml":
                continue
            for kind, entry in _entries(path):
                fact = _fact(path, kind, entry, names)
                if fact.id in found:
                    raise ReviewedError(f"{path.name}: {fact.id} stands twice; give one of them another id.")
                found[fact.id] = fact
        facts |= found
    for fact in facts.values():
        for reference in fact.references():
            if reference not in facts:
                raise ReviewedError(
                    f"{fact.id} names {reference}, which is not there; add it or correct the id."
                )
    return Reviewed(facts, documents)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReviewedError(f"{path.name} cannot be read: {error}.") from error


def _documents(path: Path) -> tuple[dict[str, str], dict[str, DocumentNote]]:
    if not path.exists():
        return {}, {}
    names: dict[str, str] = {}
    notes: dict[str, DocumentNote] = {}
    for name, entry in _parse(path).items():
        names[name] = entry.pop("sha256")
        note = DocumentNote(**entry)
        date = note.date
        notes[names[name]] = (
            replace(note, date=dt.date.fromisoformat(date)) if isinstance(date, str) else note
        )
    return names, notes


def _entries(path: Path) -> Iterator[tuple[Kind, dict[str, Any]]]:
    for name, entries in _parse(path).items():
        try:
            kind = Kind(name)
        except ValueError as error:
            allowed = ", ".join(Kind)
            raise ReviewedError(f"{path.name}: [[{name}]] is no kind of fact; allowed: {allowed}.") from error
        for entry in entries:
            yield kind, entry


def _fact(path: Path, kind: Kind, entry: dict[str, Any], names: dict[str, str]) -> ReviewedFact:
    where = f"{path.name}: {entry.get('id', kind)}"
    digest = hashlib.sha256(json.dumps([entry, names], default=str, sort_keys=True).encode()).hexdigest()
    form, _ = FORMS[kind]
    places = tuple(_place(where, item, names) for item in entry.pop("evidence", ()))
    if not places:
        raise ReviewedError(f"{where} has no evidence; a fact without a source cannot be published.")
    aliases = tuple(entry.pop("aliases", ()))
    for key in _LISTS:
        if key in entry:
            entry[key] = "\n".join(entry[key])
    fields = {f"{key}_id" if key in _REFERENCES else key: value for key, value in entry.items()}
    allowed = set(form.model_fields) | set(FactCreate.model_fields)
    for key in fields.keys() - allowed:
        raise ReviewedError(f"{where}: a {kind} has no field {key!r}.")
    if not str(fields.get("id", "")).startswith(f"{kind}."):
        raise ReviewedError(f"{where}: the id of a {kind} starts with '{kind}.'.")
    try:
        row = form.model_validate({key: fields[key] for key in fields.keys() & form.model_fields.keys()})
        common = FactCreate.model_validate(
            {key: fields[key] for key in fields.keys() & FactCreate.model_fields.keys()}
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise ReviewedError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    return ReviewedFact(kind, common, row, aliases, places, digest)


def _place(where: str, item: dict[str, Any], names: dict[str, str]) -> Place:
    try:
        document = names.get(item["document"], item["document"])
        return Place(document, int(item["start"]), int(item["end"]), item.get("quote"))
    except (KeyError, ValueError, TypeError) as error:
        raise ReviewedError(f"{where}: an evidence needs document, start and end.") from error
