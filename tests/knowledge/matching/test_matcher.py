"""Finding texts among many: noisy ones are found, others are not, and changes are seen at once."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.benchmark.entries import Portal
from knowledge.benchmark.noise import NOISES
from knowledge.matching.matcher import Matcher, ParaphraseMatcher
from knowledge.matching.segment import make_segment, open_segment, save_segment

SIZE = 2000


@pytest.fixture(scope="module")
def portal() -> Portal:
    return Portal(SIZE, seed=3)


@pytest.fixture(scope="module")
def matcher(portal: Portal) -> Matcher:
    return Matcher(
        make_segment(enumerate(entry.text for entry in portal.entries)), ["请问", "谢谢", "呢", "急"]
    )


@pytest.mark.parametrize("kind", sorted(NOISES))
def test_a_noisy_question_finds_its_text(portal: Portal, matcher: Matcher, kind: str) -> None:
    chance = Random(kind)
    places = [chance.randrange(SIZE) for _ in range(100)]
    found = [matcher.search(NOISES[kind](portal.entries[place].text, chance), 1) for place in places]

    assert sum(hits[0].id == place for hits, place in zip(found, places, strict=True) if hits) >= 97


def test_a_near_miss_is_less_alike_than_a_slip(portal: Portal, matcher: Matcher) -> None:
    chance = Random(1)
    entries = chance.sample(portal.entries, 200)
    slips = sorted(
        matcher.search(NOISES["homophone"](entry.text, chance), 1)[0].likeness for entry in entries
    )
    misses = [matcher.search(text, 1) for _, text in portal.near_misses(200, chance)]

    assert sum(not hits or hits[0].likeness < slips[10] for hits in misses) >= 190


def test_another_year_is_another_question(matcher: Matcher) -> None:
    matcher = Matcher(make_segment([(1, "云江市2021年氢能领域签约了多少个项目")]))

    assert matcher.search("云江市2021年氢能领域签约了多少个项目")[0].likeness == 1
    assert matcher.search("云江市2022年氢能领域签约了多少个项目")[0].likeness < 0.5


def test_what_was_saved_answers_as_before_and_from_disk(
    tmp_path: Path, portal: Portal, matcher: Matcher
) -> None:
    save_segment(make_segment(enumerate(entry.text for entry in portal.entries)), tmp_path, "7")
    opened = open_segment(tmp_path)
    assert opened is not None
    segment, revision = opened
    again = Matcher(segment, ["请问", "谢谢", "呢", "急"])

    assert revision == "7"
    for entry in portal.entries[:50]:
        assert again.search(entry.text) == matcher.search(entry.text)


@pytest.mark.parametrize("name", ["text", "postings", "starts", "ids", "offsets"])
@pytest.mark.parametrize("kept", [0, 0.5])
def test_a_damaged_segment_is_none(tmp_path: Path, name: str, kept: float) -> None:
    save_segment(make_segment([(1, "低空经济的链长是谁"), (2, "星河园在哪里")]), tmp_path, "1")
    file = tmp_path / f"{name}.npy"
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])

    assert open_segment(tmp_path) is None


def test_no_segment_is_none(tmp_path: Path) -> None:
    assert open_segment(tmp_path / "nothing") is None


def test_a_change_is_seen_by_the_next_search() -> None:
    matcher = Matcher(make_segment([(1, "低空经济的链长是谁"), (2, "星河园在哪里")]))

    matcher.add([(3, "海灯科技投资了多少")])
    assert matcher.search("海灯科技投了多少")[0].id == 3
    matcher.add([(2, "蓝湾基地在哪里")])
    assert matcher.search("蓝湾基地在哪里")[0].id == 2
    assert all(found.likeness < 0.5 for found in matcher.search("星河园在哪里"))
    matcher.remove([1, 3])
    assert [found.id for found in matcher.search("低空经济的链长是谁")] in ([], [2])


def test_changes_lead_to_what_a_new_build_has(portal: Portal) -> None:
    texts = list(enumerate(entry.text for entry in portal.entries[:300]))
    changed = Matcher(make_segment(texts[:200]))
    changed.add(texts[200:])
    rebuilt = Matcher(make_segment(texts))

    for _, text in texts[::7]:
        assert changed.search(text, 1)[0].id == rebuilt.search(text, 1)[0].id


def test_other_words_in_another_order_agree() -> None:
    texts = ["租赁合同应当以什么形式订立", "租赁合同的主要规定有哪些", "买卖合同何时生效"]
    matcher = ParaphraseMatcher(make_segment(enumerate(texts)))

    assert matcher.search("应当用什么形式来订立租赁合同")[0].id == 0


@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    matcher = Matcher(make_segment([(1, "低空经济的链长是谁"), (2, "Low-altitude economy 2024")]))

    assert all(found.likeness <= 1 for found in matcher.search(text))


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_texts_can_be_kept_and_each_is_found_by_itself(texts: list[str]) -> None:
    matcher = Matcher(make_segment(enumerate(texts)))

    for text in texts:
        found = matcher.search(text, 1)
        assert not found or found[0].likeness == pytest.approx(1)
