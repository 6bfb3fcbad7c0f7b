"""The workbook: what stands in it, and that taking it back unchanged changes nothing."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from knowledge.database import session, writing
from knowledge.exchange.columns import columns_of
from knowledge.forms import FORMS
from knowledge.history import latest
from knowledge.labels import LANGUAGES, field_note, label
from knowledge.models import Fact, Figure, Kind, Signing
from knowledge.people import SHELL
from knowledge.review import Reviewer
from knowledge.unseen import visible
from tests.bureau import DOCUMENT, FACTS, TEXT
from tests.knowledge.exchange.books import (
    change_cells,
    edited,
    export,
    headings,
    letter,
    row_of,
    tables,
    take,
)


def test_every_kind_field_and_choice_has_a_label_of_its_own() -> None:
    for language in LANGUAGES:
        assert len({label(kind, language) for kind in Kind}) == len(FORMS)
        for kind in Kind:
            columns = columns_of(kind)
            named = {label(column.field, language).lower() for column in columns}
            assert len(named) == len(columns), kind
            assert all(field_note(column.field, language) for column in columns)
            for column in columns:
                if column.choices is not None:
                    assert len({label(one, language) for one in column.choices}) == len(column.choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_export_then_import_changes_nothing(here: Engine, language: str) -> None:
    with writing(here) as database:
        Reviewer(database, SHELL).retire(["statement.lanwan-phases"])
        database.commit()
    before = tables(here)

    change = take(here, export(here, language))

    assert change is None
    assert tables(here) == before


def test_saved_by_another_program_sorted_and_with_columns_moved_it_changes_nothing(here: Engine) -> None:
    def edit(book: Workbook) -> None:
        for kind in Kind:
            sheet = book[label(kind, "zh")]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            sheet.delete_rows(1, sheet.max_row)
            for row in [rows[0], *reversed(rows[1:])]:
                sheet.append(row[::-1])

    before = tables(here)

    assert take(here, edited(export(here), edit)) is None
    assert tables(here) == before


def test_every_fact_stands_on_its_kinds_sheet(exported: bytes) -> None:
    book = load_workbook(io.BytesIO(exported))
    ids = {
        sheet.cell(row, 1).value
        for sheet in book.worksheets
        if sheet.title in {label(kind, "zh") for kind in Kind}
        for row in range(2, sheet.max_row + 1)
    }

    assert ids - {None} == {fact["id"] for fact in FACTS}
    assert book.sheetnames[0] == "说明"
    assert "停用" in " ".join(str(row[0].value) for row in book["说明"].iter_rows())


def test_it_is_made_for_people(exported: bytes) -> None:
    sheet = load_workbook(io.BytesIO(exported))["数据"]
    places = headings(sheet)
    row = row_of(sheet, "figure.xinghe-area")

    def cell(heading: str) -> object:
        return sheet.cell(row, places[heading]).value

    assert sheet.freeze_panes == "C2"
    assert all(cell.font.bold and cell.comment for cell in sheet[1])
    assert cell("主体") == "星河航空产业园 (park.xinghe)"
    assert (cell("数值"), cell("精确程度"), cell("状态")) == (500, "准确", "在用")
    start = TEXT.index("占地500亩")
    assert (cell("依据"), cell("依据原文")) == (f"{DOCUMENT} {start}–{start + 6}", "占地500亩")
    assert cell("版本") == 1
    assert sheet.column_dimensions[letter(sheet, "版本")].hidden
    ruled = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert ruled[f"{letter(sheet, '精确程度')}2"].showErrorMessage
    assert not ruled[f"{letter(sheet, '主体')}2"].showErrorMessage


def test_a_drop_down_holds_what_may_be_chosen(exported: bytes) -> None:
    book = load_workbook(io.BytesIO(exported))
    sheet = book["职务"]
    place = letter(sheet, "负责的产业链")
    rule = next(r for r in sheet.data_validations.dataValidation if str(r.sqref).startswith(f"{place}2"))
    title, _, area = str(rule.formula1).partition("!")
    chosen = [cell[0].value for cell in book[title.strip("'=")][area.replace("$", "")]]

    assert chosen == [
        "深海装备 (chain.deep-sea)",
        "绿色氢能 (chain.hydrogen)",
        "低空经济 (chain.low-altitude)",
    ]


def test_dates_are_dates_and_aliases_a_line_each(exported: bytes) -> None:
    book = load_workbook(io.BytesIO(exported))
    sheet = book["签约"]
    value = sheet.cell(row_of(sheet, "signing.spring-2024"), headings(sheet)["日期"]).value

    assert value == dt.datetime(2024, 2, 18)
    aliases = sheet.cell(row_of(sheet, "signing.spring-2024"), headings(sheet)["别名"]).value
    assert aliases == "春季签约\n春季签约仪式"


def test_what_looks_like_a_formula_is_exported_as_text(here: Engine) -> None:
    with writing(here) as database:
        entry = latest(database, ["company.haideng"])["company.haideng"].entry
        Reviewer(database, SHELL).edit({**(entry or {}), "name_en": "=1+1", "keywords": "+86\n@x"}, 1)
        database.commit()
    before = tables(here)
    content = export(here)
    sheet = load_workbook(io.BytesIO(content))["企业"]
    cell = sheet.cell(row_of(sheet, "company.haideng"), headings(sheet)["英文名称"])

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert take(here, content) is None
    assert tables(here) == before


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u3000=1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "﹦1+1",
    '=HYPERLINK("http://evil.example","点")',
    "=cmd|'/c calc'!A0",
]


ENTITIES = [fact["id"] for fact in FACTS if "name" in fact]


@pytest.mark.parametrize("formulas", [FORMULAS[::2], FORMULAS[1::2]], ids=["even", "odd"])
def test_whatever_may_become_a_formula_stays_text_both_ways(here: Engine, formulas: list[str]) -> None:
    written = dict(zip(ENTITIES, formulas, strict=False))
    assert len(written) == len(formulas)
    with writing(here) as database:
        for id, formula in written.items():
            entry = latest(database, [id])[id].entry or {}
            Reviewer(database, SHELL).edit({**entry, "name_en": formula, "aliases": [formula]}, 1)
        database.commit()
    before = tables(here)
    content = export(here)
    book = load_workbook(io.BytesIO(content))

    for id, formula in written.items():
        sheet = book[label(Kind(id.partition(".")[0]), "zh")]
        row, places = row_of(sheet, id), headings(sheet)
        for heading in ("英文名称", "别名"):
            cell = sheet.cell(row, places[heading])
            assert str(cell.value).strip() == visible(formula).strip()
            assert (cell.data_type, cell.quotePrefix) == ("s", True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
                assert b"<hyperlink" not in archive.read(name)
    assert take(here, content) is None
    assert tables(here) == before


def test_dates_and_numbers_as_text_are_understood(here: Engine) -> None:
    content = change_cells(
        export(here), "签约", "signing.spring-2024", 日期="2024年2月18日", 数据日期="2024/3/5"
    )
    content = change_cells(content, "数据", "figure.drones-capacity", 数值="２０,０００")

    take(here, content)

    with session(here) as database:
        assert database.get_one(Signing, "signing.spring-2024").date == dt.date(2024, 2, 18)
        assert database.get_one(Fact, "signing.spring-2024").as_of == dt.date(2024, 3, 5)
        assert database.get_one(Figure, "figure.drones-capacity").value == 20_000


@pytest.mark.parametrize(("language", "word"), [("zh", "面积"), ("en", "Area")])
def test_topics_stand_in_words(bureau: Engine, language: str, word: str) -> None:
    sheet = load_workbook(io.BytesIO(export(bureau, language)))[label(Kind.FIGURE, language)]
    places = headings(sheet)
    found = {
        sheet.cell(row, places[label("id", language)]).value: sheet.cell(
            row, places[label("topic", language)]
        ).value
        for row in range(2, sheet.max_row + 1)
    }

    assert found["figure.xinghe-area"] == word


@pytest.mark.parametrize(
    ("written", "stored"), [("Investment", "investment"), ("投资额", "investment"), ("shade", "shade")]
)
def test_a_topic_is_taken_in_words_of_any_language_or_as_data_has_it(
    here: Engine, written: str, stored: str
) -> None:
    take(here, change_cells(export(here), "数据", "figure.xinghe-area", 话题=written))

    with session(here) as database:
        held = latest(database, ["figure.xinghe-area"])["figure.xinghe-area"].entry
    assert held is not None
    assert held["topic"] == stored
