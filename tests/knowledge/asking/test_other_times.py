"""What happened in another month or year, or in a place called after ours, is not told as ours."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    "question",
    [
        "how many projects signed at the 28 february ceremony",
        "What was the marine GDP in yuan last year?",
        "Did the marine economy hit its goal in the end?",
        "General manager of Judayang, who's that?",
        "does Judayang own patents? how many",
        "黄岛保税区的重点项目总投资多少",
        "你就是个废物，会不会说人话",
    ],
)
def test_what_is_not_ours_is_not_told(shipped_asker: Asker, question: str) -> None:
    assert shipped_asker.ask(question).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how many projects signed on jan 28", "50"),
        ("黄岛有几条产业链", "9"),
        ("number of key projects in Huangdao", "1,210"),
        ("Fine. New economy projects, how many?", "613"),
    ],
)
def test_what_is_ours_is(shipped_asker: Asker, question: str, fact: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert fact in answer.text
