"""Every format through the commands: built from a folder, asked for, quoted with its place in the file's
text."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.build import build
from knowledge.database import open_engine, session
from knowledge.models import Document, Evidence, Passage
from knowledge.reading.load import load
from tests.bot.test_cli import investbot, rows
from tests.bureau import FACTS, TEXT, write_bureau
from tests.databases import database_url, execute
from tests.knowledge.reading import office
from tests.knowledge.reading.repeated import ARTICLE, rewritten

PAGE = """<html><head><meta charset="{charset}"><title>签约 - 云港</title>
<link rel="canonical" href="https://yungang.example/sign.html"></head><body><div
class="nav"><a>首页</a><a>要闻</a></div>
<h1>{lines[0]}</h1><p>{lines[1]}</p><table>{table}</table><p>{lines[5]}</p><div
class="footer">版权所有</div></body></html>"""


def page(encoding: str) -> bytes:
    cells = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in office.LINES[2:5])
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    return PAGE.format(charset=encoding, lines=office.LINES, table=table).encode(encoding)


FILES = {
    "notice.txt": "\n".join(office.LINES).encode("utf-8-sig"),
    "notice.md": "\n".join(office.LINES).encode("gb18030"),
    "notice.html": page("utf-8"),
    "old.htm": page("gb18030"),
    "notice.docx": office.word_file(),
    "notice.pdf": office.printed_file(),
    "notice.xlsx": office.sheet_file(),
    "notice.csv": office.comma_file("gb18030"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_passage_is_quoted_with_its_place(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / name).write_bytes(FILES[name])
    assert investbot(tmp_path, "build", "--documents", str(folder)).returncode == 0

    done = investbot(tmp_path, "ask", "--jsonl", stdin="云港新区春季签约仪式的总投资是多少\n".encode())

    (answer,) = rows(done.stdout)
    assert answer["status"] == "answered"
    (source,) = json.loads(json.dumps(answer["sources"]))
    text = load(folder / name).text
    assert source["file"] == name
    assert office.LINES[1] in source["quote"]
    assert text[source["start"] : source["end"]] == source["quote"]


def test_where_a_page_was_published_is_kept(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "notice.html").write_bytes(page("utf-8"))
    build(engine, folder)

    with session(engine) as database:
        row = database.exec(select(Document)).one()
    assert row.address == "https://yungang.example/sign.html"
    assert row.title == office.TITLE


def test_bad_files_are_named_and_the_good_ones_read(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "good.docx").write_bytes(office.word_file())
    (folder / "scan.pdf").write_bytes(office.scanned_file())
    (folder / "bomb.docx").write_bytes(
        office.with_part(office.word_file(), "word/document.xml", b" " * 70 * 2**20)
    )
    (folder / "half.xlsx").write_bytes(office.sheet_file()[:500])

    report = build(engine, folder)

    assert report.read == ["good.docx"]
    assert [reason.split(":")[0] for reason in report.refused] == ["bomb.docx", "half.xlsx", "scan.pdf"]


def passages(engine: Engine) -> dict[str, int]:
    with session(engine) as database:
        documents = {row.sha256: row.file for row in database.exec(select(Document)).all()}
        held = [documents[row.document_sha256] for row in database.exec(select(Passage)).all()]
    return {file: held.count(file) for file in documents.values()}


def test_a_rewritten_copy_is_not_quoted_and_its_original_is(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a-copy.txt").write_text("2024-06-01\n" + rewritten(ARTICLE), encoding="utf-8")
    (folder / "original.txt").write_text("2024-05-06\n" + ARTICLE, encoding="utf-8")

    report = build(engine, folder)

    assert passages(engine)["a-copy.txt"] == 0
    assert passages(engine)["original.txt"] > 0
    assert any(line.startswith("a-copy.txt repeats original.txt") for line in report.describe().splitlines())
    assert build(engine, folder).unchanged


def test_a_copy_is_quoted_again_when_its_original_is_gone(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "copy.txt").write_text("转载\n" + ARTICLE, encoding="utf-8")
    (folder / "original.txt").write_text(ARTICLE + "记者:陈立", encoding="utf-8")
    build(engine, folder)
    (left_out,) = [file for file, count in passages(engine).items() if not count]
    (gone,) = {"copy.txt", "original.txt"} - {left_out}
    (folder / gone).unlink()

    report = build(engine, folder)

    assert report.repeats == []
    assert passages(engine)[left_out] > 0


def test_facts_of_a_repeat_stay(engine: Engine, tmp_path: Path) -> None:
    folder = write_bureau(tmp_path / "documents")
    (folder / "longer.txt").write_text(
        TEXT + "\n以上情况由新区投资促进局负责解释和答复。\n", encoding="utf-8"
    )

    report = build(engine, folder)

    assert report.repeats == ["notice.txt repeats longer.txt (100% the same)"]
    assert report.published == len(FACTS)
    with session(engine) as database:
        held = database.exec(select(Evidence)).all()
    assert {row.document_sha256 for row in held} == {hashlib.sha256(TEXT.encode()).hexdigest()}


def test_a_database_of_the_version_before_is_brought_up_to_date(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    import knowledge.migrations

    engine = open_engine(database_url(tmp_path / "old.db"))
    config = Config()
    config.set_main_option("script_location", str(Path(knowledge.migrations.__file__).parent))
    config.attributes["engine"] = engine
    command.upgrade(config, "0001")
    execute(
        tmp_path / "old.db",
        "insert into document values ('x', 'old.txt', 'old', '', '', null, "
        "'', '', false, 'o', 'o', '2024-01-01 00:00:00', '')",
    )

    folder = tmp_path / "documents"
    report = build(engine, write_bureau(folder))

    assert report.removed == ["old.txt"]
    assert report.published == len(FACTS)
    engine.dispose()
