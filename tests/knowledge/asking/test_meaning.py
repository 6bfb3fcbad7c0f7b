"""What may have been meant: offered for a tap, never told, and never about something else."""

import pytest
from sqlalchemy import Engine

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("星河航空产业园地盘铺得有多开阔", "park.xinghe"),
        ("海灯往无人机那摊子事里头砸进去几多银两", "project.drones"),
        ("Xinghe Aviation Park: how sprawling would the premises be", "park.xinghe"),
    ],
)
def test_what_was_not_understood_is_offered_for_a_tap(asker: Asker, question: str, meant: str) -> None:
    answer = asker.ask(question)

    assert answer.outcome is not Outcome.ANSWERED
    assert 1 <= len(answer.suggestions) <= 3
    assert meant in {suggestion.intent.entity for suggestion in answer.suggestions}
    for suggestion in answer.suggestions:
        opened = asker.open(suggestion.intent, language=answer.language)
        assert opened.outcome is Outcome.ANSWERED
        assert opened.sources


@pytest.mark.parametrize("place", ["雄安新区", "浦东新区", "苏州工业园区"])
def test_nothing_of_ours_is_offered_for_another_place(asker: Asker, place: str) -> None:
    answer = asker.ask(f"{place}的链长都是哪路神仙")

    assert answer.outcome is not Outcome.ANSWERED
    assert "周岚" not in answer.text
    assert "低空" not in answer.text


def test_a_change_is_offered_without_reading_everything_again(
    bureau: Engine, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = asker._state().meaning
    encoded: list[str] = []
    monkeypatch.setattr("knowledge.asking.meaning.encode", lambda texts: encoded.extend(texts))
    state = asker._state()

    type(held)(state.library, state.lexicon, type(state.shelf)(None, ""), held)

    assert encoded == []
