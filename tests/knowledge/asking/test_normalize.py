"""Units of a question: characters, stems, syllables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.answer import Language
from knowledge.asking.normalize import fold_text, normalize
from knowledge.asking.syllables import fold, readings, split_pinyin, syllables


def texts(question: str) -> list[str]:
    return [unit.text for unit in normalize(question).units]


def test_traditional_and_full_width_become_one() -> None:
    assert texts("產業鏈") == texts("产业链")
    assert texts("５Ｇ") == texts("5g") == ["5g"]


def test_joined_pinyin_falls_into_syllables() -> None:
    assert split_pinyin("lianzhangzhi") == ("lian", "zhang", "zhi")
    assert split_pinyin("xian") == ("xian",)
    assert split_pinyin("hello") == ()


def test_tells_pinyin_from_english() -> None:
    english = frozenset({"who", "is", "the", "leader", "can", "he", "chang", "men"})
    assert normalize("lianzhang shi shei").spelled
    assert not normalize("who is the leader", english).spelled
    assert not normalize("can he change", english).spelled


def test_languages() -> None:
    assert normalize("产业链有哪些").language is Language.HANS
    assert normalize("產業鏈有哪些").language is Language.HANT
    assert normalize("Which chains are there?").language is Language.EN
    assert normalize("What did Extreme Vision (极视角) create first?").language is Language.EN
    assert normalize("cross-border 电商 park 叫啥名").language is Language.HANS
    assert normalize("liangge qianyi ji 的链 shi naliang tiao").language is Language.HANS
    assert normalize("chanyelian").language is Language.HANS


def test_characters_of_several_readings() -> None:
    assert {"chang", "zhang"} <= set(readings("长"))
    assert readings("a") == ()


def test_what_thumbs_confuse_folds_together() -> None:
    assert fold("zhang") == fold("zan")
    assert fold("xing") == fold("xin")


@given(st.text(max_size=300))
def test_any_text_becomes_units(text: str) -> None:
    question = normalize(text)
    assert all(unit.text for unit in question.units)
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.lists(st.sampled_from(sorted(syllables())), min_size=1, max_size=8))
def test_joined_syllables_always_fall_apart_again(parts: list[str]) -> None:
    split = split_pinyin("".join(parts))
    assert "".join(split) == "".join(parts)
    assert len(split) <= len(parts)


@given(st.integers(1, 12), st.integers(1, 31))
def test_days_in_numerals_are_the_same_days(month: int, day: int) -> None:
    def written(number: int) -> str:
        tens, ones = divmod(number, 10)
        digits = "零一二三四五六七八九"
        return (digits[tens] if tens > 1 else "") + "十" * bool(tens) + (digits[ones] if ones else "")

    assert normalize(f"{written(month)}月{written(day)}号").text == f"{month}月{day}日"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("二〇二一年一月签约", "2021年1月签约"),
        ("二零二一年的", "2021年的"),
        ("头三个月", "头三个月"),
        ("第一条链", "第一条链"),
    ],
)
def test_dates_in_numerals_are_dates(text: str, plain: str) -> None:
    assert normalize(text).text == plain
