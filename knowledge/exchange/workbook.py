"""The knowledge as a workbook that a person likes to edit: a sheet per kind, notes, drop-downs.

Written by xlsxwriter row by row, which keeps no row in memory.
"""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from unicodedata import east_asian_width, normalize

from sqlmodel import Session

from knowledge.entries import Entry
from knowledge.exchange.cells import Value
from knowledge.exchange.columns import EVIDENCE, ID, PUBLISHED, QUOTE, VERSION, Cell, Column, columns_of
from knowledge.exchange.directory import Directory
from knowledge.exchange.evidence import EvidenceReader
from knowledge.exchange.problems import say
from knowledge.exchange.view import RowView
from knowledge.history import latest
from knowledge.labels import LANGUAGES, field_note, label, sheet_label, state_label
from knowledge.models import Kind
from knowledge.topics import topic_labels

SPARE_ROWS = 1_000
"""Drop-downs reach so far below the last row."""

LONGEST_LIST = 20_000
"""A drop-down longer than this helps nobody and is slow to open."""

A3 = 8
"""Excel's number of that paper."""

LINE, MOST_LINES = 15, 6
"""Points of a line, and how many of them a row shows at most."""

_WIDTHS = {
    Cell.TEXT: 24,
    Cell.LINES: 24,
    Cell.NUMBER: 16,
    Cell.WHOLE: 8,
    Cell.DATE: 12,
    Cell.FLAG: 8,
    Cell.CHOICE: 12,
    Cell.REFERENCE: 34,
    Cell.REFERENCES: 34,
    Cell.TOPIC: 16,
}
_WIDE = {"text": 60, "text_en": 60, EVIDENCE: 30, QUOTE: 60, "title": 36, ID: 30}
_TEXTS = frozenset(Cell) - {Cell.NUMBER, Cell.WHOLE, Cell.DATE}


def export_workbook(database: Session, language: str = LANGUAGES[0]) -> bytes:
    """Every fact, published or retired, as an .xlsx file.

    Args:
        database: a session.
        language: of headings and choices, "zh" or "en".
    """
    from xlsxwriter import Workbook

    held = {id: one for id, one in sorted(latest(database).items()) if one.entry is not None}
    entries = {id: one.entry for id, one in held.items() if one.entry is not None}
    directory = Directory(entries)
    view = RowView(directory, EvidenceReader(database), language)
    by_kind: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for id, entry in entries.items():
        by_kind[Kind(entry["kind"])].append(id)
    content = io.BytesIO()
    book = Workbook(content, {"constant_memory": True, "strings_to_urls": False})
    writer = _Writer(book, language)
    writer.guide()
    lists = _Lists(entries, by_kind, directory, language)
    for kind, ids in by_kind.items():
        rows = (view.cells(kind, entries[id], held[id].number) for id in ids)
        writer.sheet(kind, rows, len(ids), lists)
    writer.lists(lists)
    book.close()
    return content.getvalue()


def _width(column: Column) -> int:
    return _WIDE.get(column.field, _WIDTHS[column.cell])


def _wraps(column: Column) -> bool:
    return column.cell in _TEXTS and column.field != ID


def _lines(value: Value, width: int) -> int:
    """The lines that a cell's text takes in a column so many Latin letters wide; a Chinese one takes two."""
    if not isinstance(value, str) or (2 * len(value) <= width and "\n" not in value):
        return 1
    spans = (sum(1 + (east_asian_width(letter) in "WF") for letter in line) for line in value.split("\n"))
    return sum(max(1, -(-span // width)) for span in spans)


def _is_formula(text: str) -> bool:
    """Whether a program for workbooks might take a text for a formula once somebody has edited it."""
    return normalize("NFKC", text.lstrip()[:1]) in tuple("=+-@")


class _Lists:
    """What can be chosen, a column each on the sheet of lists."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        by_kind: Mapping[Kind, Sequence[str]],
        directory: Directory,
        language: str,
    ) -> None:
        self.columns: dict[str, list[str]] = {}
        everyone: list[str] = []
        for kind, ids in by_kind.items():
            shown = [directory.shown(id) for id in ids if "name" in entries[id]]
            everyone += shown
            self._add(kind.value, shown)
        self._add("", everyone)
        for kind in Kind:
            for column in columns_of(kind):
                if column.choices is not None:
                    self._add(column.choices.__name__, [label(one, language) for one in column.choices])
        self._add("bool", [label(flag, language) for flag in (True, False)])
        self._add(PUBLISHED, [state_label(flag, language) for flag in (True, False)])
        used = {entry["topic"] for entry in entries.values() if entry.get("topic")}
        named = topic_labels(language)
        self._add(Cell.TOPIC, sorted(named.get(name, name) for name in used | named.keys()))

    def of(self, column: Column) -> tuple[str, bool] | None:
        """The name of a column's list, and whether nothing else may stand there; None for no list."""
        if column.choices is not None:
            return column.choices.__name__, True
        if column.cell is Cell.FLAG:
            return (PUBLISHED if column.field == PUBLISHED else "bool"), True
        if column.cell is Cell.REFERENCE:
            name = column.kinds[0].value if column.kinds else ""
        elif column.cell is Cell.TOPIC:
            name = Cell.TOPIC
        else:
            return None
        return (name, False) if name in self.columns else None

    def place(self, name: str) -> tuple[int, int]:
        """The column of a list on its sheet, and its length."""
        return list(self.columns).index(name), len(self.columns[name])

    def _add(self, name: str, items: list[str]) -> None:
        if 0 < len(items) <= LONGEST_LIST:
            self.columns[name] = items


class _Writer:
    def __init__(self, book: Any, language: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._language = language
        base = {"valign": "top"}
        self._heading = book.add_format(
            {**base, "bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True}
        )
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._wrapped = book.add_format({**base, "text_wrap": True})
        self._text = book.add_format({**base, "num_format": "@", "text_wrap": True})
        # Also once somebody has edited it, what begins like a formula stays what it says.
        self._quoted = book.add_format({**base, "num_format": "@", "text_wrap": True, "quote_prefix": True})
        self._id = book.add_format({**base, "num_format": "@", "font_color": "#7F7F7F"})
        self._date = book.add_format({**base, "num_format": "yyyy-mm-dd"})
        self._whole = book.add_format({**base, "num_format": "#,##0"})
        self._number = book.add_format(base)

    def guide(self) -> None:
        sheet = self._book.add_worksheet(sheet_label("guide", self._language))
        sheet.set_column(0, 0, 110, self._wrapped)
        for number, line in enumerate(say(self._language, "guide", "text").strip().split("\n")):
            sheet.write_string(number, 0, line, self._wrapped if number else self._title)

    def sheet(self, kind: Kind, rows: Any, size: int, lists: _Lists) -> None:  # noqa: ANN401 - an iterable
        columns = columns_of(kind)
        sheet = self._book.add_worksheet(label(kind, self._language))
        sheet.freeze_panes(1, 2)
        # Printed, a row stands on one page, under its headings.
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for index, column in enumerate(columns):
            hidden = {"hidden": True} if column.field == VERSION else {}
            sheet.set_column(index, index, _width(column), self._format(column, None), hidden)
            sheet.write_string(0, index, label(column.field, self._language), self._heading)
            note = field_note(column.field, self._language)
            sheet.write_comment(0, index, note, {"x_scale": 2, "y_scale": 1, "author": ""})
            self._validate(sheet, index, column, size, lists)
        for number, cells in enumerate(rows, start=1):
            # Not every program fits a row to what wraps in it; a row that is too high hides its neighbours.
            lines = max(_lines(cells[column.field], _width(column)) for column in columns if _wraps(column))
            sheet.set_row(number, LINE * min(lines, MOST_LINES))
            for index, column in enumerate(columns):
                self._write(sheet, number, index, column, cells[column.field])
        sheet.autofilter(0, 0, max(size, 1), len(columns) - 1)

    def lists(self, lists: _Lists) -> None:
        sheet = self._book.add_worksheet(sheet_label("lists", self._language))
        sheet.hide()
        for number, row in enumerate(zip_longest(*lists.columns.values())):
            for index, item in enumerate(row):
                if item is not None:
                    sheet.write_string(number, index, item)

    def _validate(self, sheet: Any, index: int, column: Column, size: int, lists: _Lists) -> None:  # noqa: ANN401
        named = lists.of(column)
        if named is None:
            return
        from xlsxwriter.utility import xl_range_abs

        name, strict = named
        place, length = lists.place(name)
        source = f"='{sheet_label('lists', self._language)}'!{xl_range_abs(0, place, length - 1, place)}"
        rule = {"validate": "list", "source": source, "show_error": strict}
        sheet.data_validation(1, index, size + SPARE_ROWS, index, rule)

    def _write(self, sheet: Any, row: int, index: int, column: Column, value: Value) -> None:  # noqa: ANN401
        if value is None:
            return
        style = self._format(column, value)
        if isinstance(value, str):
            sheet.write_string(row, index, value, style)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, index, value, style)
        elif float(f"{value:.16G}") == value:
            sheet.write_number(row, index, value, style)
        else:
            # A workbook keeps sixteen digits of a number, and this one has more.
            sheet.write_string(row, index, repr(value), style)

    def _format(self, column: Column, value: Value) -> Any:  # noqa: ANN401 - xlsxwriter's format
        if column.field == ID:
            return self._id
        if column.cell in _TEXTS:
            return self._quoted if isinstance(value, str) and _is_formula(value) else self._text
        if column.cell is Cell.DATE:
            return self._date
        whole = isinstance(value, int | float) and float(value).is_integer()
        return self._whole if whole else self._number
