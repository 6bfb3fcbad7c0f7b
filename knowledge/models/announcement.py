"""Announcement: a signing that staff announce; Push: a message that a chat should have of it."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class AnnouncementState(StrEnum):
    """How far an announcement is; whether all have it is told by its pushes."""

    SCHEDULED = "scheduled"
    RELEASED = "released"
    CANCELLED = "cancelled"
    RECALLED = "recalled"


class Announcement(Row, table=True):
    """A signing as it is told to subscribers."""

    # Its number stands in the buttons of messages that were sent, so that it must not become another's.
    __table_args__: ClassVar = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    signing_id: str = Field(index=True, description="no foreign key: what was told outlives the fact")
    content: str = Field(description="JSON of knowledge.announcing.content.Content")
    revision: int = Field(default=1, ge=1, description="grows with each correction")
    picture: str = Field(default="", description="what the card shows: signing, chain; empty for no card")
    state: AnnouncementState = enum_column(AnnouncementState)
    at: dt.datetime = Field(index=True, description="when it is released")
    made_at: dt.datetime
    made_by: str = Field(description="a member of staff by name")
    planned: str = Field(default="", description="the last chat of those that were looked at")
    changed_at: dt.datetime | None = Field(default=None, description="when it was corrected or recalled")
    reported: int = Field(default=0, description="the revision whose end was reported to whoever announced")


class PushState(StrEnum):
    """How far a message is.

    One that waits and has a number at Telegram is to be brought up to date there.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Push(Row, table=True):
    """A message that a chat should have: of one announcement, or of several at its hour."""

    __table_args__ = (Index("ix_push_state_due_at", "state", "due_at"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    chat: str = Field(index=True, description="e.g. telegram:42; what is left of somebody forgotten: empty")
    state: PushState = enum_column(PushState)
    due_at: dt.datetime
    gathers: bool = Field(default=False, description="whether others of the same hour join it")
    revision: int = Field(default=1, description="grows with each change of what it should say")
    language: str = Field(default="", description="in which it was sent")
    message: str = Field(default="", description="the number the face gave it; empty until it has one")
    form: str = Field(default="", description="how it was sent: text, picture")
    sent_at: dt.datetime | None = None
    attempts: int = Field(default=0, description="how often it was begun")
    unsure: int = Field(default=0, description="how often it was begun and nobody knows whether it came")
    reason: str = Field(default="", description="why it was refused or has to wait")


class Mention(Row, table=True):
    """An announcement in a message; nobody is told the same one twice."""

    __table_args__ = (UniqueConstraint("announcement_id", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", ondelete="CASCADE")
    chat: str
    push_id: int = Field(foreign_key="push.id", ondelete="CASCADE", index=True)
