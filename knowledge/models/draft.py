"""Draft: a fact that somebody or something proposes, waiting for a member of staff."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from knowledge.models.change import Action
from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class DraftState(StrEnum):
    """What became of a draft."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OUTDATED = "outdated"


class DraftSource(StrEnum):
    """Where a draft comes from."""

    DOCUMENT = "document"
    STAFF = "staff"
    QUESTION = "question"
    REVIEWED = "reviewed"


class Draft(Row, table=True):
    """A proposal: what a fact would be."""

    id: int | None = Field(default=None, primary_key=True)
    fact_id: str = Field(index=True)
    base: int = Field(default=0, description="the fact's version it was made against; 0 for a new fact")
    entry: str = Field(description="the fact as proposed: JSON of `knowledge.entries.Entry`")
    source: DraftSource = enum_column(DraftSource)
    document_sha256: str | None = Field(
        default=None, foreign_key="document.sha256", ondelete="SET NULL", index=True
    )
    confidence: float = 1.0
    author: str = Field(default="", description="who proposes it; empty for what was read in a document")
    note: str = Field(default="", description="why it is proposed, or what is unclear")
    created_at: dt.datetime
    state: DraftState = enum_column(DraftState)
    action: Action = enum_column(Action, Action.PUBLISH)
    undoes: int | None = Field(default=None, description="the change that accepting it takes back")
    together: int | None = Field(
        default=None, index=True, description="the first of the drafts that are decided with it; None: alone"
    )
    approved_by: str = Field(
        default="", description="the first of two persons, where the bureau asks for two"
    )
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    reason: str = ""
    change_id: int | None = Field(default=None, foreign_key="change.id")
