"""What somebody repeats or takes for true, held against what is told: figures, places in a list, posts."""

import pytest

from knowledge.asking.answer import NO_CONTEXT, Outcome
from knowledge.asking.asker import Asker
from tests.talking import talk


@pytest.mark.parametrize(
    ("questions", "told", "claimed"),
    [
        (("新经济今年要涨多少", "不是30%吗"), "20%", "30%"),
        (("海洋重点项目投资额", "不是7100亿吗"), "1500亿元", "7100亿"),
        (("聚大洋投了多少", "120亿？"), "12亿元", "120亿"),
        (("1月28日签了几个项目", "咦，我怎么记得是150个"), "50个", "150个"),
        (("total investment of all key projects", "whoa, 7 trillion?"), "710 billion", "7 trillion"),
        (
            ("total investment of all key projects", "hm I read 7 billion somewhere"),
            "710 billion",
            "7 billion",
        ),
        (("汽车排第几", "不是说第三吗"), "第6位", "第三"),
        (("汽车排第几", "Was that not the third one?"), "No. 6", "the third one"),
    ],
)
def test_what_is_repeated_is_held_against_what_was_told(
    shipped_asker: Asker, questions: tuple[str, ...], told: str, claimed: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text
    assert f"“{claimed}”" in answer.text


@pytest.mark.parametrize(
    "questions",
    [
        ("海洋重点项目投资额", "1500亿对吧"),
        ("胶囊线年产多少", "eighty billion or eight?"),
        ("How many chains are there", "nine or ten?"),
        ("1月28日签了几个项目", "50个？"),
    ],
)
def test_what_is_repeated_rightly_is_only_told_again(
    shipped_asker: Asker, questions: tuple[str, ...]
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert "没有说" not in answer.text
    assert "do not say" not in answer.text


@pytest.mark.parametrize("questions", [("有几个项目", "2019?"), ("不是问一期 二期",), ("30%?",)])
def test_a_year_and_a_phase_are_no_figure(shipped_asker: Asker, questions: tuple[str, ...]) -> None:
    assert talk(shipped_asker, *questions).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "told", "claimed"),
    [
        ("1月28那次签约一共1500亿对吗", "1100多亿元", "1500亿"),
        ("2020年到现在进过多少个剧组，有100个没", "83个", "100个"),
        ("The new-economy policy has nine actions, is that so?", "7 actions", "nine"),
        ("How much money has Judayang put into its new park? 2 billion?", "1.2 billion", "2 billion"),
        ("聚大洋投的是12个亿还是20个亿", "12亿元", "20个亿"),
        ("空心胶囊年产规模是80亿粒吗", "800亿粒", "80亿粒"),
        ("极视角占全国一半？", "70%以上", "一半"),
        ("极视角的算法才800种?", "超过1000种", "800种"),
        ("后石沟是张家楼街道的吧", "铁山街道", "张家楼街道"),
        ("链长制办公室在商务局吗", "发展改革局", "商务局"),
        ("总链长就是刘雯吧？", "主要领导", "刘雯"),
        ("赵芳是影视中心一把手吗", "副主任", "一把手"),
    ],
)
def test_what_is_taken_for_true_is_answered_with_what_is_told(
    shipped_asker: Asker, question: str, told: str, claimed: str
) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text
    assert f"“{claimed}”" in answer.text


def test_a_number_that_another_of_the_figures_has_is_not_denied(shipped_asker: Asker) -> None:
    answer = shipped_asker.ask("后石沟村欠了50万对不对")

    assert "36万元" in answer.text
    assert "没有说" not in answer.text


def test_who_somebody_is_stands_beside_who_they_are_not(shipped_asker: Asker) -> None:
    answer = shipped_asker.ask("陈硕是聚大洋的高管吗")

    assert "吴仕鹏" in answer.text
    assert "极视角科技有限公司联合创始人" in answer.text


def test_another_zone_that_is_asked_about_is_no_place_of_ours(shipped_asker: Asker) -> None:
    assert shipped_asker.ask("浦东新区那边有没有链长制", NO_CONTEXT).outcome is not Outcome.ANSWERED
