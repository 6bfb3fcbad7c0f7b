"""«How many are there? – Which ones?»: what was counted for the whole zone is told by name."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize("question", ["分别是哪些", "哪几个", "都叫什么", "它们叫什么"])
def test_the_chains_that_were_counted(shipped_asker: Asker, question: str) -> None:
    counted = shipped_asker.ask("有几条产业链")
    answer = shipped_asker.ask(question, counted.context)

    assert "9条" in counted.text
    assert answer.topic == "chains", answer.text
    assert len(answer.options) == 9


@pytest.mark.parametrize("question", ["which ones", "what are they called", "name them"])
def test_in_english(shipped_asker: Asker, question: str) -> None:
    context = shipped_asker.ask("how many chains are there").context

    assert shipped_asker.ask(question, context).topic == "chains"


def test_a_number_names_none(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("签了多少个项目").context

    assert shipped_asker.ask("是哪些", context).outcome is Outcome.MISSING
