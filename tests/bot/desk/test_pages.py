"""What the pages show and do, beyond publishing."""

import re
from pathlib import Path

import httpx

from tests.bot.desk.conftest import Running, desk
from tests.bot.desk.test_publishing import PAGE
from tests.bot.desk.visitor import TOKEN, Visitor, words


def upload(visitor: Visitor, *files: tuple[str, bytes]) -> httpx.Response:
    found = TOKEN.search(visitor.get("/documents").text)
    assert found
    sent = [("file", file) for file in files]
    return visitor.client.post("/documents/add", data={"csrftoken": found[1]}, files=sent)


def test_files_are_taken_or_refused_one_by_one(own: Running) -> None:
    good = ("简讯.txt", PAGE.encode("gb18030"))
    with Visitor(own.address) as editor:
        editor.enter(own.link("陈立", "editor"))
        told = words(upload(editor, good, ("图.txt", b"\x89PNG\r\n"), ("空.txt", b"")))
        again = words(upload(editor, ("../../改名.txt", good[1])))
        quoted = words(editor.get("/try?text=高速电机项目投资多少"))

    assert "简讯.txt：已收下" in told
    assert "图.txt" in told
    assert "扩展名与内容不符" in told
    assert "空.txt: 是空的" in told
    assert "改名.txt：已经有了" in again
    assert "青禾电机有限公司投资3亿元" in quoted


def test_old_facts_ask_to_be_confirmed(home: Path) -> None:
    with desk(home, confirm_after_days=365) as running, Visitor(running.address) as editor:
        editor.enter(running.link("陈立", "editor"))
        before = editor.get("/")
        done = editor.post("/confirm", before, id="park.xinghe")
        change = words(editor.get("/changes"))

    assert "最近一次核实：2024-03-05" in words(before)
    assert "已确认1条事实" in words(done)
    assert 'value="park.xinghe"' not in done.text
    assert "确认 1条事实 陈立" in change


def test_without_a_limit_nothing_grows_old(shared: Running, own: Running) -> None:
    with Visitor(own.address) as viewer:
        viewer.enter(own.link("看客", "viewer"))

        assert "0 待确认事实" in words(viewer.get("/"))


def test_two_persons_see_what_is_published(home: Path) -> None:
    path = "/facts/statement.xinghe-location"
    fields = {"subject_id": "park.xinghe", "topic": "location", "evidence-0": "yes", "base": "1"}
    with (
        desk(home, review_two_persons=True) as running,
        Visitor(running.address) as first,
        Visitor(running.address) as second,
    ):
        first.enter(running.link("周岚"))
        second.enter(running.link("何敬", "publisher"))
        proposed = words(first.post(path, None, text="星河航空产业园位于北岸大道。", **fields))
        alone = words(first.post("/drafts/publish", None, id="1"))
        together = words(second.post("/drafts/publish", None, id="1"))

    assert "等待审核" in proposed
    assert "要求由第二个人复核" in alone
    assert "已发布" in together


def test_a_fact_is_retired_with_what_rests_on_it_and_comes_back(own: Running) -> None:
    with Visitor(own.address) as publisher:
        publisher.enter(own.link("何敬", "publisher"))
        alone = words(publisher.post("/facts/park.lanwan/retire", None, reason="停用"))
        gone = words(publisher.post("/facts/park.lanwan/retire", None, reason="停用", also="yes"))
        silent = words(publisher.get("/try?text=蓝湾装备基地二期什么时候投产"))
        listed = words(publisher.get("/facts?retired=yes"))
        back = words(publisher.post("/changes/2/undo", None, reason="还在"))
        again = words(publisher.get("/try?text=蓝湾装备基地二期什么时候投产"))

    assert "还要用到 park.lanwan" in alone
    assert "已撤下" in gone
    assert "一期已建成" not in silent
    assert "蓝湾装备基地" in listed
    assert "已撤销变更 2" in back
    assert "一期已建成，二期计划2025年投产" in again.replace(",", "，")


def test_a_new_fact_needs_words_of_a_document(own: Running) -> None:
    with Visitor(own.address) as publisher:
        publisher.enter(own.link("何敬", "publisher"))
        form = publisher.get("/facts/new/company")
        document = re.findall(r'<option value="(\w{64})"', form.text)[0]
        fields = {"name": "海灯科技集团", "document": document, "base": "0"}
        without = publisher.post("/facts/new/company", form, **fields)
        other = publisher.post("/facts/new/company", form, quote="原文里没有的话", **fields)
        wrong = publisher.post("/facts/new/company", form, quote="蓝湾装备基地一期已经建成", **fields)
        right = {**fields, "name": "蓝湾装备", "quote": "蓝湾装备 基地一期已经\n建成"}
        done = publisher.post("/facts/new/company", form, **right)

    assert "至少要有一条依据" in words(without)
    assert "海灯科技集团" in without.text
    assert "没有这句话" in words(other)
    assert "引文里没有「海灯科技集团」" in words(wrong)
    assert "已保存" in words(done)
    assert done.url.path == "/facts/company.lanwanzhuangbei"


def test_rejected_drafts_are_not_seen_again(own: Running) -> None:
    page = ("消息.txt", "2024年7月8日,青禾电机有限公司投资3亿元建设高速电机项目。".encode())
    with Visitor(own.address) as editor:
        editor.enter(own.link("陈立", "editor"))
        upload(editor, page)
        drafts = re.findall(r'name="id" value="(\d+)"', editor.get("/drafts").text)
        for id in drafts:
            done = words(editor.post("/drafts/decide", None, id=id, deed="reject", reason="未落实"))
            assert "不采纳" in done
        upload(editor, ("转载.txt", page[1] + b"\n\n\xe8\xbd\xac\xe8\xbd\xbd\xe3\x80\x82"))
        left = words(editor.get("/drafts"))

    assert drafts
    assert "没有待审的草稿" in left


def test_questions_are_charted_and_misses_stand_together(own: Running) -> None:
    for text in ("低空经济的链长是谁", "蓝湾装备基地租金多少", "蓝湾装备基地租金多少？"):
        own.ask_on_telegram(text)
    with Visitor(own.address) as viewer:
        viewer.enter(own.link("看客", "viewer"))
        page = viewer.get("/questions")
        missed = words(viewer.get("/misses"))
        found = words(viewer.get("/questions?words=链长&only=answered"))
        nothing = words(viewer.get("/questions?words=链长&only=missing"))

    assert "提问者的评价" not in page.text
    series = re.findall(r"data-series='([^']*)'", page.text)
    assert len(series) == 4
    assert '"data": [2, 1]' in series[1].replace("&#34;", '"') or '"data": [1, 2]' in series[1]
    assert "2次" in missed
    assert "低空经济的链长是谁" in found
    assert "没有提问" in nothing


def test_what_askers_said_of_answers_is_shown(own: Running) -> None:
    own.press_under("低空经济的链长是谁", "👍 有用")
    own.press_under("蓝湾装备基地二期什么时候投产", "👎 没答到")
    with Visitor(own.address) as viewer:
        viewer.enter(own.link("看客", "viewer"))
        page = viewer.get("/questions")
        wrong = words(viewer.get("/questions?only=unhelpful"))
        right = words(viewer.get("/questions?only=helpful"))
        missed = words(viewer.get("/misses"))

    series = re.findall(r"data-series='([^']*)'", page.text)
    assert '"data": [1, 1]' in series[4].replace("&#34;", '"')
    assert "二期什么时候投产 没答到 已答" in wrong
    assert "链长是谁" not in wrong
    assert "链长是谁 有用 已答" in right
    assert "当时用的资料： 蓝湾装备基地 · " in missed


def test_drafts_name_what_other_pages_propose(own: Running) -> None:
    first = ("一.txt", "云港新区消息\n2024年7月8日,青禾电机有限公司建设高速电机项目。".encode())
    second = ("二.txt", "2024年8月9日,青禾电机有限公司投资126亿元建设高速电机项目。".encode())
    with Visitor(own.address) as editor:
        editor.enter(own.link("陈立", "editor"))
        upload(editor, first)
        upload(editor, second)
        figures = editor.get("/drafts?kind=figure")
        (id,) = re.findall(r'name="id" value="(\d+)"', figures.text)
        form = editor.get(f"/drafts/{id}")

    assert "高速电机项目 · " in words(figures)
    assert "12,600,000,000" in words(figures)
    assert re.search(r'<option value="project\.[^"]+" selected>高速电机项目</option>', form.text)
