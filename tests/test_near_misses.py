"""Questions one slot away from one that is answered: another place, year, chain, person, or an untold topic.

Made from what the shipped knowledge holds, so that whatever is added there is asked about as well. As of the
long sets of `tests.test_questions` some are asked, always the same; TEST_QUESTIONS=all asks all of them.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.library import Library
from knowledge.database import session
from tests.test_questions import ALL

UNTOLD = [
    "租金多少",
    "电话是多少",
    "邮箱",
    "官网",
    "补贴多少",
    "税率多少",
    "员工多少人",
    "注册资本",
    "净利润是多少",
    "什么时候上市",
    "股票代码",
    "占地多少",
    "停车费",
    "地铁几号线",
    "最低工资",
    "签证怎么办",
    "营业时间",
    "几点下班",
    "水电费多少",
    "房价",
    "容积率",
    "能耗指标",
    "环评怎么做",
    "法人是谁",
    "哪年破产",
    "市值",
    "食堂怎么样",
    "口碑怎么样",
    "招聘",
    "有多少博士",
    "专利数量",
    "出口额",
    "亏损多少",
    "合同期限",
    "有几部电梯",
    "层高",
    "绿化率",
    "物业公司是谁",
]
PLACES = [
    "浦东",
    "苏州工业园区",
    "海南",
    "深圳前海",
    "天津滨海新区",
    "雄安新区",
    "重庆两江新区",
    "成都天府新区",
    "北京亦庄",
    "Suzhou",
]
OF_PLACES = [
    "有哪些产业链",
    "链长是谁",
    "总投资多少",
    "有什么政策",
    "新经济链长是谁",
    "半导体有什么支持",
    "签约了多少项目",
]
YEARS = ["2019年", "2018年", "2023年", "去年", "前年", "2030年", "明年"]
OF_YEARS = [
    "签约了多少项目",
    "海洋生产总值增长多少",
    "重点项目总投资多少",
    "新引进影视企业多少家",
    "新开工多少项目",
]
INDUSTRIES = [
    "低空经济",
    "量子",
    "核电",
    "白酒",
    "钢铁",
    "纺织",
    "航天",
    "养老",
    "光伏",
    "风电",
    "锂电池",
    "无人机",
    "元宇宙",
    "区块链",
]
OF_INDUSTRIES = [
    "的链长是谁",
    "产业链有什么支持",
    "有多少家企业",
    "总投资多少",
    "是不是重点产业链",
    "产业园在哪",
]
STRANGERS = ["王伟", "李强", "张三", "马云", "刘德华", "陈建国", "刘文静"]
OF_STRANGERS = ["是谁", "是什么职务", "的电话", "负责什么", "是新经济的链长吗"]
PRIVATE = ["的电话", "多大年纪", "是哪里人", "的工资", "住哪", "的微信", "是市长吗"]

MOST_ANSWERED = 0.005
"""The share that may be answered all the same: known gaps, such as «what prize» of a company's own boast."""


EVERY = 1 if ALL else 4
"""Of so many questions one is asked: as many tell whether the share has risen."""

SHARES = 2
"""Tests that the questions are dealt out to, so that all workers have some to the end."""


def near_misses(library: Library) -> Iterator[str]:
    for entity in library.entities.values():
        yield from (entity.name + topic for topic in UNTOLD)
        if entity.kind.value == "person":
            yield from (entity.name + topic for topic in PRIVATE)
    for names, topics in (
        (PLACES, OF_PLACES),
        (YEARS, OF_YEARS),
        (INDUSTRIES, OF_INDUSTRIES),
        (STRANGERS, OF_STRANGERS),
    ):
        yield from (name + topic for name in names for topic in topics)


@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_one_slot_away_is_not_answered(shipped: Engine, shipped_asker: Asker, share: int) -> None:
    with session(shipped) as database:
        everything = list(near_misses(Library(database)))
    asked = everything[share :: SHARES * EVERY]
    answered = [text for text in asked if shipped_asker.ask(text).outcome is Outcome.ANSWERED]

    assert len(everything) >= 2000
    assert len(answered) <= MOST_ANSWERED * len(asked), answered
    assert not [text for text in answered if text.startswith(tuple(YEARS))]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("topic", OF_PLACES)
def test_another_place_gets_no_fact_of_ours(shipped_asker: Asker, name: str, topic: str) -> None:
    answer = shipped_asker.ask(name + topic)

    assert not any("刘雯" in line or "1210" in line or "7100" in line for line in answer.lines), answer.text
