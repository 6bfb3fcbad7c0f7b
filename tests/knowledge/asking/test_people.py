"""Ways in which people ask that were answered wrongly once."""

import pytest

from knowledge.asking.answer import NO_CONTEXT, Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("周主任是哪条链的链长", "低空经济"),
        ("周副主任负责哪条链", "低空经济"),
        ("何局长是谁", "何敬"),
        ("周岚提过什么职务", "周岚"),
        ("星河航空产业园的面积有多大", "500亩"),
        ("二月十八日签约了多少个项目", "12个"),
        ("投资超过5亿的有哪些", "8亿"),
        ("星河航空产业园占地多少亩？租金多少？", "没有提到星河航空产业园的租金"),
        ("星河航空产业园占地多少亩？租金多少？", "500亩"),
        ("有没有低空经济产业链，有没有纺织产业链？", "低空经济"),
        ("您好 我是外地的投资人，想问问星河航空产业园占地多少", "500亩"),
    ],
)
def test_is_answered(asker: Asker, question: str, must: str) -> None:
    answer = asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert must in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "星河航空产业园有多少人",
        "绿色氢能产业链有多少家企业",
        "蓝湾装备基地什么时候拆除",
        "第八大措施是什么",
        "在2019年，签约了多少项目",
        "去浦东，低空经济的链长是谁",
    ],
)
def test_is_not_guessed(asker: Asker, question: str) -> None:
    assert asker.ask(question).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "must"),
    [("第一个的链长是谁", "周岚"), ("第三个包括哪些环节", "制氢"), ("最后一个包括哪些环节", "制氢")],
)
def test_a_place_counts_in_the_list_that_was_shown(asker: Asker, question: str, must: str) -> None:
    context = asker.ask("有哪些产业链", NO_CONTEXT).context

    assert must in asker.ask(question, context).text
    # It still does after a question in between.
    between = asker.ask("第二个的链长是谁", context).context
    assert must in asker.ask(question, between).text


def test_how_much_after_who_invested_is_the_money(asker: Asker) -> None:
    context = asker.ask("Who invested in the Drone Assembly Project?").context

    assert "800 million" in asker.ask("How much?", context).text


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("那个局有个姓张的局长，叫什么", ("张立武",)),
        ("姓刘的有两位吧 分别做什么的", ("刘雯", "刘伟鹏")),
        ("姓刘的是谁", ("招商工委书记", "副总经理")),
    ],
)
def test_by_surname(shipped_asker: Asker, question: str, must: tuple[str, ...]) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert all(one in answer.text for one in must)


def test_who_leads_is_not_who_founded(shipped_asker: Asker) -> None:
    assert "Chen Shuo" in shipped_asker.ask("Who founded Extreme Vision?").text
    assert shipped_asker.ask("Who founded Judayang?").outcome is not Outcome.ANSWERED


def test_what_a_chain_leader_does_is_not_what_another_does(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("张立武是谁", NO_CONTEXT).context

    assert not shipped_asker.ask("链长平时要统筹哪些事啊", context).facts[0].startswith("post.")
