"""What is so is no answer to what is not."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    "text",
    [
        "没有链长的是哪条链",
        "除了新经济，哪些链没链长",
        "有什么是你们不提供的",
        "哪些產業鏈沒有鏈長",
        "没封顶的有几栋",
        "未投产的是几期",
        "还没备案的是哪部",
        "哪些项目没有进展",
        "不是新区出台的文件有哪些",
        "新区没有的产业链是哪些",
        "which chains have no leader",
        "how many projects have not started",
    ],
)
def test_what_is_so_does_not_tell_what_is_not(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is Outcome.MISSING


def test_of_two_numbers_it_is_seen_how_many_are_not(shipped_asker: Asker) -> None:
    said = shipped_asker.ask("没备案的有几部").text

    assert "24部" in said
    assert "23部" in said


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("东方影都前不久推出了什么品牌", "院线"),
        ("谁说新经济更像网、不像链的", "刘雯"),
        ("海洋生物医药科技园一期封顶了没", "封顶"),
        ("我没听懂，链长是干什么的", "链长"),
        ("不是园区，我问的是有哪些产业链", "半导体"),
        ("which park is not far from stage 5", "Movie Metropolis"),
        ("never mind, which parks do you have", "CEC"),
    ],
)
def test_what_only_looks_like_it_is_answered(shipped_asker: Asker, text: str, must: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert must in answer.text
