"""Reviewed facts: TOML files that people checked against the documents, read and validated."""

import datetime as dt
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from knowledge.database import KnowledgeError
from knowledge.forms import REFERENCES, FactForm, FormError, Place, fill
from knowledge.models.fact import Kind

_SHORT = {name.removesuffix("_id"): name for name in REFERENCES}
"""A file says `subject` where the table has `subject_id`."""

_LISTS = ("keywords", "about")
"""Fields that a file writes as a list and the table keeps a line each."""


_SHA256 = re.compile(r"[0-9a-f]{64}")


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
    """All reviewed facts by id, the notes on documents by sha256, and the sha256 of each fact as written.

    Attributes:
        own: of the facts, the ids of those in the last folder.
    """

    facts: dict[str, FactForm]
    documents: dict[str, DocumentNote]
    digests: dict[str, str]
    own: frozenset[str] = frozenset()


def read_reviewed(folders: list[Path], here: Mapping[str, tuple[str, str]]) -> Reviewed:
    """Read the TOML files of some folders; a later folder's fact replaces an earlier one's of the same id.

    Args:
        folders: where the files are.
        here: the documents that are here, by the name of their file: sha256 and text.

    Raises:
        ReviewedError: a file cannot be read, a field is missing or not allowed, an id stands twice in a
            folder or names nothing; it names the file, the id and the field.
    """
    facts: dict[str, FactForm] = {}
    documents: dict[str, DocumentNote] = {}
    digests: dict[str, str] = {}
    found: dict[str, FactForm] = {}
    texts = dict(here.values())
    for folder in folders:
        names, notes = _documents(folder / "documents.toml", here)
        documents |= notes
        found = {}
        for path in sorted(folder.glob("*.toml")):
            if path.name == "documents.toml":
                continue
            for kind, entry in _entries(path):
                digest = json.dumps([entry, names], default=str, sort_keys=True)
                fact = _fact(path, kind, entry, names, texts)
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
    return Reviewed(facts, documents, digests, frozenset(found))


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReviewedError(f"{path.name} cannot be read: {error}.") from error


def _documents(
    path: Path, here: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, str], dict[str, DocumentNote]]:
    """What a file calls the documents, each with its sha256, and what it says of them by that."""
    if not path.exists():
        return {}, {}
    names: dict[str, str] = {}
    notes: dict[str, DocumentNote] = {}
    known = [field.name for field in fields(DocumentNote)]
    for name, entry in _parse(path).items():
        where = f"{path.name}: [{name}]"
        if not isinstance(entry, dict):
            raise ReviewedError(f'{where} is no section; write [{name}] and below it file = "…".')
        if strange := sorted(entry.keys() - {*known, "file", "sha256"}):
            raise ReviewedError(f"{where} has no {strange[0]!r}; allowed: file, sha256, {', '.join(known)}.")
        names[name] = sha256 = _sha256(where, entry.pop("file", ""), entry.pop("sha256", ""), here)
        note = DocumentNote(**entry)
        try:
            date = dt.date.fromisoformat(note.date) if isinstance(note.date, str) else note.date
        except ValueError as error:
            raise ReviewedError(f"{where}: the date {note.date!r} is not written as 2024-03-05.") from error
        notes[sha256] = replace(note, date=date)
    return names, notes


def _sha256(where: str, file: str, sha256: str, here: Mapping[str, tuple[str, str]]) -> str:
    """Of a document that a section names by its file, or by the sha256 of its file."""
    if sha256:
        return sha256
    if not file:
        raise ReviewedError(f'{where} names no document; add file = "…", the name of its file.')
    if file not in here:
        raise ReviewedError(
            f"{where}: there is no document {file!r}. Put it there, or take this section and its facts out. "
            f"There is: {', '.join(sorted(here))}."
        )
    return here[file][0]


def _entries(path: Path) -> Iterator[tuple[Kind, dict[str, Any]]]:
    for name, entries in _parse(path).items():
        try:
            kind = Kind(name)
        except ValueError as error:
            allowed = ", ".join(Kind)
            raise ReviewedError(f"{path.name}: [[{name}]] is no kind of fact; allowed: {allowed}.") from error
        if not isinstance(entries, list):
            raise ReviewedError(f"{path.name}: write [[{name}]] with two brackets, above each {name}.")
        for entry in entries:
            yield kind, entry


def _fact(
    path: Path, kind: Kind, entry: dict[str, Any], names: Mapping[str, str], texts: Mapping[str, str]
) -> FactForm:
    where = f"{path.name}: {entry.get('id', kind)}"
    places = tuple(_place(where, item, names, texts) for item in entry.pop("evidence", ()))
    aliases = tuple(entry.pop("aliases", ()))
    for key in _LISTS:
        if key in entry:
            entry[key] = "\n".join(entry[key])
    fields = {_SHORT.get(key, key): value for key, value in entry.items()}
    try:
        return fill(kind, fields, aliases, places)
    except FormError as error:
        raise ReviewedError(f"{where}: {error}") from error


def _place(where: str, item: Any, names: Mapping[str, str], texts: Mapping[str, str]) -> Place:  # noqa: ANN401 - as written
    if not isinstance(item, dict) or "document" not in item:
        raise ReviewedError(f"{where}: an evidence needs a document, and a quote or start and end.")
    document, quote = str(item["document"]), item.get("quote")
    sha256 = names.get(document, document)
    if not _SHA256.fullmatch(sha256):
        raise ReviewedError(
            f"{where}: its evidence names the document {document!r}; documents.toml has: "
            f"{', '.join(sorted(names)) or 'none'}."
        )
    try:
        if quote is None or item.keys() & {"start", "end"}:
            return Place(sha256, int(item["start"]), int(item["end"]), quote)
    except (KeyError, ValueError, TypeError) as error:
        raise ReviewedError(f"{where}: an evidence needs a quote, or start and end.") from error
    return _found(where, sha256, str(quote), texts)


def _found(where: str, sha256: str, quote: str, texts: Mapping[str, str]) -> Place:
    """A place that only its words tell; where its document is not here, it is nowhere."""
    if sha256 not in texts:
        return Place(sha256, 0, 0, quote)
    times = texts[sha256].count(quote) if quote else 0
    if times != 1:
        often = (
            f"stands {times} times in its document; add start and end" if times else "is not in its document"
        )
        raise ReviewedError(f"{where}: «{quote}» {often}.")
    start = texts[sha256].index(quote)
    return Place(sha256, start, start + len(quote), quote)
