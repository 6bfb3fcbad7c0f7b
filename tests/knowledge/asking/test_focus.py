"""A long message is answered for what it asks, not held against what its writer tells."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("我们公司是做螺旋桨和电机的，想找个落脚的地方，星河园在哪", "北岸大道"),
        ("老板让我写个发言稿，低空经济的链长是谁？", "周岚"),
        ("We make propellers in Malaysia. Who leads the Low-altitude Economy chain?", "Zhou Lan"),
    ],
)
def test_what_a_writer_tells_needs_no_fact(asker: Asker, question: str, must: str) -> None:
    answer = asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert must in answer.text


@pytest.mark.parametrize(
    "question", ["浦东那边，低空经济的链长是谁", "2019年，签约了几个项目", "星河园的年薪，是多少"]
)
def test_a_place_a_year_and_the_thing_asked_for_are_no_story(asker: Asker, question: str) -> None:
    assert asker.ask(question).outcome is not Outcome.ANSWERED
