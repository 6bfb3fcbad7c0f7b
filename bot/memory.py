"""What is kept of a conversation between two turns: in the database, or for one run only."""

import datetime as dt
import json
import logging
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Executable, bindparam, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, col, select

from knowledge import personal_data
from knowledge.asking.answer import NO_CONTEXT, Answer, Context, Language, Outcome
from knowledge.database import inserting, session, transaction, writing
from knowledge.enquiries import Asked, note
from knowledge.models import Chat, EnquiryKind, Question

LOG = logging.getLogger(__name__)

LOGGED = 500
"""Characters of a question that are kept in the log; the asking core reads no more."""

_STATE = select(Chat.language, Chat.context, Chat.recent).where(col(Chat.id) == bindparam("chat"))

_LOG_QUESTION = insert(SQLModel.metadata.tables["question"])

RECENT = 8
"""So many of a chat's latest questions can still be passed on to a person."""


@dataclass(frozen=True)
class State:
    """A conversation between two turns.

    Attributes:
        language: chosen by the person; None: as they write.
        context: what it is about.
        recent: numbers of its latest questions in the log.
    """

    language: Language | None = None
    context: Context = NO_CONTEXT
    recent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A question that was asked and what became of it."""

    face: str
    text: str
    answer: Answer


class Memory(Protocol):
    """Keeps conversations."""

    def load(self, chat: str) -> State:
        """The state of a chat; an empty one where nothing is known."""

    def save(self, chat: str, state: State, turn: Turn | None = None) -> int:
        """Keep a chat's state, and log a question; its number in the log, 0 where it is not logged."""

    def kept(self, chat: str) -> dict[str, int]:
        """What is kept of a chat; see `knowledge.personal_data.kept`."""

    def export(self, chat: str) -> dict[str, Any]:
        """All of it; see `knowledge.personal_data.export`."""

    def forget(self, chat: str) -> dict[str, int]:
        """Keep nothing of a chat any more; what was kept."""


class RunMemory:
    """For one run: nothing is written, so that a second run gives the same answers."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}

    def load(self, chat: str) -> State:
        """See `Memory`."""
        return self._states.get(chat, State())

    def save(self, chat: str, state: State, turn: Turn | None = None) -> int:
        """See `Memory`; questions are not logged."""
        self._states[chat] = state
        return 0

    def kept(self, chat: str) -> dict[str, int]:
        """See `Memory`."""
        state = self._states.get(chat)
        counts = {"conversation": state is not None, "language": bool(state and state.language)}
        return {kind: 1 for kind, there in counts.items() if there}

    def export(self, chat: str) -> dict[str, Any]:
        """See `Memory`."""
        state = self._states.get(chat)
        told = state and {"language": state.language or "", "context": state.context.encode()}
        return {"chat": chat, "conversation": told}

    def forget(self, chat: str) -> dict[str, int]:
        """See `Memory`."""
        held = self.kept(chat)
        self._states.pop(chat, None)
        return held


class DatabaseMemory:
    """In the database, so that a restart or a second worker goes on where the first stopped.

    Where the database cannot be read or written, the person still gets the answer, and the log says why the
    conversation is not remembered.
    """

    def __init__(self, engine: Engine) -> None:
        """Args: a migrated database."""
        self._engine = engine

    def load(self, chat: str) -> State:
        """See `Memory`."""
        try:
            with self._engine.connect() as connection:
                row = connection.execute(_STATE, {"chat": chat}).first()
        except SQLAlchemyError as error:
            LOG.error("The conversation could not be read: %s", getattr(error, "orig", error))
            row = None
        if row is None:
            return State()
        language, context, recent = row
        return State(
            Language(language) if language else None,
            Context.decode(json.loads(context)) if context else NO_CONTEXT,
            tuple(map(int, recent.split())),
        )

    def save(self, chat: str, state: State, turn: Turn | None = None) -> int:
        """See `Memory`; one transaction, in which a question that was not answered joins its like."""
        now = dt.datetime.now(dt.UTC)
        missed = turn is not None and turn.answer.missed
        number, recent = 0, state.recent
        try:
            with transaction(self._engine, alone=missed) as connection:
                if turn is not None:
                    line = _line(turn, now)
                    if missed:
                        line["enquiry_id"] = _join(connection, Question(**line), turn.answer.strange, now)
                    (number,) = connection.execute(_LOG_QUESTION, line).inserted_primary_key or (0,)
                    recent = (*recent, number)[-RECENT:]
                row = {
                    "id": chat,
                    "language": state.language or "",
                    "context": json.dumps(state.context.encode(), ensure_ascii=False),
                    "recent": " ".join(map(str, recent)),
                    "seen_at": now,
                }
                connection.execute(_keeping(connection.dialect.name), row)
                connection.commit()
        except SQLAlchemyError as error:
            LOG.error("The conversation could not be saved: %s", getattr(error, "orig", error))
            return 0
        return number

    def kept(self, chat: str) -> dict[str, int]:
        """See `Memory`."""
        with session(self._engine) as database:
            return personal_data.kept(database, chat)

    def export(self, chat: str) -> dict[str, Any]:
        """See `Memory`."""
        with session(self._engine) as database:
            return personal_data.export(database, chat)

    def forget(self, chat: str) -> dict[str, int]:
        """See `Memory`; what the chat waits for is withdrawn."""
        with writing(self._engine) as database:
            held = personal_data.forget(database, chat)
            database.commit()
        return held


@cache
def _keeping(dialect: str) -> Executable:
    """What writes a row of `Chat`, whether or not there is one."""
    insert = inserting(dialect, Chat)
    fresh = {name: insert.excluded[name] for name in Chat.model_fields if name != "id"}
    return insert.on_conflict_do_update(index_elements=["id"], set_=fresh)


def asked_of(question: Question, strange: tuple[str, ...] = ()) -> Asked:
    """A line of the question log as an enquiry takes it.

    Args:
        question: the line.
        strange: its words that nothing accounts for.
    """
    return Asked(
        question.text,
        question.language,
        question.entity,
        question.topic,
        strange,
        tuple(question.facts.split()),
    )


def _join(connection: Connection, question: Question, strange: tuple[str, ...], now: dt.datetime) -> int:
    """Let a question that was not answered join its like; the number of their enquiry."""
    with Session(connection) as database:
        enquiry = note(database, asked_of(question, strange), EnquiryKind.MISS, now)
        database.flush()
        return enquiry.id or 0


def _line(turn: Turn, now: dt.datetime) -> dict[str, Any]:
    """A line of the question log, by column: an object of it would cost more than to write it down."""
    answer = turn.answer
    known = answer.outcome in {Outcome.ANSWERED, Outcome.MISSING}
    return {
        "asked_at": now,
        "face": turn.face,
        "text": turn.text[:LOGGED],
        "status": answer.outcome.value,
        "language": answer.language.value,
        "entity": answer.entity if known else "",
        "topic": answer.topic if known else "",
        "confidence": answer.confidence,
        "facts": " ".join(answer.facts),
    }
