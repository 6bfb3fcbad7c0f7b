"""Whether so much a day, a month or on average is asked for, which no total tells."""

from collections.abc import Sequence

from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part, whole_words
from knowledge.asking.normalize import fold_text
from knowledge.asking.rank import SUMS, Candidate
from knowledge.asking.spans import Parse


def lacks_rate(parse: Parse, chosen: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Whether an amount for each day, week or month is asked for, and no fact tells of any such.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
        lexicon: the words for each period, which mean the same.
    """
    if not chosen or not (parse.values(Part.QUESTION) & AMOUNTS or parse.values(Part.TOPIC) & SUMS):
        return False
    # «On which day?» asks for a date.
    text = whole_words(lexicon.calendar).sub(" ", parse.question.text)
    asked = [words for words in lexicon.periods if whole_words(words).search(text)]
    told = [fold_text(one.record.text) for one in chosen]
    return any(not any(map(whole_words(words).search, told)) for words in asked)
