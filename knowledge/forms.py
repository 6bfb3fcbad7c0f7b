"""Facts as they enter: each kind's form, which validates, and the table that it is stored in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
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
from knowledge.unseen import visible

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

REFERENCES = ("subject_id", "object_id", "of_id", "person_id", "organization_id", "chain_id")
"""Fields that hold the id of another fact."""

EXPECTED: dict[str, tuple[Kind, ...]] = {
    "person_id": (Kind.PERSON,),
    "chain_id": (Kind.CHAIN,),
    "organization_id": (Kind.ORGANIZATION, Kind.COMPANY),
}
"""What a reference may name, where it may not name everything."""


class FormError(KnowledgeError):
    """A field of a fact is missing or holds what is not allowed.

    Attributes:
        field: which; empty where it is the fact as a whole.
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class Place:
    """An evidence as reviewed: characters `start` to `end` of a document's original text."""

    document: str
    start: int
    end: int
    quote: str | None = None


_WRITTEN = {
    "id": "its kind, a dot, and small letters, digits and hyphens, at most 40: park.xinghe",
    "period": "2024, 2024-Q1, 2024-03, 2024-03-05, or 2024.. for since then",
}
"""How fields are written that a pattern describes."""


@dataclass(frozen=True)
class FactForm:
    """A fact with its evidence, validated but not yet held against its documents.

    `row` is the typed form (e.g. FigureBase), `common` the fields of the row in `fact`.
    """

    kind: Kind
    common: FactCreate
    row: SQLModel
    aliases: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def id(self) -> str:
        """The fact's id."""
        return self.common.id

    def references(self) -> Iterator[str]:
        """The ids of the facts this one needs."""
        for name in REFERENCES:
            value = getattr(self.row, name, None)
            if value:
                yield value


def fields_of(kind: Kind) -> dict[str, Any]:
    """The fields that a fact of a kind has: its own first, then those of every fact."""
    form, _ = FORMS[kind]
    return {**form.model_fields, **FactCreate.model_fields}


@cache
def choices_of(field: str) -> tuple[StrEnum, ...]:
    """What can be chosen for a field, whichever kind has it; nothing for any other field."""
    types = [form.model_fields[field].annotation for form, _ in FORMS.values() if field in form.model_fields]
    enums = dict.fromkeys(one for one in types if isinstance(one, type) and issubclass(one, StrEnum))
    return tuple(choice for enum in enums for choice in enum)


def fill(
    kind: Kind, fields: Mapping[str, Any], aliases: tuple[str, ...], places: tuple[Place, ...]
) -> FactForm:
    """Validate a fact; what nobody sees is taken out of its texts.

    Args:
        kind: what it is.
        fields: of its form and of `FactCreate`, by name.
        aliases: its other names.
        places: its evidence.

    Raises:
        FormError: a field is unknown, missing or not allowed, or there is no evidence; it names the field.
    """
    form, _ = FORMS[kind]
    fields = {key: visible(value) if isinstance(value, str) else value for key, value in fields.items()}
    aliases = tuple(map(visible, aliases))
    if not places:
        raise FormError("has no evidence; a fact without a source cannot be published.", "evidence")
    for key in fields.keys() - fields_of(kind).keys():
        raise FormError(f"a {kind} has no field {key!r}.", key)
    if not str(fields.get("id", "")).startswith(f"{kind}."):
        raise FormError(f"the id of a {kind} starts with '{kind}.'.", "id")
    try:
        row = form.model_validate({key: fields[key] for key in fields.keys() & form.model_fields.keys()})
        common = FactCreate.model_validate(
            {key: fields[key] for key in fields.keys() & FactCreate.model_fields.keys()}
        )
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        said = f"{first['input']!r} is not written as {_WRITTEN[name]}" if name in _WRITTEN else first["msg"]
        raise FormError(f"{name}: {said}.", name) from error
    return FactForm(kind, common, row, aliases, places)


def as_date(value: object) -> dt.date | None:
    """A date from a date or an ISO text; None for neither."""
    return (
        dt.date.fromisoformat(value)
        if isinstance(value, str)
        else value
        if isinstance(value, dt.date)
        else None
    )
