"""Going through a list: the next, the rest, several places; what is left out, and what does not belong."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from tests.talking import talk


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("第五条链是什么", "下一条"), "汽车"),
        (("第五条链是什么", "下一条", "再往下"), "海洋冷链"),
        (("九条链前四条", "下一条是什么链"), "智能家电"),
        (("船舶海工后面紧跟着的是哪条",), "智能家电"),
        (("汽车是重点吗", "排第几"), "第6位"),
        (("Which chain is number five?", "whch number"), "No. 5"),
    ],
)
def test_a_step_leads_from_what_was_told(shipped_asker: Asker, questions: tuple[str, ...], must: str) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert must in answer.lines[0] + answer.title


@pytest.mark.parametrize(
    "questions",
    [
        ("九条链前四条", "剩下的五条"),
        ("九条链前四条", "剩下的呢"),
        ("the first four chains", "now the rest of them"),
    ],
)
def test_the_rest_is_what_was_not_told(shipped_asker: Asker, questions: tuple[str, ...]) -> None:
    lines = talk(shipped_asker, *questions).lines

    assert "5" in lines[0]
    assert len(lines) == 6
    assert not any(name in line for line in lines for name in ("半导体", "Semiconductors", "船舶海工"))


@pytest.mark.parametrize(
    ("questions", "count"),
    [
        (("第二到第四条链麻烦报一下",), 3),
        (("pls tell me the 6th and 8th chain",), 2),
        (("有哪些产业链", "第五第六再说一遍"), 2),
    ],
)
def test_several_places_of_a_list(shipped_asker: Asker, questions: tuple[str, ...], count: int) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert sum(line.startswith("·") for line in answer.lines) == count


@pytest.mark.parametrize(
    ("question", "odd"),
    [
        ("半导体 航空 汽车 影视，哪一个不在九大里面", "航空"),
        ("商汤 金能科技 优刻得，里面哪个不是新经济的", "金能科技"),
        ("工业互联网、冷链物流、电子商务、新金融，哪个不是实施意见里的重点领域", "冷链物流"),
        ("海洋能源 海洋人才 海洋科技 海洋资本，哪个咨询委员会里没有", "海洋能源"),
    ],
)
def test_what_a_list_has_not(shipped_asker: Asker, question: str, odd: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert f"其中没有“{odd}”" in answer.text


@pytest.mark.parametrize(
    "questions",
    [
        ("1月28日签约的企业除了极视角还有谁",),
        ("1月28日的签约", "除了极视角还有哪些企业"),
        ("which firms signed on 28 January besides Extreme Vision?",),
    ],
)
def test_a_sentence_that_names_nobody_else_is_not_told_again(
    shipped_asker: Asker, questions: tuple[str, ...]
) -> None:
    assert talk(shipped_asker, *questions).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("新经济项目除了商汤还有谁", "科大讯飞"),
        ("孙永红除了区委书记还挂什么职", "市委常委"),
    ],
)
def test_a_sentence_that_names_the_others_is_told(shipped_asker: Asker, question: str, must: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert must in answer.text
