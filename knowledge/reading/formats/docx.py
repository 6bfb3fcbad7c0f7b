"""Word files (.docx, ISO/IEC 29500), by python-docx."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.reading.formats.archive import check_archive, damage_told
from knowledge.reading.formats.extracted import Extracted, UnreadableError, bounded, row, tidy

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

KIND = "a Word file (.docx)"

MAX_PARAGRAPHS = 30_000
"""A thick book; each cell of a table holds one too."""

DEEPEST = 8
"""Tables within tables are read so deep."""


def extract(content: bytes) -> Extracted:
    """Read a Word file: its body in order, without headers, footers, comments and deleted text.

    Args:
        content: the file's bytes.

    Raises:
        UnreadableError: it is damaged, protected, too large, or something else.
    """
    check_archive(content, "word/document.xml", KIND)
    import docx

    with damage_told(KIND):
        document = docx.Document(io.BytesIO(content))
        if sum(1 for _ in document.element.body.iter(f"{{{_NAMESPACE}}}p")) > MAX_PARAGRAPHS:
            raise UnreadableError(
                f"has more than {MAX_PARAGRAPHS} paragraphs and cells. Split it into smaller files."
            )
        text = bounded(list(_lines(document, 0)))
        said = document.core_properties
        date = said.created or said.modified
        return Extracted(text, title=tidy(said.title), date=date.date() if date else None)


def _lines(holder: "Document | _Cell", depth: int) -> Iterator[str]:
    from docx.table import Table

    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block, depth)
        else:
            yield from (tidy(line) for line in block.text.split("\n"))


def _rows(table: "Table", depth: int) -> Iterator[str]:
    from docx.table import _Cell

    if depth == DEEPEST:
        return
    merged: dict[int, str] = {}
    for line in table.rows:
        cells: list[str] = []
        # Not `line.cells`: it repeats a cell for each column that it says it spans, be it a thousand million.
        for element in line._tr.tc_lst:
            column = element.grid_offset
            if element.vMerge == "continue":
                cells.append(merged.get(column, ""))
                continue
            inside = list(_lines(_Cell(element, table), depth + 1))
            merged[column] = " ".join(inside)
            if len(line._tr.tc_lst) == 1:
                yield from inside
            else:
                cells.append(merged[column])
        yield row(cells)
