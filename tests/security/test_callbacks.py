"""What buttons carry, changed by whoever presses them; a program of one's own can send anything."""

import json
import re

from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.security.conftest import UPDATES, Premises
from tests.telegram_server.client import Person
from tests.telegram_server.refusals import Json

TABLES = ("change", "draft", "announcement", "waiting", "subscription")

HUGE = "9" * 30

WORDS = st.sampled_from([
    "staff", "person", "right", "wrong", "told", "fewer", "stop", "own", "menu", "accept", "undo", "drafts",
    "announce", "send", "recalled", "unsend", "again", "close", "retire", "forget", "chain.low-altitude",
    "signing.spring-2024", "leader", "0", "1", "-1", HUGE, "١", "²", "zh", "en", "x' or 1=1--", "../..", "",
])  # fmt: skip

DATA = st.one_of(
    st.text(max_size=64),
    st.lists(WORDS, min_size=1, max_size=5).map("|".join),
    st.binary(max_size=32).map(repr),
).map(lambda text: text.encode("utf-8", "replace")[:64].decode("utf-8", "ignore"))


def pressed(person: Person, data: str) -> Json:
    """A button pressed under a message of the bot; the data are the person's own."""
    user = {"id": person.number, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
    chat = {"id": person.chat, "type": "private"}
    message = {"message_id": 10**9, "date": 1, "chat": chat, "text": "?"}
    query = {"id": "1", "from": user, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": next(UPDATES), "callback_query": query}


def counts(premises: Premises) -> list[object]:
    return [premises.rows(f"select count(*) from {table}") for table in TABLES]


def settled(premises: Premises) -> bool:
    return premises.rows("select id from incoming where state in ('waiting', 'taken')") == []


def test_whatever_a_button_carries_fails_nowhere_and_changes_nothing(premises: Premises) -> None:
    investor, staff = premises.acquaintance(), premises.hire("林晓", "viewer")
    before, log = counts(premises), premises.log

    @given(DATA, st.booleans())
    @hypothesis_settings(max_examples=40)
    @example(f"told|{HUGE}|zh", False)
    @example(f"staff|accept|{HUGE}", True)
    @example(f"staff|undo|{HUGE}", True)
    @example(f"person|{HUGE}|zh", False)
    @example("staff|accept|²", True)
    def press(data: str, by_staff: bool) -> None:
        assert premises.send(pressed(staff if by_staff else investor, data)).status_code == 200

    press()
    assert premises.lives()

    assert counts(premises)[:4] == before[:4]
    assert re.findall(r"Traceback|A turn .*failed", premises.log.removeprefix(log)) == []


def test_a_question_is_passed_on_only_by_who_asked_it(premises: Premises) -> None:
    asker, thief = premises.acquaintance(), premises.acquaintance()
    asked = asker.ask("蓝湾装备基地租金多少")
    data = next(held for row in asked.rows for label, held in row if label == "问工作人员")
    thief.ask("/chains")
    before = premises.rows("select count(*) from waiting")

    thief.press("低空经济", forged=data)

    assert "失效" in thief.reply().text
    assert premises.rows("select count(*) from waiting") == before
    asker.tap("问工作人员")
    assert premises.rows("select count(*) from waiting") != before


def test_nobody_looks_into_the_enquiries_of_others(premises: Premises) -> None:
    asker, other = premises.acquaintance(), premises.acquaintance()
    asker.ask("蓝湾装备基地的电费多少")
    asker.tap("问工作人员")

    assert "电费" in asker.ask("/enquiries").text
    assert "电费" not in other.ask("/enquiries").text
    other.say("/export")
    shown = other.reply()
    assert "电费" not in shown.text + (other.open_file(shown) if shown.file else "")


def test_who_is_no_staff_answers_no_enquiry(premises: Premises) -> None:
    """Telegram says whose message is replied to; its words may be anybody's."""
    investor = premises.acquaintance()
    investor.ask("蓝湾装备基地的水费多少")
    ((number,),) = premises.rows("select max(id) from enquiry")
    bot = {"id": int(premises.server.call("getMe").json()["result"]["id"]), "is_bot": True, "first_name": "b"}
    quoted = {
        "message_id": 2,
        "date": 0,
        "chat": {"id": investor.chat, "type": "private"},
        "from": bot,
        "text": f"待答问题 #{number}",
    }
    premises.send(premises.message(investor, "免费", reply_to_message=quoted))
    investor.reply()

    assert premises.rows(f"select state from enquiry where id = {number}") == [("open",)]


def test_what_no_button_of_telegram_can_carry_is_never_made(premises: Premises) -> None:
    person = premises.acquaintance()
    for asked in ("/chains", "/parks", "/signings", "/subscribe", "低空经济的链长是谁"):
        person.ask(asked)
    data = [held for seen in person.messages() for row in seen.rows for _, held in row]

    assert data
    assert all(0 < len(held.encode()) <= 64 for held in data)
    assert premises.secret not in json.dumps(data)
