"""Texts as points."""

import numpy as np
import pytest

from knowledge.asking import encoder
from knowledge.asking.encoder import Vectors, encode, points


def test_the_same_is_near_in_every_language() -> None:
    chinese, english, other = points(["海洋生物医药", "marine biomedicine", "今天下雨"])

    assert float(chinese @ english) > 2 * float(chinese @ other)
    assert np.linalg.norm(chinese) == pytest.approx(1, abs=1e-3)


def test_what_comes_again_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []

    def counted(texts: list[str]) -> Vectors:
        encoded.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode", counted)
    first = points(["码头甲", "码头乙", "码头甲"])
    second = points(["码头乙", "码头丙"])

    assert encoded == ["码头甲", "码头乙", "码头丙"]
    assert (first[0] == first[2]).all()
    assert (first[1] == second[0]).all()


def test_old_texts_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "REMEMBERED", 3)

    points(["码头一", "码头二", "码头三", "码头一", "码头四"])

    assert len(encoder._POINTS) == 3
