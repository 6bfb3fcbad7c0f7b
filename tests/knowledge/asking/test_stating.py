"""«What does 613 stand for?»"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.database import session
from knowledge.models import Figure


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("83这个数说的啥", ["剧组"]),
        ("15万指什么", ["开发者"]),
        ("12亿砸在哪了", ["海洋生物医药科技园", "聚大洋"]),
        ("613对应哪块", ["新经济"]),
        ("36万那个数字哪来的", ["负债"]),
        ("20%是什么意思", ["海洋生产总值", "新经济投资"]),
        ("what does 613 stand for?", ["New-economy projects"]),
        ("the figure 83 refers to what", ["crews"]),
    ],
)
def test_the_figures_of_a_number_are_told(shipped_asker: Asker, question: str, must: list[str]) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert [word for word in must if word not in answer.text] == []


def test_of_a_number_that_different_things_have_one_is_chosen(shipped_asker: Asker) -> None:
    answer = shipped_asker.ask("1000是什么数")

    assert answer.outcome is Outcome.CHOOSE
    assert {option.label.split(" · ")[0] for option in answer.options} >= {
        "极视角科技有限公司",
        "海洋寡糖项目",
    }


@pytest.mark.parametrize(
    "question", ["614这个数说的啥", "84指什么", "13亿砸在哪了", "what does 612 stand for?"]
)
def test_a_number_that_nothing_has_is_nobody_s(shipped_asker: Asker, question: str) -> None:
    assert shipped_asker.ask(question).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("question", ["六个一指的是什么", "5号棚指什么", "半导体链的613指什么"])
def test_a_number_in_a_name_is_no_figure(shipped_asker: Asker, question: str) -> None:
    assert "613个" not in shipped_asker.ask(question).text


@given(st.integers(1, 10**12))
def test_only_who_has_the_number_is_told(asker: Asker, number: int) -> None:
    answer = asker.ask(f"{number}这个数字指什么")

    with session(asker._engine) as database:
        stated = {row.value for id in answer.facts if (row := database.get(Figure, id)) is not None}
    assert stated <= {number}
