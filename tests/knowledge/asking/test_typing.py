"""Questions as hasty thumbs type them."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.english import one_slip_away


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("wich nine industy chains did qingdao west coast new area pick in 2021", "nine key industry chains"),
        ("how many projcts are there in the new econmy", "613"),
        ("what is the total invesment of the key projcts", "710 billion"),
        ("bdt（半导体）项目zhengce上有啥支持", "财税"),
        ("jsj 极视角聚了多少开发着", "15万"),
        ("xjj链长是谁", "刘雯"),
        ("刘雯办公室里打印的三份文jian叫啥", "网络直播营销行为规范"),
        ("高端化工的zhuan班都帮企业弄些啥", "战略咨询"),
        ("張立武係邊個單位㗎 咩職位", "副局長"),
        ("海洋领域重点项目总投资多少忆", "1500亿"),
        ("到底是八大产业链还是九大?PPT里别写错了", "9条"),
        ("要往千亿冲的是哪两条链", "船舶海工"),
    ],
)
def test_it_is_understood(shipped_asker: Asker, text: str, held: str) -> None:
    assert held in shipped_asker.ask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "這條村有幾多戶人",
        "is Extreme Vision listed anywhere",
        "剧组来拍戏,住宿补贴比例多少",
        "刘雯以前在哪个单位",
    ],
)
def test_what_is_not_told_is_not_answered(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is not Outcome.ANSWERED


def test_the_commonest_word_comes_first() -> None:
    assert one_slip_away("bilding")[0] == "building"
    assert not one_slip_away("qqqqqq")
    assert not one_slip_away("a" * 500)


def test_whose_it_is_goes_on_with_what_was_asked(shipped_asker: Asker) -> None:
    context = shipped_asker.ask("新经济链长是谁").context

    assert shipped_asker.ask("冷链的？", context).outcome is Outcome.MISSING
    assert shipped_asker.ask("qi che lian de ne", context).outcome is Outcome.MISSING


def test_how_many_are_finished_is_not_how_many_there_are(shipped_asker: Asker) -> None:
    for text in (
        "1210ge xiangmu yijing wangong le duoshao",
        "how many of the 99 ocean projects are already finished",
        "这1210个项目有多少完工了",
    ):
        assert shipped_asker.ask(text).outcome is Outcome.MISSING, text


def test_where_somebody_is_said_to_be_is_put_right(shipped_asker: Asker) -> None:
    other = shipped_asker.ask("Is Liu Weipeng from the film centre?")

    assert "Big Data" in other.text
    assert "do not say" in other.text
    assert "副主任" in shipped_asker.ask("赵芳是影视中心的吧").text
