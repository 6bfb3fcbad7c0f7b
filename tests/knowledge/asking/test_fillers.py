"""Words that say something are no fillers: they tell what is asked, and what is not told."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("摸底都摸些啥内容", "现状"),
        ("单条产业链的链长一般由谁出任", "分管"),
        ("陈硕看中西海岸什么地方", "应用场景"),
        ("聚大洋原本做什么生意", "海藻"),
        ("一季度新增多少影视企业，现在一共多少", "近600家"),
    ],
)
def test_they_lead_to_the_fact_that_has_them(shipped_asker: Asker, text: str, must: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert must in answer.text


@pytest.mark.parametrize("text", ["法务方面有没有支持", "完成了奖多少钱"])
def test_what_no_fact_has_is_not_answered(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is not Outcome.ANSWERED
