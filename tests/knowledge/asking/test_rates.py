"""So much a year is not so much a day."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    "text",
    [
        "空心胶囊每天做多少粒",
        "海洋寡糖日产多少吨",
        "海洋寡糖每個月能產多少噸",
        "how many tons of sugar a day",
    ],
)
def test_what_is_told_by_the_year_is_no_answer(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


def test_but_it_is_offered(shipped_asker: Asker) -> None:
    intents = [one.intent for one in shipped_asker.ask("海洋寡糖日产多少吨").suggestions]

    assert ("project.oligosaccharide", "capacity") in [(intent.entity, intent.topic) for intent in intents]


def test_which_day_is_no_such_period(shipped_asker: Asker) -> None:
    assert "2021年1月28日" in shipped_asker.ask("投资超过千亿的签约是哪一天的").text


def test_by_the_year_it_is_one(shipped_asker: Asker) -> None:
    assert "1000吨" in shipped_asker.ask("海洋寡糖一年能产多少吨").text
