"""The outcome of a question and what it rests on."""

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.asking.answer import Outcome
from knowledge.asking.lexicon import Part
from knowledge.asking.passages import Hit
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Span
from knowledge.models import Figure

_KNOWN = frozenset({Part.QUESTION, Part.HOME})
"""Parts of a question that are no strange words, whatever it is about."""


class Operation(StrEnum):
    """What is done with two figures; so are the lists of words for it called, and the texts that tell it."""

    DIFFERENCE = "difference"
    SHARE = "share"
    SUM = "sum"
    AVERAGE = "average"
    RATIO = "ratio"


@dataclass(frozen=True)
class Worked:
    """What was worked out of two figures.

    Attributes:
        operation: of a share, `one` is that of `other`; of an average, `one` is shared out among `other`.
        one, other: the figures, in the order in which they stand in the sum.
        result: in the unit of `one`; of a share in per cent, of a ratio a number.
        exact: neither of the figures is a rough one.
    """

    operation: Operation
    one: Figure
    other: Figure
    result: float
    exact: bool


@dataclass
class Decision:
    """The outcome and what it rests on.

    Attributes:
        entity: what the question is about; empty for none.
        topic: what is asked of it; empty where that is unclear.
        asked: the words in which the topic was asked, where they can be repeated.
        chosen: the facts of the answer, in order.
        hit: the passage to quote, where no fact answers.
        alternatives: for `choose`, what it may mean; else what may be asked instead: (entity, topic) each.
        unexplained: the words that no fact accounts for.
        candidates: the best of all that were weighed.
        implied: the entity was taken from the conversation.
        refusal: why it is none of the bureau's business; empty where it is.
        owed: what was asked besides and is not answered: entity, topic and its words as in `asked`.
        lacking: further questions of the same message that are not answered.
        probability: how likely the fact is the answer, where it was found by meaning; 0 where by words.
        claimed: what the question takes for true and the documents do not say; empty for nothing.
        outside: of several things that are named, those that a list has not; empty for none.
        somebody: a person is asked for.
        products: what somebody makes, by which the chain was found; empty for nothing.
        written: the question is, to the letter, one that somebody has written for the facts.
        rewritten: the question with the name of what was told last, where only that led to it; else empty.
        mended: a stretch that was taken for a slip, and the word that was read instead; empty for none.
        piece: only the first or the last of a list are told, or asked for where nothing is told in order.
        rest: the others of a list are told, of which some were told before.
        standing: it is asked at which place of a list something stands.
        exhausted: what is asked for besides what was told or named, and there is nothing else.
        settled: it is known that this is not told; what a question means leads no further.
        mentioned: of the words that stand for nothing known, those that a document has all the same.
        trade: a chain or a park of a trade is asked for of which nobody tells.
        worked: what comes out of the two figures that were chosen; None where nothing was to be worked out.
        compared: among the figures of how many entities the answer was found; 0 where nothing was compared.
    """

    outcome: Outcome
    entity: str = ""
    topic: str = ""
    asked: str = ""
    chosen: list[Candidate] = field(default_factory=list)
    hit: Hit | None = None
    alternatives: list[tuple[str, str]] = field(default_factory=list)
    unexplained: list[Span] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    implied: bool = False
    refusal: str = ""
    owed: list[tuple[str, str, str]] = field(default_factory=list)
    claimed: str = ""
    outside: str = ""
    somebody: bool = False
    products: str = ""
    written: bool = False
    rewritten: str = ""
    mended: tuple[str, str] | tuple[()] = ()
    compared: int = 0
    worked: Worked | None = None
    mentioned: frozenset[str] = frozenset()
    trade: bool = False
    piece: bool = False
    rest: bool = False
    standing: bool = False
    exhausted: bool = False
    settled: bool = False
    probability: float = 0.0
    lacking: list["Decision"] = field(default_factory=list)

    @property
    def strange(self) -> list[str]:
        """The words that stand for nothing known, each once; Chinese ones that stand together as one."""
        runs: list[list[Span]] = []
        for span in self.unexplained:
            if span.part is not None and (self.entity or span.part in _KNOWN):
                continue
            last = runs[-1][-1] if runs else None
            if last and last.part is span.part is None and last.end == span.start and span.sounds:
                runs[-1].append(span)
            else:
                runs.append([span])
        return list(dict.fromkeys("".join(span.written for span in run) for run in runs))

    @property
    def confidence(self) -> float:
        """Share of the question that is explained, 0 to 1."""
        if self.probability:
            return self.probability
        if self.hit:
            return self.hit.coverage
        return self.chosen[0].support if self.chosen else 0.0
