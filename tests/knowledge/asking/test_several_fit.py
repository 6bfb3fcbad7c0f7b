"""Where facts of several entities fit as well as one another: all of them are told, none is picked."""

from collections.abc import Iterator

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine
from tests.bureau import FACTS, TEXT, fact, write_bureau
from tests.databases import database_url

MORE = """
深海装备产业链由新区管委会副主任林远担任链长,链主企业是蓝鲸海工。
绿色氢能产业链的链主企业是海灯科技有限公司。
投资促进局外资科的电话是0799-1234567。
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("several")
    text = TEXT + MORE
    quote = "深海装备产业链由新区管委会副主任林远担任链长,链主企业是蓝鲸海工。"
    hydrogen = "绿色氢能产业链的链主企业是海灯科技有限公司。"
    links = [
        fact(
            "link", f"{company}-leads", words, subject=f"company.{company}", relation="in_chain",
            object=f"chain.{chain}", note="链主企业",
        )
        for company, chain, words in (("whale", "deep-sea", quote), ("haideng", "hydrogen", hydrogen))
    ]  # fmt: skip
    facts = [
        *FACTS,
        fact("person", "lin-yuan", quote, name="林远"),
        fact(
            "post", "lin-yuan-leader", quote, person="person.lin-yuan", chain="chain.deep-sea",
            role="chain_leader", title="深海装备产业链链长",
            title_en="Leader of the Deep-sea Equipment chain",
        ),
        fact("company", "whale", quote, name="蓝鲸海工"),
        *links,
    ]  # fmt: skip
    engine = open_engine(database_url(folder / "investbot.db"))
    assert not build(engine, write_bureau(folder / "documents", text, facts)).refused
    yield Asker(engine)
    engine.dispose()


@pytest.mark.parametrize("question", ["链长是谁", "各条链的链长分别是谁", "who are the chain leaders"])
def test_every_chain_leader_is_told(reader: Asker, question: str) -> None:
    answer = reader.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert answer.text.index("周岚") < answer.text.index("林远"), answer.text


def test_the_lead_company_of_a_chain(reader: Asker) -> None:
    assert reader.ask("深海装备的链主企业是哪家").lines == ("链主企业：蓝鲸海工",)
    both = reader.ask("链主是谁").text
    assert "蓝鲸海工" in both
    assert "海灯科技有限公司" in both


def test_a_chain_without_one_has_none(reader: Asker) -> None:
    context = reader.ask("低空经济的链长是谁").context

    assert reader.ask("链主企业是哪家", context).outcome is Outcome.MISSING


@pytest.mark.parametrize("question", ["林远电话多少", "林远的邮箱是啥"])
def test_nobody_is_reached_by_the_number_of_an_office(reader: Asker, question: str) -> None:
    assert reader.ask(question).outcome is Outcome.MISSING
