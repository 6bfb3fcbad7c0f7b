"""Every format as `load` reads it: whole, in every encoding, and never a hang or a crash on what is no
document."""

import datetime as dt
import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from knowledge.reading.formats import pdf
from knowledge.reading.load import SUFFIXES, DocumentError, Loaded, load, load_bytes
from tests.knowledge.reading import office
from tests.knowledge.reading.office import LINES, TITLE

QUICKLY = 20.0
"""Seconds, on a busy machine. What is refused takes milliseconds, and what hangs would take for ever."""

WORD_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>@</w:t></w:r></w:p></w:body></w:document>"
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "</worksheet>"
)


def refusal(name: str, content: bytes) -> str:
    began = time.monotonic()
    with pytest.raises(DocumentError) as refused:
        load_bytes(name, content)
    assert time.monotonic() - began < QUICKLY
    return str(refused.value)


def test_a_word_file(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(office.word_file())

    loaded = load(tmp_path / "a.docx")

    assert loaded.text.splitlines() == list(LINES)
    assert (loaded.title, loaded.date) == (TITLE, dt.date(2024, 2, 20))


def test_an_excel_file() -> None:
    assert load_bytes("a.xlsx", office.sheet_file()).text.splitlines() == list(LINES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file(encoding: str) -> None:
    assert load_bytes("a.csv", office.comma_file(encoding)).text.splitlines() == list(LINES)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_the_mark_of_a_csv_file_is_told(mark: str) -> None:
    content = mark.join(["企业", "项目"]) + "\n" + mark.join(['"澜舟,机器人"', "深海机器人"])

    assert load_bytes("a.csv", content.encode()).text == "企业\t项目\n澜舟,机器人\t深海机器人\n"


def test_a_printed_file_has_paragraphs_and_no_page_numbers() -> None:
    loaded = load_bytes("a.pdf", office.printed_file())

    assert loaded.text.splitlines() == [line.replace("\t", " ") for line in LINES]


def test_several_sheets_are_named() -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for name in ("签约", "开工"):
        workbook.create_sheet(name).append(["海灯科技", 8.0, dt.date(2024, 2, 18), None, True])
    workbook.remove(workbook.worksheets[0])
    held = io.BytesIO()
    workbook.save(held)

    row = "海灯科技\t8\t2024-02-18\t\t是"
    assert load_bytes("a.xlsx", held.getvalue()).text.splitlines() == ["签约", row, "开工", row]


def test_an_upload_is_the_same_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(office.word_file())

    assert load_bytes("a.docx", office.word_file()).text == load(tmp_path / "a.docx").text


@pytest.mark.parametrize(
    "name", ["../../etc/a.txt", "C:\\a\\a.txt", "/a.txt", "a\0.txt", "..\\a.txt", "\u202ea.txt"]
)
def test_an_uploads_name_leads_nowhere(name: str) -> None:
    assert load_bytes(name, b"plain").name == "a.txt"


@pytest.mark.parametrize("name", ["", "..", ".txt", "/", "a/.."])
def test_an_upload_without_a_name(name: str) -> None:
    assert "name" in refusal(name, b"plain") or "only" in refusal(name, b"plain")


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("a.docx", b"PK\x03\x04 not really", "damaged"),
        ("a.xlsx", office.word_file(), "is not an Excel file"),
        ("a.docx", office.sheet_file(), "is not a Word file"),
        ("a.docx", office.word_file()[:-300], "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx"),
        ("a.png", b"\x89PNG", ".txt, .md, .html"),
        ("a.pdf", b"plain text", "is damaged or is not a PDF"),
        ("a.pdf", b"%PDF-1.7 and no more", "is damaged or is not a PDF"),
        ("a.pdf", office.printed_file()[:400], "is damaged or is not a PDF"),
        ("a.pdf", office.scanned_file(), "OCR"),
        ("a.pdf", office.printed_file(password="secret"), "encrypted"),
        ("a.html", b"<html><script>1</script></html>", "no text"),
        ("a.html", "云港".encode() + b"\xff\xfe\xfa", "encoding"),
        ("a.csv", b"a\x00b,c\x01", "not text"),
        ("a.txt", office.printed_file(), "PDF file under a wrong name"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_advice(name: str, content: bytes, advice: str) -> None:
    message = refusal(name, content)

    assert message.startswith(f"{name}: ")
    assert advice in message
    assert "Traceback" not in message


def test_a_zip_bomb() -> None:
    for megabytes in (70, 200):
        bomb = office.with_part(office.word_file(), "word/document.xml", b" " * megabytes * 2**20)
        message = refusal("a.docx", bomb)
        assert "zip bomb" in message or "would unpack to" in message


def test_a_part_that_is_larger_than_it_says() -> None:
    bomb = bytearray(office.with_part(office.word_file(), "word/document.xml", b"<a>" + b" " * 30 * 2**20))
    place = bomb.rfind(b"word/document.xml") - 46
    bomb[place + 24 : place + 28] = (1000).to_bytes(4, "little")

    assert "damaged" in refusal("a.docx", bytes(bomb))


def test_an_entity_bomb() -> None:
    word = office.with_part(office.word_file(), "word/document.xml", office.entity_bomb(WORD_BODY))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>@</t></is></c></row>'
    sheet = office.with_part(
        office.sheet_file(), "xl/worksheets/sheet1.xml", office.entity_bomb(SHEET.format(cell))
    )
    page = office.entity_bomb("<p>云港新区@</p>")

    for name, content in (("a.docx", word), ("a.xlsx", sheet), ("a.html", page)):
        began = time.monotonic()
        with suppress(DocumentError):
            assert len(load_bytes(name, content).text) < 1000
        assert time.monotonic() - began < QUICKLY


def test_a_table_as_wide_and_long_as_tables_can_be() -> None:
    rows = "".join(f'<row r="{n * 1000}"><c r="XFD{n * 1000}"><v>1</v></c></row>' for n in range(1, 1000))
    wide = office.with_part(office.sheet_file(), "xl/worksheets/sheet1.xml", SHEET.format(rows).encode())

    assert "filled cells" in refusal("a.xlsx", wide)


def test_a_cell_that_says_it_spans_a_thousand_million_columns() -> None:
    wide = office.word_file()
    with zipfile.ZipFile(io.BytesIO(wide)) as archive:
        body = archive.read("word/document.xml")
    spanned = body.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="1000000000"/>')
    assert spanned != body

    assert TITLE in load_bytes("a.docx", office.with_part(wide, "word/document.xml", spanned)).text


def test_tables_within_tables_without_end() -> None:
    inner = "<w:p/>"
    for _ in range(3000):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    deep = WORD_BODY.replace("<w:p><w:r><w:t>@</w:t></w:r></w:p>", inner).encode()

    refusal("a.docx", office.with_part(office.word_file(), "word/document.xml", deep))


def test_elements_within_elements_without_end() -> None:
    content = "云港新区产业基金设立"

    assert load_bytes("a.html", ("<div>" * 1500 + content).encode()).text == f"{content}\n"
    assert "nested too deeply" in refusal("a.html", ("<div>" * 200_000 + content).encode())


def test_a_printed_file_with_too_many_pages() -> None:
    message = refusal("a.pdf", office.printed_file(("页",), pages=pdf.MAX_PAGES + 1))

    assert f"{pdf.MAX_PAGES} are read" in message


def test_a_printed_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.001)

    assert "takes longer" in refusal("a.pdf", office.printed_file())


def test_what_is_too_long_is_refused() -> None:
    paragraph = "<w:p><w:r><w:t>云</w:t></w:r></w:p>"
    body = WORD_BODY.replace("<w:p><w:r><w:t>@</w:t></w:r></w:p>", paragraph * 30_001).encode()
    cells = "<c><v>1</v></c>" * 10
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 10_002)).encode()
    sheet = SHEET.encode().replace(b"{}", rows)

    assert "paragraphs" in refusal("a.docx", office.with_part(office.word_file(), "word/document.xml", body))
    assert "filled cells" in refusal(
        "a.xlsx", office.with_part(office.sheet_file(), "xl/worksheets/sheet1.xml", sheet)
    )
    assert "elements" in refusal("a.html", b"<p>a</p>" * 110_000)
    assert "million characters" in refusal("a.csv", b"a,b\n" * 1_300_000)


def test_a_long_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.docx").open("wb") as file:
        file.truncate(10**12)

    with pytest.raises(DocumentError, match="larger than 20 MB"):
        load(tmp_path / "a.docx")


def check(name: str, content: bytes) -> Loaded | None:
    began = time.monotonic()
    try:
        loaded = load_bytes(name, content)
    except DocumentError:
        return None
    finally:
        assert time.monotonic() - began < QUICKLY
    assert loaded.text.strip()
    return loaded


@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
@example(b"PK\x05\x06" + b"\0" * 18, ".docx")
@example(b"<", ".html")
@example(b"<![CDATA[", ".html")
@example(b'"', ".csv")
def test_any_bytes_under_any_suffix_are_read_or_refused(content: bytes, suffix: str) -> None:
    check(f"a{suffix}", content)


@given(st.text(max_size=300), st.sampled_from([".html", ".csv", ".txt"]))
def test_any_text_is_read_or_refused(text: str, suffix: str) -> None:
    check(f"a{suffix}", text.encode("utf-8", "surrogatepass"))


_WHOLE = {".docx": office.word_file(), ".xlsx": office.sheet_file()}


@given(st.sampled_from(sorted(_WHOLE)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8))
@hypothesis_settings(max_examples=60)
def test_any_damage_is_read_over_or_refused(suffix: str, damage: list[tuple[float, int]]) -> None:
    content = bytearray(_WHOLE[suffix])
    for place, byte in damage:
        content[int(place * (len(content) - 1))] = byte
    check(f"a{suffix}", bytes(content))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8))
@hypothesis_settings(max_examples=8)
def test_any_damage_to_a_printed_file(damage: list[tuple[float, int]]) -> None:
    content = bytearray(office.printed_file())
    for place, byte in damage:
        content[int(place * (len(content) - 1))] = byte
    check("a.pdf", bytes(content))
