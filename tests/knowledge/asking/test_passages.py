"""Documents that nobody reviewed answer with a passage, and only what they say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine
from tests.databases import database_url

NOTICE = """临泽市支持中小企业若干措施
来源:《临泽日报》2022年3月1日

临泽市出台十条措施,支持中小企业渡过难关,措施自发布之日起施行,有效期一年。

一、减免房租
承租市属国有企业房产的中小企业,免收两个月房租,第三个月减半收取,由产权单位直接办理,无需企业另行申请。

二、延期纳税
因困难不能按期缴纳税款的企业,可以依法申请延期缴纳,最长不超过三个月,由主管税务机关受理。
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("unread")
    (folder / "documents").mkdir()
    (folder / "documents" / "notice.txt").write_text(NOTICE, encoding="utf-8")
    engine = open_engine(database_url(folder / "investbot.db"))
    build(engine, folder / "documents")
    yield Asker(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("临泽市中小企业减免房租怎么减", "免收两个月房租"),
        ("临泽的企业延期缴纳税款最长几个月", "最长不超过三个月"),
    ],
)
def test_the_passage_that_tells_is_quoted(reader: Asker, question: str, must: str, tmp_path: Path) -> None:
    answer = reader.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert must in answer.sources[0].quote
    assert NOTICE[answer.sources[0].start : answer.sources[0].end] == answer.sources[0].quote


@pytest.mark.parametrize(
    "question",
    ["苏州市中小企业减免房租怎么减", "2019年临泽减免房租的政策", "临泽有什么好吃的", "今天天气怎么样"],
)
def test_another_place_another_year_and_anything_else_is_not(reader: Asker, question: str) -> None:
    assert reader.ask(question).outcome is not Outcome.ANSWERED
