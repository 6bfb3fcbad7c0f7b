"""Asked for a chain or a park of a trade that is not on record: no, and these there are."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker

CHAINS = ("新一代半导体", "船舶海工", "新经济")


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("有没有航空产业链", "航空"),
        ("钢铁算重点产业链吗", "钢铁"),
        ("航空是九大产业链之一吗", "航空"),
        ("光伏在不在九大链里", "光伏"),
        ("旅游业是重点产业链吗", "旅游业"),
        ("有没有航空跟钢铁的产业链", "航空、钢铁"),
    ],
)
def test_a_trade_that_is_none_of_them(shipped_asker: Asker, text: str, trade: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.MISSING
    assert f"资料列出的产业链里没有“{trade}”" in answer.text
    assert all(chain in answer.text for chain in CHAINS)


def test_in_english(shipped_asker: Asker) -> None:
    text = shipped_asker.ask("is aerospace one of the key chains").text

    assert "“aerospace” is not among those on record" in text
    assert "Marine Cold Chain" in text


def test_a_park(shipped_asker: Asker) -> None:
    assert "资料列出的园区里没有“航空”" in shipped_asker.ask("有航空产业园吗").text


def test_what_a_park_has_is_another_question(shipped_asker: Asker) -> None:
    assert "里没有" not in shipped_asker.ask("产业园里有食堂吗").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("你们这有汽车产业园吗", "没有提到汽车的园区"),
        ("Is there a semiconductor industrial park here?", "do not mention: New-generation Semiconductors"),
    ],
)
def test_a_park_of_a_trade_that_has_a_chain(shipped_asker: Asker, text: str, said: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.MISSING
    assert said in answer.text


def test_how_many_is_not_answered_with_that_there_are_some(shipped_asker: Asker) -> None:
    text = "How many tenants does the 5G video park have?"

    assert shipped_asker.ask(text).outcome is Outcome.MISSING


def test_a_trade_in_the_name_of_a_company_makes_no_chain(shipped_asker: Asker) -> None:
    answer = shipped_asker.ask("有没有氢能产业链")

    assert answer.outcome is Outcome.MISSING
    assert "资料列出的产业链里没有“氢能”" in answer.text
