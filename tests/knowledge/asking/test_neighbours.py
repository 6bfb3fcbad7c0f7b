"""Near-misses: questions that reviewers wrote beside those which a fact answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.neighbours import NEAREST, NONE_KNOWN, WrittenQuestions
from knowledge.asking.verifier import FEATURES
from knowledge.database import session
from knowledge.models import Fact


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


@given(st.lists(st.sampled_from([0.1, 0.5, 0.50001, 0.9, -0.2]), min_size=1, max_size=60))
def test_of_equally_near_questions_the_first_count(cosines: list[float]) -> None:
    written = WrittenQuestions([(str(place), place) for place in range(len(cosines))], [])

    around = written.around(np.array(cosines, np.float32))

    order = sorted(range(len(cosines)), key=lambda place: (-np.float32(cosines[place]), place))
    assert list(around.share_of) == [str(place) for place in order[:NEAREST]]


@pytest.mark.parametrize("question", ["刘雯觉得新经济不像链 那像啥", "六个一的硬件底子指的是什么"])
def test_what_reviewers_call_a_near_miss_is_not_answered(shipped_asker: Asker, question: str) -> None:
    told = shipped_asker.ask(question)
    with session(shipped_asker._engine) as database:
        fact = database.get(Fact, told.facts[0])
        assert fact is not None
        fact.keywords += f"\n≠ {question}"
        database.flush()
        answer = shipped_asker.within(database).ask(question)
        database.rollback()

    assert told.outcome is Outcome.ANSWERED
    assert answer.outcome is not Outcome.ANSWERED
    assert question not in answer.text


def test_of_a_bureau_without_written_questions_none_is_near(shipped_asker: Asker) -> None:
    weighed, _ = shipped_asker.unasked().weigh("六个一的硬件底子指的是什么")

    known = [FEATURES.index(name) for name in ("denied", "unanswered", "neighbours", "asked_cosine")]
    assert {tuple(row) for row in weighed.rows[:, known].tolist()} == {(NONE_KNOWN, NONE_KNOWN, 0.0, 0.0)}
