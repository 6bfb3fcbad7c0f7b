"""Lists: all but what is named, places from the end, what a list is counted by."""

import pytest

from knowledge.asking.answer import NO_CONTEXT, Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "must", "ban"),
    [
        ("除了低空经济还有哪些产业链", ["深海装备", "绿色氢能"], "· 低空经济"),
        ("除了低空经济和绿色氢能，还有什么产业链", ["深海装备"], "低空经济\n"),
        (
            "Which industry chains are there besides the low-altitude economy?",
            ["Deep-sea", "Hydrogen"],
            "· Low",
        ),
    ],
)
def test_what_is_named_is_left_out(asker: Asker, question: str, must: list[str], ban: str) -> None:
    told = "\n".join(asker.ask(question).lines)

    assert all(word in told for word in must), told
    assert ban not in told


@pytest.mark.parametrize(
    ("place", "must"),
    [("倒数第二条呢", "深海装备"), ("最后一条呢", "绿色氢能"), ("第三条呢", "绿色氢能")],
)
def test_a_list_is_still_counted_after_one_of_it_was_told(asker: Asker, place: str, must: str) -> None:
    context = NO_CONTEXT
    for question in ("有哪些产业链", "第一条呢"):
        context = asker.ask(question, context).context

    assert must in asker.ask(place, context).lines[0]


def test_english_counts_from_the_end_too(asker: Asker) -> None:
    listed = asker.ask("Which industry chains are there?")

    assert "Deep-sea" in asker.ask("And the second to last?", listed.context).lines[0]


@pytest.mark.parametrize("question", ["三大链里低空经济排第几", "三大产业链有哪些"])
def test_how_many_there_are_of_all_is_no_other_number(asker: Asker, question: str) -> None:
    assert asker.ask(question).outcome is Outcome.ANSWERED


def test_the_companies_of_a_chain_are_not_the_chain(asker: Asker) -> None:
    answer = asker.ask("深海装备产业链有哪些龙头企业")

    assert answer.outcome is Outcome.MISSING
    assert "企业" in answer.text


def test_of_one_thing_nobody_has_to_choose_what_is_meant(shipped_asker: Asker) -> None:
    answer = shipped_asker.ask("四个专委会叫什么")

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "海洋科技" in answer.text


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        # A sentence that names three explains «which three», of what it is asked about.
        ("新经济要融入哪三方面", Outcome.ANSWERED),
        ("新经济要融入哪五方面", Outcome.MISSING),
        # So many are counted in a figure, whatever it counts.
        ("极视角有几万开发者", Outcome.ANSWERED),
    ],
)
def test_a_number_is_what_is_counted(shipped_asker: Asker, question: str, outcome: Outcome) -> None:
    assert shipped_asker.ask(question).outcome is outcome


@pytest.mark.parametrize(
    ("question", "must", "ban"),
    [
        ("名字里带经济的产业链有哪些", "低空经济", "深海装备"),
        ("带“装备”两字的产业链是哪条", "深海装备", "低空经济"),
        ("Which industry chains have hydrogen in their name?", "Green Hydrogen", "Deep-sea"),
    ],
)
def test_a_list_is_asked_for_by_a_piece_of_its_names(
    asker: Asker, question: str, must: str, ban: str
) -> None:
    told = "\n".join(asker.ask(question).lines)

    assert must in told
    assert ban not in told


def test_which_is_the_leading_company_is_not_answered_with_the_chain(asker: Asker) -> None:
    assert asker.ask("深海装备链的龙头是哪家").outcome is Outcome.MISSING
