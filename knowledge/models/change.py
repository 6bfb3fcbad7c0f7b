"""Change: one act of staff or of a build; Version: what it made of one thing. Neither is ever edited."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class Action(StrEnum):
    """What was done."""

    BUILD = "build"
    PUBLISH = "publish"
    EDIT = "edit"
    RETIRE = "retire"
    CONFIRM = "confirm"
    IMPORT = "import"
    UNDO = "undo"
    CORRECT = "correct"


class Change(Row, table=True):
    """Who did what, when and why."""

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = Field(index=True)
    actor: str = Field(index=True, description="a member of staff by name, or what ran: build, shell")
    action: Action = enum_column(Action)
    reason: str = ""
    undoes: int | None = Field(default=None, foreign_key="change.id")


class Version(Row, table=True):
    """A fact before and after a change, each as JSON of `knowledge.entries.Entry`; None where it was not.

    What is said of a document has versions too: see `knowledge.corrections.details_id`.
    """

    __table_args__ = (UniqueConstraint("fact_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    fact_id: str = Field(index=True, description="no foreign key: history outlives the fact")
    number: int = Field(ge=1, description="counts the versions of one fact")
    before: str | None = None
    after: str | None = None
