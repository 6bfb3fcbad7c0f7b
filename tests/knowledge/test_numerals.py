import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9", 9),
        ("九", 9),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百二十", 120),
        ("一千零五", 1005),
        ("三万五千", 35000),
        ("1.5", 1.5),
        ("nine", 9),
        ("eighty", 80),
        ("一半", 0.5),
        ("几", None),
        ("", None),
        ("x", None),
    ],
)
def test_reads_digits_and_numerals(text: str, number: float | None) -> None:
    assert value(text) == number


@given(st.integers(1, 99))
def test_what_is_written_in_numerals_is_read_back(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    written = (digits[tens] if tens > 1 else "") + "十" * bool(tens) + (digits[ones] if ones else "")

    assert value(written) == number


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert value(text) is None or isinstance(value(text), float)
