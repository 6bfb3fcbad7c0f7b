"""«So that's 12 billion?», «不是30%吗», «wasn't it the third?»: what was told last, and what is repeated."""

from knowledge.asking.amounts import is_scale, stated
from knowledge.asking.answer import Context, Outcome
from knowledge.asking.claims import WHETHER, asks_whether, is_year
from knowledge.asking.decision import Decision
from knowledge.asking.leading import standing
from knowledge.asking.lexicon import DENYING, Lexicon, Part, whole_words
from knowledge.asking.library import Library
from knowledge.asking.rank import Candidate
from knowledge.asking.references import is_ordinal
from knowledge.asking.spans import Parse, Span
from knowledge.models import Figure
from knowledge.numerals import value


class Checker:
    """Holds a number or a place that somebody repeats against what was told last."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the words with which people make sure."""
        self._library = library
        self._lexicon = lexicon
        self._doubting = whole_words(lexicon.doubting)

    def decide(self, parse: Parse, context: Context) -> Decision | None:
        """What was told, and whether it is what is repeated.

        Args:
            parse: the question.
            context: what the conversation is about.

        Returns:
            None where a question says more than numbers, or what was told has none of their kind.
        """
        if not context.listed or not self._makes_sure(parse):
            return None
        if any(map(is_ordinal, parse.content)):
            return standing(parse, context.entities[:1], self._library, self._lexicon)
        if any(map(is_year, parse.left)):
            # «2019?» asks for another year.
            return None
        shown = self._library.shown(context.listed)
        told = [(record, record.row) for record in shown if isinstance(record.row, Figure)]
        for number in stated(parse):
            alike = [(record, row) for record, row in told if number.may_be(row, self._lexicon.units)]
            same = [(record, row) for record, row in alike if row.value == number.value]
            chosen = [
                Candidate(record, row.subject_id, row.topic, support=1.0) for record, row in same or alike
            ]
            if chosen:
                entity, topic, claimed = chosen[0].entity, chosen[0].topic, "" if same else number.text
                return Decision(Outcome.ANSWERED, entity, topic, chosen=chosen, claimed=claimed, implied=True)
        return None

    def _makes_sure(self, parse: Parse) -> bool:
        """Whether a question is nothing but numbers, and asks whether they are right."""
        numbers = [span for span in parse.content if is_ordinal(span) or _is_number(span)]
        others = [
            span
            for span in parse.content
            if span not in numbers and not is_scale(span) and span.text not in self._lexicon.doubting
        ]
        if not numbers or not all(span.part is Part.QUESTION and span.values <= WHETHER for span in others):
            return False
        doubts = self._doubting.search(parse.question.text)
        if doubts or DENYING in parse.values(Part.SWITCH) or asks_whether(parse, self._lexicon):
            return True
        # «The third?» asks for what stands there.
        return parse.marked and not any(map(is_ordinal, numbers))


def _is_number(span: Span) -> bool:
    return span.tag == "number" and value(span.text) is not None
