"""Superlatives, limits, comparisons, places in a list."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("最大的项目是哪个", ["无人机整机项目", "8亿元", "只有它"]),
        ("which project is the largest?", ["Drone Assembly Project", "800 million"]),
        ("总投资超过5亿的项目有哪些", ["无人机整机项目", "8亿元"]),
        ("5亿以上的项目", ["8亿元"]),
        ("总投资五十亿以上的签约", ["90亿元"]),
        ("投资不到10亿的项目", ["8亿元"]),
        ("低空经济和深海装备哪条链有链长", ["周岚", "没有提到深海装备的链长"]),
        ("第二条产业链是什么", ["深海装备"]),
        ("投资最多的项目", ["8亿元"]),
    ],
)
def test_figures_and_places_are_compared(asker: Asker, question: str, must: list[str]) -> None:
    answer = asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert all(word in answer.text for word in must), answer.text
    assert answer.sources


@pytest.mark.parametrize(
    "question",
    ["总投资超过100亿的项目有哪些", "浦东最大的项目是哪个", "去年最大的项目", "最大的园区", "最贵的写字楼"],
)
def test_what_no_figure_settles_is_not_answered(asker: Asker, question: str) -> None:
    answer = asker.ask(question)

    assert answer.outcome is not Outcome.ANSWERED, answer.text
    assert not answer.sources


def test_of_two_that_have_none_both_are_named(asker: Asker) -> None:
    answer = asker.ask("深海装备和绿色氢能哪条链有链长")

    assert answer.outcome is Outcome.MISSING
    assert "深海装备的链长" in answer.text
    assert "绿色氢能的链长" in answer.text


def test_that_none_fits_is_said(asker: Asker) -> None:
    assert "有1项，没有一项符合" in asker.ask("总投资超过100亿的项目有哪些").text
