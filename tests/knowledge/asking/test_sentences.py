"""What a document says besides the facts taken from it is quoted, and is never said not to be there."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine, writing
from knowledge.history import latest
from knowledge.notes import note_document
from knowledge.people import SHELL
from knowledge.review import Reviewer
from tests.bureau import TEXT, write_bureau
from tests.databases import database_url

MORE = """
人才
博士到新区企业工作,每月补贴5000元,连续发放三年。
企业服务专员名叫罗小满,罗小满说办照最快一天。
新区服务大厅的主任是罗小满。
蓝湾装备基地建有8万吨冷库,由农发公司管理。
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("more")
    engine = open_engine(database_url(folder / "investbot.db"))
    assert not build(engine, write_bureau(folder / "documents", TEXT + MORE)).refused
    yield Asker(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("博士补贴多少", "每月补贴5000元"),
        ("博士補貼發幾年", "连续发放三年"),
        ("蓝湾装备基地的冷库有几吨", "8万吨冷库"),
        ("罗小满是谁", "主任是罗小满"),
        ("冷库", "8万吨冷库"),
        # What is done may be said in another verb.
        ("博士来企业上班一个月补多少", "每月补贴5000元"),
    ],
)
def test_a_sentence_that_says_more_than_its_facts_is_quoted(reader: Asker, question: str, must: str) -> None:
    answer = reader.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    source = answer.sources[0]
    assert must in source.quote
    assert (TEXT + MORE)[source.start : source.end] == source.quote
    assert "\n" not in source.quote


@pytest.mark.parametrize(
    "question",
    [
        "硕士补贴多少",
        "博士补贴几平方米",
        "星河航空产业园的冷库有几吨",
        "苏州的博士补贴多少",
        # All its words are those of facts, which do not say it.
        "蓝湾装备基地三期什么时候投产",
        "低空经济的副主任是哪年生的",
    ],
)
def test_what_no_sentence_says_is_not(reader: Asker, question: str) -> None:
    assert reader.ask(question).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("冷库的投资", "资料里提到了“冷库”，但没有写您问的这一点。"),
        ("冷库和养老金的投资", "现有资料没有提到“养老金”。"),
        ("养老金补贴", "现有资料没有提到“养老金”。"),
    ],
)
def test_what_a_document_says_is_not_said_to_be_missing(reader: Asker, question: str, said: str) -> None:
    answer = reader.ask(question)

    assert answer.outcome is Outcome.MISSING
    assert said in answer.lines, answer.lines


def test_explained(reader: Asker) -> None:
    assert "没有事实说到，引用一句说全了所问的原文" in reader.explain("博士补贴多少")


def test_what_a_fact_rested_on_before_it_was_edited_is_not_quoted(own_bureau: Engine) -> None:
    question, quote = "蓝湾装备基地一期已经建成了吗", "蓝湾装备基地二期推迟到2027年投产。"
    assert "一期已经建成" in Asker(own_bureau).ask(question).sources[0].quote
    with writing(own_bureau) as database:
        note = note_document(database, quote, "林晓", dt.date(2024, 6, 1))
        held = latest(database, ["statement.lanwan-phases"])["statement.lanwan-phases"]
        place = {"document": note.sha256, "start": 0, "end": len(quote), "quote": quote}
        entry = {**(held.entry or {}), "text": quote, "text_en": "", "evidence": [place]}
        Reviewer(database, SHELL).edit(entry, held.number)
        database.commit()

    asker = Asker(own_bureau)

    assert asker.ask(question).outcome is not Outcome.ANSWERED
    assert asker.ask("蓝湾装备基地二期哪年投产").sources[0].quote == quote
