"""The columns of each kind's sheet: they follow from its form, so that a new field needs nothing here."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from knowledge.forms import FORMS, REFERENCES
from knowledge.models.entity import EntityBase
from knowledge.models.fact import FactCreate, Kind


class Cell(StrEnum):
    """What stands in a column's cells."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"
    REFERENCES = "references"
    TOPIC = "topic"


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        field: a field of the kind's form, or one of those below.
        cell: what stands in it.
        required: whether a fact needs it.
        default: the value an empty cell stands for.
        choices: the enum of a choice.
        kinds: what a reference is to; empty for any entity.
        own: whether it is the kind's own, not every fact's.
    """

    field: str
    cell: Cell
    required: bool = False
    default: Any = None
    choices: type[StrEnum] | None = None
    kinds: tuple[Kind, ...] = ()
    own: bool = True


ID, ALIASES, PUBLISHED, VERSION = "id", "aliases", "published", "version"
EVIDENCE, QUOTE, STAFF_NOTE = "evidence", "quote", "staff_note"
"""Columns that are no fields of a form."""

_LINES = ("keywords",)
_MANY = ("about",)
_KINDS = {
    "person_id": (Kind.PERSON,),
    "organization_id": (Kind.ORGANIZATION,),
    "chain_id": (Kind.CHAIN,),
}


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """A kind's columns, from left to right."""
    form, _ = FORMS[kind]
    own = [_column(name, info) for name, info in form.model_fields.items() if name != ID]
    common = [_column(name, info, own=False) for name, info in FactCreate.model_fields.items() if name != ID]
    aliases = [Column(ALIASES, Cell.LINES)] if issubclass(form, EntityBase) else []
    return (
        Column(ID, Cell.TEXT),
        *own,
        *aliases,
        *common,
        Column(PUBLISHED, Cell.FLAG, default=True),
        Column(EVIDENCE, Cell.LINES),
        Column(QUOTE, Cell.LINES),
        Column(STAFF_NOTE, Cell.TEXT),
        Column(VERSION, Cell.WHOLE),
    )


@cache
def fields_of_form(kind: Kind) -> dict[str, Column]:
    """The columns that are fields of the kind's form, or of every fact, by field."""
    form, _ = FORMS[kind]
    fields = {*form.model_fields, *FactCreate.model_fields} - {ID}
    return {column.field: column for column in columns_of(kind) if column.field in fields}


def _column(name: str, info: Any, *, own: bool = True) -> Column:  # noqa: ANN401 - pydantic's field
    required = bool(info.is_required())
    default = None if required else info.default
    if name in REFERENCES:
        return Column(name, Cell.REFERENCE, required, default, kinds=_KINDS.get(name, ()), own=own)
    if name == "topic":
        return Column(name, Cell.TOPIC, required, default, own=own)
    if name in _MANY:
        return Column(name, Cell.REFERENCES, required, default, own=own)
    if name in _LINES:
        return Column(name, Cell.LINES, required, default, own=own)
    type_ = _plain(info.annotation)
    if issubclass(type_, StrEnum):
        return Column(name, Cell.CHOICE, required, default, choices=type_, own=own)
    cells = {bool: Cell.FLAG, int: Cell.WHOLE, float: Cell.NUMBER, dt.date: Cell.DATE, str: Cell.TEXT}
    return Column(name, cells[type_], required, default, own=own)


def _plain(annotation: Any) -> type:  # noqa: ANN401 - any annotation
    """The type itself, of `X | None` or `Annotated[X, …]`."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    while not isinstance(annotation, type):
        annotation = get_args(annotation)[0]
    return annotation
