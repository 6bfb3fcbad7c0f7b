"""The chat page as attackers use it: forged numbers, looks without end, other people's conversations."""

import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import select

from knowledge.database import session
from knowledge.models import Chat, Question, Waiting
from tests.bot.webchat.conftest import Running, chat, until
from tests.bot.webchat.test_answers import MISSED, button, pass_on
from tests.bot.webchat.visitor import OWN, Visitor, words

COOKIE = "investbot-chat"


@pytest.mark.parametrize(
    "forged",
    [
        "A" * 32,
        "a" * 31,
        "a" * 33,
        "a" * 60_000,
        "g" * 32,
        "' or 1=1; drop table chat; --",
        "../../../etc/passwd",
        "web:" + "a" * 28,
        "%00" * 8,
        "0" * 31 + "\u0660",
    ],
)
def test_a_forged_cookie_is_nobody_s(own: Running, forged: str) -> None:
    headers = OWN | {"Cookie": f"{COOKIE}={forged}"}
    asked = {"text": "低空经济的链长是谁"}
    told = httpx.post(f"{own.url}/messages", data=asked, headers=[*_raw(headers)])
    looked = httpx.post(f"{own.url}/news", data={"shown": "1"}, headers=[*_raw(headers)])

    if len(forged) < 1000:
        assert re.fullmatch("[0-9a-f]{32}", told.headers["Chat-Token"])
        assert told.headers["Chat-Token"] != forged
        assert looked.status_code == 204
    assert max(told.status_code, looked.status_code) < 500
    with session(own.engine) as database:
        assert all(re.fullmatch("web:[0-9a-f]{32}", row.id) for row in database.exec(select(Chat)).all())


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def test_the_key_of_a_chat_opens_nothing(own: Running) -> None:
    """What stands in the database, in an export or in a backup is not the number."""
    with Visitor(own.url) as visitor, Visitor(own.url) as thief:
        visitor.ask("低空经济的链长是谁")
        with session(own.engine) as database:
            (row,) = database.exec(select(Chat)).all()
        thief.token = row.id.removeprefix("web:")
        stolen = thief.ask("/export")

    assert "低空经济" not in words(stolen)


def test_nothing_of_a_conversation_is_anybody_else_s(own: Running) -> None:
    with Visitor(own.url) as visitor, Visitor(own.url) as other:
        pass_on(visitor)
        own.answer("年产能2万架。")
        seen = [words(other.ask(text)) for text in ("/enquiries", "/export", "/forget", "那它有哪些园区")]
        page = words(other.client.get(own.url))
        other.ask("/forget")
        kept = visitor.news()

    assert not any("2万架" in one or "产能" in one for one in [*seen, page])
    assert "年产能2万架。" in words(kept)


def test_who_looks_without_end_waits_and_nobody_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.webchat.gate.LOOKS", 3)
    monkeypatch.setattr("bot.webchat.gate.MINUTE", 2)
    with chat(home) as running, Visitor(running.url) as visitor, Visitor(running.url) as other:
        pass_on(visitor)
        pass_on(other)
        codes = [visitor.news().status_code for _ in range(30)]
        others = other.news().status_code
        running.answer("年产能2万架。")
        # Nothing is lost: a look that is granted again brings it.
        until(lambda: "2万架" in visitor.news().text)

    assert codes[:3] == [204] * 3
    assert codes.count(429) > 20
    assert others == 204


def test_many_tabs_of_one_person_look_as_often_as_they_do(own: Running) -> None:
    """A page looks each quarter of a minute, and once more when it is turned to."""
    with Visitor(own.url) as visitor:
        pass_on(visitor)
        codes = {visitor.news().status_code for _ in range(20 * 5)}

    assert codes == {204}


def test_who_throws_the_cookie_away_is_counted_by_where_they_look_from(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.webchat.gate.LOOKS", 2)
    with chat(home) as running:
        codes = [
            httpx.post(
                f"{running.url}/news", data={"shown": ""}, headers=OWN | {"Cookie": f"{COOKIE}={number:032x}"}
            ).status_code
            for number in range(11)
        ]
        elsewhere = OWN | {"Cookie": f"{COOKIE}={99:032x}", "X-Forwarded-For": "203.0.113.9"}
        other = httpx.post(f"{running.url}/news", data={"shown": ""}, headers=elsewhere).status_code

    assert codes == [204] * 10 + [429]
    assert other == 204


def test_who_asks_too_much_does_not_silence_the_office(home: Path) -> None:
    with chat(home, flood_messages=2) as running, Visitor(running.url) as visitor:
        codes = [visitor.ask("有哪些园区").status_code for _ in range(20)]
        with Visitor(running.url) as colleague:
            told = colleague.ask("低空经济的链长是谁")

    assert codes.count(200) == 2
    assert "周岚" in words(told)


def test_a_form_of_many_fields_is_read_in_time(own: Running) -> None:
    with Visitor(own.url) as visitor:
        pass_on(visitor)
        number = visitor.client.cookies[COOKIE]
    given = OWN | {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"{COOKIE}={number}"}
    for body in ("shown=1&" * 8000, "&" * 64_000, "text=" + "%" * 60_000, "=&" * 32_000):
        began = time.monotonic()
        codes = [
            httpx.post(f"{own.url}/{place}", content=body, headers=given, timeout=30).status_code
            for place in ("news", "messages")
        ]
        assert max(codes) < 500
        assert time.monotonic() - began < 5


def test_a_length_that_is_none_is_refused(own: Running) -> None:
    place = urlsplit(own.listening)
    answers = []
    for length in ("-1", "1e3", "99999999999999999999", "+5", "1, 2"):
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as sent:
            head = f"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\ntext=hi"
            sent.sendall(head.encode())
            answers.append(sent.recv(100).split()[1])

    assert set(answers) <= {b"400", b"413"}


def test_no_other_site_may_read_or_send(own: Running) -> None:
    asked = httpx.options(
        f"{own.url}/messages",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    told = httpx.post(f"{own.url}/messages", data={"text": "hi"}, headers=OWN)

    assert asked.status_code == 405
    for answer in (asked, told):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_markup_and_turned_writing_come_back_as_words(own: Running) -> None:
    wicked = "\u202e<img src=x onerror=alert(1)>\u2066\"'><svg onload=alert(1)>{{7*7}}低空\u200b经济"
    with Visitor(own.url) as visitor:
        page = visitor.post("/messages", OWN, text=wicked)
        missed = visitor.ask(f"{MISSED}{wicked}")
        visitor.press(button(missed, "问工作人员"))
        shown = visitor.post("/messages", OWN, text="/enquiries")
        with session(own.engine) as database:
            kept = [*database.exec(select(Question.text)).all(), *database.exec(select(Waiting.text)).all()]

    assert "{{7*7}}" in page.text
    for text in (page.text, missed.text, shown.text, *kept):
        assert not set("\u202e\u2066\u200b") & set(text)
    for text in (page.text, shown.text):
        assert "<img src=x" not in text
        assert "<svg onload" not in text


def test_a_language_that_is_none_is_no_door(own: Running) -> None:
    wicked = "'><script>alert(1)</script>"
    page = httpx.get(own.url, params={"lang": wicked}, headers={"Accept-Language": wicked + ";q=nan," * 500})
    with Visitor(own.url) as visitor:
        told = visitor.post("/messages", OWN, text="hi", lang=wicked, token=wicked)

    assert (page.status_code, told.status_code) == (200, 200)
    assert "<script>alert" not in page.text + told.text
