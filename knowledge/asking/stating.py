"""«What does 613 stand for?»: the figures that state a number which somebody has read."""

import re

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part, any_of
from knowledge.asking.library import Library
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse
from knowledge.models import Figure
from knowledge.numerals import AMOUNT, amount

MOST = 4
"""Figures of one number that may be meant; of more nobody is asked to choose."""

_UNIT = r"[个家条名位种部栋粒吨元项户%]?"


class Stating:
    """Finds figures by their number."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the words that ask what a number stands for."""
        self._library = library
        self._figures = [record for record in library.records if isinstance(record.row, Figure)]
        between, behind = map(any_of, (lexicon.numbers, lexicon.standing_for))
        self._pattern = re.compile(rf"(?<![\d.]){AMOUNT}\s*+{_UNIT}\s*+(?:{between})?\s*+(?:{behind})")

    def decide(self, parse: Parse) -> Decision | None:
        """Tell whose a number is.

        Args:
            parse: the question.

        Returns:
            the figures, or which of them may be meant; None where something else is asked, or none states it.
        """
        found = self._pattern.search(parse.question.text)
        if found is None or self._asks_more(parse, found[0]):
            return None
        number = amount(found)
        stating = [record for record in self._figures if getattr(record.row, "value", None) == number]
        asked = [(entity, topic) for record in stating for entity, topic in record.asked[:1]]
        if not 1 <= len(set(asked)) <= MOST:
            return None
        (entity, topic), *_ = asked
        if len({topic for _, topic in asked}) > 1:
            return Decision(Outcome.CHOOSE, alternatives=list(dict.fromkeys(asked)))
        chosen = [
            Candidate(record, owner, topic, support=1.0)
            for record, (owner, _) in zip(stating, asked, strict=True)
        ]
        return Decision(Outcome.ANSWERED, entity, topic, chosen=chosen)

    def _asks_more(self, parse: Parse, stretch: str) -> bool:
        """Whether a question has words besides, by which it asks for something else."""
        telling = {Part.ENTITY, Part.KIND, Part.TOPIC, Part.REFUSAL, None}
        home = self._library.home
        spans = (span for span in parse.spans if span.part in telling and home not in span.values)
        return any(span.text not in stretch for span in spans)
