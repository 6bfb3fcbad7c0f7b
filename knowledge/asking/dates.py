"""Whether a question asks for a date that an answer does not give: «in which month is it done?»"""

import re
from collections.abc import Callable

from knowledge.asking.answer import Answer
from knowledge.asking.lexicon import Lexicon, Part, whole_words
from knowledge.asking.normalize import fold_text
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse

_DATE = re.compile(
    r"\d\s*+[年月日]|季度|[年月][底初]|[上下]半年|(?:19|20)\d\d|quarter|half of|end of|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
"""A date or a piece of one, in either language."""

_TIME = re.compile(r"\d\s*+(?:[点时]|am\b|pm\b|a\.m|p\.m|o'clock)|\d:\d\d|[上下中]午")
"""A time of day, likewise."""

_ISSUED = frozenset({"issuer"})
"""The topic of who issued something, which is asked with the words for when as well."""


def lacks_dates(parse: Parse, answer: Answer, lexicon: Lexicon) -> bool:
    """Whether a date or a time of day is asked for and neither the answer nor what it quotes has any.

    Args:
        parse: the question.
        answer: what would be said; one without a source lacks nothing.
        lexicon: the words that ask for dates, and for the time of day.
    """
    # «When was it issued?» is not answered with by whom.
    issued = parse.values(Part.TOPIC) == _ISSUED and "when" in parse.values(Part.QUESTION)
    text = parse.question.text
    dated = issued or whole_words(lexicon.calendar).search(text)
    timed = whole_words(lexicon.clock).search(text)
    if not answer.sources or not (dated or timed):
        return False
    said = (*answer.lines, *(source.quote for source in answer.sources))
    return not any(map(_has_time if timed else _has_date, said))


def says_when(parse: Parse, lexicon: Lexicon) -> Callable[[Candidate], bool]:
    """Whether a fact gives what is asked for: a time of day, else a date.

    Args:
        parse: the question.
        lexicon: as for `lacks_dates`.
    """
    said = _has_time if whole_words(lexicon.clock).search(parse.question.text) else _has_date
    return lambda candidate: said(candidate.record.text)


def _has_time(text: str) -> bool:
    return _TIME.search(fold_text(text)) is not None


def _has_date(text: str) -> bool:
    return _DATE.search(fold_text(text)) is not None
