"""What two writings of a text have in common: folded characters, and a code for each one's sound.

Both are looked up in tables of one number a UTF-16 unit, so that a million texts are keyed in a second.
"""

import string
import unicodedata
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from knowledge.asking.normalize import fold_text
from knowledge.asking.syllables import fold, neighbours, readings, split_pinyin, syllables

Units = npt.NDArray[np.uint16]
"""UTF-16 units, or one code of a sound for each."""

SOUNDS = 512
"""Above every code of a sound, so that a pair of them is one number: first * SOUNDS + second."""

BREAK = "\n"
"""Ends each text; stands for no sound."""

_OTHER = 1
_FIRST_SYLLABLE = 64
_TABLE = 1 << 16
_CHINESE = range(0x3400, 0xA000)
_HALVES = range(0xD800, 0xE000)
_ALONE = 0x800
"""Halves of rarer characters become private ones, so that each unit is a character by itself."""


@cache
def sound_codes() -> dict[str, int]:
    """The code of each letter, digit and folded syllable (`zhang` and `zan` are one)."""
    codes = {sign: number for number, sign in enumerate(string.ascii_lowercase + string.digits, _OTHER + 1)}
    for number, syllable in enumerate(sorted({fold(syllable) for syllable in syllables()}), _FIRST_SYLLABLE):
        codes.setdefault(syllable, number)
    return codes


@cache
def folding() -> Units:
    """For each UTF-16 unit the one it is folded to: NFKC, lower, simplified; 0 drops marks and spaces."""
    table = np.zeros(_TABLE, np.uint16)
    for code in range(_TABLE):
        if code in _HALVES:
            table[code] = code + _ALONE
            continue
        plain = unicodedata.normalize("NFKC", chr(code)).lower()[:1]
        if plain.isalnum():
            table[code] = ord(plain) if ord(plain) < _TABLE else code
    chinese = [code for code in _CHINESE if table[code]]
    simple = fold_text(BREAK.join(chr(table[code]) for code in chinese)).split(BREAK)
    for code, character in zip(chinese, simple, strict=True):
        table[code] = ord(character) if len(character) == 1 and ord(character) < _TABLE else code
    return table


@cache
def sounding() -> Units:
    """For each folded UTF-16 unit the code of its sound; 0 for the end of a text."""
    codes = sound_codes()
    table = np.full(_TABLE, _OTHER, np.uint16)
    table[0] = table[ord(BREAK)] = 0
    for sign in string.ascii_lowercase + string.digits:
        table[ord(sign)] = codes[sign]
    for code in _CHINESE:
        found = readings(chr(code))
        if found:
            table[code] = codes.get(fold(found[0]), _OTHER)
    return table


def codes_of(text: str) -> Units:
    """A text's UTF-16 units."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def units(text: str) -> Units:
    """A text's UTF-16 units, folded, without marks and spaces."""
    folded = folding()[codes_of(text)]
    return folded[folded > 0]


def spelled(text: str) -> Units | None:
    """The sounds of a text typed as pinyin; None where it is anything else."""
    words = fold_text(text).split()
    parts = [split_pinyin(word) if word.isalpha() and word.isascii() else () for word in words]
    codes = sound_codes()
    whole = [codes[fold(part)] for split in parts for part in split]
    return np.array(whole, np.uint16) if words and all(parts) and len(whole) > 1 else None


def sounds(folded: Units) -> Units:
    """The code of the sound of each unit."""
    return sounding()[folded]


def pairs(sounded: Units) -> npt.NDArray[np.uint32]:
    """Neighbouring sounds as one number each; those across the end of a text are 0 in one half."""
    wide = sounded.astype(np.uint32)
    return wide[:-1] * SOUNDS + wide[1:]


@cache
def _names() -> dict[str, str]:
    return {chr(code): sign for sign, code in sound_codes().items()}


@lru_cache(maxsize=50_000)
def one_letter_off(one: str, other: str) -> bool:
    """Whether one slip of a finger turns one sound into the other; each is the character of its code."""
    first, second = _names().get(one, ""), _names().get(other, "")
    if len(first) < 2 or len(second) < 2 or OSA.distance(first, second) > 1:
        return False
    wrong = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return len(first) != len(second) or len(wrong) != 1 or wrong[0][1] in neighbours(wrong[0][0])
