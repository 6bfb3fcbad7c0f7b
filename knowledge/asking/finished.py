"""Whether it is asked how many are finished, which how many there are does not tell."""

import re
from collections.abc import Sequence
from functools import cache

from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part, any_of
from knowledge.asking.normalize import fold_text
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse

_WHETHER = r"(?!了?(?:没|吗|么))"
"""Behind such a word it is not counted, but asked whether it is so: «how many buildings, all finished?»"""


def lacks_finished(parse: Parse, chosen: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Whether a number of what is finished is asked for, and no fact tells of anything finished.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
        lexicon: the words for what is finished.
    """
    finished = _pattern(lexicon.finished)
    counted = parse.values(Part.QUESTION) & AMOUNTS
    asked = counted and finished.search(parse.question.text)
    return bool(asked and chosen) and not any(finished.search(fold_text(one.record.text)) for one in chosen)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words)}){_WHETHER}")
