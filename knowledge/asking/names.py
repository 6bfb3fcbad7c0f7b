"""What an entity is called besides its names: the first letters of their pinyin, two words in one, others."""

import re
from collections.abc import Iterable, Sequence

from knowledge.asking.deputies import BEFORE
from knowledge.asking.english import is_english
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.syllables import readings, split_pinyin

_VOWELS = frozenset("aeiou")
_WORDLIKE = 0.25
"""The share of vowels from which on letters may be a word of English."""

_NAME_LENGTHS = range(2, 5)
"""Characters of a Chinese name; one of four has a surname of two."""

_POSTS = re.compile(r"[，、,;；]")

_TWO = 2

SHORTEST = 3
"""Letters that initials have at least; fewer are anybody's."""


def called(names: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Names, and all that follows from them.

    Args:
        names: as the knowledge has them.
        lexicon: which words mean the same.
    """
    known = dict.fromkeys(names)
    for group in lexicon.equivalents:
        if group & known.keys():
            known |= dict.fromkeys(sorted(group))
    return list(known | dict.fromkeys((*_initials(known), *_run_together(known))))


def addressed(name: str, post: str, lexicon: Lexicon) -> list[str]:
    """How the holder of a post is addressed: 周主任 for 周岚, 管委会副主任.

    Args:
        name: the person's.
        post: in full; several are joined by commas.
        lexicon: which forms go with which post.
    """
    if not all(readings(sign) for sign in name) or len(name) not in _NAME_LENGTHS:
        return []
    surname = name[: 2 if len(name) == max(_NAME_LENGTHS) else 1]
    found: list[str] = []
    for one in _POSTS.split(post):
        ending = max((known for known in lexicon.titles if one.endswith(known)), key=len, default="")
        forms = lexicon.titles.get(ending, ())
        found += [surname + form for form in forms]
        # 姓张的局长, 姓张的那位.
        found += [f"姓{surname}", f"姓{surname}的", *(f"姓{surname}的{form}" for form in forms)]
        if one.endswith(f"{BEFORE}{ending}") and ending:
            found.append(f"{surname}{BEFORE}{ending}")
    return list(dict.fromkeys(found))


def _run_together(names: Iterable[str]) -> Iterable[str]:
    """West Coast is typed westcoast; not where that is a word."""
    for name in names:
        words = name.lower().split()
        plain = all(word.isascii() and word.isalpha() and len(word) >= SHORTEST for word in words)
        if plain and len(words) == _TWO and not is_english("".join(words)):
            yield "".join(words)


def _initials(names: Iterable[str]) -> Iterable[str]:
    """西海岸新区 is typed xhaxq; not where that is pinyin or a word of English."""
    for name in names:
        sounds = [readings(sign) for sign in name]
        if len(name) >= SHORTEST and all(sounds):
            letters = "".join(sound[0][0] for sound in sounds)
            # With few vowels it is no word, and the dictionary need not be opened.
            vowels = sum(letter in _VOWELS for letter in letters)
            word = vowels > _WORDLIKE * len(letters) and is_english(letters)
            if not word and not split_pinyin(letters):
                yield letters
