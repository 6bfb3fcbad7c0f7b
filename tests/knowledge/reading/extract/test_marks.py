"""The marks of real pages, by place: names and figures, and no sentence that others wrote."""

from pathlib import Path

import pytest

from knowledge.benchmark.extraction import read_marks

MARKS = sorted((Path(__file__).parents[1] / "marks").glob("*.jsonl"))
LONGEST = 60
"""Longer than the longest title of a policy, shorter than a sentence that tells something."""


@pytest.mark.parametrize("path", MARKS, ids=lambda path: str(path.name))
def test_marks_are_names_and_figures_at_a_place(path: Path) -> None:
    marks = read_marks(path)

    assert marks
    for mark in marks:
        assert len(mark.document) == 64
        assert 0 <= mark.start < mark.end
        for value in mark.fields.values():
            for text in value if isinstance(value, list) else [value]:
                assert not isinstance(text, str) or (len(text) <= LONGEST and "。" not in text), text
