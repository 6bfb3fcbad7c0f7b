"""Excel files (.xlsx, ISO/IEC 29500), by openpyxl; defusedxml keeps its parser from expanding entities."""

import datetime as dt
import io
import warnings
from collections.abc import Iterator
from typing import Any

from knowledge.reading.formats.archive import check_archive, damage_told
from knowledge.reading.formats.extracted import Extracted, UnreadableError, bounded, row, tidy

KIND = "an Excel file (.xlsx)"

MAX_FILLED = 100_000
MAX_CELLS = 2_000_000
"""Empty ones between others are counted: a cell in the last column costs as much as 16,384."""


def extract(content: bytes) -> Extracted:
    """Read an Excel file: each sheet's name where there are several, then its rows; formulas as last
    computed.

    Args:
        content: the file's bytes.

    Raises:
        UnreadableError: it is damaged, protected, too large, or something else.
    """
    check_archive(content, "xl/workbook.xml", KIND)
    import openpyxl

    with damage_told(KIND), warnings.catch_warnings():
        # openpyxl warns of what it leaves out: styles, validation, pictures. Text is all that is read.
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        try:
            text = bounded(list(_lines(workbook)))
        finally:
            workbook.close()
        said = workbook.properties
        date = said.created or said.modified
        return Extracted(text, title=tidy(said.title or ""), date=date.date() if date else None)


def _lines(workbook: Any) -> Iterator[str]:  # noqa: ANN401 - openpyxl is not typed
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    cells = filled = 0
    for sheet in sheets:
        if len(sheets) > 1:
            yield tidy(sheet.title)
        # What a file says of its size is often wrong, and rows would be filled up to it.
        sheet.reset_dimensions()
        for values in sheet.iter_rows(values_only=True):
            cells += 1 + len(values)
            filled += sum(value is not None for value in values)
            if cells > MAX_CELLS or filled > MAX_FILLED:
                raise UnreadableError(
                    f"has more than {MAX_FILLED} filled cells, or {MAX_CELLS} with empty ones between them. "
                    "Split it into smaller files."
                )
            yield row([_written(value) for value in values])


def _written(value: object) -> str:
    """A cell's value as a person would write it down."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return str(value)
