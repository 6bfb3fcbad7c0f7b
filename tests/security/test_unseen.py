"""Characters that nobody sees or that turn writing round, at every door through which words come in."""

import re
from typing import Any

from sqlalchemy import Engine, inspect

from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.exchange import RowState, plan_import
from knowledge.history import latest
from knowledge.people import SHELL
from knowledge.reading.quotes import find_words, quote_at
from knowledge.review import Reviewer
from knowledge.unseen import visible
from tests.bot.desk.visitor import Visitor, words
from tests.knowledge.exchange.books import add_rows, change_cells, export, take
from tests.security.conftest import Premises
from tests.security.test_files import TEXT, upload

UNSEEN = "\u202e\u2066\u200b\u200d\u2060\u00ad\ufeff\ufe0f\u3164\U000e0041\U000e0100\u202c\u2069"

AS_THEY_CAME = {"document.original", "document.cleaned", "incoming.content", "enquiry.folded"}
"""Kept by the letter: documents, for places are counted in them; updates, until they are handled."""


def strewn(text: str) -> str:
    """A text with all of it behind each character."""
    return "".join(character + UNSEEN for character in text)


def held(premises: Premises) -> dict[str, list[str]]:
    """Every text in the database, by its column."""
    found: dict[str, list[str]] = {}
    for table in inspect(premises.engine).get_table_names():
        for column in inspect(premises.engine).get_columns(table):
            name = column["name"]
            rows = premises.rows(f'select distinct "{name}" from "{table}" where "{name}" is not null')
            found[f"{table}.{name}"] = [row[0] for row in rows if isinstance(row[0], str)]
    return found


def test_none_of_it_comes_in_at_any_door(premises: Premises, owner: Visitor) -> None:
    asked = "蓝湾装备基地夜里有几只看不见的猫"
    person = premises.acquaintance()
    assert "周岚" in person.ask(strewn("低空经济的链长是谁")).text
    person.ask(strewn(asked))
    person.tap("问工作人员")
    number = premises.rows(f"select max(id) from enquiry where text = '{asked}'")[0][0]
    owner.post(f"/misses/{number}/answer", None, text=strewn("蓝湾装备基地夜里有3只猫。"))
    assert "3只猫" in words(owner.get("/drafts"))
    owner.post("/staff", None, name=strewn("何无影"), role="viewer")
    owner.post("/staff", None, name="何无影", role="editor")
    upload(owner, f"{strewn('看不见')}.txt", TEXT.format(strewn("无影"), 81).encode())
    (sha256,) = premises.rows("select sha256 from document where file = '看不见.txt'")[0]
    values = {"title": strewn("无影的标题"), "date": "", "publisher": strewn("无影办"), "address": ""}
    page = owner.get(f"/documents/{sha256}")
    seen = dict(re.findall(r'name="(seen-\w+)" value="([^"]*)"', page.text))
    owner.post(f"/documents/{sha256}/correct", page, **values, **seen)
    page = owner.get("/facts/park.xinghe")
    fields = dict(re.findall(r'name="([\w-]+)"[^>]*? value="([^"]*)"', page.text))
    fields |= {"name": strewn("星河航空产业园"), "aliases": strewn("无影园"), "reason": strewn("无影的原因")}
    fields |= {"form": "park", "keywords": ""}
    owner.post("/facts/park.xinghe", page, **{key: one for key, one in fields.items() if key != "csrftoken"})

    everything = held(premises)
    assert {"无影的标题"} <= set(everything["document.title"])
    assert "无影办" in everything["document.publisher"]
    assert "无影园" in everything["alias.text"]
    assert "无影的原因" in everything["change.reason"]
    assert "何无影" in everything["staff.name"]
    assert asked in everything["question.text"]
    assert asked in everything["waiting.text"] + everything["enquiry.text"]
    for column, texts in everything.items():
        if column not in AS_THEY_CAME:
            assert [text for text in texts if visible(text) != text] == [], column
    assert not set(UNSEEN) & set(owner.get(f"/documents/{sha256}").text)


def test_a_workbook_brings_none_of_it(own_bureau: Engine) -> None:
    content = change_cells(
        export(own_bureau), "企业", "company.haideng", 英文名称=strewn("Haideng"), 别名=strewn("海灯厂")
    )
    take(own_bureau, content)
    row = {"名称": strewn("星河航空产业园"), "类型": "园区", "依据说明": "一样的名字。"}
    with session(own_bureau) as database:
        plan = plan_import(database, add_rows(export(own_bureau), "园区载体", row))
        entry: dict[str, Any] = latest(database, ["company.haideng"])["company.haideng"].entry or {}

    assert entry["name_en"] == "Haideng"
    assert "海灯厂" in entry["aliases"]
    assert [one.key for found in plan.of(RowState.REJECTED) for one in found.problems] == ["there_already"]


def test_a_name_with_it_is_found_and_answered(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        entry = latest(database, ["park.xinghe"])["park.xinghe"].entry or {}
        Reviewer(database, SHELL).edit({**entry, "aliases": [strewn("月光园")]}, 1)
        database.commit()

    asker = Asker(own_bureau)
    assert "北岸大道" in asker.ask("月光园在哪").text
    assert asker.ask(strewn("月光园在哪")).text == asker.ask("月光园在哪").text


def test_a_document_s_words_are_quoted_without_it(premises: Premises, owner: Visitor) -> None:
    upload(owner, "猫.txt", f"云港新区养猫通报\n云港新区今年养了{strewn('九百只')}猫。\n".encode())
    from knowledge.models import Document

    with session(premises.engine) as database:
        (sha256,) = premises.rows("select sha256 from document where file = '猫.txt'")[0]
        document = database.get_one(Document, sha256)
        place = find_words(document, "养了九百只猫")
        assert place is not None
        assert quote_at(document, *place) == "养了九百只猫"
        passages = premises.rows(f"select text from passage where document_sha256 = '{sha256}'")
    assert any("养了九百只猫" in str(text) for (text,) in passages)
