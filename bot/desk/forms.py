"""Forms for facts: made from the fields that a kind has, and read back into an entry."""

import datetime as dt
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from sqlmodel import Session

from bot.desk.show import drafted_names, names_of, topics
from bot.desk.wording import label
from knowledge.entries import Entry
from knowledge.forms import EXPECTED, FORMS, REFERENCES, FormError, fields_of
from knowledge.models import Document, Kind
from knowledge.models.entity import EntityBase
from knowledge.people import list_names
from knowledge.reading.quotes import find_words

LONG = frozenset({"text", "text_en", "keywords", "about", "note", "aliases"})
"""Fields that want more than a line."""

LAST = ("as_of", "valid_from", "valid_to", "keywords", "owner", "confirmed_on")
"""Fields of every fact; they come after its own."""

Given = Mapping[str, str]
"""What was filled in, by field."""


@dataclass(frozen=True)
class Input:
    """A field of a form.

    Attributes:
        name: of the field.
        sort: text, long, number, date, yes, choice.
        value: what stands in it.
        options: of a choice: value and what it is called.
        needed: whether it may not stay empty.
        fault: what is wrong with it.
    """

    name: str
    sort: str
    value: str
    options: Sequence[tuple[str, str]] = ()
    needed: bool = False
    fault: str = ""

    @property
    def rare(self) -> bool:
        """Whether it is one of those that most facts leave empty."""
        return self.name in LAST or self.name.endswith("_en") or self.name == "position"

    @property
    def label(self) -> str:
        """What it is called."""
        return label("fields", self.name)

    @property
    def help(self) -> str:
        """What goes in; empty where its name says it."""
        found = label("help", self.name)
        return "" if found == self.name else found


def inputs(
    database: Session, kind: Kind, given: Given, error: FormError | None = None, said: str = ""
) -> list[Input]:
    """The fields of a kind's form.

    Args:
        database: a session.
        kind: of fact.
        given: what stands in them.
        error: what is wrong with one of them.
        said: that in words.
    """
    names, drafted = names_of(database), dict[str, str]()
    fields = {name: field for name, field in fields_of(kind).items() if name != "id"}
    order = [name for name in fields if name not in LAST]
    order += [*(["aliases"] if issubclass(FORMS[kind][0], EntityBase) else []), *LAST]
    staff = list_names(database)
    made: list[Input] = []
    for name in order:
        sort, options = _sort(name, fields.get(name), names, staff)
        needed = name in fields and fields[name].is_required()
        fault = said if error is not None and error.field == name else ""
        if sort == "choice" and not needed:
            options = [("", "—"), *options]
        value = given.get(name, "")
        if sort == "choice" and value and all(value != one for one, _ in options):
            drafted = drafted or drafted_names(database)
            options = [*options, (value, drafted.get(value, value))]
        made.append(Input(name, sort, value, options, needed, fault))
    return made


def filled(entry: Entry) -> dict[str, str]:
    """An entry as its form shows it."""
    given: dict[str, str] = {}
    for key, value in entry.items():
        if key in {"kind", "published", "evidence"}:
            continue
        if isinstance(value, list):
            given[key] = "\n".join(map(str, value))
        elif isinstance(value, float):
            given[key] = f"{value:.15g}"
        else:
            given[key] = "yes" if value is True else "" if value is False else str(value)
    return given


def read(kind: Kind, given: Given, base: Entry) -> Entry:
    """The entry that was filled in.

    Args:
        kind: of fact.
        given: what stands in the fields; blank for nothing.
        base: the fact's id, and its evidence so far.

    Raises:
        FormError: a number is none.
    """
    entry: Entry = {"kind": kind.value, "id": base["id"], "published": base.get("published", True)}
    for name, field in fields_of(kind).items():
        if name == "id":
            continue
        text = given.get(name, "").replace("\r\n", "\n").strip()
        bare = _bare(field.annotation)
        if bare is bool:
            entry[name] = bool(text)
        elif text and bare in (int, float):
            entry[name] = _number(name, text, bare)
        elif text:
            entry[name] = text
    entry["aliases"] = [line.strip() for line in given.get("aliases", "").splitlines() if line.strip()]
    entry["evidence"] = list(base.get("evidence", ()))
    return entry


def find_evidence(database: Session, sha256: str, words: str) -> dict[str, Any]:
    """The evidence that some words of a document are.

    Args:
        database: a session.
        sha256: of the document.
        words: as they stand there; blanks do not matter.

    Raises:
        FormError: they do not stand there.
    """
    document = database.get(Document, sha256)
    place = find_words(document, words) if document else None
    if document is None or place is None:
        raise FormError("the words do not stand in the document.", "quote")
    start, end = place
    return {"document": document.sha256, "start": start, "end": end, "quote": words}


def _sort(
    name: str, field: FieldInfo | None, names: Mapping[str, str], staff: Sequence[str]
) -> tuple[str, list[tuple[str, str]]]:
    if name in REFERENCES:
        kinds = EXPECTED.get(name, tuple(Kind))
        return "choice", [
            (id, _called(id, called)) for id, called in names.items() if id.split(".")[0] in kinds
        ]
    if name == "topic":
        return "choice", list(topics().items())
    if name == "owner":
        return "choice", [(one, one) for one in staff]
    if name in LONG:
        return "long", []
    bare = _bare(field.annotation) if field else str
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return "choice", [(one.value, label(name, one.value)) for one in bare]
    sorts = {bool: "yes", int: "number", float: "number", dt.date: "date"}
    return sorts.get(bare, "text"), []


def _called(id: str, name: str) -> str:
    return f"{name}（{label('kind', id.split('.')[0])}）"


def _number(name: str, text: str, bare: type) -> float | int:
    try:
        return int(text) if bare is int else float(text.replace(",", ""))
    except ValueError as error:
        raise FormError(f"{name}: not a number.", name) from error


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - a type of any form
    """A field's type without `None` and without what is annotated."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [one for one in get_args(annotation) if one is not type(None)]
        return _bare(rest[0])
    return annotation
