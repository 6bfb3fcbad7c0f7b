"""What a long message asks, apart from what its writer tells of themselves around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.normalize import Normalized
from knowledge.asking.spans import Parse, Span

_STOPS = frozenset(",，.。;；!！?？:：、")
"""What ends a clause."""

_MARKS = frozenset("?？")

_ASKING = frozenset({Part.QUESTION, Part.TOPIC, Part.KIND})
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
    clauses = _clauses(parse, lexicon)
    asking = [clause for clause in clauses if clause.asks]
    others = [clause for clause in clauses if not clause.asks]
    if not asking or not others or any(clause.strange for clause in others):
        return None
    kept = [span for clause in asking for span in clause.spans]
    if not any(span.part is Part.ENTITY for span in kept):
        if all(span.part is Part.QUESTION for span in kept):
            return None
        kept += [span for clause in others for span in clause.spans if span.part is Part.ENTITY]
    return Parse(parse.question, tuple(sorted(kept, key=lambda span: span.start)))


def _clauses(parse: Parse, lexicon: Lexicon) -> list[_Clause]:
    units = parse.question.units
    edges = [place for place, unit in enumerate(units) if unit.text in _STOPS]
    starts = [0, *(edge + 1 for edge in edges)]
    ends = [*edges, len(units)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        spans = tuple(span for span in parse.spans if start <= span.start < end)
        if spans:
            marked = end < len(units) and units[end].text in _MARKS
            found.append(_Clause(spans, _told(parse.question, start, end, spans, lexicon), marked))
    return found


def _told(question: Normalized, start: int, end: int, spans: Sequence[Span], lexicon: Lexicon) -> bool:
    """Whether a clause is about its writer: «we make …», without a question word or «want to know»."""
    words = question.words(start, end)
    if any(span.part is Part.QUESTION for span in spans) or any(word in words for word in lexicon.inquiring):
        return False
    return words.startswith(lexicon.openers)
