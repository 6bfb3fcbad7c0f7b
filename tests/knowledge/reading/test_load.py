import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import load as module
from knowledge.reading.load import DocumentError, load

TEXT = "云港新区的产业发展报告。\r\n这里有12家企业,总投资3.5亿元。\n"
TRADITIONAL = "雲港新區的產業發展報告。這裡有12家企業,總投資3.5億元。\n"


def write(folder: Path, content: bytes, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (TEXT.encode(), TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT),
        (TEXT.encode("gb18030"), TEXT),
        (TEXT.encode("gbk"), TEXT),
        (TRADITIONAL.encode("big5"), TRADITIONAL),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT),
        (b"plain English", "plain English"),
    ],
)
def test_every_encoding_an_office_uses_is_read(tmp_path: Path, content: bytes, text: str) -> None:
    loaded = load(write(tmp_path, content))

    assert loaded.text == text
    assert loaded.sha256 == hashlib.sha256(content).hexdigest()
    assert loaded.name == "page.txt"


@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (b"", "page.txt", "is empty"),
        (codecs.BOM_UTF8 + b" \n", "page.txt", "only blanks"),
        (b"%PDF-1.7 abc", "page.txt", "PDF"),
        (b"PK\x03\x04abc", "page.md", "Word, Excel or zip"),
        (b"abc\x00\x01def", "page.txt", "not text"),
        (TEXT.encode("utf-16-le"), "page.txt", "encoding"),
        ("Café à la crème".encode("latin-1"), "page.txt", "encoding"),
        (TEXT.encode()[:-9] + b"\xe4\xba", "page.txt", "encoding"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "page.txt", "encoding"),
        (TEXT.encode(), "page.docx", "is not a Word file"),
        (TEXT.encode(), "page.rtf", "save it as .docx"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(
    tmp_path: Path, content: bytes, name: str, advice: str
) -> None:
    with pytest.raises(DocumentError) as refused:
        load(write(tmp_path, content, name))

    assert str(refused.value).startswith(f"{name}: ")
    assert advice in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nothing\.txt: cannot be opened"):
        load(tmp_path / "nothing.txt")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2**20)

    with pytest.raises(DocumentError, match="larger than 1 MB"):
        load(write(tmp_path, b"a" * (2**20 + 1)))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = write(tmp_path_factory.mktemp("bytes"), content)
    try:
        text = load(path).text
    except DocumentError:
        return
    assert text.strip()
