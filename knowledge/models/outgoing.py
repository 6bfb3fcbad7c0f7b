"""Outgoing: a message that the bot owes a chat, until it is sent."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class OutgoingState(StrEnum):
    """How far a message is. One that is `uncertain` was begun and may have arrived: it is not sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"


class Outgoing(Row, table=True):
    """A message; once it is sent neither its words nor its chat are kept."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, description="what it is: nothing of the same key is sent twice")
    chat: str
    language: str
    title: str = ""
    text: str
    waiting_id: int | None = Field(default=None, description="the row of `Waiting` that goes with it")
    state: OutgoingState = enum_column(OutgoingState)
    made_at: dt.datetime
    begun_at: dt.datetime | None = None
