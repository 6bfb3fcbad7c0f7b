"""Which phase of something a question is about: what is known of phase II is no answer for phase one.

In Chinese a phase is its number before a word, 一期, 第二期; in English it may also stand behind it.
"""

import re
from collections.abc import Sequence
from functools import cache

from knowledge.asking.lexicon import Lexicon
from knowledge.asking.normalize import fold_text
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse

_NUMBERS = {
    **{"one": 1, "first": 1, "1st": 1, "i": 1, "1": 1, "一": 1},
    **{"two": 2, "second": 2, "2nd": 2, "ii": 2, "2": 2, "二": 2},
    **{"three": 3, "third": 3, "3rd": 3, "iii": 3, "3": 3, "三": 3},
}
"""What tells phases apart: nothing here has more of them."""


def is_other_phase(parse: Parse, chosen: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Whether facts tell of other phases than a question asks about, and none of that one.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
        lexicon: what phases are called.
    """
    asked = _phases(parse.question.text, lexicon.phases)
    if not asked:
        return False
    told = [_phases(fold_text(candidate.record.text), lexicon.phases) for candidate in chosen]
    return any(told) and not any(asked & phases for phases in told)


def _phases(text: str, words: tuple[str, ...]) -> set[int]:
    """The numbers of the phases that a text names."""
    return {_NUMBERS[found[found.lastindex or 0]] for found in _pattern(words).finditer(text)}


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    number = "|".join(sorted(_NUMBERS, key=len, reverse=True))
    english = (rf"\b{word}\s+({number})\b|\b({number})\s+{word}\b" for word in words if word.isascii())
    chinese = (rf"(?<![\d十])({number}){word}" for word in words if not word.isascii())
    return re.compile("|".join((*english, *chinese)))
