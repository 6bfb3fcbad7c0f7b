"""How people's questions come out other than they meant: slips of thumbs, ears, eyes and keyboards."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from rapidfuzz.distance import OSA

from knowledge.asking.normalize import to_traditional
from knowledge.asking.syllables import fold, neighbours, readings, syllables
from knowledge.matching.shapes import parts

Noise = Callable[[str, Random], str]
"""A question and a source of chance in; out as it came out, unchanged where this cannot befall it."""

_BEFORE = ("请问", "你好，", "想问一下", "麻烦问下，", "我想了解一下", "那个，", "帮我查查", "老师您好，请问")
_AFTER = ("？", "呢", "啊", "，谢谢", "呀？", "？急", "，麻烦了", "……")


def homophone(text: str, chance: Random) -> str:
    """The first word the keyboard offers for the right pinyin: 产业链 → 产页链."""
    return _replace(text, chance, lambda sign: _by_sound().get(readings(sign)[0], ""))


def near_sound(text: str, chance: Random) -> str:
    """What southern speakers do not tell apart: zh and z, ang and an."""

    def others(sign: str) -> str:
        sound = readings(sign)[0]
        alike = [other for other in _by_fold().get(fold(sound), ()) if other != sound]
        return "".join(_by_sound().get(other, "") for other in alike)

    return _replace(text, chance, others)


def keyboard_pinyin(text: str, chance: Random) -> str:
    """One letter of a syllable is missed, and the keyboard offers a word for what was typed: lian → lina."""

    def others(sign: str) -> str:
        return "".join(_by_sound().get(other, "") for other in _mistyped(readings(sign)[0]))

    return _replace(text, chance, others)


def look_alike(text: str, chance: Random) -> str:
    """Another character with a part in common: 径 for 经."""
    return _replace(text, chance, _alike)


def swap(text: str, chance: Random) -> str:
    """Two neighbouring characters change places."""
    places = [at for at in range(len(text) - 1) if _chinese(text[at]) and _chinese(text[at + 1])]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def drop(text: str, chance: Random) -> str:
    """A character is missing."""
    places = [at for at, sign in enumerate(text) if _chinese(sign)]
    if len(places) < 4:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1 :]


def double(text: str, chance: Random) -> str:
    """A character stands twice."""
    places = [at for at, sign in enumerate(text) if _chinese(sign)]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at] + text[at:]


def traditional(text: str, chance: Random) -> str:
    """Traditional characters."""
    return to_traditional(text)


def full_width(text: str, chance: Random) -> str:
    """Full-width letters, digits and marks, with a space somewhere."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    # Nobody splits a word of letters or a number.
    places = [at for at in range(len(text) + 1) if not text[max(0, at - 1) : at + 1].isascii() or not text]
    at = chance.choice(places or [0])
    return wide[:at] + "\u3000" + wide[at:]


def filler(text: str, chance: Random) -> str:
    """Polite words around it."""
    return chance.choice(_BEFORE) + text.rstrip("？?。") + chance.choice(_AFTER)


def pinyin(text: str, chance: Random) -> str:
    """Typed as pinyin throughout, a syllable a word or all in one."""
    if not all(_chinese(sign) for sign in text):
        return text
    return chance.choice((" ", "")).join(readings(sign)[0] for sign in text)


NOISES: Mapping[str, Noise] = {
    noise.__name__: noise
    for noise in (
        homophone,
        near_sound,
        keyboard_pinyin,
        look_alike,
        swap,
        drop,
        double,
        traditional,
        full_width,
        filler,
        pinyin,
    )
}
"""Every kind of noise by name."""


def _chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff" and bool(readings(sign))


def _replace(text: str, chance: Random, others: Callable[[str], str]) -> str:
    places = [at for at, sign in enumerate(text) if _chinese(sign)]
    chance.shuffle(places)
    for at in places:
        choices = [sign for sign in others(text[at]) if sign != text[at]]
        if choices:
            return text[:at] + chance.choice(choices) + text[at + 1 :]
    return text


@cache
def _common() -> str:
    """The 3,755 commonest characters: the first level of GB 2312."""
    rows = range(0xB0, 0xD8)
    return "".join(
        bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF)
    )


@cache
def _by_sound() -> dict[str, str]:
    table: dict[str, str] = defaultdict(str)
    for sign in _common():
        table[readings(sign)[0]] += sign
    return table


@cache
def _by_fold() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for syllable in sorted(syllables()):
        table[fold(syllable)].append(syllable)
    return table


@cache
def _mistyped(syllable: str) -> tuple[str, ...]:
    """Syllables that a neighbouring key, or two letters in the wrong order, make of one."""
    near = set()
    for at, letter in enumerate(syllable):
        near |= {syllable[:at] + key + syllable[at + 1 :] for key in neighbours(letter)}
        near.add(syllable[:at] + syllable[at + 1 : at + 2] + letter + syllable[at + 2 :])
    return tuple(sorted(near & syllables() - {syllable}))


@cache
def _parts() -> dict[str, frozenset[str]]:
    return {sign: parts(sign) for sign in _common()}


@cache
def _alike(sign: str) -> str:
    """Common characters of the same number of parts that differ in one, and sound otherwise."""
    own = _parts().get(sign, frozenset())
    if len(own) < 2:
        return ""
    return "".join(
        other
        for other, others in _parts().items()
        if len(own) == len(others)
        and len(own & others) == len(own) - 1
        and OSA.distance(readings(sign)[0], readings(other)[0]) > 0
    )
