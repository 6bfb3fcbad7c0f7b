"""Link: a relation between two entities."""

from enum import StrEnum

from sqlmodel import Field

from knowledge.models.columns import Identifier, enum_column
from knowledge.models.row import Row


class Relation(StrEnum):
    """How the subject stands to the object."""

    IN_CHAIN = "in_chain"
    IN_SECTOR = "in_sector"
    IN_ZONE = "in_zone"
    LOCATED_IN = "located_in"
    PART_OF = "part_of"
    INVESTED_BY = "invested_by"
    OPERATED_BY = "operated_by"
    MADE_BY = "made_by"
    FILMED_AT = "filmed_at"
    ISSUED_BY = "issued_by"
    SIGNED_AT = "signed_at"
    RESPONSIBLE_FOR = "responsible_for"
    CARRIES = "carries"
    KEY_PROJECT_OF = "key_project_of"
    SUPPORTS = "supports"


class LinkBase(Row):
    """A link, with a few words on what it consists in."""

    id: Identifier = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    subject_id: str = Field(foreign_key="fact.id", ondelete="CASCADE", index=True)
    relation: Relation = enum_column(Relation)
    object_id: str = Field(foreign_key="fact.id", ondelete="CASCADE", index=True)
    note: str = ""
    note_en: str = ""


class Link(LinkBase, table=True):
    """A link, as stored."""
