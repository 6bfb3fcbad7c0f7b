"""The chat page by the letter: what it answers, to whom, and what it refuses."""

import base64
import datetime as dt
import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from bot.webchat.visitor import LIFE, forget_gone
from knowledge.database import session, writing
from knowledge.models import Chat, Outgoing, OutgoingState, Waiting
from knowledge.outbox import BEGUN
from tests.bot.webchat.conftest import Running, chat
from tests.bot.webchat.visitor import OWN, Visitor, words

MISSED = "低空经济的产能多大"


def button(response: httpx.Response, label: str) -> str:
    """What a button carries."""
    found = re.search(rf'value="([^"]+)">{label}', response.text)
    assert found, words(response)
    return unescape(found[1])


def pass_on(visitor: Visitor) -> httpx.Response:
    """A question without an answer, passed on to staff."""
    return visitor.press(button(visitor.ask(MISSED), "问工作人员"))


def test_a_question_is_answered_with_its_source_and_date(own: Running) -> None:
    with Visitor(own.url) as visitor:
        told = words(visitor.ask("低空经济的链长是谁"))

    assert "周岚" in told
    assert (
        told.index("周岚") < told.index("低空经济产业链由新区管委会副主任周岚担任链长") < told.index("来源")
    )
    assert "2024年3月5日" in told


@pytest.mark.every_database
def test_a_conversation_goes_on_by_the_cookie_alone(own: Running) -> None:
    with Visitor(own.url) as visitor:
        first = visitor.ask("低空经济的链长是谁")
        second = visitor.ask("那它有哪些园区")

    assert len(first.headers["Chat-Token"]) == 32
    assert second.headers["Chat-Token"] == ""
    assert "星河航空产业园" in words(second)


def test_where_cookies_are_blocked_the_page_holds_the_number(own: Running) -> None:
    with Visitor(own.url, cookies=False) as visitor:
        visitor.ask("低空经济的链长是谁")
        second = visitor.ask("那它有哪些园区")

    assert len(second.headers["Chat-Token"]) == 32
    assert "星河航空产业园" in words(second)


def test_a_plain_form_goes_on_without_cookies(own: Running) -> None:
    with httpx.Client() as client:
        page = client.post(f"{own.url}/messages", data={"text": "低空经济的链长是谁"}, headers=OWN)
        held = re.findall(r'name="token" value="([0-9a-f]{32})"', page.text)
        client.cookies.clear()
        form = {"text": "那它有哪些园区", "token": held[0]}
        following = client.post(f"{own.url}/messages", data=form, headers=OWN)

    assert len(held) >= 3  # each form of the page holds it
    assert "低空经济的链长是谁" in words(page)
    assert "周岚" in words(page)
    assert "星河航空产业园" in words(following)


def test_a_page_holds_no_number_where_the_browser_keeps_the_cookie(own: Running) -> None:
    with Visitor(own.url) as visitor:
        visitor.ask("有哪些产业链")
        page = visitor.post("/messages", OWN, text="有哪些园区")
        looked = visitor.client.get(own.url)

    assert 'name="token"' not in page.text + looked.text


def test_nobody_is_numbered_for_looking(own: Running) -> None:
    page = httpx.get(own.url)

    assert "set-cookie" not in page.headers
    assert "欢迎了解云港新区" in words(page)
    assert "/subscribe" not in page.text


def test_the_cookie_is_for_frames_where_there_is_https(home: Path) -> None:
    with (
        chat(home, "https://bot.example/chat") as running,
        Visitor(f"{running.listening}/chat") as visitor,
    ):
        told = visitor.ask("有哪些产业链")

    name, *rest = told.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-investbot-chat=")
    assert set(rest) == {
        f"Max-Age={30 * 86400}",
        "Path=/",
        "HttpOnly",
        "Secure",
        "SameSite=None",
        "Partitioned",
    }
    assert told.headers["strict-transport-security"]


def test_the_number_stands_in_no_database(own: Running) -> None:
    with Visitor(own.url) as visitor:
        number = visitor.ask("低空经济的链长是谁").headers["Chat-Token"]
        with session(own.engine) as database:
            (row,) = database.exec(select(Chat)).all()

    assert row.id.startswith("web:")
    assert number not in row.id
    assert len(row.id) == len("web:") + 32


def test_commands_are_typed(own: Running) -> None:
    with Visitor(own.url) as visitor:
        helped = words(visitor.ask("/help"))
        refused = words(visitor.ask("/subscribe"))
        listed = words(visitor.ask("/parks"))

    assert "/forget" in helped
    assert "/subscribe" not in helped
    assert "Telegram" in refused
    assert "星河航空产业园" in listed


def test_the_language_is_that_of_page_and_question(own: Running) -> None:
    english = httpx.get(own.url, headers={"Accept-Language": "fr;q=0.9, en-GB, zh;q=0.5"})
    traditional = httpx.get(f"{own.url}?lang=zh-HK", headers={"Accept-Language": "en"})
    other = httpx.get(own.url, headers={"Accept-Language": "ja"})
    with Visitor(own.url) as visitor:
        answered = visitor.post("/messages", lang="en", text="低空经济的链长是谁")

    assert '<html lang="en">' in english.text
    assert '<html lang="zh-Hant">' in traditional.text
    assert "雲港新區" in traditional.text
    assert '<html lang="en">' in other.text
    assert 'lang="zh-Hans"' in answered.text


def test_what_is_written_is_escaped(own: Running) -> None:
    with Visitor(own.url) as visitor:
        page = visitor.post("/messages", OWN, text="<script>alert(1)</script>")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_another_page_sends_is_refused(own: Running, headers: dict[str, str]) -> None:
    with Visitor(own.url) as visitor:
        visitor.ask("低空经济的链长是谁")
        forged = visitor.post("/messages", headers, text="/forget")
        looked = visitor.post("/news", headers, shown="")
        kept = visitor.ask("那它有哪些园区")

    assert (forged.status_code, looked.status_code) == (403, 403)
    assert "星河航空产业园" in words(kept)


def test_an_older_browser_says_its_origin(own: Running) -> None:
    with Visitor(own.url) as visitor:
        told = visitor.post("/messages", {"Origin": own.listening}, text="低空经济的链长是谁")

    assert told.status_code == 200


def test_only_plain_forms_are_read(own: Running) -> None:
    typed = OWN | {"Content-Type": "application/json"}
    sent = httpx.post(f"{own.url}/messages", content='{"text": "hi"}', headers=typed)

    assert sent.status_code == 415


def test_too_much_is_not_read(own: Running) -> None:
    long = httpx.post(f"{own.url}/messages", data={"text": "长" * 10_000}, headers=OWN)

    def endless() -> object:
        yield b"text="

    chunked = httpx.post(f"{own.url}/messages", content=endless(), headers=OWN)  # type: ignore[arg-type]
    with Visitor(own.url) as visitor:
        some = visitor.ask("长" * 2001)

    assert (long.status_code, chunked.status_code, some.status_code) == (413, 413, 200)
    assert "2000" in words(some)


def test_who_asks_too_much_is_told_so(home: Path) -> None:
    with chat(home, flood_messages=2) as running:
        with Visitor(running.url) as visitor:
            codes = [visitor.ask("有哪些产业链").status_code for _ in range(4)]
            told = words(visitor.ask("有哪些园区"))
        # Whoever throws the cookie away is counted by where they come from: 2 × 5, of which 2 are used.
        fresh = [httpx.post(f"{running.url}/messages", data={"text": "hi"}, headers=OWN) for _ in range(9)]

    assert codes == [200, 200, 429, 429]
    assert "一分钟后" in told
    assert [one.status_code for one in fresh] == [200] * 8 + [429]


def test_a_visitor_is_known_behind_the_proxy(home: Path) -> None:
    def ask(place: str) -> int:
        given = OWN | {"X-Forwarded-For": place}
        return httpx.post(f"{running.url}/messages", data={"text": "hi"}, headers=given).status_code

    with chat(home, flood_messages=1) as running:
        one = [ask("203.0.113.7") for _ in range(6)]
        other = ask("203.0.113.8")
        six = [ask(f"2001:db8::{number}") for number in range(6)]

    assert (one[-2:], other, six[-2:]) == ([200, 429], 200, [200, 429])


def test_who_is_no_proxy_is_not_believed(home: Path) -> None:
    with chat(home, flood_messages=1, web_proxies="192.0.2.1") as running:
        codes = [
            httpx.post(
                f"{running.url}/messages",
                data={"text": "hi"},
                headers=OWN | {"X-Forwarded-For": f"203.0.113.{number}"},
            ).status_code
            for number in range(6)
        ]

    assert codes[-2:] == [200, 429]


def test_headers_keep_the_page_safe(own: Running) -> None:
    page = httpx.get(own.url)
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?! src)|<style| style=| on\w+=|https?://", page.text)


def test_only_named_sites_may_show_it(home: Path) -> None:
    with chat(home, chat_sites="https://www.example.gov.cn https://*.example.org") as running:
        policy = httpx.get(running.url).headers["content-security-policy"]

    assert policy.endswith("frame-ancestors 'self' https://www.example.gov.cn https://*.example.org")


def test_it_is_light(own: Running) -> None:
    page = httpx.get(own.url)
    files = re.findall(r'(?:src|href)="([^"?]+\?v=[^"]+)"', page.text)
    held = [httpx.get(own.listening + one) for one in files]
    widget = httpx.get(f"{own.url}/widget.js")

    assert len(files) == 2
    assert all("immutable" in one.headers["cache-control"] for one in held)
    assert widget.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(page.content) + sum(len(one.content) for one in held) + len(widget.content) < 40_000


@pytest.mark.parametrize("path", ["", "/chat", "/deep/chat"])
def test_it_stands_at_the_path_of_its_address_whatever_a_proxy_takes_away(home: Path, path: str) -> None:
    with chat(home, path=path) as running:
        places = [running.url, f"{running.url}/", running.listening, f"{running.listening}/widget.js"]
        codes = [httpx.get(place).status_code for place in places]
        page = httpx.get(running.listening).text

    assert codes == [200] * 4
    assert f'action="{path}/messages"' in page


def test_other_addresses_hold_nothing(own: Running) -> None:
    codes = [
        httpx.get(f"{own.url}/{name}").status_code
        for name in ("page.html", "message.html", "..%2fapplication.py", "messages")
    ]

    assert codes == [404, 404, 404, 405]


@pytest.mark.every_database
def test_a_reply_of_staff_comes_once(own: Running) -> None:
    with Visitor(own.url) as visitor:
        asked = visitor.ask(MISSED)
        passed = visitor.press(button(asked, "问工作人员"))
        nothing = visitor.news()
        own.answer("年产能2万架。")
        came = visitor.news()
        number = int(re.findall(r'data-shown="(\d+)"', came.text)[0])
        shown = visitor.news(number)

    assert asked.headers["Chat-Awaits"] == "0"
    assert passed.headers["Chat-Awaits"] == "1"
    assert "用这台设备再来看" in words(passed)
    assert (nothing.status_code, nothing.headers["Chat-Awaits"]) == (204, "1")
    assert "年产能2万架。" in words(came)
    assert MISSED in words(came)
    assert (shown.status_code, shown.headers["Chat-Awaits"]) == (204, "0")
    with session(own.engine) as database:
        assert not database.exec(select(Waiting)).all()
        assert [row.state for row in database.exec(select(Outgoing)).all()] == [OutgoingState.SENT]


def test_a_reply_that_may_not_have_been_seen_is_found_among_the_enquiries(own: Running) -> None:
    with Visitor(own.url) as visitor:
        pass_on(visitor)
        own.answer("年产能2万架。")
        visitor.news()
        with session(own.engine) as database:
            (row,) = database.exec(select(Outgoing)).all()
            assert row.begun_at is not None
            row.begun_at -= 2 * BEGUN
            database.add(row)
            database.commit()
        again = visitor.news()
        found = words(visitor.ask("/enquiries"))

    assert again.status_code == 204
    assert "年产能2万架。" in found


@pytest.mark.every_database
def test_nobody_sees_or_settles_the_reply_to_another(own: Running) -> None:
    with Visitor(own.url) as visitor, Visitor(own.url) as other, Visitor(own.url) as nobody:
        pass_on(visitor)
        other.ask("有哪些产业链")
        own.answer("年产能2万架。")
        looked = other.news(1)
        unknown = nobody.news(1)
        came = visitor.news()

    assert looked.status_code == unknown.status_code == 204
    assert "Chat-Token" not in unknown.headers
    assert "年产能2万架。" in words(came)


def test_what_only_looks_like_a_number_is_nobody(own: Running) -> None:
    with Visitor(own.url) as visitor:
        visitor.token = "../../etc"
        told = visitor.ask("低空经济的链长是谁")

    assert re.fullmatch("[0-9a-f]{32}", told.headers["Chat-Token"])


def test_another_visitors_question_cannot_be_passed_on(own: Running) -> None:
    with Visitor(own.url) as visitor, Visitor(own.url) as other:
        data = button(visitor.ask(MISSED), "问工作人员")
        stale = words(other.press(data))

    assert "失效" in stale


def test_broken_buttons_are_met_kindly(own: Running) -> None:
    with Visitor(own.url) as visitor:
        told = [visitor.press(data) for data in ("", "x", "a|b|c|d|e", "menu|open|klingon", "\0|\0")]

    assert all(one.status_code == 200 and "失效" in words(one) for one in told)


def test_what_is_kept_can_be_taken_away(own: Running) -> None:
    with Visitor(own.url) as visitor:
        number = visitor.ask("低空经济的链长是谁").headers["Chat-Token"]
        export = visitor.ask("/export")
        href = re.findall(r'download="my-data.json" href="data:application/json;base64,([^"]+)"', export.text)
        data = json.loads(base64.b64decode(unescape(href[0])))

    assert data["conversation"]["questions"][0]["text"] == "低空经济的链长是谁"
    assert number not in json.dumps(data)


def test_forgetting_leaves_nothing(own: Running) -> None:
    with Visitor(own.url) as visitor:
        pass_on(visitor)
        told = visitor.ask("/forget")
        after = visitor.ask("那它有哪些园区")
        with session(own.engine) as database:
            waiting = database.exec(select(Waiting)).all()
            chats = database.exec(select(Chat)).all()

    assert "已删除" in words(told)
    assert "Max-Age=0" in told.headers["set-cookie"]
    assert (told.headers["Chat-Token"], told.headers["Chat-Forgotten"]) == ("", "1")
    assert "共有2个" in words(after)  # those of no chain
    assert not waiting
    assert len(chats) == 1  # of whoever asked afterwards


def test_what_could_not_be_forgotten_can_still_be(own: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    with Visitor(own.url) as visitor:
        visitor.ask("低空经济的链长是谁")
        with monkeypatch.context() as broken:
            broken.setattr("knowledge.personal_data.withdraw", fail)
            told = visitor.ask("/forget")
        again = visitor.ask("/forget")

    assert "出了点问题" in words(told)
    assert "Chat-Forgotten" not in told.headers
    assert "已删除" in words(again)


@pytest.mark.every_database
def test_who_does_not_come_for_long_is_forgotten(own: Running) -> None:
    with Visitor(own.url) as visitor:
        pass_on(visitor)
    now = dt.datetime.now(dt.UTC)

    with writing(own.engine) as database:
        assert forget_gone(database, now + LIFE - dt.timedelta(hours=1)) == 0
        assert forget_gone(database, now + LIFE + dt.timedelta(hours=1)) == 1
        assert not database.exec(select(Waiting)).all()
        assert not database.exec(select(Chat)).all()
