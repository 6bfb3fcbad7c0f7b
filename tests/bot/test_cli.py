"""The commands as people run them: as processes, on a real database file."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.bot.process import environ, finish
from tests.bureau import DOCUMENT, TEXT, write_bureau
from tests.knowledge.reading.office import LINES, word_file


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with the bureau's documents and its database."""
    folder = tmp_path_factory.mktemp("home")
    write_bureau(folder / "documents")
    assert investbot(folder, "build").returncode == 0
    return folder


def investbot(
    home: Path, *arguments: str, stdin: bytes = b"", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command."""
    env = environ(home, **{"DOCUMENTS": str(home / "documents")} | settings)
    return finish(*arguments, cwd=home, env=env, stdin=stdin)


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_run_answers_piped_lines_and_ends(home: Path) -> None:
    done = investbot(home, "run", stdin="有哪些产业链\n\n低空经济链长是谁\n".encode())

    assert done.returncode == 0
    assert "绿色氢能" in done.stdout
    assert "周岚" in done.stdout
    assert done.stdout.count("来源：《云港日报》2024年3月5日第2版") == 2
    assert done.stderr == ""


def test_clean_gives_a_word_files_text(home: Path) -> None:
    (home / "page.docx").write_bytes(word_file())

    assert investbot(home, "clean", "page.docx").stdout.splitlines() == list(LINES)


def test_ask_answers_one_question(home: Path) -> None:
    assert "周岚" in investbot(home, "ask", "低空经济链长是谁").stdout


def test_ask_lines_answers_in_order_with_sources_at_their_place(home: Path) -> None:
    lines = [
        {"text": "无人机整机项目是谁投的", "chat": "a"},
        {"text": "星河航空产业园在哪", "chat": "b"},
        {"text": "投了多少", "chat": "a"},
        {"text": "投了多少", "chat": None},
    ]
    sent = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n低空经济链长是谁\n"
    done = investbot(home, "ask", "--jsonl", stdin=sent.encode())
    answers = rows(done.stdout)

    assert done.returncode == 0
    assert len(answers) == 5
    assert "海灯科技" in str(answers[0]["text"])
    assert "8亿元" in str(answers[2]["text"])
    assert "周岚" in str(answers[4]["text"])
    for answer in answers:
        assert set(answer) == {"status", "text", "sources", "suggestions", "confidence", "ms"}
        for source in answer["sources"]:  # type: ignore[attr-defined]
            assert source["file"] == DOCUMENT
            assert TEXT[source["start"] : source["end"]] == source["quote"]
            assert (source["publisher"], source["date"]) == ("云港日报", "2024-03-05")


def test_bad_lines_are_named_and_the_others_answered(home: Path) -> None:
    sent = (
        b"\xff\xfe\n"
        + '{"text": \n{"chat": 1}\n\n低空经济链长是谁\n'.encode()
        + ("啊" * 10_000 + "\n").encode()
    )
    done = investbot(home, "ask", "--jsonl", stdin=sent)
    answers = rows(done.stdout)

    assert done.returncode == 1
    assert [answer["status"] for answer in answers] == ["unknown"] * 4 + ["answered", "unknown"]
    for answer, must in zip(answers, ["UTF-8", "JSON", '"text"', "请写下", "周岚", "有点长"], strict=True):
        assert must in str(answer["text"])


def test_explain_says_why(home: Path) -> None:
    assert "周岚" in investbot(home, "explain", "低空经济链长是谁").stdout
    trace = json.loads(investbot(home, "explain", "低空经济链长是谁", "--json").stdout)
    assert trace["candidates"][0]["fact"] == "post.zhou-lan-leader"


def test_build_again_changes_nothing(home: Path) -> None:
    assert "Nothing changed" in investbot(home, "build").stdout


def test_clean_leaves_a_clean_file_as_it_is(home: Path) -> None:
    assert investbot(home, "clean", f"documents/{DOCUMENT}").stdout == TEXT


def test_eval_scores_a_set(home: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    right = {
        "text": "低空经济链长是谁",
        "chat": None,
        "status": "answered",
        "must": [["周岚"]],
        "ban": [],
        "tag": "a",
    }
    wrong = {**right, "must": [["王刚"]], "tag": "b"}
    questions.write_text("\n".join(json.dumps(row) for row in (right, wrong)), encoding="utf-8")
    done = investbot(home, "eval", str(questions), "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["right"] == 1
    assert json.loads(done.stdout)["tags"]["b"] == {"right": 0, "guessed": 0, "all": 1}


@pytest.mark.parametrize(
    ("arguments", "settings", "must"),
    [
        (["build", "--documents", "nowhere"], {}, "nowhere"),
        (["ask", "x", "--database", "nonsense"], {}, "DATABASE_URL"),
        (["ask"], {}, "--jsonl"),
        (["frobnicate"], {}, "frobnicate"),
        (["clean", "nowhere.txt"], {}, "nowhere.txt"),
        (["eval", "nowhere.jsonl"], {}, "nowhere.jsonl"),
        (["serve"], {}, "TELEGRAM_BOT_TOKEN"),
        (["serve"], {"TELEGRAM_BOT_TOKEN": "not a token"}, "TELEGRAM_BOT_TOKEN"),
        (["ask", "x"], {"FLOOD_SECONDS": "soon"}, "FLOOD_SECONDS"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    home: Path, arguments: list[str], settings: dict[str, str], must: str
) -> None:
    done = investbot(home, *arguments, stdin=b"", **settings)

    assert done.returncode == 2
    assert must in done.stderr


def test_a_database_that_is_none_is_named_and_kept(home: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"no database" * 1000)
    done = investbot(home, "ask", "低空经济链长是谁", "--database", f"sqlite:///{junk}")

    assert done.returncode == 2
    assert "junk.db" in done.stderr
    assert junk.read_bytes() == b"no database" * 1000


def test_a_folder_in_place_of_the_database_is_named(home: Path, tmp_path: Path) -> None:
    done = investbot(home, "build", "--database", f"sqlite:///{tmp_path}")

    assert done.returncode == 2
    assert tmp_path.name in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("arguments", [["ask", "低空经济链长是谁"], ["build"]])
def test_a_read_only_database_is_named_and_kept(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    copy = tmp_path / "investbot.db"
    copy.write_bytes((home / "var" / "investbot.db").read_bytes())
    copy.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        done = investbot(home, *arguments, "--database", f"sqlite:///{copy}")
    finally:
        tmp_path.chmod(0o755)

    assert done.returncode == 2
    assert "investbot.db" in done.stderr
    assert "writable" in done.stderr
