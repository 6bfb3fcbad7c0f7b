"""What an entity is called besides its names: the first letters of their pinyin, other words for the same."""

from collections.abc import Iterable, Sequence

from knowledge.asking.english import is_english
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.syllables import readings, split_pinyin

_VOWELS = frozenset("aeiou")
_WORDLIKE = 0.25
"""The share of vowels from which on letters may be a word of English."""

SHORTEST = 4
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
    return list(known | dict.fromkeys(_initials(known)))


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
