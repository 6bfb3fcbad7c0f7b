"""What nobody needs any more is deleted; what somebody waits for is not."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.database import session
from knowledge.models import (
    Chat,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    LinkPurpose,
    Question,
    StaffRole,
    Waiting,
)
from knowledge.people import SHELL, add_staff, make_link, open_session
from knowledge.retention import Retention, forget_old

NOW = dt.datetime(2026, 6, 1, 4, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
USUAL = Retention(chats=30, questions=90)


@pytest.fixture
def database(engine: Engine) -> Iterator[Session]:
    with session(engine) as opened:
        yield opened


def question(age: int) -> Question:
    return Question(
        asked_at=NOW - age * DAY, face="test", text=f"{age}?", status="missing", language="en", confidence=1
    )


def enquiry(age: int, state: EnquiryState, due: bool = False) -> Enquiry:
    at = NOW - age * DAY
    return Enquiry(
        kind=EnquiryKind.MISS,
        text=f"{state.value} {age}",
        folded="",
        language="en",
        first_at=at,
        last_at=at,
        state=state,
        due_at=at if due else None,
    )


def left(database: Session) -> list[str]:
    texts = [*database.exec(select(Question.text)).all(), *database.exec(select(Enquiry.text)).all()]
    return sorted([*texts, *database.exec(select(Chat.id)).all()])


@pytest.mark.every_database
def test_what_is_old_goes_and_what_is_awaited_stays(database: Session) -> None:
    awaited = enquiry(200, EnquiryState.ANSWERED)
    rows = [
        *(question(age) for age in (1, 89, 91)),
        *(enquiry(age, EnquiryState.CLOSED) for age in (89, 91)),
        *(enquiry(age, EnquiryState.OPEN) for age in (88, 92)),
        enquiry(300, EnquiryState.OPEN, due=True),
        awaited,
        *(Chat(id=f"chat:{age}", seen_at=NOW - age * DAY) for age in (29, 31)),
    ]
    database.add_all(rows)
    database.flush()
    database.add(Waiting(enquiry_id=awaited.id or 0, chat="chat:1", language="en", text="?", asked_at=NOW))
    database.flush()

    assert forget_old(database, NOW, USUAL) == 4
    kept = ["1?", "89?", "answered 200", "chat:29", "closed 89", "open 300", "open 88"]
    assert left(database) == sorted(kept)
    assert forget_old(database, NOW, USUAL) == 0


def test_nought_keeps_for_ever(database: Session) -> None:
    database.add_all([question(9999), enquiry(9999, EnquiryState.CLOSED)])
    database.add(Chat(id="chat:1", seen_at=NOW - 9999 * DAY))

    assert forget_old(database, NOW, Retention(0, 0)) == 0
    assert len(left(database)) == 3


def test_links_and_sessions_go_when_they_open_nothing_any_more(database: Session) -> None:
    add_staff(database, "周岚", StaffRole.OWNER, SHELL)
    make_link(database, "周岚", LinkPurpose.DESK)
    open_session(database, "周岚")
    now = dt.datetime.now(dt.UTC)

    assert forget_old(database, now, USUAL) == 0
    assert forget_old(database, now + DAY, USUAL) == 2
