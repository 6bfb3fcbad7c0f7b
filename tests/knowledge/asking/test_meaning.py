"""What may have been meant: offered for a tap, never told, and never about something else."""

from dataclasses import replace

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


@pytest.fixture
def by_words(shipped_asker: Asker) -> Asker:
    """One that is never sure of what is only near in meaning."""
    return shipped_asker.limited(replace(shipped_asker.limits, plausible=2.0, despite=2.0))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("六个一的硬件底子指的是什么", "外景地"),
        ("刘雯觉得新经济不像链 那像啥", "网"),
        ("金融服务在新经济意见里算重点领域不", "新金融"),
        ("when does phase one of the marine biomedicine park start producing", "2021"),
    ],
)
def test_what_words_do_not_lead_to_is_answered_by_its_meaning(
    shipped_asker: Asker, by_words: Asker, question: str, answer: str
) -> None:
    found = shipped_asker.ask(question)

    assert by_words.ask(question).outcome is not Outcome.ANSWERED
    assert found.outcome is Outcome.ANSWERED
    assert answer in found.text
    assert found.sources
    assert "按意思判断" in shipped_asker.explain(question)
    assert "按意思判断" not in shipped_asker.explain("新经济的链长是谁")


@pytest.mark.parametrize(
    "question",
    [
        "聚大洋二期还要再掏多少钱 单说二期",
        "影视中心正主任姓甚名谁",
        "有没有低空经济的产业链",
        "即墨区那边影视公司有几家",
    ],
)
def test_near_in_meaning_is_not_the_same(shipped_asker: Asker, question: str) -> None:
    assert shipped_asker.ask(question).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("1+1=?", Outcome.UNKNOWN),
        ("1 - 1 = 几", Outcome.UNKNOWN),
        ("5×8=", Outcome.UNKNOWN),
        ("2021-01-28", Outcome.ANSWERED),
    ],
)
def test_a_sum_asks_for_nothing_a_date_for_its_day(
    shipped_asker: Asker, question: str, outcome: Outcome
) -> None:
    assert shipped_asker.ask(question).outcome is outcome


def test_a_change_is_offered_without_reading_everything_again(
    bureau: Engine, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = asker._state().meaning
    encoded: list[str] = []
    monkeypatch.setattr("knowledge.asking.meaning.encode", lambda texts: encoded.extend(texts))
    state = asker._state()

    type(held)(state.library, state.lexicon, type(state.shelf)(None, ""), held)

    assert encoded == []
