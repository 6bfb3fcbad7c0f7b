"""What a long message asks, apart from what its writer tells of themselves around it."""

from dataclasses import dataclass

from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.normalize import Normalized
from knowledge.asking.spans import Clause, Parse, Span, clauses, is_marked

_STOPS = frozenset(",，.。;；!！?？:：、")
"""What ends a clause."""

_ASKING = frozenset({Part.QUESTION, Part.TOPIC, Part.KIND, Part.RANK})
_STRANGE = frozenset({"name", "number"})


@dataclass(frozen=True)
class _Clause:
    spans: tuple[Span, ...]
    told: bool
    marked: bool

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark, or holds what can be asked for and does not only tell."""
        return self.marked or (any(span.part in _ASKING for span in self.spans) and not self.told)

    @property
    def strange(self) -> bool:
        """Whether leaving it out could leave out a place or a year that is asked about."""
        return not self.told and any(span.part is None and span.tag in _STRANGE for span in self.spans)


def focused(parse: Parse, lexicon: Lexicon) -> Parse | None:
    """The clauses of a message that ask, with the entity that another names if they name none.

    «We make car parts; which parks are there?»: the first clause is the writer's own matter, and its words
    are nothing that an answer has to account for. A clause that names a place, a person or a number stays,
    unless its writer speaks of themselves.

    Returns:
        a shorter question; None where nothing can be left out.
    """
    found = _clauses(parse, lexicon)
    asking = [clause for clause in found if clause.asks]
    others = [clause for clause in found if not clause.asks]
    if not asking or not others or any(clause.strange for clause in others):
        return None
    kept = [span for clause in asking for span in clause.spans]
    if not any(span.part is Part.TOPIC for span in kept):
        # «I look for the chain's leader; who is that?»: what is asked for was told.
        kept += [span for clause in others for span in clause.spans if span.part is Part.TOPIC]
    if not any(span.part is Part.ENTITY for span in kept):
        if all(span.part is Part.QUESTION for span in kept):
            return None
        kept += [span for clause in others for span in clause.spans if span.part is Part.ENTITY]
    return Parse(parse.question, tuple(sorted(kept, key=lambda span: span.start)))


def _clauses(parse: Parse, lexicon: Lexicon) -> list[_Clause]:
    return [
        _Clause(
            clause.spans,
            told=told(parse.question, clause, lexicon),
            marked=is_marked(parse.question, clause),
        )
        for clause in clauses(parse.question, parse.spans, _STOPS)
    ]


def told(question: Normalized, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause is about its writer: «we make …», without a question word or «want to know».

    Args:
        question: the message in units.
        clause: one of its clauses.
        lexicon: the words with which such a clause begins.
    """
    words = question.words(clause.start, clause.end)
    asks = any(span.part is Part.QUESTION for span in clause.spans)
    if asks or any(word in words for word in lexicon.inquiring):
        return False
    # «Hello, we make …»: what is told begins after the greeting.
    greeted = [span for span in clause.spans if span.part is Part.GREETING and span.start == clause.start]
    rest = question.words(greeted[0].end, clause.end) if greeted else words
    return rest.startswith(lexicon.openers)
