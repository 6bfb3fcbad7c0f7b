"""A file opened as a workbook, or refused: nothing of it is trusted before its sizes are known."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from knowledge.database import KnowledgeError

MAX_BYTES = 50 * 2**20
"""Ten times what 50,000 rows take."""

MAX_UNPACKED = 400 * 2**20
"""50,000 rows unpack to 90 MB."""

MAX_MEMBERS = 1_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200

_OLD = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]+\d+(?::[A-Z]+\d+)?)[\"']")
_CHUNK = 2**20
_OVERLAP = 200
"""A mergeCell element is shorter: two chunks that share so much cut none of them."""


class WorkbookError(KnowledgeError):
    """A file that is no workbook this program reads; nothing was changed."""


@contextmanager
def open_workbook(content: bytes) -> Iterator[Any]:
    """Open a workbook to be read row by row.

    Args:
        content: of an .xlsx file.

    Yields:
        openpyxl's workbook, read-only, formulas as such.

    Raises:
        WorkbookError: it is none, is damaged, protected, holds macros, or would unpack to too much.
    """
    _check(content)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # What openpyxl does not keep of a workbook (pictures, its own drop-downs) is not read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except KnowledgeError:
        raise
    except MemoryError:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, zipfile.LargeZipFile) as error:
        raise _damaged(error) from error


@contextmanager
def reading() -> Iterator[None]:
    """Whatever goes wrong inside is the file's fault: openpyxl raises whatever it meets in a damaged one.

    Raises:
        WorkbookError: in its place.
    """
    try:
        yield
    except (KnowledgeError, MemoryError, GeneratorExit):
        raise
    except Exception as error:
        raise _damaged(error) from error


def merged_ranges(sheet: Any, content: bytes) -> list[str]:  # noqa: ANN401 - openpyxl keeps the path to itself
    """The merged cells of a sheet, e.g. "A2:A4"; they stand behind its rows, where openpyxl does not look."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as member:
        return sorted(set(_merged(member)))


def _merged(member: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := member.read(_CHUNK):
        for found in _MERGED.finditer(rest + chunk):
            yield found[1].decode()
        rest = chunk[-_OVERLAP:]


def _check(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise WorkbookError(
            f"文件超过 {MAX_BYTES // 2**20} MB,没有读取。请分成几个文件导入。\n"
            f"The file is larger than {MAX_BYTES // 2**20} MB. Split it. Nothing was changed."
        )
    if content.startswith(_OLD):
        raise WorkbookError(
            "这是旧版 Excel 文件(.xls),或者加了密码。请在 Excel 或 WPS 里另存为不带密码的 .xlsx。\n"
            "This is an old Excel file (.xls) or has a password. Save it as .xlsx without one. "
            "Nothing was changed."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise WorkbookError(
            "这不是 Excel 工作簿(.xlsx),或者文件已损坏。请重新导出一份,再把改动抄过去。\n"
            "This is no Excel workbook (.xlsx), or it is damaged. Export a new one. Nothing was changed."
        ) from error
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise WorkbookError(
            f"文件解压后超过 {MAX_UNPACKED // 2**20} MB,没有读取。请删掉多余的工作表和空行,或分成几个文件。\n"
            f"The file unpacks to more than {MAX_UNPACKED // 2**20} MB. Remove what is not needed, or split "
            "it. Nothing was changed."
        )
    names = {member.filename.lower() for member in members}
    if any(name.endswith(("vbaproject.bin", ".bin.vba")) for name in names):
        raise WorkbookError(
            "文件里有宏,没有读取。请另存为不带宏的 .xlsx。\n"
            "The file holds macros. Save it as .xlsx without them. Nothing was changed."
        )


def _damaged(error: Exception) -> WorkbookError:
    return WorkbookError(
        f"文件已损坏,读不出来({type(error).__name__})。请重新导出一份,再把改动抄过去。\n"
        f"The file is damaged and cannot be read ({type(error).__name__}). Export a new one. "
        "Nothing was changed."
    )
