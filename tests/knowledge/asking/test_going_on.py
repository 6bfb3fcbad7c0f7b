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


@pytest.mark.parametrize(
    ("questions", "outcome", "must"),
    [
        (("新经济链长是谁", "影视文化"), Outcome.MISSING, "链长"),
        (("who leads the new economy chain?", "automotive?"), Outcome.MISSING, "Leader"),
        (("半导体有什么政策支持", "化工？"), Outcome.ANSWERED, "政策兑现"),
        (("新经济项目多少", "海洋？"), Outcome.ANSWERED, "99个"),
    ],
)
def test_a_bare_name_is_asked_for_the_same(
    shipped_asker: Asker, questions: tuple[str, ...], outcome: Outcome, must: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is outcome
    assert must in answer.text


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("海洋项目有多少", "新经济呢", "这两个哪个多"), ("99个", "613个")),
        (("海洋项目有多少", "新经济呢", "哪个多"), ("99个", "613个")),
        (("海洋项目总投资多少", "1月28号那批呢", "后面这俩哪个大"), ("1500亿元", "1100多亿元")),
        (("new economy projects, count", "marine?", "which has more then"), ("613", "99")),
    ],
)
def test_the_two_that_were_asked_about_are_compared(
    shipped_asker: Asker, questions: tuple[str, ...], must: tuple[str, str]
) -> None:
    text = talk(shipped_asker, *questions).text

    assert all(number in text for number in must)


@pytest.mark.parametrize(
    ("questions", "ban"),
    [
        (("极视角是做什么的", "董事长是谁"), "吴仕鹏"),
        (("extreme vision, what is it", "chairman?"), "Wu Shipeng"),
        (("海洋产业资本配置中心哪天启用", "主任是谁"), "祝增建"),
        (("张立武是谁", "局长叫啥"), "没有说是“局长”"),
    ],
)
def test_a_title_is_of_whom_was_spoken_of(shipped_asker: Asker, questions: tuple[str, ...], ban: str) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is not Outcome.ANSWERED
    assert ban not in answer.text


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("铁山街道办事处在哪", "主任是谁"), "祝增建"),
        (("which bureau holds the chain chief office", "deputy director there, name?"), "Zhang Liwu"),
        (("海洋生物医药有代表企业吗", "董事长贵姓"), "吴仕鹏"),
    ],
)
def test_a_title_of_whoever_stands_near(shipped_asker: Asker, questions: tuple[str, ...], must: str) -> None:
    assert must in talk(shipped_asker, *questions).text


@pytest.mark.parametrize("questions", [("陈硕是谁", "哪个公司"), ("who is chen shuo", "which company")])
def test_whose_company_is_asked_of_a_person(shipped_asker: Asker, questions: tuple[str, ...]) -> None:
    assert "极视角" in talk(shipped_asker, *questions).text
    assert "吴仕鹏" not in talk(shipped_asker, *questions).text


@pytest.mark.parametrize(
    ("questions", "ban"),
    [
        (("海洋生物医药科技园二期产能", "and of the first?"), "supports"),
        (("中电光谷是干嘛的", "有多少企业"), "600"),
        (("what was signed in January", "which companies", "and in May"), "Extreme Vision"),
        (("跨境电商有什么支持", "园区在哪"), "5G"),
    ],
)
def test_what_was_not_told_of_it_is_not_told_of_another(
    shipped_asker: Asker, questions: tuple[str, ...], ban: str
) -> None:
    answer = talk(shipped_asker, *questions)

    assert answer.outcome is not Outcome.ANSWERED
    assert ban not in "\n".join(answer.lines[:1])


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("聚大洋在你们那投了多少", "投的啥项目来着"), "海洋寡糖项目"),
        (("projects of advanced manufacturing, how many", "names?"), "Meijin"),
        (("list all nine chains", "second?", "and last"), "New Economy"),
        (("聚大洋总部园区", "园子在哪"), "滨海大道"),
    ],
)
def test_what_belongs_to_it(shipped_asker: Asker, questions: tuple[str, ...], must: str) -> None:
    assert must in talk(shipped_asker, *questions).text


def test_what_is_refused_about_something_stays_spoken_of(shipped_asker: Asker) -> None:
    answer = talk(shipped_asker, "科大讯飞股票能买吗", "它落在哪个园区")

    assert answer.outcome is Outcome.MISSING
    assert "科大讯飞" in answer.text


@pytest.mark.parametrize("text", ["稍等，有人找我", "我先接个电话，等下哈", "one moment"])
def test_a_pause_asks_nothing(shipped_asker: Asker, text: str) -> None:
    answer = talk(shipped_asker, "海洋生产总值目标增长多少", text)

    assert answer.refusal == "thanks"


@pytest.mark.parametrize(
    ("questions", "ban"),
    [
        (("先进制造业在建几个项目", "这些一共投了多少亿"), "7100"),
        (("give me two names from advanced manufacturing", "how much is the first of them investing"), "710"),
        (("how many sub-committees has the advisory committee", "who chairs the committee?"), "孙永红"),
        (("铁山街道的主任呢", "How long has he been in that post?"), "Judayang"),
        (("Which chain is number five?", "Who is its chain leader?"), "刘雯"),
        (("海洋资本配置中心什么时候启用", "中心手上有多少钱可投"), "12亿"),
    ],
)
def test_what_is_not_told_of_it_is_not_told_of_the_zone(
    shipped_asker: Asker, questions: tuple[str, ...], ban: str
) -> None:
    assert ban not in "".join(talk(shipped_asker, *questions).lines)


@pytest.mark.parametrize(
    ("questions", "must"),
    [
        (("赵芳是谁", "她讲来了多少剧组"), "83"),
        (("What was signed in January 2021?", "Worth how much all in?"), "110 billion"),
        (("聚大洋原来干什么的",), "海藻"),
        (("五月二十六号启用的是哪个中心",), "资本配置中心"),
    ],
)
def test_what_is_spoken_of(shipped_asker: Asker, questions: tuple[str, ...], must: str) -> None:
    assert must in talk(shipped_asker, *questions).text


def test_may_is_a_month_where_it_stands_for_one(shipped_asker: Asker) -> None:
    assert shipped_asker.ask("May 2021 signing?").outcome is not Outcome.ANSWERED
    assert "刘雯" in shipped_asker.ask("may I ask who leads the new economy chain").text
