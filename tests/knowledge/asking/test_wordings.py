"""What a question says: words that are none of ours, several questions in one, claims, comparisons."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.lexicon import Part
from knowledge.asking.normalize import normalize
from knowledge.asking.tokens import find_tokens
from knowledge.numerals import COUNTED, MEASURED, counted


@pytest.mark.parametrize(
    ("question", "must"),
    [
        # A word of its own is no misspelt phrase: 推出 sounds like 退出, 高效 like 高校.
        ("春季签约推出了几个项目", ["12个"]),
        ("海灯无人机项目高效不高效,投资多少", ["8亿元"]),
        # Each of two questions is answered, whatever stands between them.
        ("春季签约的项目多少个,总投资多少", ["12个", "90亿元"]),
        ("星河航空产业园占地多少,在什么地方", ["500亩", "北岸大道"]),
        # Pinyin in between, and numbers written with it.
        ("星河航空产业园 zai na li", ["北岸大道"]),
        ("2yue18ri qianyue duoshao ge xiangmu", ["12个"]),
        # What is asked in is stated in it.
        ("无人机项目投了多少亿", ["8亿元"]),
        ("低空经济、绿色氢能这两条链,哪条有链长", ["周岚"]),
    ],
)
def test_is_answered(asker: Asker, question: str, must: list[str]) -> None:
    answer = asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert all(word in answer.text for word in must), answer.text


@pytest.mark.parametrize(
    ("question", "never"),
    [
        # A side before a name belongs to it; a city is called without its kind.
        ("北星河航空产业园占地多少", "500亩"),
        ("昆山的星河航空产业园占地多少", "500亩"),
        ("平度那边签约了几个项目", "12个"),
        # Neither the number of something else nor a date is how many there are.
        ("星河航空产业园有几个停机坪", "500"),
        ("星河航空产业园有几平米食堂", "500"),
        ("低空经济扶持办法一次补多少钱", "3项"),
        ("蓝湾装备基地一期投资多少", "8亿"),
        # Two words make no third, and a piece of one is another.
        ("星河航空产业园去年产值多少", "500亩"),
        ("机器人产业链的链长是谁", "周岚"),
        ("有没有生物育种产业链", "低空经济是"),
        # Rooms and storeys are not where a park lies.
        ("星河航空产业园在哪栋楼", "北岸大道"),
        ("哪个街道的项目投资最大", "8亿"),
    ],
)
def test_another_thing_is_not_answered_with_ours(asker: Asker, question: str, never: str) -> None:
    answer = asker.ask(question)

    assert answer.outcome is not Outcome.ANSWERED, answer.text
    assert never not in "\n".join(answer.lines), answer.text


@pytest.mark.parametrize(
    ("question", "claimed", "must"),
    [
        ("星河航空产业园属于绿色氢能产业链吗", "绿色氢能", "低空经济"),
        ("无人机整机项目是绿色氢能的吗", "绿色氢能", "低空经济"),
        ("低空经济的链长是何敬对吗", "何敬", "周岚"),
        ("春季签约的项目有20个吗", "20个", "12个"),
        ("春季签约的项目超过100个了吗", "超过100个", "12个"),
    ],
)
def test_a_claim_is_answered_with_what_the_documents_say(
    asker: Asker, question: str, claimed: str, must: str
) -> None:
    answer = asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert f"资料里没有说是“{claimed}”" in answer.text
    assert must in answer.text
    assert answer.sources


def test_who_holds_another_post_there_is_told_with_it(asker: Asker) -> None:
    answer = asker.ask("何敬是不是投促局主任")

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "主任" in answer.lines[0], answer.text
    assert "局长" in answer.text


def test_of_two_numbers_the_larger_is_asked_in_two_halves(shipped_asker: Asker) -> None:
    answer = shipped_asker.ask("海洋项目多还是新经济项目多")

    assert "99个" in answer.text, answer.text
    assert "613个" in answer.text


def test_a_claim_of_another_year_is_none_of_ours(asker: Asker) -> None:
    answer = asker.ask("2020年的春季签约是12个项目吗")

    assert answer.outcome is not Outcome.ANSWERED, answer.text


def test_two_things_are_compared_by_what_is_told_of_each(asker: Asker) -> None:
    answer = asker.ask("春季签约和无人机项目,哪个投资额大")

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "90亿元" in answer.text
    assert "8亿元" in answer.text


def test_names_in_pinyin_make_a_chinese_question_no_english_one() -> None:
    english = frozenset({"xing", "he", "ai"})

    spelled = normalize("xinghe chanyeyuan de 面积", english)
    word = normalize("AI 园区有哪些", english)

    assert spelled.spelled
    assert not word.spelled


def test_cities_are_places_without_their_kind_where_they_are_no_words() -> None:
    tags = [tag for _, _, tag in find_tokens(normalize("昆山有什么"))]

    assert tags[0] == "ns"


@pytest.mark.parametrize(
    ("text", "how_many", "how_much"),
    [
        ("共签约12个项目", True, False),
        ("总投资90亿元", True, True),
        ("占地500亩", False, True),
        ("2024年2月18日举行", True, False),
        ("六个一体系", True, False),
        ("在北岸大道", False, False),
    ],
)
def test_numbers_that_count_and_numbers_that_measure(text: str, how_many: bool, how_much: bool) -> None:
    assert bool(COUNTED.search(text)) is how_many
    assert bool(MEASURED.search(text)) is how_much


def test_so_many_of_a_thing() -> None:
    assert counted("楼").search("一期共6栋楼")
    assert not counted("棚").search("离5号棚不远")


def test_explains_what_was_left_of_a_question(asker: Asker) -> None:
    traced = asker.trace("春季签约推出了几个项目")

    assert all(span["text"] != "推出" or span["part"] != Part.TOPIC for span in traced["spans"])


def test_what_is_known_is_never_said_to_be_untold(asker: Asker) -> None:
    answer = asker.ask("周岚是不是投促局的局长")

    assert "没有提到云港新区投资促进局的负责人" not in answer.text


def test_an_english_claim_is_answered_too(asker: Asker) -> None:
    answer = asker.ask("Is the leader of the Low-altitude Economy chain He Jing?")

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "do not say" in answer.text
    assert "Zhou Lan" in answer.text


def test_after_a_list_a_question_is_about_none_of_it_alone(asker: Asker) -> None:
    listed = asker.ask("有哪些产业链")
    answer = asker.ask("投资多少", listed.context)

    assert len(listed.options) == 3
    assert answer.entity != "chain.low-altitude", answer.text


@pytest.mark.parametrize(
    ("question", "must"),
    [
        # 泊 is read po, and bo as 舶 is.
        ("船泊海工排第几条", "第四条是船舶海工"),
        ("聚大洋哪年成立，董事长是谁", "吴仕鹏"),
        ("qi da xingdong you naxie", "新型基建支撑行动"),
        ("dibatiao chanyelian shi shenme", "影视文化"),
        ("年初那场签约会在几号", "2021年1月28日"),
        ("一月底那次签约总共多少亿", "1100多亿元"),
        ("影视企业总数多少", "近600家"),
        ("全区总投资比海洋的多出多少", "7100亿元"),
        ("那六栋楼封顶了没有", "全部封顶"),
    ],
)
def test_is_understood(shipped_asker: Asker, question: str, must: str) -> None:
    answer = shipped_asker.ask(question)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert must in answer.text


def test_a_total_is_told_without_its_parts(shipped_asker: Asker) -> None:
    assert "74家" not in shipped_asker.ask("影视企业总数多少").text


def test_what_is_planned_is_not_what_is_so_now(shipped_asker: Asker) -> None:
    assert "800亿" not in shipped_asker.ask("胶囊现在一年实际产多少").text


def test_no_names_in_pinyin_are_numbers() -> None:
    assert [unit.text for unit in normalize("di ba tiao lian").units] == ["第", "八", "条", "lian"]
    assert [unit.text for unit in normalize("liu wei shi shui").units] == ["liu", "wei", "shi", "shui"]
    assert normalize("jiudayang na nian").units[0].text == "jiu"
