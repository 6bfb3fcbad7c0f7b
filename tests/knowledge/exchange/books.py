"""Workbooks as people leave them: exported, opened in another program, edited, saved."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine, text
from sqlmodel import Session

from knowledge.database import session, writing
from knowledge.exchange import Plan, RowState, apply_plan, export_workbook, plan_import
from knowledge.models import Change
from knowledge.people import SHELL
from knowledge.review import Reviewer

TABLES = (
    "change",
    "version",
    "fact",
    "evidence",
    "alias",
    "document",
    "passage",
    "draft",
    "revision",
    "figure",
    "company",
    "link",
    "statement",
)


def export(engine: Engine, language: str = "zh") -> bytes:
    with session(engine) as database:
        return export_workbook(database, language)


def plan(engine: Engine, content: bytes) -> Plan:
    with session(engine) as database:
        return plan_import(database, content)


def take(engine: Engine, content: bytes) -> Change | None:
    """Import, as the command does."""
    with writing(engine) as database:
        change = apply_plan(database, plan_import(database, content), Reviewer(database, SHELL)).change
        database.commit()
    return change


def tables(engine: Engine, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Every row of every table of knowledge, as stored, but for some columns."""
    found: dict[str, list[Any]] = {}
    with Session(engine) as database:
        for table in TABLES:
            rows = database.connection().execute(text(f'select * from "{table}" order by 1, 2')).mappings()
            found[table] = [{key: row[key] for key in row if key not in without} for row in rows]
    return found


def edited(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """A workbook as somebody saved it."""
    book = load_workbook(io.BytesIO(content))
    edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(sheet.cell(1, place).value): place for place in range(1, sheet.max_column + 1)}


def letter(sheet: Worksheet, heading: str) -> str:
    return get_column_letter(headings(sheet)[heading])


def row_of(sheet: Worksheet, id: str) -> int:
    place = headings(sheet)["编号"]
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, place).value == id)


@cache
def alone(content: bytes, name: str) -> bytes:
    """One sheet of a workbook, as somebody cuts it out: read in a tenth of the time."""

    def edit(book: Workbook) -> None:
        for sheet in book.worksheets:
            if sheet.title != name:
                book.remove(sheet)

    return edited(content, edit)


def change_cells(content: bytes, name: str, id: str, **values: Any) -> bytes:  # noqa: ANN401 - any cell's value
    """The workbook with some cells of one fact's row changed."""

    def edit(book: Workbook) -> None:
        sheet = book[name]
        places = headings(sheet)
        for heading, value in values.items():
            sheet.cell(row_of(sheet, id), places[heading]).value = value

    return edited(content, edit)


def add_rows(content: bytes, name: str, *rows: dict[str, Any]) -> bytes:
    """The workbook with new rows below."""

    def edit(book: Workbook) -> None:
        sheet = book[name]
        places = headings(sheet)
        for values in rows:
            number = sheet.max_row + 1
            for heading, value in values.items():
                sheet.cell(number, places[heading]).value = value

    return edited(content, edit)


def problems(planned: Plan) -> list[tuple[str, int, str, str, str]]:
    """What was rejected: sheet, row, column, value, and the sentence's key."""
    return [
        (row.sheet, row.number, one.field, one.value, one.key)
        for row in planned.of(RowState.REJECTED)
        for one in row.problems
    ]
