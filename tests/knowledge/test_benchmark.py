"""The benchmarks measure what they say, on little data."""

import json
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from knowledge.benchmark.measure import Question, measure
from knowledge.benchmark.passages import holds


class Fixed:
    """An engine that answers what it is told."""

    def __init__(self, answers: dict[str, list[tuple[int, float]]]) -> None:
        self._answers = answers

    def search(self, question: str, limit: int) -> list[tuple[int, float]]:
        return self._answers[question][:limit]


def test_hits_and_rejections_are_counted() -> None:
    engine = Fixed({"a": [(1, 0.9)], "b": [(7, 0.8), (2, 0.7)], "c": [], "x": [(1, 0.2)], "y": [(1, 0.95)]})
    asked = [Question("a", "slip", 1), Question("b", "slip", 2), Question("c", "slip", 3)]
    found = measure(engine, [*asked, Question("x", "other", None), Question("y", "other", None)])

    assert (found.hit1, found.hit3) == (1 / 3, 2 / 3)
    assert found.rejected == {"other": 0.0}


def test_matching_is_measured_beside_other_engines() -> None:
    arguments = ["bench", "matching", "--size", "300", "--questions", "130", "--json"]
    result = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)

    assert {
        "build_s",
        "rss_mb",
        "p50_ms",
        "p99_ms",
        "hit1",
        "hit3",
        "reject_recall_at_5_false",
    } <= result.keys()
    assert result["hit1"] > 0.95
    assert set(result["peers"]) == {
        "rapidfuzz ratio",
        "rapidfuzz WRatio",
        "bm25s bigrams",
        "bm25s words",
        "tantivy bigrams",
    }


def test_paraphrases_are_found_and_shown_as_a_table(tmp_path: Path) -> None:
    rows = [
        {
            "canonical": "租赁合同应当以什么形式订立",
            "variants": ["订立租赁合同用什么形式"],
            "hard_negatives": [],
        },
        {
            "canonical": "开公司要多少钱",
            "variants": ["注册公司需要多少钱"],
            "hard_negatives": ["关公司要多久"],
        },
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    result = CliRunner().invoke(
        main, ["bench", "paraphrases", str(file), "--no-peers"], catch_exceptions=False
    )

    assert "rejected: hard negative" in result.stdout
    assert result.stdout.splitlines()[1].startswith("investbot")


def test_an_answer_is_held_by_a_passage_that_has_it() -> None:
    assert holds("本市共减免房租 2,000 万元。", "2000万元")
    assert holds("本市共减免房租2000万元。", "2000万元")
    assert not holds("本市减免了房租。", "2000万元")
