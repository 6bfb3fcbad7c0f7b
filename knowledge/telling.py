"""What investors were told about something on a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from knowledge.asking.normalize import fold_text
from knowledge.entries import Entry, form_of
from knowledge.history import HistoryError, state_at
from knowledge.models import Question


@dataclass(frozen=True)
class Told:
    """What was published about something at a moment, and what was asked on that day.

    Attributes:
        entities: ids of what is meant.
        state: everything that was published then, by id.
        facts: what of it is about them.
        questions: those of the day whose answer held one of these facts, or that were about them.
    """

    entities: tuple[str, ...]
    state: Mapping[str, Entry]
    facts: tuple[Entry, ...]
    questions: tuple[Question, ...]


def told(database: Session, name: str, begin: dt.datetime, end: dt.datetime) -> Told:
    """What was published about something when a day ended, and what people asked on it.

    Args:
        database: a session.
        name: a name or id of it, as it was called then.
        begin, end: the day, with a time zone.

    Raises:
        HistoryError: nothing of this name was published then.
    """
    state = state_at(database, end)
    entities = named(state, name)
    if not entities:
        raise HistoryError(
            f"Nothing called {name!r} was published on {begin.date()}. Write a name by which it was called, "
            "or its id."
        )
    facts = [
        entry for id, entry in state.items() if id in entities or entities & set(form_of(entry).references())
    ]
    ids = {entry["id"] for entry in facts}
    query = select(Question).where(col(Question.asked_at) >= begin.astimezone(dt.UTC))
    rows = database.exec(
        query.where(col(Question.asked_at) < end.astimezone(dt.UTC)).order_by(col(Question.id))
    )
    asked = [row for row in rows.all() if row.entity in entities or ids & set(row.facts.split())]
    return Told(tuple(sorted(entities)), state, tuple(facts), tuple(asked))


def named(state: Mapping[str, Entry], name: str) -> set[str]:
    """The entities of a name or id among facts; those whose name holds it where none has it whole."""
    wanted = fold_text(name.strip())
    names = {
        id: [fold_text(text) for text in _names(entry)] for id, entry in state.items() if "name" in entry
    }
    exact = {id for id, texts in names.items() if wanted in texts or id == name.strip()}
    return exact or {id for id, texts in names.items() if wanted and any(wanted in text for text in texts)}


def _names(entry: Entry) -> Sequence[str]:
    return [entry["name"], entry.get("name_en", ""), *entry.get("aliases", ())]
