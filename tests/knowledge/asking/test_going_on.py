"""Questions that live on what was said before: places in what was counted, bare numbers, who said it."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from tests.talking import talk


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("主攻的产业链一共几条", "哦哦 那排第二的是哪个"), "高端化工及新材料"),
        (("Which chains are there?", "number 4 on that list"), "Shipbuilding"),
        (("新经济实施意见的行动有几项", "第五项麻烦说下名称"), "空间载体创建"),
        (("新经济实施意见有几个重点领域", "哪几个？"), "工业互联网"),
        (("新经济实施意见有几个重点领域", "哪几个？", "其中第三个行动是啥"), "人才要素保障"),
        (("the opinions on new economy have how many actions", "number 3?"), "talent"),
        (("How many committees are under the marine capital advisory committee?", "name them"), "talent"),
    ],
)
def test_a_place_is_one_of_what_was_counted(
    shipped_asker: Asker, questions: tuple[str, ...], must: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert must in answer.text


@pytest.mark.parametrize(
    ("questions", "must", "ban"),
    [
        (("new film companies in Q1 2021?", "so how many in total now"), "600", "83"),
        (("1月28日签约", "签了多少个"), "50个", "1210"),
        (("极视角是哪天签的", "同一批签了多少个项目", "一共投资多少"), "1100", "7100"),
        (("big signing ceremony in 2021, which day", "how many deals", "worth?"), "110 billion", "710"),
        (("先进制造业多少项目在建", "举俩例子"), "金能", "聚大洋"),
    ],
)
def test_a_bare_number_is_of_what_was_told(
    shipped_asker: Asker, questions: tuple[str, ...], must: str, ban: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert must in answer.text
    assert ban not in answer.text


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("影视文化剧组有多少个", "这些数是谁讲的"), "赵芳"),
        (("how many crews came shooting since 2020", "who gave this number", "her position?"), "Deputy"),
        (("海洋目标是谁提的",), "孙永红"),
        (("六个一谁介绍的", "他哪个单位"), "青岛大数据科技发展有限公司"),
    ],
)
def test_who_said_it(shipped_asker: Asker, questions: tuple[str, ...], must: str) -> None:
    assert must in talk(shipped_asker, *questions).text


def test_who_chairs_it_is_asked_of_what_was_told(shipped_asker: Asker) -> None:
    answer = talk(shipped_asker, "advisory committee, how many sub committees?", "who chairs it")

    assert answer.outcome is not Outcome.ANSWERED
    assert "孙永红" not in answer.text


def test_a_phase_is_not_answered_with_another(shipped_asker: Asker) -> None:
    answer = talk(shipped_asker, "寡糖二期投产后产能能到多少", "那一期的年产能呢")

    assert answer.outcome is not Outcome.ANSWERED
    assert "1000" not in answer.text


def test_she_is_whom_a_passage_names(shipped_asker: Asker) -> None:
    told = talk(shipped_asker, "剧组这个数字是哪位讲的")
    answer = talk(shipped_asker, "剧组这个数字是哪位讲的", "她什么职务？")

    assert "赵芳" in told.text
    assert "影视中心副主任" in answer.text


@pytest.mark.parametrize(
    "questions",
    [
        ("how many film companies came new in first quarter 2021", "in second quarter how many more?"),
        ("谁是刘雯", "and before that?"),
        ("how many projects has the new economy", "and how much money goes into those 613?"),
        ("海洋产业资本咨询委员会下面分几个专业委员会", "管人才的那个有几个委员"),
        ("智能家电", "who's in charge of that one?"),
    ],
)
def test_what_follows_is_not_answered_with_what_went_before(
    shipped_asker: Asker, questions: tuple[str, ...]
) -> None:
    assert talk(shipped_asker, *questions).outcome is not Outcome.ANSWERED


def test_who_answers_for_a_chain_is_asked_by_its_name_alone(shipped_asker: Asker) -> None:
    assert "刘雯" in talk(shipped_asker, "新经济那条链谁").text
    assert "成立于2000年" in talk(shipped_asker, "聚大洋是谁").text


def test_how_somebody_made_a_living_is_no_dinner(shipped_asker: Asker) -> None:
    assert "海藻" in shipped_asker.ask("聚大洋以前靠什么吃饭的").text
    assert shipped_asker.ask("你吃饭了吗").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "questions",
    [
        ("落户的那家人工智能公司叫什么", "它有多少算法"),
        ("落户的那家人工智能公司叫什么", "它原来哪个城市的", "它有多少算法"),
        ("极视角在哪条链", "它有多少算法"),
    ],
)
def test_it_is_the_company_and_not_the_industry(shipped_asker: Asker, questions: tuple[str, ...]) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is Outcome.ANSWERED
    assert "1000" in answer.text
