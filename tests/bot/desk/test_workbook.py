"""The workbook at the desk: out, changed, previewed, in."""

import io
import re

import httpx
import openpyxl

from tests.bot.desk.conftest import Running
from tests.bot.desk.visitor import TOKEN, Visitor, words

OLD, NEW = "星河航空产业园在北岸大道。", "星河航空产业园位于北岸大道。"


def preview(visitor: Visitor, content: bytes) -> httpx.Response:
    found = TOKEN.search(visitor.get("/workbook").text)
    assert found
    files = {"file": ("knowledge.xlsx", content)}
    return visitor.client.post("/workbook/preview", data={"csrftoken": found[1]}, files=files)


def test_a_workbook_goes_out_and_comes_in(own: Running) -> None:
    with Visitor(own.address) as publisher:
        publisher.enter(own.link("何敬", "publisher"))
        content = publisher.get("/workbook/export").content
        same = preview(publisher, content)
        book = openpyxl.load_workbook(io.BytesIO(content))
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            if cell.value == OLD:
                cell.value = NEW
        changed = io.BytesIO()
        book.save(changed)
        seen = preview(publisher, changed.getvalue())
        before = words(publisher.get("/try?text=星河航空产业园在哪"))
        digest = re.findall(r'name="digest" value="(\w+)"', seen.text)[0]
        done = publisher.post("/workbook/apply", seen, digest=digest, reason="改得更准")
        stale = publisher.post("/workbook/apply", seen, digest=digest)
        after = words(publisher.get("/try?text=星河航空产业园在哪"))

    assert "修改 0" in words(same)
    assert "修改 1" in words(seen)
    assert f"{OLD} → {NEW}" in words(seen)
    assert NEW not in before
    assert "改得更准" in words(done)
    assert "预览已失效" in words(stale)
    assert NEW in after


def test_what_is_no_workbook_is_refused(own: Running) -> None:
    with Visitor(own.address) as publisher:
        publisher.enter(own.link("何敬", "publisher"))
        refused = preview(publisher, b"nonsense")

        assert "xlsx" in words(refused)
        assert len(publisher.get("/changes").text.split("list-group-item-action")) == 2
