"""Whether a question asks how many there are, and what was found has neither a number nor a list of them."""

from collections.abc import Sequence

from knowledge.asking.lexicon import AMOUNTS, Part
from knowledge.asking.library import LIST_TOPICS
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse
from knowledge.asking.syllables import ORDER
from knowledge.models import Statement
from knowledge.numerals import COUNTED

_HOW_MANY = frozenset({"how_many"})


def lacks_number(parse: Parse, chosen: Sequence[Candidate]) -> bool:
    """Whether it is asked how many, and nothing counts or lists them.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
    """
    if parse.values(Part.QUESTION) & AMOUNTS != _HOW_MANY:
        return False
    # «How many under it?», where nothing says of what: a sentence without a number is no answer either.
    place = any(span.meant.startswith(ORDER) for span in parse.of(Part.QUESTION))
    bare = not (parse.of(Part.KIND) or parse.of(Part.TOPIC) or place)
    listed = LIST_TOPICS.values() if parse.of(Part.KIND) else ()
    rows = [one.record.row for one in chosen if bare or one.topic in listed]
    return bool(rows) and all(isinstance(row, Statement) and not COUNTED.search(row.text) for row in rows)
