"""«How many are there? – Which ones?»: what was counted for the whole zone is told by name."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from tests.talking import talk


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


def test_what_was_counted_of_something_else(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("新经济政策有几个行动").context

    assert "新型基建支撑行动" in shipped_asker.ask("分别是啥", context).lines[0]


def test_some_people_are_not_how_many_work_there(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("聚大洋是做什么的").context

    assert shipped_asker.ask("多少人", context).outcome is Outcome.MISSING


@pytest.mark.parametrize("question", ["在哪", "在哪拍的"])
def test_where_is_asked_of_something(shipped_asker: Asker, question: str) -> None:
    assert shipped_asker.ask(question).lines[0] == "您问的是哪一个的位置？请带上名称再问一次。"


@pytest.mark.parametrize("text", ["谢谢", "多谢", "thanks"])
def test_thanks_are_answered_kindly(shipped_asker: Asker, text: str) -> None:
    answer = shipped_asker.ask(text, shipped_asker.ask("张立武是谁").context)

    assert answer.refusal == "thanks"


def test_how_far_is_no_sum_of_money(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("后石沟村有啥").context

    assert shipped_asker.ask("离青岛多远", context).outcome is Outcome.MISSING


def test_the_second_largest_is_not_what_stands_second_somewhere(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("最大的项目是哪个").context

    assert shipped_asker.ask("第二大呢", context).outcome is not Outcome.ANSWERED


def test_whom_to_ask_is_asked_of_what_was_spoken_of(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("我想了解跨境电商").context

    assert "刘雯" in shipped_asker.ask("那我找谁", context).text


def test_which_of_them_settled_here_tells_whose_place_it_is(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("1月28日签约签了多少项目").context

    assert "极视角" in shipped_asker.ask("里面哪家总部落户了", context).text


@pytest.mark.parametrize("text", ["后石沟村有啥", "后石沟村有什么", "新经济政策有哪些"])
def test_what_there_is_asks_for_no_list_in_particular(shipped_asker: Asker, text: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert not answer.title.endswith("产业链")


def test_when_it_was_issued_is_not_answered_with_by_whom(shipped_asker: Asker) -> None:
    assert talk(shipped_asker, "新经济实施意见", "什么时候出台的").outcome is Outcome.MISSING
    assert shipped_asker.ask("when was the new economy policy published").outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("1月28号签约里面有哪家公司能说说吗", "其余的都是哪些公司"), "没有别的企业了"),
        (("海洋生物医药代表企业说一家", "还有别的代表企业吗"), "没有别的企业了"),
        (("which companies are in AI", "any other companies?"), "no others"),
        (("除了极视角还有哪家公司签了约",), "没有别的企业了"),
        (("除了刘雯还有谁是链长",), "没有别的"),
    ],
)
def test_there_are_no_others(shipped_asker: Asker, questions: tuple[str, ...], must: str) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.MISSING
    assert must in answer.text


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("名字带海的产业链有几条", "其他链是哪些"), "影视文化"),
        (("除了讯飞，新经济这边还有哪些大厂的项目",), "商汤"),
        (("What other shows were shot in Houshigou apart from the Taste of Warmth",), "疫战"),
    ],
)
def test_others_that_a_sentence_names_are_not_denied(
    shipped_asker: Asker, questions: tuple[str, ...], must: str
) -> None:
    assert must in talk(shipped_asker, *questions).text


@pytest.mark.parametrize("text", ["招商局的局长是谁", "招商局的局长呢"])
def test_what_asks_for_something_else_is_no_slip(shipped_asker: Asker, text: str) -> None:
    assert "刘雯" not in shipped_asker.ask(text).title


@pytest.mark.parametrize(
    "question",
    [
        "半导体的有几个",
        "冷链占几个",
        "哪些企业属于智能家电链",
        "海洋产业委员会今年开几次会",
        "高端化工链龙头企业有哪几家",
    ],
)
def test_a_member_of_a_list_is_no_answer_to_what_it_has(shipped_asker: Asker, question: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is not Outcome.ANSWERED or "产业链" not in answer.title
