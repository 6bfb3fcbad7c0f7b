"""Who asks for a name is not answered with a number, or with that there is something."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    "question",
    [
        "东方影都的院线品牌叫什么名字",
        "先进制造业新开工的80个项目都叫什么",
        "1月28日签约的50个项目名单有吗",
        "“1+N”里的上市公司是哪一家",
        "What's the name of the cinema brand that the movie metropolis launched?",
        "which listed companies are in the 1+N",
    ],
)
def test_names_that_the_documents_do_not_give_are_not_told(shipped_asker: Asker, question: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.MISSING
    assert "80个" not in answer.text
    assert "50个" not in answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("东方影都注册的商标叫什么", "电影之旅"),
        ("极视角创办的商城叫什么名字", "AI视觉算法商城"),
        ("聚大洋投资的园区叫什么", "海洋生物医药科技园"),
        ("刘雯案头那三份文件叫什么", "网络直播营销行为规范"),
        ("哪两条链是千亿级的", "船舶海工"),
        ("先进制造业在建项目举两个名字", "美锦氢能源"),
        ("“1+N”上市公司补的是哪一环", "影视制作"),
        ("AI vision company which signed in January, what's the name?", "极视角"),
    ],
)
def test_names_that_they_give_are(shipped_asker: Asker, question: str, name: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED
    assert name in answer.text
