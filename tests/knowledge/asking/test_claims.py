"""What a question takes for true is put right where the documents say it; what it only restricts is not."""

import pytest

from knowledge.asking.answer import NO_CONTEXT, Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "claimed", "fact"),
    [
        ("科技园投资是21亿，对吧", "21亿", "12亿元"),
        ("我听说重点项目是1120个 对不", "1120个", "1210个"),
        ("海洋那个增长目标，是15还是20", "15", "20%"),
        ("1月28日签了50个还是500个", "500个", "50个"),
        ("陈硕是极视角董事长？", "董事长", "联合创始人"),
        ("孙永红是西海岸的区长吧", "区长", "书记"),
        ("影视企业过千家了吗", "千家", "近600家"),
    ],
)
def test_it_is_put_right(shipped_asker: Asker, question: str, claimed: str, fact: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert f"资料里没有说是“{claimed}”" in answer.text
    assert fact in answer.text


@pytest.mark.parametrize(
    ("question", "claimed", "fact"),
    [
        ("Is the growth target for marine GDP 30%?", "30%", "20%"),
        ("was judayang founded in 2005?", "2005", "2000"),
        ("Did I read right that you've got over 2,000 major projects?", "2,000", "1,210"),
    ],
)
def test_in_english_too(shipped_asker: Asker, question: str, claimed: str, fact: str) -> None:
    answer = shipped_asker.ask(question)

    assert f"do not say “{claimed}”" in answer.text
    assert fact in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "赵芳是铁山街道主任吗",
        "吴仕鹏是极视角的董事长吗",
        "二季度新引进影视企业74家吗",
        "2019年签了50个吗",
        "极视角是2010年成立的吗",
    ],
)
def test_of_another_place_or_time_nothing_is_put_right(shipped_asker: Asker, question: str) -> None:
    assert shipped_asker.ask(question).outcome is not Outcome.ANSWERED


def test_a_title_may_be_of_whoever_was_told_of(shipped_asker: Asker) -> None:
    told = shipped_asker.ask("影视数据谁说的", NO_CONTEXT)

    assert "副主任" in shipped_asker.ask("她是主任吗", told.context).text
