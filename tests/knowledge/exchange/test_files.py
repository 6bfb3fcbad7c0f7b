"""Files that are no workbook of ours, or were treated badly: a plain message, nothing changed."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import Engine

from knowledge.exchange import Plan, WorkbookError
from knowledge.exchange.opening import MAX_UNPACKED
from tests.knowledge.exchange.books import change_cells, edited, headings, plan, problems


def repacked(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A workbook with the members of its zip changed, and others added."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, member in more.items():
            new.writestr(name, member)
    return packed.getvalue()


def kept(_name: str, member: bytes) -> bytes:
    return member


def in_sheets(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, member: change(member) if name.startswith("xl/worksheets/sheet") else member


def with_entities(member: bytes) -> bytes:
    bomb = b'<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    declared, _, rest = member.partition(b"?>")
    return declared + b"?>" + bomb + rest.replace(b"<t>", b"<t>&b;", 1)


def bomb(exported: bytes) -> bytes:
    """A few hundred kilobytes that would unpack to more than is read."""
    packed = io.BytesIO(exported)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/media/image1.png", bytes(MAX_UNPACKED))
    return packed.getvalue()


def other_workbook(_: bytes) -> bytes:
    saved = io.BytesIO()
    Workbook().save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"", "不是 Excel"),
        (lambda _: "名称,编号\n".encode("gb18030"), "不是 Excel"),
        (lambda content: content[: len(content) // 2], "不是 Excel"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
        (lambda content: content.replace(b"<", b"?"), "损坏"),
        (lambda content: repacked(content, in_sheets(lambda member: member[:400])), "损坏"),
        (lambda content: repacked(content, lambda name, _: b"" if "workbook.xml" in name else _), "损坏"),
        (lambda content: repacked(content, in_sheets(with_entities)), "损坏"),
        (lambda content: repacked(content, kept, **{"xl/vbaProject.bin": b"macro"}), "宏"),
        (bomb, "解压"),
        (lambda _: repacked(other_workbook(_), kept)[:-30], "不是 Excel"),
        (other_workbook, "没有可以导入的工作表"),
        (lambda content: edited(content, lambda book: _far_right(book)), "列"),
    ],
)
def test_a_file_that_cannot_be_read(
    bureau: Engine, exported: bytes, spoil: Callable[[bytes], bytes], said: str
) -> None:
    with pytest.raises(WorkbookError, match=said):
        plan(bureau, spoil(exported))


def _far_right(book: Workbook) -> None:
    book["企业"].cell(2, 5000).value = "x"


def test_a_size_that_lies_unpacks_to_no_more_than_it_says(bureau: Engine, exported: bytes) -> None:
    """What the zip's directory says of sizes is checked; what it hides is not read."""
    packed = io.BytesIO(exported)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings2.xml", bytes(50 * 2**20))
    content = packed.getvalue()
    real = (50 * 2**20).to_bytes(4, "little")
    assert content.count(real) >= 1

    assert isinstance(plan(bureau, content.replace(real, (10).to_bytes(4, "little"))), Plan)


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_damaged_is_said_or_changes_nothing(bureau: Engine, exported: bytes, data: Any) -> None:  # noqa: ANN401
    content = bytearray(exported)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] = data.draw(st.integers(0, 255))

    try:
        planned = plan(bureau, bytes(content))
    except WorkbookError:
        return
    assert {row.state.value for row in planned.rows} <= {"unchanged", "rejected", "changed", "new"}


def test_an_unknown_sheet_is_named(bureau: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        book["企业"].title = "企业名单"

    ((sheet, number, _, value, key),) = problems(plan(bureau, edited(exported, edit)))

    assert (sheet, number, value, key) == ("企业名单", 0, "企业名单", "unknown_sheet")


def test_a_missing_sheet_is_nothing_to_import(bureau: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        for title in ("企业", "说明", "名录"):
            del book[title]

    planned = plan(bureau, edited(exported, edit))

    assert not planned.rejected
    assert "company.haideng" not in {row.id for row in planned.rows}


@pytest.mark.parametrize(
    ("heading", "value", "key"),
    [
        ("英文名称", "外文名", "unknown_heading"),
        ("英文名称", "别名", "heading_twice"),
        ("名称", None, "no_heading"),
        ("编号", "代号", "no_headings"),
    ],
)
def test_a_renamed_heading_is_named(
    bureau: Engine, exported: bytes, heading: str, value: str | None, key: str
) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["企业"]
        sheet.cell(1, headings(sheet)[heading]).value = value

    assert {one[-1] for one in problems(plan(bureau, edited(exported, edit)))} == {key}


def test_a_title_above_the_headings_is_no_harm(bureau: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["企业"]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "企业一览"
        sheet.merge_cells("A1:F1")

    planned = plan(bureau, edited(exported, edit))

    assert not planned.rejected
    assert ("company.haideng", 4) in {(row.id, row.number) for row in planned.rows}


def test_merged_cells_are_named(bureau: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        book["产业链"].merge_cells("C2:C4")

    found = problems(plan(bureau, edited(exported, edit)))

    assert [(sheet, number, value, key) for sheet, number, _, value, key in found] == [
        ("产业链", number, "C2:C4", "merged") for number in (2, 3, 4)
    ]


def test_a_wrong_size_of_a_sheet_hides_no_row(bureau: Engine, exported: bytes) -> None:
    """Other programs write <dimension> as they like; a row beyond it would be passed over."""

    def shrink(member: bytes) -> bytes:
        start, _, rest = member.partition(b'<dimension ref="')
        return start + b'<dimension ref="A1"' + rest[rest.index(b'"') + 1 :]

    content = change_cells(exported, "企业", "company.haideng", 英文名称="x")

    planned = plan(bureau, repacked(content, in_sheets(shrink)))

    assert [row.id for row in planned.rows if row.changes] == ["company.haideng"]


def test_empty_and_formatted_rows_below_are_no_facts(bureau: Engine, exported: bytes) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["企业"]
        for number in range(30, 400):
            sheet.cell(number, 3).value = " " if number % 2 else None
            sheet.cell(number, 2).number_format = "0.00"

    before = len(plan(bureau, exported).rows)

    assert len(plan(bureau, edited(exported, edit)).rows) == before


def test_an_error_value_is_no_value(bureau: Engine, exported: bytes) -> None:
    content = change_cells(exported, "企业", "company.haideng", 英文名称="#REF!")

    ((_, _, field, value, key),) = problems(plan(bureau, content))

    assert (field, value, key) == ("name_en", "#REF!", "error_value")
