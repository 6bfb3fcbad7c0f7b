"""Chat: what a conversation is about just now; Question: what was asked and what became of it."""

from datetime import datetime

from sqlmodel import Field

from knowledge.models.row import Row


class Chat(Row, table=True):
    """The state of one chat, kept so that a restart or a second worker goes on where it stopped."""

    id: str = Field(primary_key=True, description="the face and its own number, e.g. telegram:42")
    language: str = Field(default="", description="chosen by the person; empty: as they write")
    context: str = Field(default="", description="JSON of knowledge.asking.answer.Context")
    recent: str = Field(default="", description="ids of its latest questions in the log, a space between")
    seen_at: datetime


class Question(Row, table=True):
    """One line of the question log. It holds no name and no chat: what was asked, not who asked."""

    id: int | None = Field(default=None, primary_key=True)
    asked_at: datetime = Field(index=True)
    face: str
    text: str
    status: str = Field(index=True)
    language: str
    entity: str = ""
    topic: str = ""
    confidence: float
    facts: str = Field(default="", description="ids of the facts that were shown, a space between")
    helpful: bool | None = Field(default=None, description="what the asker said of the answer, if anything")
    enquiry_id: int | None = Field(
        default=None, index=True, description="the enquiry it waits in; no foreign key: the log outlives it"
    )
