"""Mandarin syllables: how a character is read, what a typist confuses, how joined pinyin falls apart."""

import os
from functools import cache, lru_cache

# Per-character readings are enough here, and the phrase tables cost most of the import's time.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

_FOLDS = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
    ("lv", "lu"),
    ("nv", "nu"),
)
"""What southern speakers and hasty thumbs do not tell apart."""

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

NUMERALS = dict(zip("yi er san si wu liu qi ba jiu shi".split(), "一二三四五六七八九十", strict=True))  # noqa: SIM905
MEASURES = {"da": "大", "tiao": "条", "xiang": "项", "lei": "类", "zhong": "种"}
ORDER = ("di", "第")
"""Syllables that are numbers, those behind which they are, and the one before them.

Neither 名 nor 位 is among them: Liu Ming and Liu Wei are people.
"""

COPULA = "shi"
"""A number too, but far oftener 是."""

PARTICLES = frozenset(
    "a ba bei bu da dao de di dou duo e gei gen ge ha he hai hen hui jia jiu la le lai li ma me mei men "  # noqa: SIM905
    "na ne ni nin o qu quan shang shei shi shui shuo ta tiao wei wo xia xiang yao ye yi you yu zai zhe zhi "
    "zhong zuo zui".split()
)
"""Words of one syllable that stand beside any other: 的, 是, 在, 你."""

LONGEST = 6
"""The longest syllable, zhuang, in letters."""


@lru_cache(maxsize=50_000)
def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of a Chinese character, the commonest first; empty for anything else."""
    listed = pinyin_dict.get(ord(character))
    if listed is None:
        return ()
    first = pinyin(character, style=Style.NORMAL)[0][0]
    return tuple(dict.fromkeys([first, *(_plain(reading) for reading in listed.split(","))]))


@cache
def syllables() -> frozenset[str]:
    """Every toneless syllable of the language."""
    listed = {reading for together in set(pinyin_dict.values()) for reading in together.split(",")}
    plain = {_plain(reading) for reading in listed}
    return frozenset(
        syllable
        for syllable in plain
        if (syllable.isascii() and len(syllable) > 1) or syllable in {"a", "e", "o"}
    )


@lru_cache(maxsize=5_000)
def fold(syllable: str) -> str:
    """A syllable with what is often confused made the same: `zhang` and `zan` become one."""
    for written, folded in _FOLDS:
        syllable = syllable.replace(written, folded)
    return syllable


@cache
def neighbours(letter: str) -> str:
    """The keys right beside a letter's; empty for anything else."""
    for row in _KEYBOARD:
        at = row.find(letter)
        if at >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return ""


@lru_cache(maxsize=10_000)
def split_pinyin(letters: str) -> tuple[str, ...]:
    """Split joined pinyin into syllables, the fewest that fit (`lianzhangzhi` → lian zhang zhi).

    Args:
        letters: lower-case ASCII letters.

    Returns:
        the syllables; empty where the letters are not pinyin throughout.
    """
    known = syllables()
    # best[i]: the fewest syllables for letters[:i]; a longer last syllable is preferred on a tie.
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - LONGEST), end):
            before = best[start]
            if before is not None and letters[start:end] in known:
                candidate = (*before, letters[start:end])
                current = best[end]
                if current is None or len(candidate) < len(current):
                    best[end] = candidate
    return best[-1] or ()


@lru_cache(maxsize=5_000)
def _plain(reading: str) -> str:
    return str(to_normal(reading)).replace("ü", "v")
