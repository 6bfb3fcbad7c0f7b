"""A value, written in the ways Chinese writes it, is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.models.figure import Qualifier
from knowledge.reading.extract.amounts import Amount, find_amounts

_DIGITS = "零一二三四五六七八九"
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000, "千万": 10_000_000, "百万": 1_000_000}
UNITS = ["元", "家", "个", "亩", "吨", "平方米", "人", "户"]
BEFORE = {"": "exact", "约": "about", "近": "nearly", "超过": "over", "逾": "over", "至少": "at_least"}
AFTER = {"": "exact", "左右": "about", "以上": "at_least"}


def numeral(number: int) -> str:
    """A number up to 99999999 in numerals, as people write them."""
    if number >= 10_000:
        rest = number % 10_000
        filler = "零" if 0 < rest < 1000 else ""
        return numeral(number // 10_000) + "万" + (filler + numeral(rest) if rest else "")
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


def only(text: str) -> Amount:
    found = find_amounts(text)
    assert len(found) == 1, (text, found)
    return found[0]


@given(
    st.decimals(min_value="0.1", max_value="9999", places=2),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(UNITS),
    st.sampled_from(sorted(BEFORE)),
    st.booleans(),
)
def test_digits_with_a_scale(number: object, scale: str, unit: str, before: str, spaced: bool) -> None:
    written = f"{number:f}".rstrip("0").rstrip(".")
    gap = " " if spaced else ""
    amount = only(f"共计{before}{gap}{written}{gap}{scale}{unit}。")

    assert amount.value == pytest.approx(float(written) * SCALES[scale])
    assert amount.unit == unit
    assert amount.qualifier == BEFORE[before]


@given(st.integers(2, 99_999_999), st.sampled_from(["元", "家", "户"]), st.sampled_from(sorted(AFTER)))
def test_numerals(number: int, unit: str, after: str) -> None:
    amount = only(f"有{numeral(number)}{unit}{after}。")

    assert amount.value == number
    assert amount.unit == unit
    assert amount.qualifier == AFTER[after]


@given(st.integers(1, 9999), st.integers(1, 9999), st.booleans())
def test_a_sum_in_two_scales(high: int, low: int, by_numerals: bool) -> None:
    text = f"{numeral(high)}亿{numeral(low)}万元" if by_numerals else f"{high}亿{low}万元"

    assert only(f"投资{text}。").value == high * 100_000_000 + low * 10_000


@given(st.integers(1, 100), st.sampled_from(["%", "百分之", "numeral"]))
def test_percent(number: int, way: str) -> None:
    text = {"%": f"{number}%", "百分之": f"百分之{number}", "numeral": f"百分之{numeral(number)}"}[way]
    if number == 100 and way == "numeral":
        text = "百分之一百"

    assert (only(f"增长{text}。").value, only(f"增长{text}。").unit) == (number, "%")


@given(st.integers(1, 9), st.booleans())
def test_tenths(number: int, half: bool) -> None:
    amount = only(f"占{_DIGITS[number]}成{'半' if half else ''},")

    assert (amount.value, amount.unit) == (number * 10 + (5 if half else 0), "%")


@given(st.integers(1, 999), st.sampled_from("多余"), st.sampled_from(["", "万", "亿"]))
def test_odd(number: int, odd: str, scale: str) -> None:
    amount = only(f"有{number}{odd}{scale}元。")

    assert amount.value == number * SCALES[scale]
    assert amount.qualifier is Qualifier.ODD


@given(st.integers(1000, 999_999_999))
def test_thousands_with_commas(number: int) -> None:
    assert only(f"共{number:,}元。").value == number


@pytest.mark.parametrize(
    "text",
    [
        "第3家", "5号楼", "百亿级项目", "1至10家", "3-5家", "2024年", "前11个月", "数十家企业", "十几家",
        "不超过50万元", "最高100万元", "3个小时", "第8.6代", "上千家企业", "每家", "A股", "(1≈0)",
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    assert find_amounts(text) == []


def test_a_unit_that_begins_like_a_numeral() -> None:
    amount = only("装机容量20万千瓦。")

    assert (amount.value, amount.unit) == (200_000, "千瓦")


def test_dollars_and_places() -> None:
    text = "引资约12.6亿美元,签约3家。"
    money, count = find_amounts(text)

    assert (money.value, money.unit, money.qualifier) == (1_260_000_000, "美元", Qualifier.ABOUT)
    assert text[money.start : money.end] == "约12.6亿美元"
    assert (count.value, count.qualifier) == (3, Qualifier.EXACT)
