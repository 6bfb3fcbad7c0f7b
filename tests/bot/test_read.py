"""`investbot read` and `investbot bench extraction`, as people run them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bot.process import environ, finish

PAGE = """云港新区举行春季重点项目集中签约
来源:《云港日报》2024年2月19日第1版
2月18日,云港新区举行春季重点项目集中签约仪式,现场签约项目12个,总投资90.5亿元。
云港新区党工委书记宋致远出席并致辞。
由海灯科技有限公司投资8亿元建设的无人机整机项目已经开工。
"""


def investbot(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return finish(*map(str, arguments), cwd=Path.cwd(), env=environ(**settings))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_draft_a_line_with_its_place_in_the_file(page: Path) -> None:
    done = investbot("read", page, "--json")
    rows: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]

    assert (done.returncode, done.stderr) == (0, "")
    assert rows
    for row in rows:
        assert set(row) == {"kind", "fields", "evidence", "confidence"}
        assert 0 < row["confidence"] <= 1
        for quote in row["evidence"]:
            assert PAGE[quote["start"] : quote["end"]] == quote["quote"]
    found = {(row["kind"], json.dumps(row["fields"], ensure_ascii=False)) for row in rows}
    assert len(found) == len(rows)
    signing = next(row["fields"] for row in rows if row["kind"] == "signing")
    assert (signing["date"], signing["projects"], signing["investment"]) == ("2024-02-18", 12, 9_050_000_000)
    assert {"invested_by"} == {row["fields"]["relation"] for row in rows if row["kind"] == "link"}


def test_places_count_the_decoded_characters_of_any_encoding(tmp_path: Path) -> None:
    utf8, gbk = tmp_path / "a.txt", tmp_path / "b.txt"
    utf8.write_bytes(b"\xef\xbb\xbf" + PAGE.encode())
    gbk.write_bytes(PAGE.encode("gb18030"))

    assert investbot("read", utf8, "--json").stdout == investbot("read", gbk, "--json").stdout


def test_lines_for_staff_are_chinese(page: Path) -> None:
    done = investbot("read", page)

    assert done.returncode == 0
    assert "条草稿，其中" in done.stdout
    assert "【职务】姓名：宋致远；职务：云港新区党工委书记" in done.stdout
    assert "投资方是" in done.stdout


def test_a_page_that_states_nothing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("春天来了,花开了。\n", encoding="utf-8")

    assert "没有读出" in investbot("read", path).stdout
    assert investbot("read", path, "--json").stdout == ""


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = investbot("read", tmp_path / "none.txt")
    assert missing.returncode == 2
    assert "none.txt" in missing.stderr


def test_a_model_that_does_not_answer_leaves_the_rules_drafts(page: Path) -> None:
    alone = investbot("read", page, "--json")
    done = investbot(
        "read", page, "--json", EXTRACTION_URL="http://127.0.0.1:9/v1", EXTRACTION_MODEL="reader"
    )

    assert done.returncode == 1
    assert done.stdout == alone.stdout
    assert "EXTRACTION_URL" in done.stderr


def test_a_model_needs_its_name(page: Path) -> None:
    done = investbot("read", page, EXTRACTION_URL="http://127.0.0.1:9/v1")

    assert done.returncode == 2
    assert "EXTRACTION_MODEL" in done.stderr


def mark(kind: str, fields: dict[str, Any], words: str, **further: Any) -> str:  # noqa: ANN401
    start = PAGE.index(words)
    row = {"document": "page.txt", "kind": kind, "fields": fields, "start": start, "end": start + len(words)}
    return json.dumps(row | further, ensure_ascii=False)


def test_the_benchmark_counts_what_is_right_wrong_and_missed(page: Path, tmp_path: Path) -> None:
    marks = tmp_path / "marks.jsonl"
    rows = [
        mark("post", {"person": "宋致远", "title": "云港新区党工委书记"}, "宋致远"),
        mark("post", {"person": "宋致远", "title": "云港新区主任"}, "宋致远"),
        mark("company", {"name": "海灯科技有限公司"}, "海灯科技有限公司", optional=True),
        mark("signing", {"date": "2024-02-18", "projects": 13}, "12个"),
    ]
    marks.write_text("\n".join(rows), encoding="utf-8")
    done = investbot("bench", "extraction", marks, "--documents", page.parent, "--json")
    result = json.loads(done.stdout)

    assert result["documents"] == 1
    post, company, signing = (result["kinds"][name] for name in ("post", "company", "signing"))
    assert (post["marked"], post["recall"], post["precision"]) == (2, 0.5, 1.0)
    assert (company["marked"], company["proposed"], company["recall"]) == (0, 0, None)
    assert (signing["recall"], signing["precision"]) == (0.0, 0.0)
    assert "figure" not in result["kinds"]
    listed = investbot("bench", "extraction", marks, "--documents", page.parent, "--list").stdout
    assert "missed page.txt signing" in listed
    assert "wrong  page.txt" in listed


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 1"),
        ('{"document": "page.txt"}', "line 1"),
        ('{"document": "page.txt", "kind": "castle", "fields": {}, "start": 0, "end": 1}', "castle"),
        (
            '{"document": "other.txt", "kind": "park", "fields": {"name": "x"}, "start": 0, "end": 1}',
            "other.txt",
        ),
    ],
)
def test_marks_that_cannot_be_used_are_named(page: Path, tmp_path: Path, line: str, fault: str) -> None:
    marks = tmp_path / "marks.jsonl"
    marks.write_text(line, encoding="utf-8")
    done = investbot("bench", "extraction", marks, "--documents", page.parent)

    assert done.returncode == 2
    assert fault in done.stderr
