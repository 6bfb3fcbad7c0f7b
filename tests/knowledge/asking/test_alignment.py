"""How near facts are to a question, word by word."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.asking.alignment import MOST_WORDS, Aligned, Alignment, Key, asked_words, split_words
from knowledge.asking.kept import Shelf
from knowledge.asking.library import Record
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Span
from knowledge.models import Kind, Park

KEYS = [("a", "park.a", "location"), ("b", "park.b", "location")]


@pytest.fixture
def alignment() -> Alignment:
    """Two facts of two words each; each word points its own way."""
    found = Alignment({KEYS[0]: ["harbour road"], KEYS[1]: ["harbour tower", "tower"]}, Shelf(None, ""))
    found.give(np.eye(3, dtype=np.float32))
    return found


def held(key: Key, shares: Sequence[float], words: Sequence[str] = ("tower",)) -> tuple[Key, Candidate]:
    """A fact that was held against the words of a question."""
    fact = Record(key[0], Kind.PARK, Park(id=key[1], name=key[1]), [], frozenset(), "", "")
    spans = [Span(place, place + 1, word, None, tag="word") for place, word in enumerate(words)]
    return key, Candidate(fact, key[1], key[2], shares=list(zip(spans, shares, strict=True)))


def test_words_are_those_that_say_something() -> None:
    assert split_words("园区位于滨海大道，有6栋楼") == ("园区", "位于", "滨海", "大道", "6")
    assert split_words("The Park, the park's 5G tower") == ("the", "park", "park's", "5", "tower")


def test_a_word_that_a_fact_has_is_found(alignment: Alignment) -> None:
    assert alignment.words == ["harbour", "road", "tower"]
    assert alignment.find("tower") is not None
    assert alignment.find("bridge") is None


def test_a_fact_covers_what_it_has_a_word_near_to(alignment: Alignment) -> None:
    point = np.array([[0.0, 0.6, 0.8]], np.float32)

    one, other = alignment.align(point, [held(KEYS[0], [0.0]), held(KEYS[1], [0.0])])

    assert [one.covered, other.covered] == pytest.approx([0.6, 0.8])
    assert [one.gap, other.gap] == pytest.approx([0.4, 0.2])
    assert other.line > one.line
    # All of «tower» is asked; of «harbour road» one word is not.
    assert other.mutual > one.mutual


def test_what_is_explained_by_words_is_covered(alignment: Alignment) -> None:
    far = np.zeros((1, 3), np.float32)

    (found,) = alignment.align(far, [held(KEYS[0], [1.0])])

    assert found.covered == 1.0
    assert found.gap == 0.0


def test_a_word_that_few_facts_have_tells_more(alignment: Alignment) -> None:
    near = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], np.float32)

    (found,) = alignment.align(near, [held(KEYS[0], [0.0, 0.0], ["harbour", "tower"])])

    # It has the word that both have, and lacks the one that only the other has.
    assert found.covered == pytest.approx(0.5)
    assert found.telling < found.covered


def test_a_story_is_cut_off(alignment: Alignment) -> None:
    words = [f"word{place}" for place in range(MOST_WORDS + 5)]
    (_, candidate) = held(KEYS[0], [0.0] * len(words), words)

    assert len(asked_words(candidate)) == MOST_WORDS
    (found,) = alignment.align(np.zeros((MOST_WORDS, 3), np.float32), [(KEYS[0], candidate)])
    assert found.covered == 0.0


def test_a_fact_without_words_is_near_to_nothing(alignment: Alignment) -> None:
    key = ("c", "park.c", "location")

    assert alignment.align(np.ones((1, 3), np.float32), [held(key, [1.0])]) == [Aligned()]
    assert Alignment({}, Shelf(None, "")).align(np.ones((1, 3), np.float32), [held(key, [1.0])]) == [
        Aligned()
    ]


def test_words_are_kept(tmp_path: Path) -> None:
    texts = {KEYS[0]: ["harbour road", ""], KEYS[1]: []}
    shelf = Shelf(tmp_path, "1")

    made, read = Alignment(texts, shelf), Alignment(texts, shelf)

    assert (tmp_path / "alignment").is_dir()
    for one in (made, read):
        one.give(np.eye(2, dtype=np.float32))
        assert one.words == ["harbour", "road"]
        near = np.array([[1.0, 0.0]], np.float32)
        assert [found.covered for found in one.align(near, [held(KEYS[0], [0.0]), held(KEYS[1], [0.0])])] == [
            1,
            0,
        ]
