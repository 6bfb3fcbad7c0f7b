"""English words as such: which are in use, which say little, which must be names."""

from collections.abc import Sequence
from functools import cache, lru_cache

IN_USE = 1000
"""How often a word has to stand in the corpus of the spelling dictionary to be taken for itself."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_DATING = frozenset(word for month in MONTHS for word in (month.lower(), month[:3].lower())) - {"may", "mar"}
"""What tells one month from another, as names do; «may» and «mar» are mostly something else."""

MAY = "may"
_OF_MONTH = frozenset({"in", "since", "by", "until", "till", "last", "early", "late", "mid", "of", "from"})
"""What stands before «May» where it is the month."""

_BEFORE, _SPAN = frozenset({"last", "next", "previous"}), frozenset({"year", "month", "week", "quarter"})
"""Of two such words together is made another time than ours, «last year», as 去年 is one word."""

_QUARTERS = frozenset({"first", "second", "third", "fourth"})
"""What tells one quarter from another, as 二季度 is one word."""

COMMON = 200_000
"""From here on a word is so common that it says little: good, start, year."""


LONGEST = 20
"""Letters of a word that is looked up for its slips: there are none in use that have more."""


def is_english(word: str) -> bool:
    """Whether a word is in use: «mayor» is no slip of «major»."""
    return _frequency(word) >= IN_USE


def is_time(word: str, behind: str) -> bool:
    """Whether two words are a time: «last year», «second quarter»."""
    return (word in _BEFORE and behind in _SPAN) or (word in _QUARTERS and behind == "quarter")


def is_may(before: str, behind: str, capital: bool) -> bool:
    """Whether «may» is the month, by the words around it and whether it is written as names are."""
    return capital or before in _OF_MONTH or behind.isdigit()


def english_tag(word: str, capital: bool = False) -> str:
    """What a word of letters is: `name`, `common`, or `word`.

    Args:
        word: in lower case.
        capital: whether it was written as names are; a word in no dictionary is one anyway.
    """
    if word.lower() in _DATING:
        return "name"
    frequency = _frequency(word)
    if not frequency or (capital and frequency < COMMON):
        return "name"
    return "common" if frequency >= COMMON else "word"


@lru_cache(maxsize=4096)
def one_slip_away(word: str) -> Sequence[str]:
    """The words in use from which one letter more, less or another makes a word, the commonest first."""
    if len(word) > LONGEST:
        return ()
    found = _speller().known(_speller().edit_distance_1(word))
    return sorted(filter(is_english, found), key=lambda one: (-_frequency(one), one))


def load() -> None:
    """Read the dictionary, so that nobody has to wait for it."""
    _speller()


def _frequency(word: str) -> int:
    return int(_speller().word_frequency[word.lower().removesuffix("'s")])


@cache
def _speller():  # type: ignore[no-untyped-def]  # noqa: ANN202
    from spellchecker import SpellChecker

    return SpellChecker()
