"""What is kept of a conversation between two turns: in the database, or for one run only."""

import datetime as dt
import json
import logging
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from knowledge.asking.answer import NO_CONTEXT, Answer, Context, Language
from knowledge.database import session
from knowledge.models.chat import Chat, Question

LOG = logging.getLogger(__name__)

LOGGED = 500
"""Characters of a question that are kept in the log; the asking core reads no more."""


@dataclass(frozen=True)
class State:
    """A conversation between two turns.

    Attributes:
        language: chosen by the person; None: as they write.
        context: what it is about.
    """

    language: Language | None = None
    context: Context = NO_CONTEXT


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

    def save(self, chat: str, state: State, turn: Turn | None = None) -> None:
        """Keep a chat's state, and log a question."""

    def forget(self, chat: str) -> None:
        """Keep nothing of a chat any more."""


class RunMemory:
    """For one run: nothing is written, so that a second run gives the same answers."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}

    def load(self, chat: str) -> State:
        """See `Memory`."""
        return self._states.get(chat, State())

    def save(self, chat: str, state: State, turn: Turn | None = None) -> None:
        """See `Memory`; questions are not logged."""
        self._states[chat] = state

    def forget(self, chat: str) -> None:
        """See `Memory`."""
        self._states.pop(chat, None)


class DatabaseMemory:
    """In the database, so that a restart or a second worker goes on where the first stopped.

    Where the database cannot be written, the person still gets the answer, and the log says why it
    will not be remembered.
    """

    def __init__(self, engine: Engine) -> None:
        """Args: a migrated database."""
        self._engine = engine

    def load(self, chat: str) -> State:
        """See `Memory`."""
        with session(self._engine) as database:
            row = database.get(Chat, chat)
        if row is None:
            return State()
        return State(
            Language(row.language) if row.language else None,
            Context.decode(json.loads(row.context)) if row.context else NO_CONTEXT,
        )

    def save(self, chat: str, state: State, turn: Turn | None = None) -> None:
        """See `Memory`; one transaction."""
        now = dt.datetime.now(dt.UTC)
        row = Chat(
            id=chat,
            language=state.language or "",
            context=json.dumps(state.context.encode(), ensure_ascii=False),
            seen_at=now,
        )
        try:
            with session(self._engine) as database:
                database.merge(row)
                if turn is not None:
                    database.add(_question(turn, now))
                database.commit()
        except SQLAlchemyError as error:
            LOG.error("The conversation could not be saved: %s", getattr(error, "orig", error))

    def forget(self, chat: str) -> None:
        """See `Memory`."""
        with session(self._engine) as database:
            row = database.get(Chat, chat)
            if row is not None:
                database.delete(row)
                database.commit()


def _question(turn: Turn, now: dt.datetime) -> Question:
    answer = turn.answer
    # After a question that was not understood the context is still the one before it.
    known = answer.outcome.value in {"answered", "missing"}
    return Question(
        asked_at=now,
        face=turn.face,
        text=turn.text[:LOGGED],
        status=answer.outcome.value,
        language=answer.language.value,
        entity=answer.context.entities[0] if known and answer.context.entities else "",
        topic=answer.context.topics[0] if known and answer.context.topics else "",
        confidence=answer.confidence,
    )
