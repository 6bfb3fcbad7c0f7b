"""Who asks for a date gets one, or is told that there is none."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    "text",
    ["SenseTime那个项目几月complete", "金能科技那个几月开工的", "这意见哪天发的"],
)
def test_what_has_no_date_is_no_answer(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    "text",
    ["这九条链是哪年定下来的", "which year were the priority chains chosen", "聚大洋哪年成立的"],
)
def test_what_has_one_tells_it(shipped_asker: Asker, text: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert any("20" in line for line in answer.lines)


def test_a_day_as_it_is_spoken(shipped_asker: Asker) -> None:
    spoken = shipped_asker.ask("5月26号启用了什么")

    assert spoken.facts == shipped_asker.ask("5月26日启用了什么").facts
    assert spoken.outcome is Outcome.ANSWERED


def test_sheds_have_numbers_and_no_dates(shipped_asker: Asker) -> None:
    assert "5号棚" in shipped_asker.ask("西发智造在几号棚").text


@pytest.mark.parametrize("text", ["1月28日的签约仪式几点开始", "what time did the January signing start"])
def test_a_day_is_no_time_of_day(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("how many were signed in January 2021", "50 projects"),
        ("how much was signed in January 2021", "110 billion"),
    ],
)
def test_the_number_of_a_signing_is_told_of_its_month(shipped_asker: Asker, text: str, must: str) -> None:
    assert must in shipped_asker.ask(text).text
