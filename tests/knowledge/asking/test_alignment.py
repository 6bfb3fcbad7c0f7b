"""How near facts are to a question, word by word."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.asking.alignment import MOST_WORDS, Aligned, Alignment, Key, split_words
from knowledge.asking.encoder import Vectors
from knowledge.asking.kept import Shelf
from knowledge.asking.library import Record
from knowledge.asking.normalize import normalize
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse, Span
from knowledge.models import Kind, Park

KEYS = [("a", "park.a", "location"), ("b", "park.b", "location")]


def beside(words: Sequence[str]) -> Vectors:
    """Points of strange words: a pier is somewhat near to a road and nearer to a tower, others to nothing."""
    return np.array([[0.0, 0.6, 0.8] if word == "pier" else [0.0] * 3 for word in words], np.float32)


@pytest.fixture
def alignment() -> Alignment:
    """Two facts of two words each; each word points its own way."""
    texts = {KEYS[0]: ["harbour road"], KEYS[1]: ["harbour tower", "tower"]}
    found = Alignment(texts, Shelf(None, ""), beside)
    found.give(np.eye(3, dtype=np.float32))
    return found


def asked(*words: str) -> Parse:
    """A question of words that no phrase covers."""
    spans = (Span(place, place + 1, word, None, tag="word") for place, word in enumerate(words))
    return Parse(normalize(" ".join(words)), tuple(spans))


def held(key: Key, question: Parse, shares: Sequence[float]) -> tuple[Key, Candidate]:
    """A fact that was held against a question."""
    fact = Record(key[0], Kind.PARK, Park(id=key[1], name=key[1]), [], frozenset(), "", "")
    return key, Candidate(fact, key[1], key[2], shares=list(zip(question.content, shares, strict=True)))


def test_words_are_those_that_say_something() -> None:
    assert split_words("园区位于滨海大道，有6栋楼") == ("园区", "位于", "滨海", "大道", "6")
    assert split_words("The Park, the park's 5G tower") == ("the", "park", "park's", "5", "tower")


def test_a_word_that_a_fact_has_is_found(alignment: Alignment) -> None:
    assert alignment.words == ["harbour", "road", "tower"]
    assert alignment.strange(asked("tower", "bridge")) == ["bridge"]


def test_a_fact_covers_what_it_has_a_word_near_to(alignment: Alignment) -> None:
    pier = asked("pier")

    one, other = alignment.align(pier, [held(KEYS[0], pier, [0.0]), held(KEYS[1], pier, [0.0])])

    assert [one.covered, other.covered] == pytest.approx([0.6, 0.8])
    assert [one.gap, other.gap] == pytest.approx([0.4, 0.2])
    assert other.line > one.line
    # All of «tower» is asked; of «harbour road» one word is not.
    assert other.mutual > one.mutual


def test_what_is_explained_by_words_is_covered(alignment: Alignment) -> None:
    (found,) = alignment.align(asked("bridge"), [held(KEYS[0], asked("bridge"), [1.0])])

    assert found.covered == 1.0
    assert found.gap == 0.0


def test_a_word_that_few_facts_have_tells_more(alignment: Alignment) -> None:
    both = asked("harbour", "tower")

    (found,) = alignment.align(both, [held(KEYS[0], both, [0.0, 0.0])])

    # It has the word that both have, and lacks the one that only the other has.
    assert found.covered == pytest.approx(0.5)
    assert found.telling < found.covered


def test_a_story_is_cut_off(alignment: Alignment) -> None:
    story = asked(*(f"word{place}" for place in range(MOST_WORDS)), "tower")

    assert len(alignment.strange(story)) == MOST_WORDS
    (found,) = alignment.align(story, [held(KEYS[1], story, [0.0] * (MOST_WORDS + 1))])
    assert found.covered == 0.0


def test_a_fact_without_words_is_near_to_nothing(alignment: Alignment) -> None:
    tower = asked("tower")
    without = held(("c", "park.c", "location"), tower, [1.0])

    assert alignment.align(tower, [without]) == [Aligned()]
    first, second = alignment.align(tower, [without, held(KEYS[1], tower, [0.0])])
    assert (first, second.covered) == (Aligned(), 1.0)
    assert Alignment({}, Shelf(None, "")).align(tower, [without]) == [Aligned()]


def test_words_are_kept(tmp_path: Path) -> None:
    texts = {KEYS[0]: ["harbour road", ""], KEYS[1]: []}
    shelf = Shelf(tmp_path, "1")
    road = asked("road")

    made, read = Alignment(texts, shelf), Alignment(texts, shelf)

    assert (tmp_path / "alignment").is_dir()
    for one in (made, read):
        one.give(np.eye(2, dtype=np.float32))
        assert one.words == ["harbour", "road"]
        found = one.align(road, [held(KEYS[0], road, [0.0]), held(KEYS[1], road, [0.0])])
        assert [aligned.covered for aligned in found] == [1, 0]
