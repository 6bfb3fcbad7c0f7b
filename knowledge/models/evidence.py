"""Evidence: the place in a document on which a fact rests."""

from sqlmodel import Field

from knowledge.models.columns import Text
from knowledge.models.row import Row


class EvidenceBase(Row):
    """A quote: `start` and `end` count characters of the document's original text, end exclusive."""

    fact_id: str = Field(foreign_key="fact.id", ondelete="CASCADE", index=True)
    document_sha256: str = Field(foreign_key="document.sha256", ondelete="CASCADE", index=True)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: Text = Field(description="as cleaned")


class Evidence(EvidenceBase, table=True):
    """An evidence, as stored."""

    id: int | None = Field(default=None, primary_key=True)
