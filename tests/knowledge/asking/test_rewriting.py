"""A question that leans on the conversation is read with the name of what was told last."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from tests.talking import talk


@pytest.mark.parametrize(
    ("questions", "about", "must"),
    [
        (("六个一是谁讲的", "这里头人才靠哪里来"), "六个一", "青岛电影学院"),
        (("极视角是干嘛的", "啥时候签过来的", "那天一共签了多少个", "总额呢"), "2021年1月28日", "1100多亿元"),
        (("《温暖的味道》在哪拍的", "归哪个街道"), "后石沟村", "铁山街道"),
        (("海洋寡糖项目是做什么的", "这玩意儿能用在啥地方"), "海洋寡糖", "医疗器械"),
    ],
)
def test_what_was_told_is_asked_about(
    shipped_asker: Asker, questions: tuple[str, ...], about: str, must: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert about in answer.title
    assert must in answer.text


@pytest.mark.parametrize(
    ("questions", "ban"),
    [
        # Of the park a sum is told, of what was signed with it another.
        (("极视角是哪天签的", "它自己投了多少"), "1100"),
        (("区委书记是谁", "前任是谁"), "孙永红"),
        (("新经济实施意见有几项行动", "责任单位具体是哪几个局"), "主管部门"),
        (("list parks", "the third one", "where is it"), "Stage 5"),
        (("what is the policy for new economy called", "published when?"), "issued"),
        (("中电光谷产业园主要做什么", "里面入驻多少家了"), "极视角"),
        (("聚大洋做什么的", "哈哈哈哈"), "聚大洋"),
    ],
)
def test_nothing_else_is_told(shipped_asker: Asker, questions: tuple[str, ...], ban: str) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is not Outcome.ANSWERED
    assert ban not in "\n".join(answer.lines[:1])


def test_it_is_explained(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("六个一是谁讲的").context

    explained = shipped_asker.explain("这里头人才靠哪里来", context)

    assert "补上上文刚说到的名称再读：“六个一”产业链条体系人才靠哪里来" in explained
