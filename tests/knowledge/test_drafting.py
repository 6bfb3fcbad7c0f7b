"""Proposals of the reader become drafts: known things are recognized, nothing is proposed twice."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.build import build
from knowledge.database import session, writing
from knowledge.drafting import draft_document, read_proposals
from knowledge.entries import parse
from knowledge.intake import take_in
from knowledge.models import Document, Draft, Kind, Origin, StaffRole
from knowledge.naming import make_id
from knowledge.people import Person
from knowledge.reading.extract.proposal import Proposal, Quote
from knowledge.reading.load import load, load_bytes
from knowledge.review import Reviewer

PAGE = """云港新区签下电机项目
2024年9月3日,云港新区与青禾电机有限公司签约。
青禾电机有限公司投资3亿元建设高速电机项目,项目属于低空经济产业链。
海灯科技追加投资,无人机整机项目总投资达到9亿元。
"""

PUBLISHER = Person("周", StaffRole.PUBLISHER)


def proposal(kind: Kind, quote: str, confidence: float = 0.9, **fields: object) -> Proposal:
    start = PAGE.index(quote)
    return Proposal(kind, fields, (Quote(start, start + len(quote), quote),), confidence)


PROPOSALS = [
    proposal(Kind.COMPANY, "青禾电机有限公司投资3亿元", name="青禾电机有限公司"),
    proposal(Kind.COMPANY, "海灯科技追加投资", name="海灯科技"),
    proposal(Kind.PROJECT, "建设高速电机项目", name="高速电机项目", status="planned"),
    proposal(
        Kind.FIGURE,
        "青禾电机有限公司投资3亿元",
        subject="高速电机项目",
        topic="investment",
        label="投资额",
        value=300_000_000.0,
        unit="元",
        qualifier="exact",
        nature="planned",
    ),
    proposal(
        Kind.LINK,
        "青禾电机有限公司投资3亿元建设高速电机项目",
        subject="高速电机项目",
        relation="invested_by",
        object="青禾电机有限公司",
    ),
    proposal(
        Kind.LINK,
        "高速电机项目,项目属于低空经济产业链",
        subject="高速电机项目",
        relation="in_chain",
        object="低空经济产业链",
    ),
    proposal(
        Kind.FIGURE,
        "无人机整机项目总投资达到9亿元",
        subject="无人机整机项目",
        topic="investment",
        label="总投资",
        value=900_000_000.0,
        unit="元",
        qualifier="exact",
        nature="planned",
    ),
]


@pytest.fixture
def database(own_bureau: Engine) -> Iterator[Session]:
    """The bureau with one more document, which nobody has read yet."""
    with writing(own_bureau) as opened:
        yield opened


def taken_in(database: Session, folder: Path, name: str = "page.txt", text: str = PAGE) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return take_in(database, name, load(path), origin=Origin.STAFF)


def entries(drafts: list[Draft]) -> dict[str, dict[str, Any]]:
    return {draft.fact_id: parse(draft.entry) or {} for draft in drafts}


def test_new_things_are_drafted_and_refer_to_each_other(database: Session, tmp_path: Path) -> None:
    drafts = draft_document(database, taken_in(database, tmp_path), PROPOSALS)
    made = entries(drafts)

    assert list(made)[:2] == ["company.qinghedianjiyouxiangongsi", "project.gaosudianjixiangmu"]
    links = [entry for entry in made.values() if entry["kind"] == "link"]
    assert links[0]["subject_id"] == "project.gaosudianjixiangmu"
    assert links[0]["object_id"] == "company.qinghedianjiyouxiangongsi"
    assert links[1]["object_id"] == "chain.low-altitude"


def test_what_is_known_by_an_alias_is_not_drafted(database: Session, tmp_path: Path) -> None:
    made = entries(draft_document(database, taken_in(database, tmp_path), PROPOSALS))

    assert "海灯科技" not in [entry.get("name") for entry in made.values()]


def test_a_contradiction_is_said(database: Session, tmp_path: Path) -> None:
    drafts = draft_document(database, taken_in(database, tmp_path), PROPOSALS)
    noted = [draft for draft in drafts if draft.note]

    assert len(noted) == 1
    assert "figure.drones-investment" in noted[0].note
    assert "900,000,000" in noted[0].note
    assert "800,000,000" in noted[0].note


def test_another_count_of_the_same_thing_contradicts_nothing(database: Session, tmp_path: Path) -> None:
    other = proposal(
        Kind.FIGURE,
        "无人机整机项目总投资达到9亿元",
        subject="无人机整机项目",
        topic="investment",
        label="设备款",
        value=900_000_000.0,
        unit="元",
        qualifier="exact",
        nature="planned",
    )
    (draft,) = draft_document(database, taken_in(database, tmp_path), [other])

    assert draft.note == ""


def test_a_folder_that_nobody_reviewed_waits_as_drafts(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    first = build(engine, folder)
    (folder / "more.txt").write_text(
        "2024年9月5日,青禾电机有限公司投资3亿元建设高速电机项目。\n", encoding="utf-8"
    )
    second = build(engine, folder)
    with session(engine) as opened:
        drafts = opened.exec(select(Draft)).all()

    assert first.drafts >= 3
    assert f"wait for review: {first.drafts} new" in first.describe()
    assert len(drafts) == first.drafts + second.drafts
    assert "青禾电机有限公司" in [(parse(draft.entry) or {}).get("name") for draft in drafts]
    names = [
        (parse(draft.entry) or {}).get("name") for draft in drafts if draft.fact_id.startswith("company.")
    ]
    assert len(names) == len(set(names))


def test_all_drafts_can_be_published_together(database: Session, tmp_path: Path) -> None:
    drafts = draft_document(database, taken_in(database, tmp_path), PROPOSALS)
    decided = Reviewer(database, PUBLISHER).accept([draft.id or 0 for draft in drafts])

    assert decided.change is not None


def test_nothing_is_proposed_twice(database: Session, tmp_path: Path) -> None:
    first = draft_document(database, taken_in(database, tmp_path), PROPOSALS)
    reviewer = Reviewer(database, PUBLISHER)
    reviewer.reject([first[0].id or 0])
    reviewer.accept([first[1].id or 0])
    again = taken_in(database, tmp_path, "again.txt", PAGE + "\n转载。\n")

    assert draft_document(database, again, PROPOSALS) == []


def test_something_else_of_a_known_thing_is_an_update(database: Session, tmp_path: Path) -> None:
    document = taken_in(database, tmp_path)
    done = proposal(Kind.PROJECT, "无人机整机项目总投资达到9亿元", name="无人机项目", status="producing")
    (draft,) = draft_document(database, document, [done])
    entry = parse(draft.entry) or {}

    assert (draft.fact_id, draft.base) == ("project.drones", 1)
    assert (entry["name"], entry["status"], len(entry["evidence"])) == ("无人机整机项目", "producing", 2)


def test_what_refers_to_the_unknown_or_does_not_validate_is_left_out(
    database: Session, tmp_path: Path
) -> None:
    document = taken_in(database, tmp_path)
    quote = "云港新区与青禾电机有限公司签约"
    unknown = proposal(Kind.LINK, quote, subject="没人知道", relation="in_chain", object="低空经济")
    broken = proposal(Kind.SIGNING, quote, name="签约仪式", date="某日")

    assert draft_document(database, document, [unknown, broken]) == []


@given(st.sampled_from(list(Kind)), st.lists(st.text(min_size=1, max_size=60), max_size=4))
def test_every_name_makes_an_id_that_was_never_used(kind: Kind, names: list[str]) -> None:
    taken: set[str] = set()
    for _ in range(3):
        id = make_id(kind, names, taken)
        assert re.fullmatch(rf"{kind.value}\.[a-z0-9-]+", id)
        assert len(id) <= 40
        assert id not in taken
        taken.add(id)


def test_this_year_is_the_year_that_the_file_itself_names() -> None:
    page = (
        '<html><head><meta charset="utf-8"><title>云港新区投资情况</title>'
        '<meta name="pubdate" content="2024-03-05"></head><body><h1>云港新区投资情况</h1>'
        "<p>今年,云港新区完成投资5亿元,引进企业20家。</p></body></html>"
    )
    found = read_proposals(load_bytes("a.html", page.encode()), "a.html")

    assert {one.fields["period"] for one in found if one.kind is Kind.FIGURE} == {"2024"}
