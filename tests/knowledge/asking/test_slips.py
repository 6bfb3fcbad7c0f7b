"""A character that nothing explains is no licence to answer something else."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    "text",
    ["影视文化链的链葬是谁", "智能家电的链展是哪位", "影视文化长链叫啥", "船舶海工链绽", "高端化工良长是谁"],
)
def test_a_short_word_with_a_slip_is_understood(shipped_asker: Asker, text: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.MISSING
    assert "链长" in answer.text


@pytest.mark.parametrize(
    ("text", "must"),
    [("人工智能相关的债体有哪些", "中电光谷"), ("影视这块应该峦系谁", "赵芳")],
)
def test_and_answered_where_there_is_an_answer(shipped_asker: Asker, text: str, must: str) -> None:
    assert must in shipped_asker.ask(text).text


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("视极角是做什么的", "视觉算法"),
        ("签仪约式哪天举行", "1月28日"),
        ("聚洋大工商全称怎么写", "聚大洋藻业集团有限公司"),
        ("专业员委会一共几个", "四个专业委员会"),
    ],
)
def test_two_characters_that_changed_places_change_back(shipped_asker: Asker, text: str, must: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert must in answer.text


def test_and_what_is_not_told_stays_so(shipped_asker: Asker) -> None:
    assert shipped_asker.ask("聚大洋今年收营多小").outcome is Outcome.MISSING


def test_what_was_typed_in_traditional_characters_is_answered_in_them(shipped_asker: Asker) -> None:
    assert "鏈長" in shipped_asker.ask("智能家電鏈的長鏈是誰").text


def test_staff_are_told_what_it_was_taken_for(shipped_asker: Asker) -> None:
    assert "「长链」当作「链长」的笔误" in shipped_asker.explain("影视文化长链叫啥")


@pytest.mark.parametrize("text", ["电风产业园有吗", "有没有航杠产业链", "电产业链谁当链长"])
def test_a_character_before_a_chain_makes_it_another(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


@pytest.mark.parametrize("text", ["聚大洋董长事叫啥", "聚大洋的董事长事谁"])
def test_so_do_those_of_a_title(shipped_asker: Asker, text: str) -> None:
    assert "吴仕鹏" in shipped_asker.ask(text).text


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("hwo many chians are there in westcoast", "9 chains"),
        ("whch number is the film chain", "No. 8"),
        ("how mny key projects", "1,210"),
        ("hwo is the leader of neweconomy", "Liu Wen"),
    ],
)
def test_short_english_words_too(shipped_asker: Asker, text: str, must: str) -> None:
    assert must in shipped_asker.ask(text).text


@pytest.mark.parametrize("text", ["who is Hwo", "is Mny a company here"])
def test_a_name_is_no_slip(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is not Outcome.ANSWERED
