"""In a real browser: a page put in, drafts accepted, investors told; undone, they are told as before."""

import pytest

from tests.bot.browser import Browser
from tests.bot.desk.conftest import Running
from tests.bot.desk.visitor import Visitor, words

PAGE = """云港新区签下电机项目
来源:《云港日报》2024年9月4日第1版
2024年9月3日,云港新区与青禾电机有限公司举行签约仪式。
青禾电机有限公司投资3亿元建设高速电机项目,项目属于低空经济产业链。
海灯科技有限公司追加投资,无人机整机项目总投资达到9亿元。
"""

QUESTION = "高速电机项目投资多少"


def ask(browser: Browser, running: Running, text: str = QUESTION) -> str:
    """What an investor is told."""
    browser.open(f"{running.address}/try")
    browser.fill("#question", text)
    browser.press("#ask")
    return browser.one("#reply").text


def put_in(browser: Browser, running: Running, text: str = PAGE) -> None:
    """Upload a page; the document is open then."""
    path = running.home / "签约通稿.txt"
    path.write_text(text, encoding="gb18030")
    browser.open(f"{running.address}/documents")
    browser.one("#file").send_keys(str(path))
    browser.press(".card button.btn-primary")


def tick(browser: Browser, *headlines: str) -> None:
    """Choose drafts by what they say."""
    for headline in headlines:
        (box,) = [one for one in browser.all("input[name=id]") if one.get_attribute("aria-label") == headline]
        browser.driver.execute_script(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'}); arguments[0].click()", box
        )


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_in_three_drafts_accepted_and_undone(browser: Browser, own: Running, width: int) -> None:
    browser.size(width)
    browser.enter(own.link("周岚"))
    put_in(browser, own)
    address = browser.driver.current_url
    marked = [one.text for one in browser.all("mark")]
    before = ask(browser, own)

    browser.open(address)
    tick(
        browser,
        "高速电机项目",
        "高速电机项目 · 投资 3亿元",
        "高速电机项目 — 投资方 — 青禾电机有限公司",
    )
    browser.press("#accept")
    ahead = browser.text()
    browser.fill("#reason", "签约通稿已核对")
    browser.press("#publish")
    published = browser.text()
    after = ask(browser, own)

    browser.open(f"{own.address}/changes")
    browser.press(".list-group-item")
    history = browser.text()
    browser.fill("input[name=reason]", "项目暂缓公布")
    browser.press("#undo")
    undone = browser.text()

    assert any("青禾电机有限公司投资3亿元" in text for text in marked)
    assert "投资：3亿元" not in before
    # The company that the link needs comes along.
    assert "发布4条" in ahead
    assert "已发布" in published
    assert "投资：3亿元" in after
    assert "《云港日报》2024年9月4日第1版" in after
    assert "签约通稿已核对" in history
    assert "3亿元" in history
    assert "项目暂缓公布" in undone
    assert ask(browser, own) == before
    assert browser.faults() == []


def test_what_would_get_worse_is_shown_before(browser: Browser, own: Running) -> None:
    browser.size(1280)
    browser.enter(own.link("周岚"))
    asked = "无人机整机项目投了多少"
    own.ask_on_telegram(asked)
    put_in(browser, own)
    tick(browser, "无人机整机项目 · 总投资 9亿元")
    note = browser.one(".alert-warning").text
    browser.press("#accept")

    assert "不一致" in note
    assert "1个回答会变，其中0个变差" in browser.one("#summary").text
    bubbles = [one.text for one in browser.all(".bubble")]
    assert "9亿元" not in bubbles[0]
    assert "9亿元" in bubbles[1]


def test_the_second_of_two_editors_is_told(browser: Browser, own: Running) -> None:
    path = "/facts/statement.lanwan-phases"
    with Visitor(own.address) as second:
        second.enter(own.link("陈立"))
        form = second.get(path)
        browser.size(1280)
        browser.enter(own.link("周岚"))
        browser.open(own.address + path)
        browser.fill("#f-text", "蓝湾装备基地一期已经建成，二期计划2025年投产。")
        browser.press("#save")
        first = browser.text()
        fields = {"base": "1", "subject_id": "park.lanwan", "topic": "phases", "evidence-0": "yes"}
        late = second.post(path, form, text="一期建成了，二期2025年投产。", **fields)
        told = words(late)

        browser.open(own.address + path)
        kept = browser.one("#f-text").get_attribute("value")
        again = second.post(path, late, text="一期建成了，二期2025年投产。", **{**fields, "base": "2"})

    assert "已保存" in first
    assert late.status_code == 409
    assert "已被别人改过" in told
    assert "蓝湾装备基地一期已经建成，二期计划2025年投产。" in told
    assert "一期建成了，二期2025年投产。" in late.text
    assert 'name="base" value="2"' in late.text
    assert kept == "蓝湾装备基地一期已经建成，二期计划2025年投产。"
    assert "已保存" in words(again)


def test_a_wrong_value_is_named_and_nothing_is_lost(browser: Browser, own: Running) -> None:
    browser.size(1280)
    browser.enter(own.link("周岚"))
    browser.open(f"{own.address}/facts/figure.xinghe-area")
    browser.fill("#f-value", "很大")
    browser.fill("#f-label", "占地")
    browser.press("#save")
    wrong = browser.one(".invalid-feedback").text
    kept = (browser.one("#f-value").get_attribute("value"), browser.one("#f-label").get_attribute("value"))
    browser.fill("#f-value", "600")
    browser.press("#save")
    unproved = browser.text()
    browser.fill("#f-value", "500")
    browser.press("#save")

    assert wrong == "数值：要填数字。"
    assert kept == ("很大", "占地")
    assert "引文里没有数字 600" in unproved
    assert "已保存" in browser.text()
    assert "占地：500亩" in ask(browser, own, "星河航空产业园占地多少")


def test_an_alias_is_understood_at_once(browser: Browser, own: Running) -> None:
    browser.size(390)
    browser.enter(own.link("周岚"))
    before = ask(browser, own, "飞天园在哪")
    browser.open(f"{own.address}/aliases?kind=park")
    browser.fill("textarea[id='a-park.xinghe']", "星河园\n飞天园")
    browser.press("form[id='park.xinghe'] button")
    browser.open(f"{own.address}/changes")
    browser.press(".list-group-item")

    # What was there before is not struck out.
    assert ([one.text for one in browser.all("del")], [one.text for one in browser.all("ins")]) == (
        [],
        ["飞天园"],
    )
    assert "星河园" in browser.one("dl.fields").text
    assert "北岸大道" not in before
    assert "北岸大道" in ask(browser, own, "飞天园在哪")
