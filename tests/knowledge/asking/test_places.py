"""The names of other places are names, whatever the dictionary of words makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.asker import Asker
from knowledge.asking.places import find_places, is_county


@given(st.text(alphabet="烟台即墨区市县新城阳和平工业园重点项目", max_size=20))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert "".join(piece for piece, _ in find_places(text)) == text


@pytest.mark.parametrize("text", ["烟台那边的项目", "即墨区的企业", "内蒙古的园区", "苏州工业园"])
def test_places_are_found(text: str) -> None:
    assert find_places(text)[0][1]


@pytest.mark.parametrize("text", ["和平与发展", "新城建设", "工业园区"])
def test_words_that_are_also_short_names_of_counties_are_words(text: str) -> None:
    assert find_places(text) == [(text, False)]


@pytest.mark.parametrize(
    "question",
    [
        "烟台那边海洋重点项目总投资多少啊",
        "即墨区影视企业有几家",
        "20年新经济投资涨几成",
        "即墨的链长制办公室在哪",
        "平度有几条产业链",
        "市北的影视文化企业有多少",
    ],
)
def test_another_place_or_year_is_not_answered_with_ours(shipped_asker: Asker, question: str) -> None:
    assert shipped_asker.ask(question).outcome.value != "answered"


@pytest.mark.parametrize("word", ["即墨", "平度", "莱西", "历下"])
def test_counties_by_their_short_names(word: str) -> None:
    assert is_county(word)


@pytest.mark.parametrize("word", ["资源", "合作", "港口", "交口", "东方"])
def test_short_names_that_are_words(word: str) -> None:
    assert not is_county(word)
