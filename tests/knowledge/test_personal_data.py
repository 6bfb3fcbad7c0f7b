"""All that is kept of a chat is counted, shown and deleted; nothing of anybody else's."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from knowledge.announcing.subscriptions import set_interest, subscribe
from knowledge.database import session
from knowledge.models import (
    Chat,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    Push,
    PushState,
    Question,
    Staff,
    StaffRole,
    Waiting,
)
from knowledge.outbox import put
from knowledge.personal_data import export, forget, kept

CHAT, OTHER = "telegram:1", "telegram:2"
NOW = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)


@pytest.fixture
def database(engine: Engine) -> Iterator[Session]:
    with session(engine) as opened:
        yield opened


def fill(database: Session, chat: str, name: str) -> None:
    """Something of every kind."""
    question = Question(
        asked_at=NOW, face="telegram", text=f"{name}?", status="missing", language="en", confidence=1
    )
    enquiry = Enquiry(
        kind=EnquiryKind.MISS,
        text="?",
        folded="",
        language="en",
        first_at=NOW,
        last_at=NOW,
        state=EnquiryState.OPEN,
    )
    database.add_all([question, enquiry])
    database.flush()
    database.add(Chat(id=chat, language="en", recent=str(question.id), seen_at=NOW))
    waiting = Waiting(enquiry_id=enquiry.id or 0, chat=chat, language="en", text=f"{name}?", asked_at=NOW)
    database.add(waiting)
    put(database, f"reply:{name}", chat, "en", "text")
    subscribe(database, chat, "en", "UTC", NOW)
    set_interest(database, chat, f"chain.{name}", True)
    database.add_all([Push(chat=chat, state=PushState.SENT, due_at=NOW, message="7") for _ in range(2)])
    database.add(Staff(name=name, role=StaffRole.EDITOR, chat=chat, added_at=NOW))
    database.flush()


ALL = {
    "conversation": 1,
    "language": 1,
    "questions": 1,
    "enquiries": 1,
    "messages": 1,
    "subscription": 1,
    "pushes": 2,
}


def test_what_is_deleted_is_all_that_was_counted(database: Session) -> None:
    fill(database, CHAT, "one")
    fill(database, OTHER, "two")

    assert kept(database, CHAT) == ALL
    assert forget(database, CHAT) == ALL
    assert kept(database, CHAT) == forget(database, CHAT) == {}
    assert kept(database, OTHER) == ALL
    # Whoever manages staff decides who is staff.
    assert export(database, CHAT)["staff"] == {"name": "one", "role": "editor"}


def test_no_table_holds_a_chat_that_was_forgotten(database: Session) -> None:
    fill(database, CHAT, "one")
    forget(database, CHAT)

    for table in SQLModel.metadata.sorted_tables:
        if table.name != "staff":
            assert CHAT not in str(database.connection().execute(table.select()).all()), table.name


def test_all_is_exported_and_nothing_of_others(database: Session) -> None:
    fill(database, CHAT, "one")
    fill(database, OTHER, "two")
    data = export(database, CHAT)

    assert [row["text"] for row in data["conversation"]["questions"]] == ["one?"]
    assert [(row["text"], row["state"]) for row in data["waiting"]] == [("one?", "open")]
    assert [row["text"] for row in data["messages"]] == ["text"]
    assert data["subscription"]["interests"] == {"chain.one": True}
    assert [row["message"] for row in data["pushes"]] == ["7", "7"]
    assert not any(word in json.dumps(data) for word in ("two", OTHER))
