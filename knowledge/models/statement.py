"""Statement: a fact about an entity that is best told in a sentence of the bureau's own."""

from sqlmodel import Field

from knowledge.models.columns import Identifier, Text
from knowledge.models.row import Row


class StatementBase(Row):
    """One or two sentences on one topic of one entity."""

    id: Identifier = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    subject_id: str = Field(foreign_key="fact.id", ondelete="CASCADE", index=True)
    topic: Text
    text: Text
    text_en: str = ""
    label: str = ""
    label_en: str = ""
    about: str = Field(default="", description="ids of other entities it concerns, one a line")


class Statement(StatementBase, table=True):
    """A statement, as stored."""
