"""However a question is mistyped: the same fact, or none; never another."""

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.answer import Answer, Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.normalize import fold_text
from knowledge.benchmark.noise import NOISES

QUESTIONS = {
    "低空经济产业链的链长是谁": "周岚",
    "星河航空产业园在哪里": "北岸大道",
    "星河航空产业园占地面积多大": "500亩",
    "无人机整机项目总投资多少": "8亿元",
    "无人机整机项目年产能是多少": "2万架",
    "春季签约仪式总投资多少": "90亿元",
    "绿色氢能产业链包括哪些环节": "制氢",
    "低空经济扶持办法有哪些措施": "厂房补贴",
    "投资促进局的局长是谁": "何敬",
}
OTHERS = {*QUESTIONS.values()}


@cache
def _answer(asker: Asker, text: str) -> Answer:
    """An answer, asked for once: some noise is the same whatever the chance."""
    return asker.ask(text)


@pytest.mark.parametrize("kind", sorted(NOISES))
@given(question=st.sampled_from(sorted(QUESTIONS)), seed=st.integers(0, 10_000))
def test_noise_never_leads_to_another_fact(asker: Asker, kind: str, question: str, seed: int) -> None:
    noisy = NOISES[kind](question, Random(seed))
    answer = _answer(asker, noisy)
    lines = fold_text("\n".join(answer.lines))

    # What is left of a question may only name its entity; then what is known of that in general is told.
    general = "overview" in answer.context.topics
    if answer.outcome is Outcome.ANSWERED and not general and fold_text(QUESTIONS[question]) not in lines:
        assert not any(fold_text(other) in lines for other in OTHERS), (noisy, answer.text)


@pytest.mark.parametrize("kind", ["homophone", "traditional", "full_width", "filler", "pinyin", "double"])
def test_most_noise_is_seen_through(asker: Asker, kind: str) -> None:
    chance = Random(kind)
    asked = [(NOISES[kind](question, chance), must) for question, must in QUESTIONS.items() for _ in range(5)]
    right = sum(fold_text(must) in fold_text(asker.ask(text).text) for text, must in asked)

    assert right >= 0.7 * len(asked)


@given(st.text(max_size=600))
def test_any_text_gets_an_answer_in_words(asker: Asker, text: str) -> None:
    assert asker.ask(text).text
