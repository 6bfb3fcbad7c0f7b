"""The former and the latter; what stands before or behind something in a list."""

import pytest

from knowledge.asking.answer import Context, Outcome
from knowledge.asking.asker import Asker
from tests.talking import talk

_BOTH = ("极视角跟聚大洋各做什么",)
_ONE_BY_ONE = ("海洋有几个项目", "新经济有几个项目")


@pytest.mark.parametrize(
    ("questions", "about", "must"),
    [
        ((*_BOTH, "后者的董事长是谁"), "聚大洋", "吴仕鹏"),
        ((*_BOTH, "前者的联合创始人是谁"), "极视角", "陈硕"),
        ((*_BOTH, "后一个哪年成立"), "聚大洋", "2000年"),
        # Which one was the former stays so, whichever was asked about in between.
        ((*_BOTH, "后者哪年成立", "前者的联合创始人是谁", "后者的董事长是谁"), "聚大洋", "吴仕鹏"),
        ((*_ONE_BY_ONE, "前者投资多少"), "海洋经济", "1500亿元"),
        (
            ("What does Judayang do", "and extreme vision?", "where is the latter"),
            "Extreme Vision",
            "headquarters",
        ),
        (("汽车前面挨着哪条",), "智能家电", "智能家电"),
        (("汽车前面挨着哪条", "后面一条呢", "再后面一条"), "海洋冷链", "海洋冷链"),
        (("汽车排第几", "它前面一条是啥"), "智能家电", "智能家电"),
        (("which chain comes before automobiles?",), "Smart Home Appliances", "Smart Home Appliances"),
    ],
)
def test_what_is_meant_is_told(
    shipped_asker: Asker, questions: tuple[str, ...], about: str, must: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert about in answer.title
    assert must in answer.text


@pytest.mark.parametrize(
    ("questions", "ban"),
    [
        ((*_ONE_BY_ONE, "前者投资多少", "后者呢"), "1500亿元"),
        (("新区选了哪几条产业链", "前者的链长是谁"), "刘雯"),
        (("前者的链长是谁",), "刘雯"),
        (("两个千亿级产业链是哪两条", "前者的龙头企业"), "配套"),
        (("半导体前面是哪条",), "第一条"),
        (("新经济后面是哪条",), "第九条"),
    ],
)
def test_what_is_not_there_is_not(shipped_asker: Asker, questions: tuple[str, ...], ban: str) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is not Outcome.ANSWERED
    assert ban not in answer.text


@pytest.mark.parametrize("text", ["汽车排老几", "汽车是第几条", "which number is automobiles"])
def test_at_which_place(shipped_asker: Asker, text: str) -> None:
    assert any("6" in line for line in shipped_asker.ask(text).lines)


def test_what_is_left_of_a_list(shipped_asker: Asker) -> None:
    answer = talk(shipped_asker, "名字带海的产业链有几条", "剩下那些都有谁")

    assert "新一代半导体" in answer.text
    assert not any("海" in line for line in answer.lines[1:])


def test_an_earlier_conversation_is_read() -> None:
    before = {"entities": ["a"], "topics": ["b"], "listed": ["c"]}

    assert Context.decode(before) == Context(("a",), ("b",), ("c",))
    assert Context.decode(Context(("a",), spoken=("a",)).encode()) == Context(("a",), spoken=("a",))
