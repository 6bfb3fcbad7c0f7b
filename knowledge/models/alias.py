"""Alias: another name by which people call an entity."""

from sqlmodel import Field, SQLModel

from knowledge.models.columns import Text


class AliasBase(SQLModel):
    """A name of an entity in some language."""

    text: Text = Field(primary_key=True)
    entity_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")


class Alias(AliasBase, table=True):
    """An alias, as stored."""
