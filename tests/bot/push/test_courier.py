"""Pushes, from the announcement to the people at the stand-in."""

import datetime as dt
import threading

import pytest
from sqlmodel import Session, select

from knowledge.announcing.announcements import correct, recall
from knowledge.announcing.content import Content
from knowledge.announcing.pushes import Progress, send_failed_again, take
from knowledge.announcing.release import release
from knowledge.announcing.subscriptions import find_subscription
from knowledge.asking.asker import Asker
from knowledge.database import session
from knowledge.models import Announcement, AnnouncementState, Pace, Push, PushState, Signing
from knowledge.people import SHELL
from tests.bot.push.conftest import SIGNING, Field
from tests.telegram_server.client import Person


def texts(person: Person) -> list[str]:
    return [message.text for message in person.messages()]


def renamed(field: Field, name: str) -> Content:
    """What an announcement would say, were the signing called otherwise."""

    def rename(database: Session) -> None:
        row = database.get_one(Signing, SIGNING)
        row.name = name
        database.add(row)

    field.change(rename)
    return Content.of(Asker(field.engine), SIGNING)


def test_everybody_hears_once(pushing: Field) -> None:
    people = pushing.subscribe(12)
    number = pushing.announce()
    pushing.send()
    assert [len(person.messages()) for person in people] == [1] * 12
    assert pushing.progress(number) == Progress(sent=12)
    first = people[0].messages()[0]
    assert first.text.startswith("新签约：")
    assert "12个" in first.text
    assert "来源：《云港日报》2024年3月5日第2版" in first.text
    assert len(first.labels) == 3


def test_a_language_each(pushing: Field) -> None:
    english = pushing.subscribe(language="en")[0]
    traditional = pushing.subscribe(language="zh-Hant")[0]
    pushing.announce()
    pushing.send()
    assert texts(english)[0].startswith("New signing: Spring 2024 signing ceremony")
    assert texts(traditional)[0].startswith("新簽約：")


def test_who_has_blocked_the_bot_is_subscribed_no_more(pushing: Field) -> None:
    gone, stays = pushing.subscribe(2)
    gone.block()
    number = pushing.announce()
    pushing.send()
    assert pushing.progress(number) == Progress(sent=1, blocked=1)
    with session(pushing.engine) as database:
        assert find_subscription(database, f"telegram:{gone.chat}") is None
        assert find_subscription(database, f"telegram:{stays.chat}") is not None


@pytest.mark.parametrize("kind", ["500", "502", "dropped"])
def test_a_fault_of_the_face_is_overcome(pushing: Field, kind: str) -> None:
    people = pushing.subscribe(3)
    pushing.server.fault("sendMessage", kind, times=2)
    number = pushing.announce()
    pushing.send(timeout=30)
    assert [len(person.messages()) for person in people] == [1, 1, 1]
    assert pushing.progress(number).sent == 3


def test_429_waits_as_told(pushing: Field) -> None:
    people = pushing.subscribe(3)
    pushing.server.order("clear_log")
    pushing.server.fault("sendMessage", "429", seconds=2)
    number = pushing.announce()
    pushing.send()
    assert [len(person.messages()) for person in people] == [1, 1, 1]
    found = pushing.progress(number)
    assert (found.sent, found.unsure) == (3, 0)
    log = pushing.server.log("sendMessage")
    refused = next(entry for entry in log if not entry["ok"])
    chat = refused["fields"]["chat_id"]
    again = next(entry for entry in log if entry["ok"] and entry["fields"]["chat_id"] == chat)
    assert again["at"] - refused["at"] >= 2


def test_a_lost_reply_is_a_repeat_and_is_counted(pushing: Field) -> None:
    person = pushing.subscribe()[0]
    pushing.server.fault("sendMessage", "lost")
    number = pushing.announce()
    pushing.send(timeout=30)
    assert len(person.messages()) == 2
    assert pushing.progress(number).unsure == 1


def test_nobody_is_woken(pushing: Field) -> None:
    """Quiet hours around now, by the subscriber's clock: the message waits until they end."""
    zone = dt.timezone(dt.timedelta(hours=8))
    now = pushing.now().astimezone(zone)
    quiet = f"{now - dt.timedelta(hours=1):%H:%M}-{now + dt.timedelta(hours=2):%H:%M}"
    person = pushing.subscribe(quiet=quiet)[0]
    awake = pushing.subscribe()[0]
    pushing.announce()
    pushing.send(until=lambda: bool(awake.messages()) and pushing.idle())
    assert person.messages() == []
    (push,) = [row for row in pushing.pushes() if row.chat == f"telegram:{person.chat}"]
    assert dt.timedelta(hours=1, minutes=58) < push.due_at - pushing.now() <= dt.timedelta(hours=2)


def test_quiet_hours_chosen_after_the_announcement_hold_too(pushing: Field) -> None:
    person = pushing.subscribe()[0]
    pushing.announce(at=pushing.now() + dt.timedelta(seconds=2))
    now = pushing.now().astimezone(dt.timezone(dt.timedelta(hours=8)))
    quiet = f"{now - dt.timedelta(hours=1):%H:%M}-{now + dt.timedelta(hours=2):%H:%M}"

    def choose(database: Session) -> None:
        row = find_subscription(database, f"telegram:{person.chat}")
        assert row is not None
        row.quiet = quiet
        database.add(row)

    pushing.change(choose)
    pushing.send(until=lambda: bool(pushing.pushes()) and pushing.idle())
    assert person.messages() == []


def test_what_stood_ready_for_long_wakes_nobody(pushing: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was taken by day; until its turn comes, as after a machine has slept, it is night."""
    monkeypatch.setattr("bot.push.courier.FRESH", dt.timedelta(seconds=0.5))
    people = pushing.subscribe(4)
    pushing.server.order("clear_log")
    pushing.server.fault("sendMessage", "429", seconds=3)
    pushing.announce()
    now = pushing.now().astimezone(dt.timezone(dt.timedelta(hours=8)))
    quiet = f"{now - dt.timedelta(hours=1):%H:%M}-{now + dt.timedelta(hours=2):%H:%M}"
    held: list[object] = []

    def night(database: Session) -> None:
        for person in people:
            row = find_subscription(database, f"telegram:{person.chat}")
            assert row is not None
            row.quiet = quiet
            database.add(row)

    def asleep() -> bool:
        if not held and any(entry.get("ok") is False for entry in pushing.server.log("sendMessage")):
            held.append(pushing.change(night))
        return bool(held) and pushing.idle()

    # So slowly that it is known to be night before the second is begun.
    pushing.send(until=asleep, per_second=2)
    assert all(row.due_at > pushing.now() for row in pushing.pushes() if row.state is PushState.WAITING)
    # What was under way as night fell.
    assert sum(len(person.messages()) for person in people) <= 1


def test_a_digest_is_one_message(pushing: Field) -> None:
    person = pushing.subscribe(pace=Pace.DAILY)[0]
    awake = pushing.subscribe()[0]
    first = pushing.announce()
    pushing.send(until=lambda: bool(awake.messages()) and pushing.idle())
    content = Content.of(Asker(pushing.engine), SIGNING)

    def second(database: Session) -> None:
        row = Announcement(
            signing_id="signing.other",
            content=content.encode(),
            state=AnnouncementState.SCHEDULED,
            at=pushing.now(),
            made_at=pushing.now(),
            made_by="x",
        )
        database.add(row)

    pushing.change(second)
    pushing.send(until=lambda: len(awake.messages()) == 2 and pushing.idle())
    assert person.messages() == []

    def morning(database: Session) -> None:
        for row in database.exec(select(Push).where(Push.state == PushState.WAITING)).all():
            row.due_at = pushing.now()
            database.add(row)

    pushing.change(morning)
    pushing.send()
    (text,) = texts(person)
    assert text.startswith("新签约2场")
    assert text.count("▪") == 2
    assert pushing.progress(first).sent == 2


def test_a_correction_edits_in_place_and_says_so(pushing: Field) -> None:
    people = pushing.subscribe(3)
    number = pushing.announce()
    pushing.send()
    before = people[0].messages()[0]
    content = renamed(pushing, "2024年春季集中签约仪式")
    count = pushing.change(lambda database: correct(database, number, content, SHELL, pushing.now()))
    pushing.send()
    (after,) = people[0].messages()
    assert (count, after.message_id, after.edited) == (3, before.message_id, True)
    assert "2024年春季集中签约仪式" in after.text
    assert "已更正" in after.text
    assert "已更正" not in before.text
    assert pushing.progress(number) == Progress(sent=3)


def test_a_recall_deletes(pushing: Field) -> None:
    people = pushing.subscribe(3)
    number = pushing.announce()
    pushing.send()
    pushing.change(lambda database: recall(database, number, SHELL, pushing.now()))
    pushing.send()
    assert [person.messages() for person in people] == [[], [], []]


def test_a_late_recall_strikes(pushing: Field) -> None:
    person = pushing.subscribe()[0]
    number = pushing.announce()
    pushing.send()

    def long_ago(database: Session) -> None:
        (row,) = database.exec(select(Push)).all()
        row.sent_at = pushing.now() - dt.timedelta(days=3)
        database.add(row)

    pushing.change(long_ago)
    pushing.change(lambda database: recall(database, number, SHELL, pushing.now()))
    pushing.send()
    (message,) = person.messages()
    assert {entity["type"] for entity in message.entities} >= {"strikethrough"}
    assert message.rows == []
    assert "来源" not in message.text


def test_a_correction_reaches_what_is_on_its_way(pushing: Field) -> None:
    person = pushing.subscribe()[0]
    pushing.server.fault("sendMessage", "slow", seconds=1.0)
    number = pushing.announce()
    sender = threading.Thread(
        target=pushing.send, kwargs={"until": lambda: "已更正" in "".join(texts(person))}
    )
    sender.start()
    while not any(row.state is PushState.SENDING for row in pushing.pushes()):
        continue
    content = renamed(pushing, "春季大签约")
    pushing.change(lambda database: correct(database, number, content, SHELL, pushing.now()))
    sender.join()
    (message,) = person.messages()
    assert "春季大签约" in message.text


def test_one_process_sends(pushing: Field) -> None:
    people = pushing.subscribe(40)
    pushing.announce()
    senders = [threading.Thread(target=pushing.send, kwargs={"per_second": 40}) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert [len(person.messages()) for person in people] == [1] * 40


def test_what_was_left_in_the_middle_is_sent(pushing: Field) -> None:
    person = pushing.subscribe()[0]
    number = pushing.announce()

    def begin(database: Session) -> None:
        while release(database, pushing.now()):
            continue
        assert len(take(database, "telegram", pushing.now(), 9)) == 1

    pushing.change(begin)
    pushing.send()
    assert len(person.messages()) == 1
    assert pushing.progress(number).unsure == 1


def test_what_failed_is_sent_again_alone(pushing: Field) -> None:
    people = pushing.subscribe(2)
    number = pushing.announce()
    pushing.send()

    def fail(database: Session) -> None:
        row = database.exec(select(Push).where(Push.chat == f"telegram:{people[0].chat}")).one()
        row.state, row.message, row.reason = PushState.FAILED, "", "Bad Request"
        database.add(row)

    pushing.change(fail)
    assert pushing.change(lambda database: send_failed_again(database, number, pushing.now())) == 1
    pushing.send()
    assert [len(person.messages()) for person in people] == [2, 1]
    assert pushing.progress(number) == Progress(sent=2)


def test_a_group_gets_no_more_than_telegram_lets_it(pushing: Field) -> None:
    """A second push to a chat waits for the second after the first."""
    person = pushing.subscribe()[0]
    pushing.announce()
    content = Content.of(Asker(pushing.engine), SIGNING)

    def second(database: Session) -> None:
        database.add(
            Announcement(
                signing_id="signing.other",
                content=content.encode(),
                state=AnnouncementState.SCHEDULED,
                at=pushing.now(),
                made_at=pushing.now(),
                made_by="x",
            )
        )

    pushing.change(second)
    pushing.server.order("limits", per_chat_second=1)
    pushing.server.order("clear_log")
    pushing.send(until=lambda: len(person.messages()) == 2)
    assert all(entry["ok"] for entry in pushing.server.log("sendMessage"))
