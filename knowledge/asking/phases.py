"""Which phase of something a question is about: what is known of phase II is no answer for phase one.

In Chinese a phase is one word with its number, 一期; in English it is two, and may be written in many ways.
"""

import re
from collections.abc import Sequence

from knowledge.asking.normalize import fold_text
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse

_NUMBERS = {
    **{"one": 1, "first": 1, "1st": 1, "i": 1, "1": 1},
    **{"two": 2, "second": 2, "2nd": 2, "ii": 2, "2": 2},
    **{"three": 3, "third": 3, "3rd": 3, "iii": 3, "3": 3},
}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_PHASE = re.compile(rf"\b(?:phase|stage)\s+({_NUMBER})\b|\b({_NUMBER})\s+(?:phase|stage)\b")


def is_other_phase(parse: Parse, chosen: Sequence[Candidate]) -> bool:
    """Whether facts tell of other phases than a question asks about, and none of that one.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
    """
    asked = _phases(parse.question.text)
    if not asked:
        return False
    told = [_phases(fold_text(candidate.record.text)) for candidate in chosen]
    return any(told) and not any(asked & phases for phases in told)


def _phases(text: str) -> set[int]:
    """The numbers of the phases that an English text names."""
    return {_NUMBERS[before or behind] for before, behind in _PHASE.findall(text)}
