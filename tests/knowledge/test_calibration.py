"""The limits are found on one set and scored on another."""

from pathlib import Path

import pytest

from knowledge import calibration
from knowledge.asking.asker import Asker
from knowledge.asking.limits import Limits, read_limits, write_limits
from knowledge.calibration import calibrate, draw, report
from knowledge.evaluation import Row

TUNING = [
    Row("低空经济的链长是谁", "answered", must=[["周岚"]]),
    Row("星河园在哪", "answered", must=[["北岸大道"]]),
    Row("浦东低空经济的链长是谁", "missing"),
    Row("今天天气怎么样", "unknown"),
]
KEPT = [
    Row("低空经济谁是链长", "answered", must=[["周岚"]], tag="chain"),
    Row("2019年春季签约签了几个项目", "missing", tag="none"),
]


def test_the_most_right_answers_without_a_guess(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "MISSING", (0.0, 0.72, 5.0))
    found = calibrate(asker.limited, TUNING, KEPT)

    assert found.best.guessed == 0
    assert found.best.limits.missing < 5.0
    assert found.kept.right == 2
    assert found.curve[-1].coverage >= found.curve[0].coverage
    page = report(found)
    assert "| chain | 1 | 0 | 1 |" in page
    assert "| homophone |" in page
    assert draw(found).startswith("<svg")


def test_limits_are_read_as_written(tmp_path: Path) -> None:
    write_limits(Limits(0.5, 0.7, 0.8, 0.9), tmp_path / "limits.toml")

    assert "missing = 0.5" in (tmp_path / "limits.toml").read_text(encoding="utf-8")
    assert "plausible = 0.8" in (tmp_path / "limits.toml").read_text(encoding="utf-8")
    assert "despite = 0.9" in (tmp_path / "limits.toml").read_text(encoding="utf-8")
    assert 0 < read_limits().missing < 2
