"""Enquiry: what people asked and were not told; Waiting: who still wants the reply."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class EnquiryKind(StrEnum):
    """How a question came to wait for staff."""

    MISS = "miss"
    COMPLAINT = "complaint"


class EnquiryState(StrEnum):
    """What became of an enquiry."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Enquiry(Row, table=True):
    """A question that was not answered, or not well, once for all who asked the like."""

    id: int | None = Field(default=None, primary_key=True)
    kind: EnquiryKind = enum_column(EnquiryKind)
    text: str = Field(description="as it was first asked")
    folded: str = Field(description="its letters and digits alone, to compare by")
    language: str
    entity: str = Field(default="", index=True)
    topic: str = ""
    strange: str = Field(default="", description="its words that nothing accounts for, a space between")
    facts: str = Field(default="", description="ids of the facts that were no answer, a space between")
    times: int = Field(default=1, ge=1, description="how often the like was asked")
    first_at: dt.datetime
    last_at: dt.datetime
    state: EnquiryState = enum_column(EnquiryState)
    desk: str = Field(default="", description="who was named to the investor, as the documents call them")
    owner: str = Field(default="", description="the member of staff who sees to it")
    due_at: dt.datetime | None = Field(default=None, description="None while nobody has asked a person")
    answer: str = ""
    answered_by: str = ""
    answered_at: dt.datetime | None = None
    draft_id: int | None = Field(default=None, foreign_key="draft.id", ondelete="SET NULL")


class Waiting(Row, table=True):
    """Somebody who asked a person. The row goes once the reply has arrived, and with it their chat."""

    # Its number names what is sent to it, so that it must not be another's once the row has gone.
    __table_args__ = (UniqueConstraint("enquiry_id", "chat"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    enquiry_id: int = Field(foreign_key="enquiry.id", ondelete="CASCADE", index=True)
    chat: str = Field(index=True)
    language: str
    text: str = Field(description="in their own words")
    before: str = Field(default="", description="what they had asked before, a line each")
    asked_at: dt.datetime
