"""The rows of a workbook's sheets, their cells by field: columns are found by their headings."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from knowledge.exchange.cells import Value, as_text
from knowledge.exchange.columns import ID, columns_of
from knowledge.exchange.opening import (
    MAX_COLUMNS,
    MAX_ROWS,
    WorkbookError,
    merged_ranges,
    open_workbook,
    reading,
)
from knowledge.exchange.problems import Problem
from knowledge.labels import LANGUAGES, label, sheet_label
from knowledge.models import Kind

HEADING_WITHIN = 10
"""People put a title above the headings; no more than so many rows."""

MERGES_NAMED = 100
"""So many merged ranges of a sheet are named; one is enough to reject it."""

RECOGNIZED = 2
"""A row with so many known headings, the id's among them, is the one with the headings."""


@dataclass(frozen=True)
class RawRow:
    """A row as it stands.

    Attributes:
        sheet: the sheet's name.
        kind: what its rows are.
        number: the row's, as Excel counts.
        cells: by field; those of columns that are there.
        problems: cells that hold a formula or an error, or are merged.
    """

    sheet: str
    kind: Kind
    number: int
    cells: dict[str, Value]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class SheetProblem:
    """Something wrong with a sheet, or with a row above its data."""

    sheet: str
    number: int
    problem: Problem


@dataclass
class Sheets:
    """Reads a workbook once.

    Attributes:
        content: of the file.
        problems: filled while rows are read.
    """

    content: bytes
    problems: list[SheetProblem] = field(default_factory=list)

    def rows(self) -> Iterator[RawRow]:
        """Every row that is not blank, sheet by sheet.

        Raises:
            WorkbookError: see `open_workbook`; or no sheet is one of ours.
        """
        with reading(), open_workbook(self.content) as book:
            ours = 0
            for sheet in book.worksheets:
                kind = _kinds().get(sheet.title.strip().lower())
                if kind is not None:
                    ours += 1
                    yield from self._rows(sheet, kind)
                elif sheet.title.strip().lower() not in _others():
                    names = "、".join(label(kind, LANGUAGES[0]) for kind in Kind)
                    problem = Problem("", sheet.title, "unknown_sheet", "sheets", {"sheets": names})
                    self.problems.append(SheetProblem(sheet.title, 0, problem))
        if not ours:
            names = "、".join(label(kind, LANGUAGES[0]) for kind in Kind)
            raise WorkbookError(
                f"工作簿里没有可以导入的工作表(应有:{names})。请先用「investbot export」导出一份来改。\n"
                "No sheet of this workbook is one that is imported. Export one and edit that. "
                "Nothing was changed."
            )

    def _rows(self, sheet: Any, kind: Kind) -> Iterator[RawRow]:  # noqa: ANN401 - openpyxl's sheet
        # A sheet's own word on its size is often wrong.
        sheet.reset_dimensions()
        headings: dict[int, str] | None = None
        merged: dict[int, list[str]] = {}
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise _too_large(sheet.title, number, len(cells))
            if headings is None:
                headings = self._headings(sheet.title, kind, number, cells)
                if headings is not None:
                    merged = _by_row(merged_ranges(sheet, self.content), number)
                    self._check_heading_merged(sheet.title, number, merged)
                elif number >= HEADING_WITHIN:
                    break
                continue
            row = _row(sheet.title, kind, number, headings, cells, merged.get(number, ()))
            if row is not None:
                yield row
        if headings is None and any(True for _ in sheet.iter_rows(max_row=HEADING_WITHIN)):
            problem = Problem("", "", "no_headings", "headings", {"headings": _allowed(kind)})
            self.problems.append(SheetProblem(sheet.title, 1, problem))

    def _headings(self, title: str, kind: Kind, number: int, cells: Sequence[Any]) -> dict[int, str] | None:
        texts = {index: as_text(cell.value) for index, cell in enumerate(cells) if cell.value is not None}
        known = {index: _fields(kind).get(text.lower()) for index, text in texts.items()}
        fields = [name for name in known.values() if name]
        if ID not in fields or len(fields) < RECOGNIZED:
            return None
        for index, text in texts.items():
            name = known[index]
            if name is None:
                problem = Problem(text, text, "unknown_heading", "headings", {"headings": _allowed(kind)})
                self.problems.append(SheetProblem(title, number, problem))
            elif name in [known[before] for before in known if before < index]:
                self.problems.append(SheetProblem(title, number, Problem(text, text, "heading_twice")))
        return {index: name or "" for index, name in known.items()}

    def _check_heading_merged(self, title: str, number: int, merged: Mapping[int, Sequence[str]]) -> None:
        for place in merged.get(number, ()):
            problem = Problem("", place, "merged", "unmerge", {"place": place})
            self.problems.append(SheetProblem(title, number, problem))


def _row(
    title: str,
    kind: Kind,
    number: int,
    headings: Mapping[int, str],
    cells: Sequence[Any],
    merged: Sequence[str],
) -> RawRow | None:
    found: dict[str, Value] = dict.fromkeys(name for name in headings.values() if name)
    problems = [Problem("", place, "merged", "unmerge", {"place": place}) for place in merged]
    blank = True
    for index, cell in enumerate(cells):
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        name = headings.get(index)
        if name is None:
            # Nothing stands in a column without a heading that anybody would miss, unless somebody does.
            problems.append(Problem("", as_text(str(value)), "no_heading", "", {"place": cell.coordinate}))
            blank = False
            continue
        blank = False
        if not name:
            # The heading as such is named already.
            continue
        if cell.data_type == "f":
            problems.append(Problem(name, _formula(value), "formula", "value"))
        elif cell.data_type == "e":
            problems.append(Problem(name, str(value), "error_value", "value"))
        else:
            found[name] = _value(value)
    if blank and not problems:
        return None
    return RawRow(title, kind, number, found, tuple(problems))


def _value(value: Any) -> Value:  # noqa: ANN401 - whatever a cell holds
    from openpyxl.utils.escape import unescape

    if isinstance(value, str):
        return str(unescape(value)) if "_x" in value else value
    if isinstance(value, bool | int | float | dt.date):
        return value
    return str(value)


def _formula(value: Any) -> str:  # noqa: ANN401 - text, or openpyxl's array formula
    return str(getattr(value, "text", value))


def _by_row(ranges: Sequence[str], heading: int) -> dict[int, list[str]]:
    """Merged cells by the rows they cover, from the headings on."""
    from openpyxl.utils.cell import range_boundaries

    found: dict[int, list[str]] = {}
    for place in ranges[:MERGES_NAMED]:
        _, first, _, last = range_boundaries(place)
        for number in range(max(int(first or 1), heading), min(int(last or 1), MAX_ROWS) + 1):
            found.setdefault(number, []).append(place)
    return found


def _too_large(title: str, rows: int, columns: int) -> WorkbookError:
    if columns > MAX_COLUMNS:
        return WorkbookError(
            f"工作表「{title}」第 {rows} 行有 {columns} 列。请删掉右边多余的列再导入。\n"
            f"Sheet «{title}», row {rows} has {columns} columns. Delete those on the right. "
            "Nothing was changed."
        )
    return WorkbookError(
        f"工作表「{title}」超过 {MAX_ROWS} 行。请删掉下面多余的行,或分成几个文件导入。\n"
        f"Sheet «{title}» has more than {MAX_ROWS} rows. Delete empty ones below, or split it. "
        "Nothing was changed."
    )


@cache
def _kinds() -> dict[str, Kind]:
    named = {label(kind, language).lower(): kind for kind in Kind for language in LANGUAGES}
    return named | {kind.value: kind for kind in Kind}


@cache
def _others() -> frozenset[str]:
    return frozenset(
        sheet_label(sheet, language).lower() for sheet in ("guide", "lists") for language in LANGUAGES
    )


@cache
def _fields(kind: Kind) -> dict[str, str]:
    """A kind's fields by every heading that they may have."""
    fields = [column.field for column in columns_of(kind)]
    named = {label(field, language).lower(): field for field in fields for language in LANGUAGES}
    return named | {field: field for field in fields}


def _allowed(kind: Kind) -> str:
    return "、".join(label(column.field, LANGUAGES[0]) for column in columns_of(kind))
