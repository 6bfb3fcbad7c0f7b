"""A document's title, date, publisher and address: found in it, or asked for at the desk."""

import os
import re
from pathlib import Path

from tests.bot.browser import Browser
from tests.bot.desk.conftest import Running, desk
from tests.bot.desk.visitor import Visitor, words

PAGE = """云港新区签下电机项目

青禾电机有限公司将在云港新区投资3亿元建设高速电机项目,计划明年投产。
"""
QUESTION = "高速电机项目投资多少"


def ask(browser: Browser, running: Running) -> str:
    browser.open(f"{running.address}/try")
    browser.fill("#question", QUESTION)
    browser.press("#ask")
    return browser.one("#reply").text


def test_what_was_not_found_is_asked_for_on_a_phone(browser: Browser, own: Running) -> None:
    browser.size(390)
    browser.enter(own.link("何敬", "editor"))
    path = own.home / "通稿.txt"
    path.write_text(PAGE, encoding="utf-8")
    browser.open(f"{own.address}/documents")
    browser.one("#file").send_keys(str(path))
    browser.press(".card button.btn-primary")
    page = browser.driver.current_url
    asked = browser.one("#asked").text
    lit = [one.get_attribute("name") for one in browser.all(".asked")]
    if os.environ.get("SCREENSHOTS"):
        browser.driver.save_screenshot(f"{os.environ['SCREENSHOTS']}/details.png")
    wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
    before = ask(browser, own)

    browser.open(page)
    browser.fill("#d-publisher", "云港日报")
    browser.driver.execute_script("document.querySelector('#d-date').value = '2024-09-04'")
    browser.fill("#d-address", "yungang.example/1")
    browser.press("#correct")
    fault = browser.one(".invalid-feedback").text
    refused = browser.faults()
    kept = browser.one("#d-publisher").get_attribute("value")
    browser.fill("#d-address", "https://yungang.example/1")
    browser.press("#correct")
    saved = browser.text()

    assert "发布日期、发布单位、原网址" in asked
    assert lit == ["date", "publisher", "address"]
    assert wide <= 390
    assert "2024年9月4日" not in before
    assert "https://" in fault
    assert ["400" in fault for fault in refused] == [True]
    assert kept == "云港日报"
    assert "马上照此注明" in saved
    assert browser.all("#asked") == []
    after = ask(browser, own)
    assert "《云港日报》" in after
    assert "2024年9月4日" in after
    assert browser.faults() == []


def test_two_who_correct_a_document(own: Running) -> None:
    with Visitor(own.address) as first, Visitor(own.address) as second, Visitor(own.address) as viewer:
        first.enter(own.link("何敬", "editor"))
        second.enter(own.link("陈立", "editor"))
        viewer.enter(own.link("看客", "viewer"))
        (path,) = set(re.findall(r"/documents/\w{64}", first.get("/documents").text))
        shown = {
            "seen-title": "云港新区产业发展情况通报",
            "seen-date": "2024-03-05",
            "seen-publisher": "云港日报",
        }
        own_words = {"title": "云港产业通报", "date": "2024-03-05", "publisher": "云港日报"}
        done = words(first.post(f"{path}/correct", None, **shown, **own_words))
        late = second.post(f"{path}/correct", None, **shown, **{**own_words, "title": "产业情况"})
        forbidden = words(viewer.post(f"{path}/correct", None, **shown, **own_words))
        now = viewer.get(path)

    assert "何敬填写" in done
    assert late.status_code == 409
    assert "没有覆盖任何内容" in words(late)
    assert "现在是：云港产业通报" in words(late)
    assert 'value="产业情况"' in late.text
    assert "没有这项权限" in forbidden
    assert "云港产业通报" in now.text
    assert 'id="details"' not in now.text


def test_times_are_the_bureaus(home: Path) -> None:
    told: list[str] = []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with desk(home, time_zone=zone) as running, Visitor(running.address) as viewer:
            viewer.enter(running.link(f"看客{len(told)}", "viewer"))
            told += re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", viewer.get("/changes").text)[-1:]

    # They are 25 hours apart: the same time of day plus one, a day on.
    ahead, behind = told
    assert ahead[-2:] == behind[-2:]
    assert (int(ahead[11:13]) - int(behind[11:13])) % 24 == 1
    assert ahead[:10] != behind[:10]
