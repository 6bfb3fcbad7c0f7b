"""Who comes in, how, and what they may do."""

import re
from pathlib import Path

import httpx
import pytest

from tests.bot.browser import Browser
from tests.bot.desk.conftest import Running, desk
from tests.bot.desk.visitor import Visitor, words

PAGES = [
    "/",
    "/documents",
    "/drafts",
    "/facts",
    "/facts/chain.low-altitude",
    "/facts/new/project",
    "/aliases",
    "/signings",
    "/changes",
    "/changes/1",
    "/questions",
    "/misses",
    "/try?text=低空经济的链长是谁",
    "/staff",
]


def test_a_link_is_used_by_its_button_and_only_once(shared: Running) -> None:
    link = shared.link("周岚")
    with (
        Visitor(shared.address) as preview,
        Visitor(shared.address) as first,
        Visitor(shared.address) as second,
    ):
        seen = [preview.get(link) for _ in range(3)]
        entered, again = first.enter(link), second.enter(link)

    assert all("进入工作台" in words(page) for page in seen)
    assert "总览" in words(entered)
    assert again.status_code == 403
    assert "已经用过" in words(again)


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_coming_in(shared: Running, path: str) -> None:
    with Visitor(shared.address) as visitor:
        page = visitor.get(path)

    assert page.url.path == "/login"
    assert "一次性链接" in words(page)


def test_the_cookie_is_for_the_desk_alone(shared: Running) -> None:
    with Visitor(shared.address) as visitor:
        entered = visitor.enter(shared.link("周岚"))
    (sent,) = [
        header
        for header in entered.history[0].headers.get_list("set-cookie")
        if header.startswith("investbot_desk")
    ]

    assert "HttpOnly" in sent
    assert "SameSite=lax" in sent
    assert "Secure" not in sent


def test_behind_https_cookies_are_secure(home: Path) -> None:
    with desk(home, "https://desk.example.org") as running, Visitor(running.listening) as visitor:
        visitor.client.headers["host"] = "desk.example.org"
        page = visitor.get("/login?link=none")

    cookies = page.headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies if "csrf" in cookie)
    assert page.headers["strict-transport-security"]
    assert 'src="https://desk.example.org/' in page.text


def test_a_form_of_somebody_else_is_refused(shared: Running) -> None:
    with Visitor(shared.address) as visitor:
        visitor.enter(shared.link("周岚"))
        refused = visitor.client.post("/staff", data={"name": "坏人", "role": "owner"})

        assert refused.status_code == 403
        assert "没有保存" in words(refused)
        assert "坏人" not in words(visitor.get("/staff"))


def test_another_host_is_refused(shared: Running) -> None:
    answer = httpx.get(f"{shared.address}/login", headers={"host": "evil.example"})

    assert answer.status_code == 400


def test_pages_hold_no_script_and_no_address_from_elsewhere(shared: Running) -> None:
    with Visitor(shared.address) as visitor:
        visitor.enter(shared.link("周岚"))
        for path in PAGES:
            page = visitor.get(path)
            assert page.status_code == 200, path
            assert "script-src 'self';" in page.headers["content-security-policy"]
            assert page.headers["x-content-type-options"] == "nosniff"
            assert page.headers["cache-control"] == "no-store"
            assert re.findall(r"<script(?![^>]*src=)", page.text) == []
            linked = re.findall(r"(?:src|href|action)=\"(https?://[^\"]+)\"", page.text)
            assert [one for one in linked if not one.startswith(shared.address)] == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/aliases", {"id": "park.xinghe", "base": "1", "aliases": "坏名"}),
        ("/facts/statement.xinghe-location", {"base": "1", "text": "坏话", "evidence-0": "yes"}),
        ("/facts/park.xinghe/retire", {"reason": "x"}),
        ("/changes/1/undo", {"reason": "x"}),
        ("/confirm", {"id": "park.xinghe"}),
        ("/documents/add", {}),
        ("/drafts/decide", {"id": "1", "deed": "accept"}),
        ("/staff", {"name": "看客", "role": "owner"}),
        ("/staff/link", {"name": "周岚"}),
    ],
)
def test_a_viewer_changes_nothing(shared: Running, path: str, fields: dict[str, str]) -> None:
    shared.staff("周岚")
    with Visitor(shared.address) as viewer:
        viewer.enter(shared.link("看客", "viewer"))
        before = words(viewer.get("/changes"))
        answer = viewer.post(path, None, **fields)

        assert re.search("没有这项权限|必须填写", words(answer))
        assert words(viewer.get("/changes")) == before


def test_an_editor_proposes_and_a_publisher_publishes(own: Running) -> None:
    own.staff("周岚")
    path, text = "/facts/statement.xinghe-location", "星河航空产业园位于北岸大道。"
    fields = {
        "subject_id": "park.xinghe",
        "topic": "location",
        "text": text,
        "evidence-0": "yes",
        "base": "1",
    }
    with Visitor(own.address) as editor, Visitor(own.address) as publisher:
        editor.enter(own.link("陈立", "editor"))
        publisher.enter(own.link("何敬", "publisher"))
        proposed = editor.post(path, None, **fields)
        alone = editor.post("/drafts/publish", id="1")
        still = words(publisher.get("/try?text=星河航空产业园在哪"))
        published = publisher.post("/drafts/publish", id="1")
        now = words(publisher.get("/try?text=星河航空产业园在哪"))

    assert "等待审核" in words(proposed)
    assert "没有这项权限" in words(alone)
    assert text not in still
    assert "已发布" in words(published)
    assert text in now


def test_whoever_is_removed_is_out_at_once(own: Running) -> None:
    own.staff("周岚")
    with Visitor(own.address) as owner, Visitor(own.address) as leaving:
        owner.enter(own.link("周岚"))
        leaving.enter(own.link("陈立", "editor"))
        seen = leaving.get("/drafts").url.path
        owner.post("/staff/remove", name="陈立")

        assert seen == "/drafts"
        assert leaving.get("/drafts").url.path == "/login"
        assert "唯一的负责人" in words(owner.post("/staff/remove", name="周岚"))


def test_an_owner_gives_a_link_to_somebody(own: Running) -> None:
    with Visitor(own.address) as owner, Visitor(own.address) as other:
        owner.enter(own.link("周岚"))
        owner.post("/staff", name="陈立", role="editor")
        shown = owner.post("/staff/link", name="陈立")
        link = re.findall(r'value="(http[^"]+/login\?link=[^"]+)"', shown.text)

        assert "编辑" in words(other.enter(link[0]))


def test_guessing_links_is_stopped(own: Running, caplog: pytest.LogCaptureFixture) -> None:
    link = own.link("周岚")
    with Visitor(own.address) as guesser:
        guesser.client.headers["X-Forwarded-For"] = "203.0.113.77"
        answers = [guesser.enter(f"{own.address}/login?link=guess{number}") for number in range(12)]
        late = guesser.enter(link)

    assert [answer.status_code for answer in answers] == [403] * 10 + [429] * 2
    assert late.status_code == 429
    assert "五分钟" in words(late)
    # Said once; from where, is nobody's business.
    assert caplog.text.count("Too many attempts") == 1
    assert "203.0.113.77" not in caplog.text


def test_every_page_fits_a_phone_in_both_languages(browser: Browser, shared: Running) -> None:
    browser.enter(shared.link("周岚"))
    for language, title in (("en", "Overview"), ("zh", "总览")):
        browser.driver.execute_script(
            "var f = document.querySelector('form[action$=\"/language\"]');"
            "f.querySelector('button').value = arguments[0]; f.requestSubmit(f.querySelector('button'))",
            language,
        )
        browser.size(390, 844)
        browser.open(f"{shared.address}/")
        assert title in browser.text()
        for path in PAGES:
            browser.open(shared.address + path)
            width = browser.driver.execute_script("return document.documentElement.scrollWidth")
            assert width <= 390, path
    assert browser.faults() == []


def test_what_is_not_there_is_said(shared: Running) -> None:
    with Visitor(shared.address) as visitor:
        visitor.enter(shared.link("周岚"))
        for path in (
            "/nothing",
            "/facts/park.nowhere",
            "/facts/x",
            "/drafts/999",
            "/changes/999",
            "/documents/x",
        ):
            page = visitor.get(path)
            assert page.status_code == 404, path
            assert "没有这个页面" in words(page)
