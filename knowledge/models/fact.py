"""Fact: what every published row has in common: kind, status, validity. Each typed table shares its id."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field

from knowledge.models.columns import Identifier, enum_column
from knowledge.models.row import Row


class Kind(StrEnum):
    """What a fact is; its id starts with this word."""

    ZONE = "zone"
    CHAIN = "chain"
    SECTOR = "sector"
    PARK = "park"
    ORGANIZATION = "organization"
    COMPANY = "company"
    PERSON = "person"
    WORK = "work"
    POLICY = "policy"
    PROJECT = "project"
    SIGNING = "signing"
    FIGURE = "figure"
    POST = "post"
    LINK = "link"
    STATEMENT = "statement"


class Status(StrEnum):
    """The life of a fact."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Origin(StrEnum):
    """Who keeps a fact or document: a build, from its folder; or staff, whom a build leaves theirs.

    A note is a document that a member of staff wrote down: it is quoted only by the facts that rest on it.
    """

    DOCUMENTS = "documents"
    STAFF = "staff"
    NOTE = "note"


class FactBase(Row):
    """Fields of every fact."""

    id: Identifier = Field(primary_key=True)
    as_of: date | None = Field(default=None, description="the day for which it was stated")
    valid_from: date | None = None
    valid_to: date | None = None
    keywords: str = Field(
        default="",
        description="words and questions by which it is asked for, a line each; ≠ before near-misses",
    )
    owner: str = Field(default="", description="the member of staff who is asked whether it is still so")
    confirmed_on: date | None = Field(
        default=None, description="when its owner last said that it is still so"
    )


class FactCreate(FactBase):
    """A fact as it enters; a table class does not validate."""


class Fact(FactBase, table=True):
    """The common row of a fact."""

    kind: Kind = enum_column(Kind)
    status: Status = enum_column(Status)
    origin: Origin = enum_column(Origin)
    reviewed: str = Field(
        default="", description="sha256 of the reviewed file's data that was last seen; empty for staff's own"
    )
