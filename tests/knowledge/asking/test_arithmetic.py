"""What nobody has written down is worked out of two figures, and both are told with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking import formats
from knowledge.asking.answer import Language, Outcome
from knowledge.asking.arithmetic import work_out
from knowledge.asking.asker import Asker
from knowledge.asking.decision import Operation
from knowledge.models import Figure, Nature, Qualifier
from tests.talking import talk

_VALUES = st.integers(min_value=1, max_value=10**13)


def _figure(value: float, qualifier: Qualifier = Qualifier.EXACT, unit: str = "个") -> Figure:
    return Figure(
        id=f"figure.{value}",
        subject_id="chain.x",
        topic="projects",
        label="项目",
        value=value,
        unit=unit,
        unit_en="projects",
        qualifier=qualifier,
        nature=Nature.ACTUAL,
    )


@given(_VALUES, _VALUES)
def test_what_comes_out_is_what_went_in(one: int, other: int) -> None:
    first, second = _figure(one), _figure(other)

    total = work_out(Operation.SUM, first, second)
    difference = work_out(Operation.DIFFERENCE, first, second)
    share = work_out(Operation.SHARE, first, second)
    ratio = work_out(Operation.RATIO, first, second)
    average = work_out(Operation.AVERAGE, first, second)

    assert total is not None
    assert total.result == one + other
    assert (difference.result if difference else 0) == abs(one - other)
    assert share is not None
    assert 0 < share.result <= 100
    assert ratio is not None
    assert ratio.result * share.result == pytest.approx(100)
    assert average is not None
    assert average.result * other == pytest.approx(one)


@pytest.mark.parametrize("operation", list(Operation))
def test_of_nothing_nothing_comes_out(operation: Operation) -> None:
    assert work_out(operation, _figure(0), _figure(7)) is None


@pytest.mark.parametrize("qualifier", [one for one in Qualifier if one is not Qualifier.EXACT])
def test_of_a_rough_figure_comes_a_rough_one(qualifier: Qualifier) -> None:
    worked = work_out(Operation.DIFFERENCE, _figure(1210, qualifier), _figure(99))

    assert worked is not None
    assert "约1111个" in formats.worked(worked, Language.HANS)
    assert "about 1,111 projects" in formats.worked(worked, Language.EN)


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("海洋项目占全区项目的百分之几",), ("8.2%", "99个", "1210个")),
        (("海洋有几个项目", "占全区几成"), ("8.2%", "99个", "1210个")),
        (("新经济项目比海洋项目多多少个",), ("514个", "613个", "99个")),
        (("新经济有几个项目", "比海洋的多几个"), ("514个", "613个", "99个")),
        (("新经济在推的项目多少个", "先进制造业呢", "这俩差多少"), ("354个", "613个", "259个")),
        (("新经济在推的项目多少个", "先进制造业呢", "加一块儿"), ("872个", "613个", "259个")),
        (("海洋的项目平均一个投多少钱",), ("约15.2亿元", "1500亿元", "99个")),
        (("1月28号那场签了几个项目", "平均下来每个多少"), ("约22亿元", "1100多亿元", "50个")),
        (("签约的50个项目平均一个多少亿",), ("约22亿元", "1100多亿元", "50个")),
        (("影视公司2020年以来出了多少部作品", "还差几部没拿到备案"), ("多1部", "24部", "23部")),
        (
            ("全区重点项目总投资多少", "1月签约那批投了多少", "前者是后者几倍"),
            ("约6.5倍", "7100亿元", "1100多亿元"),
        ),
        (("what share of all key projects is marine",), ("8.2%", "99 projects", "1,210 projects")),
        (("how many more projects does the new economy have than marine",), ("514 projects", "613", "99")),
        (("new economy and marine projects combined",), ("712 projects", "613", "99")),
    ],
)
def test_it_is_worked_out(shipped_asker: Asker, questions: tuple[str, ...], must: tuple[str, ...]) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert all(one in answer.text for one in must), answer.text
    assert answer.sources


@pytest.mark.parametrize(
    ("questions", "ban"),
    [
        # Nobody tells how many there are in one of the two.
        (("半导体项目占全区项目的几成",), "%"),
        (("海洋生产总值占全区几成",), "÷"),
        # Works with a permit are works, and what a park owed is not what it earns.
        (("影视作品有多少部", "加起来多少"), "47"),
        (("后石沟村集体以前欠多少", "差多少"), "14万"),
        # It is the parks that are asked about, and not the projects.
        (("新区一共几个园区", "平均每个多大"), "平均各约"),
        # Growth is no amount.
        (("海洋生产总值涨多少", "新经济投资呢", "加起来多少"), "40"),
        # Box office is no number of works.
        (("影视公司出了多少部作品", "票房加起来多少"), "47"),
    ],
)
def test_what_cannot_be_is_not(shipped_asker: Asker, questions: tuple[str, ...], ban: str) -> None:
    assert ban not in talk(shipped_asker, *questions).text


@pytest.mark.parametrize(
    "text", ["海洋生产总值今年打算增长百分之几", "极视角的开发者占全国多少", "新经济投资要增长百分之多少"]
)
def test_a_share_that_is_told_is_not_worked_out(shipped_asker: Asker, text: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert "算出" not in answer.text


def test_it_is_explained(shipped_asker: Asker) -> None:
    explained = shipped_asker.explain("海洋项目占全区项目的百分之几")

    assert "资料里没有现成的：由figure.marine-projects和figure.key-projects两个数算出" in explained


@pytest.mark.parametrize("text", ["海洋生物医药科技园占多少地", "海洋生物医药科技园占了多少地"])
def test_ground_is_no_share(shipped_asker: Asker, text: str) -> None:
    assert "占比" not in shipped_asker.ask(text).text


def test_a_number_that_is_named_is_one_of_the_two(shipped_asker: Asker) -> None:
    assert "8.2%" in shipped_asker.ask("1210个项目里海洋占多少").text
    assert "%" not in shipped_asker.ask("1000个项目里海洋占多少").text


def test_both_figures_are_quoted(shipped_asker: Asker) -> None:
    text = shipped_asker.ask("海洋项目占全区项目的百分之几").text

    assert text.count("「") == 2
    assert "99个重点项目" in text
    assert "1210个重点项目" in text


def test_a_total_is_no_average(shipped_asker: Asker) -> None:
    assert shipped_asker.ask("聚大洋平均每年投资多少").outcome is not Outcome.ANSWERED
