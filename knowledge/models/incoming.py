"""Incoming: an update of a face that was taken in, until it is handled, and for a while after."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field

from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class IncomingState(StrEnum):
    """How far an update is; one that is `failed` has ended the process that handled it, again and again."""

    WAITING = "waiting"
    TAKEN = "taken"
    HANDLED = "handled"
    FAILED = "failed"


OPEN = (IncomingState.WAITING, IncomingState.TAKEN)
"""The states of what is not handled yet."""

_OPEN = text(f"state in {tuple(map(str, OPEN))}")


class Incoming(Row, table=True):
    """An update; once it is handled nothing of it is kept but its number, by which a repeat is known."""

    __table_args__ = (
        Index("ix_incoming_open", "chat", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_incoming_next", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int = Field(
        sa_column=Column(BigInteger, primary_key=True, autoincrement=False),
        description="the face's own number: within a chat they are handled in this order",
    )
    chat: str = Field(default="", description="the updates of one chat are handled one after the other")
    content: str = Field(default="", description="the update as the face sent it, JSON")
    state: IncomingState = enum_column(IncomingState)
    arrived_at: dt.datetime = Field(index=True)
    worker: int = Field(default=0, description="the number of the process that took it")
    attempts: int = Field(default=0, description="how often it was taken")
