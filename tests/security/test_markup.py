"""Markup in whatever people can write: names, titles, questions, answers; at the desk and on Telegram."""

import re
from html import unescape

import pytest

from bot.reply import notice
from bot.telegram.render import render
from knowledge.asking.answer import Language
from tests.bot.desk.conftest import Browser
from tests.bot.desk.visitor import Visitor
from tests.security.conftest import Premises
from tests.security.test_files import TEXT, upload

HIT = "window.hit=(window.hit||0)+1"

WICKED = [
    f"<script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"\"'><svg onload={HIT}>",
    f"</textarea></title><script>{HIT}</script>",
    f"{{{{ {HIT} }}}}{{% raw %}}<b>",
    "\u202e<b>反\u202c\u200b",
]


def plant(premises: Premises, owner: Visitor) -> None:
    """Put it everywhere where somebody can write."""
    for number, wicked in enumerate(WICKED):
        # Questions and Telegram's names, by anybody.
        person = premises.acquaintance()
        asked = f"蓝湾装备基地{wicked}多少{number}"
        user = {"id": person.number, "is_bot": False, "first_name": wicked, "username": "x"}
        premises.send(premises.message(person, asked, **{"from": user}))
        shown = person.reply()
        if any("问工作人员" in label for label in shown.labels):
            person.tap("问工作人员")
        # Documents, by whoever wrote them.
        page = f"<html><head><meta name='ArticleTitle' content='{_quoted(wicked)}'></head>"
        body = f"<p>{_quoted(wicked)} {TEXT.format('标题', number)}</p></html>"
        upload(owner, f"{wicked}{number}.html".replace("/", ""), (page + body).encode())
        # Names and reasons, by staff.
        owner.post("/staff", None, name=wicked, role="viewer")
        owner.post("/documents/add", None, name=wicked)
        entry = owner.get("/aliases?words=星河")
        held = re.search(
            r'name="id" value="(park\.xinghe)"><input type="hidden" name="base" value="(\d+)"', entry.text
        )
        assert held
        owner.post("/aliases", entry, id=held[1], base=held[2], aliases=wicked)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&quot;")


@pytest.fixture(scope="module")
def planted(premises: Premises, owner: Visitor) -> list[str]:
    """The pages on which it is shown, with what a visitor or an address can bring along."""
    plant(premises, owner)
    documents = [f"/documents/{row[0]}" for row in premises.rows("select sha256 from document")][-6:]
    query = "%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E%22%27%3E%3Csvg%20onload%3Dwindow.hit%3D1%3E"
    asked = [
        f"{path}{query}" for path in ("/facts?words=", "/aliases?words=", "/try?text=", "/questions?words=")
    ]
    pages = [
        "/",
        "/documents",
        "/drafts",
        "/misses",
        "/questions",
        "/staff",
        "/changes",
        "/signings",
        "/aliases",
    ]
    drafts = [
        f"/drafts/{row[0]}?back=javascript:{HIT}"
        for row in premises.rows("select max(id) from draft")
        if row[0]
    ]
    return [*pages, "/facts/park.xinghe", *documents, *asked, *drafts, f"/login?link={query}"]


def test_no_script_of_anybody_s_runs_at_the_desk(
    premises: Premises, browser: Browser, planted: list[str]
) -> None:
    browser.enter(premises.link("周岚"))
    for path in planted:
        browser.open(premises.desk + path)
        assert browser.driver.execute_script("return window.hit") is None, path
        alive = browser.driver.execute_script(
            "return [...document.querySelectorAll('*')].filter(e => [...e.attributes].some("
            "a => a.name.startsWith('on') || /^\\s*(javascript|data|vbscript):/i.test(a.value)"
            " && ['href', 'src', 'action', 'formaction'].includes(a.name))).map(e => e.outerHTML)"
        )
        assert [one for one in alive if "favicon" not in one] == [], path
        foreign = browser.driver.execute_script(
            "return [...document.scripts].filter(s => !s.src.startsWith(location.origin + '/')).length"
        )
        assert foreign == 0, path
    # The browser would have run it: there is nothing but the words.
    browser.driver.execute_script(HIT)
    assert browser.driver.execute_script("return window.hit") == 1
    # Not even the policy of the page had anything to refuse.
    assert [fault for fault in browser.faults() if "Content Security Policy" in fault] == []


def test_what_was_written_is_shown_as_it_was_written(owner: Visitor, planted: list[str]) -> None:
    misses = owner.get("/misses").text + owner.get("/questions").text
    staff = owner.get("/staff").text

    for wicked in WICKED[:4]:
        assert wicked not in misses + staff
        assert wicked in unescape(staff)
        assert wicked in unescape(misses)


def test_words_of_people_are_no_markup_on_telegram(premises: Premises) -> None:
    for wicked in ("<b>粗</b>", "[x](tg://user?id=1)", "<a href='http://evil.example'>点</a>", "&lt;b&gt;"):
        for message in render(notice(Language.HANS, wicked, title=wicked)):
            inner = re.sub(r"</?b>", "", message, count=2)
            assert "<" not in inner
            assert wicked in unescape(message)
    person = premises.acquaintance()
    person.ask("蓝湾装备基地<a href='http://evil.example'>多少钱</a>")
    person.say("/enquiries")
    for seen in (person.reply(), *person.messages()):
        assert all(one["type"] not in {"text_link", "text_mention"} for one in seen.entities)
