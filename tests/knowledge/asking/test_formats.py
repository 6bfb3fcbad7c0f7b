"""Numbers and dates, as each language writes them."""

import datetime as dt

import pytest

from knowledge.asking import formats
from knowledge.asking.answer import Language
from knowledge.models import Figure, Nature, Qualifier


def figure(value: float, unit: str, unit_en: str, qualifier: Qualifier = Qualifier.EXACT) -> Figure:
    return Figure(
        id="figure.x",
        subject_id="chain.x",
        topic="count",
        label="数",
        value=value,
        unit=unit,
        unit_en=unit_en,
        qualifier=qualifier,
        nature=Nature.ACTUAL,
    )


@pytest.mark.parametrize(
    ("value", "unit", "unit_en", "qualifier", "chinese", "english"),
    [
        (1_200_000_000, "元", "CNY", Qualifier.EXACT, "12亿元", "CNY 1.2 billion (12亿元)"),
        (110_000_000_000, "元", "CNY", Qualifier.ODD, "1100多亿元", "over CNY 110 billion (1100多亿元)"),
        (500_000, "元", "CNY", Qualifier.AT_LEAST, "50万元以上", "CNY 500,000 or more (50万元以上)"),
        (600, "家", "companies", Qualifier.NEARLY, "近600家", "nearly 600 companies"),
        (20, "%", "%", Qualifier.EXACT, "20%", "20%"),
        (80_000_000_000, "粒", "capsules", Qualifier.EXACT, "800亿粒", "80 billion capsules (800亿粒)"),
        (1_500, "亩", "mu", Qualifier.ABOUT, "约1500亩", "about 1,500 mu"),
        (2.5, "公里", "km", Qualifier.OVER, "超过2.5公里", "over 2.5 km"),
    ],
)
def test_amount(
    value: float, unit: str, unit_en: str, qualifier: Qualifier, chinese: str, english: str
) -> None:
    held = figure(value, unit, unit_en, qualifier)
    assert formats.amount(held, Language.HANS) == chinese
    assert formats.amount(held, Language.EN) == english


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("", "", ""),
        ("2024", "2024年", "2024"),
        ("2024-Q1", "2024年一季度", "Q1 2024"),
        ("2024-05", "2024年5月", "May 2024"),
        ("2024-02-18", "2024年2月18日", "18 February 2024"),
        ("2020..", "2020年以来", "since 2020"),
    ],
)
def test_period(period: str, chinese: str, english: str) -> None:
    assert formats.period(period, Language.HANS) == chinese
    assert formats.period(period, Language.EN) == english


def test_day() -> None:
    assert formats.day(dt.date(2024, 3, 5), Language.EN) == "5 March 2024"


@pytest.mark.parametrize(
    ("text", "english"),
    [("头版", "front page"), ("第3版", "page 3"), ("第十二版", "page 12"), ("副刊", "副刊")],
)
def test_pages_of_a_paper(text: str, english: str) -> None:
    assert formats.page(text, Language.EN) == english
    assert formats.page(text, Language.HANS) == text


def test_days_as_people_write_them() -> None:
    written = formats.days(dt.date(2021, 1, 28))

    assert {"1月28日", "1月28号", "2021年1月28日", "January 28", "28 Jan", "2021-01-28"} <= set(written)
    assert {"28.1.2021", "28.01.2021", "28/01/2021", "1/28/2021"} <= set(written)
    # Which of two numbers is the month, nobody knows.
    assert "6/5/2021" not in formats.days(dt.date(2021, 6, 5))
    assert "5.6.2021" in formats.days(dt.date(2021, 6, 5))
