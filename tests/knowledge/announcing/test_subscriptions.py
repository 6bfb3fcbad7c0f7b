"""Who hears of which signing, and what becomes of it when they change their mind."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.announcing.errors import SubscriptionError
from knowledge.announcing.subscriptions import (
    change,
    end,
    find_subscription,
    forget,
    interests,
    move,
    set_interest,
    subscribe,
    wants,
)
from knowledge.database import session
from knowledge.models import (
    Announcement,
    AnnouncementState,
    Interest,
    Mention,
    Pace,
    Push,
    PushState,
    Subscription,
)

CHAT, OTHER = "telegram:1", "telegram:2"
NOW = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
"""Noon in Shanghai, a Tuesday."""

NIGHT = dt.datetime(2026, 3, 10, 15, tzinfo=dt.UTC)
ENTITIES = st.sampled_from(["chain.a", "chain.b", "park.a", "park.b"])


@pytest.fixture
def database(engine: Engine) -> Iterator[Session]:
    with session(engine) as opened:
        yield opened


def push(database: Session, chat: str, state: PushState, message: str = "") -> Push:
    """A message about a signing of its own."""
    told = Announcement(
        signing_id="signing.x",
        content="{}",
        state=AnnouncementState.RELEASED,
        at=NOW,
        made_at=NOW,
        made_by="陈立",
    )
    row = Push(chat=chat, state=state, due_at=NOW, message=message)
    database.add_all([told, row])
    database.flush()
    database.add(Mention(announcement_id=told.id or 0, chat=chat, push_id=row.id or 0))
    database.flush()
    return row


def joined(database: Session, chat: str = CHAT) -> Subscription:
    return subscribe(database, chat, "zh-Hans", "Asia/Shanghai", NOW)


@given(
    st.dictionaries(ENTITIES, st.booleans()),
    st.lists(ENTITIES, unique=True),
    st.floats(0, 1e12),
    st.sampled_from([0.0, 1e8, 1e9]),
)
def test_whom_a_signing_concerns(
    named: dict[str, bool], entities: list[str], investment: float, least: float
) -> None:
    row = Subscription(chat=CHAT, language="en", pace=Pace.AT_ONCE, time_zone="UTC", least=least, made_at=NOW)
    heard = wants(row, named, entities, investment)
    wanted = {entity for entity, wish in named.items() if wish}

    if investment < least or any(named.get(entity) is False for entity in entities):
        assert not heard
    elif not wanted:
        assert heard
    else:
        assert heard == any(entity in wanted for entity in entities)


def test_who_subscribes_again_keeps_what_they_chose(database: Session) -> None:
    joined(database)
    change(database, CHAT, NOW, pace=Pace.WEEKLY, least=1e9)

    row = subscribe(database, CHAT, "en", "Europe/Paris", NOW)

    assert (row.language, row.pace, row.least, row.quiet) == ("zh-Hans", Pace.WEEKLY, 1e9, "22:00-08:00")


def test_what_waits_comes_when_it_now_should(database: Session) -> None:
    joined(database)
    waiting, sent = push(database, CHAT, PushState.WAITING), push(database, CHAT, PushState.SENT, "7")
    correcting = push(database, CHAT, PushState.WAITING, "8")

    change(database, CHAT, NOW, pace=Pace.DAILY)
    assert waiting.due_at == dt.datetime(2026, 3, 11, 1, tzinfo=dt.UTC)
    change(database, CHAT, NOW, pace=Pace.WEEKLY)
    assert waiting.due_at == dt.datetime(2026, 3, 16, 1, tzinfo=dt.UTC)
    change(database, CHAT, NIGHT, pace=Pace.AT_ONCE)
    assert waiting.due_at == dt.datetime(2026, 3, 11, 0, tzinfo=dt.UTC)
    change(database, CHAT, NIGHT, quiet="")
    assert waiting.due_at == NIGHT
    change(database, CHAT, NIGHT, quiet="22:00-08:00", time_zone="Europe/Paris")
    assert waiting.due_at == NIGHT
    # What they have is corrected whatever the hour.
    assert {sent.due_at, correcting.due_at} == {NOW}


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"quiet": "25:00-08:00"}])
def test_what_cannot_be_used_changes_nothing(database: Session, wrong: dict[str, str]) -> None:
    joined(database)
    with pytest.raises(SubscriptionError, match="nothing was changed"):
        change(database, CHAT, NOW, language="en", time_zone=wrong.get("time_zone"), quiet=wrong.get("quiet"))

    row = find_subscription(database, CHAT)
    assert row is not None
    assert (row.language, row.time_zone, row.quiet) == ("zh-Hans", "Asia/Shanghai", "22:00-08:00")


def test_only_who_is_subscribed_chooses(database: Session) -> None:
    with pytest.raises(SubscriptionError, match="not subscribed"):
        change(database, CHAT, NOW, language="en")
    with pytest.raises(SubscriptionError, match="not subscribed"):
        set_interest(database, CHAT, "chain.a", True)


def test_an_interest_is_kept_once_and_can_be_taken_back(database: Session) -> None:
    joined(database)
    for wanted in (True, True, False):
        set_interest(database, CHAT, "chain.a", wanted)
    set_interest(database, CHAT, "chain.b", True)
    assert interests(database, [CHAT, OTHER]) == {CHAT: {"chain.a": False, "chain.b": True}, OTHER: {}}

    set_interest(database, CHAT, "chain.a", None)
    set_interest(database, CHAT, "park.a", None)
    assert interests(database, [CHAT])[CHAT] == {"chain.b": True}


def test_an_end_cancels_what_waits_and_leaves_what_was_sent(database: Session) -> None:
    joined(database)
    joined(database, OTHER)
    set_interest(database, CHAT, "chain.a", True)
    waiting, sent = push(database, CHAT, PushState.WAITING), push(database, CHAT, PushState.SENT, "7")
    theirs = push(database, OTHER, PushState.WAITING)

    assert end(database, CHAT)
    assert not end(database, CHAT)
    database.expire_all()

    assert find_subscription(database, CHAT) is None
    assert database.exec(select(Interest)).all() == []
    assert (waiting.state, sent.state, theirs.state) == (
        PushState.CANCELLED,
        PushState.SENT,
        PushState.WAITING,
    )


def test_a_group_that_moves_keeps_its_subscription_and_its_messages(database: Session) -> None:
    joined(database)
    change(database, CHAT, NOW, pace=Pace.DAILY, least=1e9)
    set_interest(database, CHAT, "chain.a", False)
    waiting = push(database, CHAT, PushState.WAITING)

    for _ in range(2):
        # Both of the chats tell of it.
        move(database, CHAT, OTHER)
    database.expire_all()

    row = find_subscription(database, OTHER)
    assert row is not None
    assert (row.pace, row.least, waiting.chat) == (Pace.DAILY, 1e9, OTHER)
    assert interests(database, [OTHER])[OTHER] == {"chain.a": False}
    assert find_subscription(database, CHAT) is None
    assert database.exec(select(Mention.chat)).all() == [OTHER]


def test_a_group_that_subscribed_anew_before_it_moved_is_told_nothing_twice(database: Session) -> None:
    joined(database)
    joined(database, OTHER)
    first = push(database, CHAT, PushState.SENT, "7")
    told = database.exec(select(Mention.announcement_id)).one()
    again = Push(chat=OTHER, state=PushState.SENT, due_at=NOW, message="8")
    database.add(again)
    database.flush()
    database.add(Mention(announcement_id=told, chat=OTHER, push_id=again.id or 0))
    database.flush()

    move(database, CHAT, OTHER)
    database.expire_all()

    assert first.chat == OTHER
    assert sorted(database.exec(select(Mention.chat)).all()) == [CHAT, OTHER]


def test_of_somebody_forgotten_only_that_there_was_one_is_kept(database: Session) -> None:
    joined(database)
    set_interest(database, CHAT, "chain.a", True)
    push(database, CHAT, PushState.WAITING)
    push(database, CHAT, PushState.SENT, "7")
    theirs = push(database, OTHER, PushState.SENT, "8")

    assert forget(database, CHAT) == (True, 2)
    assert forget(database, CHAT) == (False, 0)
    database.expire_all()

    held = [row for row in database.exec(select(Push)).all() if row.id != theirs.id]
    assert {(row.chat, row.message) for row in held} == {("", "")}
    assert {row.state for row in held} == {PushState.CANCELLED, PushState.SENT}
    assert theirs.chat == OTHER
    assert CHAT not in database.exec(select(Mention.chat)).all()
    assert database.exec(select(Interest)).all() == []
