"""Reviewed facts: TOML files that people checked against the documents, read and validated."""

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.database import KnowledgeError
from knowledge.forms import REFERENCES, FactForm, FormError, Place, fill
from knowledge.models.fact import Kind

_SHORT = {name.removesuffix("_id"): name for name in REFERENCES}
"""A file says `subject` where the table has `subject_id`."""

_LISTS = ("keywords", "about")
"""Fields that a file writes as a list and the table keeps a line each."""


class ReviewedError(KnowledgeError):
    """A file of reviewed facts is not as it should be."""


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
class Reviewed:
    """All reviewed facts by id, the notes on documents by sha256, and the sha256 of each fact as written."""

    facts: dict[str, FactForm]
    documents: dict[str, DocumentNote]
    digests: dict[str, str]


def read_reviewed(folders: list[Path]) -> Reviewed:
    """Read the TOML files of some folders; a later folder's fact replaces an earlier one's of the same id.

    Raises:
        ReviewedError: a file cannot be read, a field is missing or not allowed, an id stands twice in a
            folder or names nothing; it names the file, the id and the field.
    """
    facts: dict[str, FactForm] = {}
    documents: dict[str, DocumentNote] = {}
    digests: dict[str, str] = {}
    for folder in folders:
        names, notes = _documents(folder / "documents.toml")
        documents |= notes
        found: dict[str, FactForm] = {}
        for path in sorted(folder.glob("*.toml")):
            if path.name == "documents.toml":
                continue
            for kind, entry in _entries(path):
                digest = json.dumps([entry, names], default=str, sort_keys=True)
                fact = _fact(path, kind, entry, names)
                if fact.id in found:
                    raise ReviewedError(f"{path.name}: {fact.id} stands twice; give one of them another id.")
                found[fact.id] = fact
                digests[fact.id] = hashlib.sha256(digest.encode()).hexdigest()
        facts |= found
    for fact in facts.values():
        for reference in fact.references():
            if reference not in facts:
                raise ReviewedError(
                    f"{fact.id} names {reference}, which is not there; add it or correct the id."
                )
    return Reviewed(facts, documents, digests)


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


def _fact(path: Path, kind: Kind, entry: dict[str, Any], names: dict[str, str]) -> FactForm:
    where = f"{path.name}: {entry.get('id', kind)}"
    places = tuple(_place(where, item, names) for item in entry.pop("evidence", ()))
    aliases = tuple(entry.pop("aliases", ()))
    for key in _LISTS:
        if key in entry:
            entry[key] = "\n".join(entry[key])
    fields = {_SHORT.get(key, key): value for key, value in entry.items()}
    try:
        return fill(kind, fields, aliases, places)
    except FormError as error:
        raise ReviewedError(f"{where}: {error}") from error


def _place(where: str, item: dict[str, Any], names: dict[str, str]) -> Place:
    try:
        document = names.get(item["document"], item["document"])
        return Place(document, int(item["start"]), int(item["end"]), item.get("quote"))
    except (KeyError, ValueError, TypeError) as error:
        raise ReviewedError(f"{where}: an evidence needs document, start and end.") from error
