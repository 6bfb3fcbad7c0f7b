"""What was not answered, at the desk: grouped, taken charge of, declined, answered once."""

import os

import pytest

from tests.bot.browser import Browser
from tests.bot.desk.conftest import Running
from tests.bot.desk.visitor import Visitor, words

QUESTION = "蓝湾装备基地租金多少"
ANSWER = "蓝湾装备基地标准厂房租金每平方米每月18元。"


def ask(browser: Browser, running: Running) -> str:
    """What the next investor is told."""
    browser.open(f"{running.address}/try")
    browser.fill("#question", QUESTION)
    browser.press("#ask")
    return browser.one("#reply").text


def test_an_enquiry_is_answered_on_a_phone(browser: Browser, own: Running) -> None:
    own.ask_on_telegram("星河园有班车吗")
    own.pass_on(QUESTION)
    own.ask_on_telegram("蓝湾装备基地的租金是多少？")
    browser.size(390)
    browser.enter(own.link("周岚"))
    browser.open(f"{own.address}/misses")
    shown = [one.text for one in browser.all(".card")]
    if os.environ.get("SCREENSHOTS"):
        browser.driver.save_screenshot(f"{os.environ['SCREENSHOTS']}/misses.png")
    wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
    browser.fill("#a2", ANSWER)
    browser.press("#q2 .card-body button")
    said = browser.text()

    # Whoever waits comes first, with how often the like was asked, in which words, and until when.
    assert QUESTION in shown[0]
    assert "2次" in shown[0]
    assert "蓝湾装备基地的租金是多少？" in shown[0]
    assert "1人在等答复" in shown[0]
    assert "前答复" in shown[0]
    assert "负责：周岚" not in shown[1]
    assert "不必答" not in shown[0]
    assert "不必答" in shown[1]
    assert wide <= 390
    assert "1位在等的人" in said
    assert QUESTION not in said
    ((chat, sent),) = own.owed()
    assert chat == "telegram:2"
    assert sent.startswith(f"您今天问的「{QUESTION}」")
    assert ANSWER in sent

    assert ANSWER not in ask(browser, own)
    browser.open(f"{own.address}/drafts")
    browser.driver.execute_script("document.querySelector('input[name=id]').click()")
    browser.press("#accept")
    browser.press("#publish")
    assert ANSWER in ask(browser, own)
    assert browser.faults() == []


def test_somebody_takes_charge_or_says_that_no_answer_is_needed(own: Running) -> None:
    own.ask_on_telegram("星河园有班车吗")
    own.pass_on(QUESTION)
    own.staff("陈立", "publisher")
    with Visitor(own.address) as editor:
        editor.enter(own.link("何敬", "editor"))
        charged = words(editor.post("/misses/2/charge"))
        waited = words(editor.post("/misses/2/close"))
        closed = words(editor.post("/misses/1/close"))
        again = words(editor.post("/misses/1/close"))

    assert "已由何敬负责" in charged
    assert "负责：何敬" in charged
    assert "有人在等第2号提问的答复" in waited
    assert QUESTION in waited
    assert "星河园有班车吗" not in closed.replace("已标为不必答：星河园有班车吗", "")
    assert "第1号提问已经有人处理过了" in again


@pytest.mark.parametrize(
    ("text", "fault"), [(" ", "答复是空的"), ("=没有的园区", "没有已发布的「没有的园区」")]
)
def test_an_answer_that_is_refused_is_kept(own: Running, text: str, fault: str) -> None:
    own.pass_on(QUESTION)
    with Visitor(own.address) as editor:
        editor.enter(own.link("何敬", "editor"))
        refused = editor.post("/misses/1/answer", None, text=text)

    assert refused.status_code == 400
    assert fault in words(refused)
    assert f">{text}</textarea>" in refused.text
    assert own.owed() == []


def test_the_second_answer_is_not_lost(own: Running) -> None:
    own.pass_on(QUESTION)
    with Visitor(own.address) as editor, Visitor(own.address) as viewer:
        editor.enter(own.link("何敬", "editor"))
        viewer.enter(own.link("看客", "viewer"))
        looked = viewer.get("/misses")
        forbidden = words(viewer.post("/misses/1/answer", looked, text="我来答。"))
        editor.post("/misses/1/answer", None, text=ANSWER)
        late = words(editor.post("/misses/1/answer", None, text="每月20元。"))

    assert "<textarea" not in looked.text
    assert "没有这项权限" in forbidden
    assert "已经有人处理过了" in late
    assert "每月20元。" in late
    assert [ANSWER in text for _, text in own.owed()] == [True]
