"""The first few of a list that has an order, and the last few; of no other list."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker

FIRST, LAST = ("新一代半导体", "高端化工及新材料", "海洋生物医药"), ("海洋冷链", "影视文化", "新经济")


def _items(asker: Asker, text: str) -> tuple[str, ...]:
    return tuple(line.removeprefix("· ") for line in asker.ask(text).lines if line.startswith("· "))


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("前三条产业链", FIRST),
        ("前3条链是什么", FIRST),
        ("九大链的前三条是哪些", FIRST),
        ("头三条产业链", FIRST),
        ("后三条链是哪些", LAST),
        ("最后三条产业链", LAST),
    ],
)
def test_so_many_chains(shipped_asker: Asker, text: str, chains: tuple[str, ...]) -> None:
    assert _items(shipped_asker, text) == chains


def test_it_is_said_that_there_are_more(shipped_asker: Asker) -> None:
    assert "按资料中的顺序，这3个是" in shipped_asker.ask("前三条产业链").text
    assert "共有9个" in shipped_asker.ask("前十条产业链").text


def test_in_english(shipped_asker: Asker) -> None:
    assert len(_items(shipped_asker, "what are the first three chains")) == len(FIRST)
    assert _items(shipped_asker, "last two chains")[-1].startswith("New Economy")


def test_what_a_sentence_tells_in_order_is_told_whole(shipped_asker: Asker) -> None:
    assert "新型基建支撑行动" in shipped_asker.ask("新经济的前三个行动是什么").text


@pytest.mark.parametrize("text", ["前三大项目", "前五家企业有哪些", "top 3 parks"])
def test_where_nothing_is_told_in_order_nothing_is_answered(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is not Outcome.ANSWERED


def test_months_are_no_list(shipped_asker: Asker) -> None:
    assert "74家" in shipped_asker.ask("今年头三个月引进了多少家影视企业").text


@pytest.mark.parametrize("text", ["影视文化是第几条链", "影视文化在里面排第几位啊", "海洋冷链在九条里排第几"])
def test_at_which_place_a_chain_stands(shipped_asker: Asker, text: str) -> None:
    answer = shipped_asker.ask(text)

    assert "第八条是影视文化" in answer.text
    assert "第七条是海洋冷链" in answer.text


def test_ordinals_in_figures(shipped_asker: Asker) -> None:
    assert "Smart Home Appliances" in shipped_asker.ask("whats the 5th chain").text
    assert "110 billion" in shipped_asker.ask("total value signed on January 28th").text


@pytest.mark.parametrize(
    "text",
    ["who else signed on january 28, apart from Extreme Vision?", "1月28号签的除了极视角还有哪家公司"],
)
def test_what_is_left_out_is_not_told(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    "text",
    [
        "which US companies are investing in the semiconductor chain?",
        "Did Wanda build the Oriental Movie Metropolis?",
    ],
)
def test_a_country_and_a_name_are_what_is_asked_for(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("半导体是第二条吗", "资料里没有说是“第二”，写的是：\n第1位：新一代半导体"),
        ("新经济是不是第一条链", "第9位：新经济"),
        ("is film the third chain?", "No. 8: Film"),
        ("新经济是第九条链吗", "第9位：新经济"),
    ],
)
def test_a_place_that_is_claimed(shipped_asker: Asker, text: str, must: str) -> None:
    assert must in shipped_asker.ask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "影视文化跟汽车哪个序号靠前",
        "汽车和影视文化谁排前面",
        "which is higher on the list, film or automobile",
    ],
)
def test_which_comes_first(shipped_asker: Asker, text: str) -> None:
    first, second = _items(shipped_asker, text)

    assert first.startswith(("第6位：汽车", "No. 6: Automobiles"))
    assert second.startswith(("第8位：影视文化", "No. 8: Film"))
