"""Drafts of invented documents: what must be found, what must not, and what holds of every draft."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.models.fact import Kind
from knowledge.reading.clean import clean
from knowledge.reading.extract import CONFIDENT, Proposal, Quote, extract
from knowledge.reading.extract.gate import refused
from knowledge.reading.metadata import Metadata
from tests.knowledge.reading.extract.reading import meets, read
from tests.knowledge.reading.pages import HONEST, REWRITTEN

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_reads_what_stands_there_and_nothing_else(case: dict[str, Any]) -> None:
    drafts = read(case["text"], case.get("day", ""))

    for wanted in case.get("drafts", ()):
        assert any(meets(draft, wanted) for draft in drafts), (wanted, drafts)
    for unwanted in case.get("absent", ()):
        assert not [draft for draft in drafts if meets(draft, unwanted)], unwanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_every_quote_stands_in_the_document_and_bears_its_draft(case: dict[str, Any]) -> None:
    for draft in read(case["text"], case.get("day", "")):
        assert draft.evidence
        assert 0.0 < draft.confidence <= 1.0
        for quote in draft.evidence:
            assert case["text"][quote.start : quote.end] == quote.text
            assert not refused(draft.kind, draft.fields, quote.text)


def test_quotes_of_a_rewritten_page_count_the_original() -> None:
    cleaned = clean(REWRITTEN)
    drafts = extract(cleaned, Metadata(title=""))

    post = next(draft for draft in drafts if draft.kind is Kind.POST)
    assert post.fields["person"] == "林海宁"
    assert post.fields["title"] == "云港新区产业促进局局长"
    quote = post.evidence[0]
    assert "工业增进局局长林海宁" in REWRITTEN[quote.start : quote.end]
    assert "产业促进局局长林海宁" in quote.text


def test_what_is_told_twice_is_one_draft_with_both_places() -> None:
    text = "星河航空产业园占地200亩。\n园区介绍:星河航空产业园占地200亩。"
    parks = [draft for draft in read(text) if draft.kind is Kind.PARK]

    assert len(parks) == 1
    assert [quote.start for quote in parks[0].evidence] == [0, text.index("园区介绍")]


def test_a_guess_is_less_sure_than_what_is_stated() -> None:
    stated = read("海灯科技有限公司总经理程雪说,海棠湾智能制造产业园占地200亩。")
    guessed = read("据了解,将打造成为区域一流的智能装备生产基地。")

    assert all(draft.confidence >= CONFIDENT for draft in stated if draft.kind in (Kind.PARK, Kind.POST))
    assert all(draft.confidence < CONFIDENT for draft in guessed)


@pytest.mark.parametrize(
    ("kind", "fields", "quote", "fault"),
    [
        (Kind.PARK, {"name": "星河航空产业园"}, "蓝湾创意园占地200亩。", "星河航空产业园"),
        (Kind.PARK, {"name": "星河航空产业园", "form": "castle"}, "星河航空产业园。", "form"),
        (
            Kind.FIGURE,
            {"subject": "星河航空产业园", "topic": "area", "label": "占地", "value": 300.0, "unit": "亩"},
            "星河航空产业园占地200亩。",
            "300",
        ),
        (
            Kind.FIGURE,
            {"subject": "蓝湾创意园", "topic": "area", "label": "占地", "value": 200.0, "unit": "亩"},
            "星河航空产业园占地200亩。",
            "蓝湾创意园",
        ),
        (Kind.SIGNING, {"name": "签约仪式", "date": "2024-01-08", "projects": 9}, "签约仪式上15个项目", "9"),
        (Kind.LINK, {"subject": "甲园", "relation": "loves", "object": "乙区"}, "甲园在乙区", "relation"),
        (Kind.POST, {"person": "程雪", "title": "经理", "organization": "海灯"}, "经理程雪", "海灯"),
        (Kind.POLICY, {"name": "某措施", "issuer": "市政府、省政府"}, "市政府印发《某措施》", "省政府"),
    ],
)
def test_a_draft_that_its_quote_does_not_bear_is_refused(
    kind: Kind, fields: dict[str, Any], quote: str, fault: str
) -> None:
    assert fault in "; ".join(refused(kind, fields, quote))


def test_another_readers_draft_goes_through_the_same_gate() -> None:
    text = "云港今天天气很好。"
    good = Proposal(Kind.ZONE, {"name": "云港"}, (), 0.6, (0, 2))
    invented = Proposal(Kind.ZONE, {"name": "海陵"}, (), 0.6, (0, 2))
    drafts = extract(clean(text), Metadata(title=""), [good, invented])

    assert [draft.fields["name"] for draft in drafts if draft.kind is Kind.ZONE] == ["云港"]
    assert drafts[0].evidence == (Quote(0, len(text), text),)


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "。。。\n!?", "hello, world", "亿亿亿元的的的项目项目", "第第第"]
)
def test_a_text_that_states_nothing_yields_nothing(text: str) -> None:
    assert read(text) == []


PIECES = st.sampled_from(
    [
        *HONEST.values(),
        *(str(case["text"]) for case in CASES),
        "(",
        "《",
        "、",
        "\n",
        "12亿",
        "等",
        "“",
        "的",
        "。",
    ]
)


def test_a_text_may_begin_with_the_end_of_a_list() -> None:
    assert read("等3个重大项目。", "2024-03-31") is not None


@given(st.lists(PIECES, max_size=6), st.data())
def test_any_text_is_read_without_a_fault(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    text = text[start : start + 400]
    for draft in read(text, "2024-03-31"):
        for quote in draft.evidence:
            assert 0 <= quote.start < quote.end <= len(text)
