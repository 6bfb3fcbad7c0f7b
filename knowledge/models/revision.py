"""Revision: which state of the knowledge a process holds, so that it sees when another has published."""

from datetime import datetime

from sqlmodel import Field

from knowledge.models.row import Row


class Revision(Row, table=True):
    """One row a change; the newest number is the knowledge base's state."""

    number: int | None = Field(default=None, primary_key=True)
    at: datetime
    fingerprint: str = Field(
        description="sha256 over documents, reviewed facts and rules this state came from"
    )
