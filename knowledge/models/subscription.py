"""Subscription: a chat that hears of signings, of which and when; Interest: what of it it cares about."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from knowledge.models.columns import enum_column
from knowledge.models.row import Row


class Pace(StrEnum):
    """When a signing is told: at once, or with the others of a day or a week."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class SubscriptionBase(Row):
    """What a subscriber can choose."""

    language: str = Field(description="a value of knowledge.asking.answer.Language")
    pace: Pace = enum_column(Pace)
    time_zone: str = Field(description="of the IANA database: where the subscriber's clocks hang")
    quiet: str = Field(default="", description="from when to when nothing comes, 22:00-08:00; empty: never")
    least: float = Field(
        default=0, ge=0, description="signings of a smaller investment, in yuan, are not told"
    )


class Subscription(SubscriptionBase, table=True):
    """A subscription, as stored."""

    chat: str = Field(primary_key=True, description="the face and its own number, e.g. telegram:42")
    made_at: dt.datetime


class Interest(Row, table=True):
    """An entity whose signings are wanted, or are not. Without any wanted one, all are."""

    __table_args__ = (UniqueConstraint("chat", "entity"),)

    id: int | None = Field(default=None, primary_key=True)
    chat: str = Field(foreign_key="subscription.chat", ondelete="CASCADE", index=True)
    entity: str = Field(description="an entity's id; no foreign key: it may be retired and come back")
    wanted: bool = True
