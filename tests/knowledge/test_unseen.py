"""Characters that nobody sees: which go, and which stay because they are seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.unseen import is_seen, visible

STREWN = (
    "云a1 \n\t\r\u200b\u200c\u200d\u200e\u202e\u2066\u00ad\ufe0e\ufe0f\u20e3"
    "👍🏽🏴م\u0915\u094d\U000e0061\U000e0100\u3164"
)

texts = st.text(st.sampled_from(STREWN))


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("星河\u202e园\u202c", "星河园"),
        ("\u2066星河\u2069", "星河"),
        ("低空\u200b经\u2060济\ufeff", "低空经济"),
        ("Xing\u00adhe", "Xinghe"),
        ("a\u200cb\u200dc", "abc"),
        ("葛\U000e0100", "葛"),
        ("园\ufe0f区\ufe00", "园区"),
        ("园\U000e0041\U000e007f区", "园区"),
        ("园\u3164区\u115f\uffa0", "园区"),
        ("a\0b\x1b[31mc\x85d", "ab[31mc\nd"),
        ("a\u2028b\r\nc\rd", "a\nb\nc\nd"),
        ("a\u00a0b\u2003c\u2800d", "a b c d"),
    ],
)
def test_what_nobody_sees_goes(written: str, left: str) -> None:
    assert visible(written) == left


@pytest.mark.parametrize(
    "seen",
    [
        "云港新区　一期\t二期\n三期",
        "👨‍👩‍👧‍👦❤️🧑🏽‍🚀🏳️‍🌈1️⃣",
        "می\u200cخواهم",
        "क्\u200dष",
        "עברית العربية",
        "é e\u0301 ‖ 〇 ㍿ \ue000",
    ],
)
def test_what_is_seen_stays(seen: str) -> None:
    assert visible(seen) == seen


@given(texts)
def test_once_is_enough(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_no_sign_of_direction_stays() -> None:
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    left = [one for one in map(chr, range(0x110000)) if unicodedata.bidirectional(one) in turning]

    assert len(left) > 100
    assert [one for one in left if is_seen(one)] == []
    assert visible("\u200e\u200f\u061c") == ""
