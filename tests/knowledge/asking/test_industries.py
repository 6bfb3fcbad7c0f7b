"""Who says what they make gets the chain of their industry, and is told how it was found."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("我厂做空调冰箱的智能模块,能对上哪条链?", "智能家电"),
        ("我们搞冻虾冻鱼仓储物流的,有对口产业链没", "海洋冷链"),
        ("做空调冰箱的在你们重点里不", "智能家电"),
        ("你好 我做硅片清洗设备的 你们重点产业里有没有半导体", "新一代半导体"),
        ("您好 我是韩国公司的 我们做化学材料 贵区有这个产业吗", "高端化工及新材料"),
        ("frozen seafood logistics, any of your nine chains fit?", "Marine Cold Chain"),
        ("We build smart fridges and washing machines. Does any of your chains fit us?", "Smart Home"),
        ("we supply seat fabric to carmakers: are cars on your priority list at all?", "Automobiles"),
    ],
)
def test_a_product_leads_to_its_chain(shipped_asker: Asker, text: str, chain: str) -> None:
    answer = shipped_asker.ask(text)

    assert answer.outcome is Outcome.ANSWERED
    assert chain in answer.title
    assert answer.sources
    assert "行业分类" in answer.text or "classification" in answer.text


@pytest.mark.parametrize(
    "text",
    ["有没有空调产业链", "你们有做空调的企业吗", "有没有游艇产业园", "冰箱产业链的链长是谁"],
)
def test_a_product_alone_is_no_chain(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is not Outcome.ANSWERED


def test_staff_are_told_how_it_was_found(shipped_asker: Asker) -> None:
    assert "「空调、冰箱」" in shipped_asker.explain("我厂做空调冰箱的智能模块,能对上哪条链?")


def test_other_questions_of_a_maker_stay_what_they_are(shipped_asker: Asker) -> None:
    assert "政策" in shipped_asker.ask("我们做空调的，有什么政策").title
    assert "园区" in shipped_asker.ask("我们做跨境电商的，有没有对口的园区").title
