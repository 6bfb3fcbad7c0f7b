"""Post: a person's role in an organization or for a chain."""

from enum import StrEnum

from sqlmodel import Field

from knowledge.models.columns import Identifier, Text, enum_column
from knowledge.models.row import Row


class Role(StrEnum):
    """Whether the post is that of a chain leader, 链长."""

    CHAIN_LEADER = "chain_leader"
    POST = "post"


class PostBase(Row):
    """Who holds which post."""

    id: Identifier = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    person_id: str = Field(foreign_key="fact.id", ondelete="CASCADE", index=True)
    organization_id: str | None = Field(default=None, foreign_key="fact.id", ondelete="CASCADE", index=True)
    chain_id: str | None = Field(default=None, foreign_key="fact.id", ondelete="CASCADE", index=True)
    title: Text
    title_en: str = ""
    role: Role = enum_column(Role)


class Post(PostBase, table=True):
    """A post, as stored."""
