"""With two persons, the desk says what waits, and who has to do what."""

import io
import re
from pathlib import Path

import openpyxl

from tests.bot.desk.conftest import desk
from tests.bot.desk.test_workbook import NEW, OLD, preview
from tests.bot.desk.visitor import Visitor, words

ASKED = "/try?text=星河航空产业园在哪"


def waiting(visitor: Visitor) -> list[str]:
    """The numbers of the drafts that wait."""
    return re.findall(r'name="id" value="(\d+)"', visitor.get("/drafts").text)


def newest(visitor: Visitor) -> int:
    """The number of the newest change; not every database counts without gaps."""
    return max(map(int, re.findall(r"/changes/(\d+)", visitor.get("/changes").text)))


def test_each_way_waits_for_another(home: Path) -> None:
    with (
        desk(home, review_two_persons=True) as running,
        Visitor(running.address) as one,
        Visitor(running.address) as two,
    ):
        one.enter(running.link("周岚"))
        two.enter(running.link("何敬", "publisher"))
        retired = words(one.post("/facts/park.lanwan/retire", None, reason="停用", also="yes"))
        still = words(one.get("/facts/park.lanwan"))
        shown = words(two.get("/drafts"))
        alone = words(one.post("/drafts/publish", None, id=waiting(one)[0]))
        ahead = words(two.post("/drafts/decide", None, id=waiting(two)[0], deed="accept"))
        done = words(two.post("/drafts/publish", None, id=waiting(two)[0]))
        number = newest(one)
        change = words(one.get(f"/changes/{number}"))
        other = words(one.post(f"/changes/{number}/undo", None, reason="还在"))
        own = words(two.post(f"/changes/{number}/undo", None, reason="还在"))
        back = words(one.get("/facts/park.lanwan"))
        two.post("/drafts/decide", None, id=waiting(two)[0], deed="reject")

        book = openpyxl.load_workbook(io.BytesIO(one.get("/workbook/export").content))
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            if cell.value == OLD:
                cell.value = NEW
        content = io.BytesIO()
        book.save(content)
        seen = preview(one, content.getvalue())
        digest = re.findall(r'name="digest" value="(\w+)"', seen.text)[0]
        imported = words(one.post("/workbook/apply", seen, digest=digest, reason="改得更准"))
        before = words(one.get(ASKED))
        two.post("/drafts/publish", None, id=waiting(two)[0])
        after = words(one.get(ASKED))

    assert "还没有改动" in retired
    assert "已撤下，投资者看不到" not in still
    assert "本单位实行双人复核" in shown
    assert "撤下" in shown
    assert "一起采纳或不采纳" in shown
    assert "要求由第二个人复核" in alone
    assert "发布2条" in ahead
    assert f"已发布（变更{number}）" in done
    assert "停用" in change
    assert "还没有改动" in other
    assert f"已撤销变更 {number}" in own
    assert "已撤下，投资者看不到" not in back
    assert "还没有改动" in imported
    assert NEW not in before
    assert NEW in after


def test_a_correction_waits_and_is_taken_back(home: Path) -> None:
    with (
        desk(home, review_two_persons=True) as running,
        Visitor(running.address) as one,
        Visitor(running.address) as two,
    ):
        one.enter(running.link("陈立", "editor"))
        two.enter(running.link("何敬", "publisher"))
        (path,) = set(re.findall(r"/documents/\w{64}", one.get("/documents").text))
        held = {"title": "云港新区产业发展情况通报", "date": "2024-03-05", "publisher": "云港日报"}
        seen = {f"seen-{name}": value for name, value in held.items()}
        proposed = words(one.post(f"{path}/correct", None, **seen, **{**held, "title": "云港产业通报"}))
        unchanged = words(one.get(path))
        (number,) = waiting(two)
        shown = words(two.get("/drafts"))
        two.post("/drafts/publish", None, id=number)
        listed = words(two.get("/changes"))
        change = newest(two)
        page = two.get(f"/changes/{change}")
        now = words(two.get(path))
        undone = words(two.post(f"/changes/{change}/undo", None, reason="原题就是这样"))
        back = words(two.get(path))

    assert "还没有改动" in proposed
    assert "云港产业通报" not in unchanged
    assert "文件信息" in shown
    assert "标题 云港新区产业发展情况通报 云港产业通报" in shown
    assert "更正 1份文件的信息 何敬" in listed
    assert "标题 云港新区产业发展情况通报 云港产业通报" in words(page)
    assert f'href="{path}"' in page.text
    assert "云港产业通报" in now
    assert f"已撤销变更 {change}" in undone
    assert "云港产业通报" not in back
