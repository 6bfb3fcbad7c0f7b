"""Alias: another name by which people call an entity."""

from sqlmodel import Field

from knowledge.models.columns import Text
from knowledge.models.row import Row


class AliasBase(Row):
    """A name of an entity in some language."""

    text: Text = Field(primary_key=True)
    entity_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")


class Alias(AliasBase, table=True):
    """An alias, as stored."""
