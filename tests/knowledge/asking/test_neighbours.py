"""Near-misses: questions that reviewers wrote beside those which a fact answers."""

import numpy as np
import pytest

from knowledge.asking.neighbours import NEAREST, NONE_KNOWN, WrittenQuestions


def test_the_nearest_questions_are_counted() -> None:
    answered = [("a", place) for place in range(6)] + [("b", place) for place in range(6, 12)]
    written = WrittenQuestions(answered, [("a", place) for place in range(12, 24)])
    cosines = np.linspace(0.0, 0.23, 24)
    cosines[[0, 6]] = 0.9, 0.8

    around = written.around(cosines)

    assert around.share_of == pytest.approx({"a": 1 / NEAREST, "b": 1 / NEAREST})
    assert around.unanswered == pytest.approx((NEAREST - 2) / NEAREST)
    assert around.denied == around.denied_of["a"] == pytest.approx(0.23)


def test_without_near_misses_nothing_is_known_of_them() -> None:
    around = WrittenQuestions([("a", 0)], []).around(np.array([0.5]))

    assert around.denied == around.unanswered == NONE_KNOWN
    assert around.denied_of == {}
    assert around.share_of == pytest.approx({"a": 1 / NEAREST})
