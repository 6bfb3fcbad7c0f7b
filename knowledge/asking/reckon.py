"""Questions that compare figures: the largest project, the projects above a sum."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, Library
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse
from knowledge.models import Figure, Kind
from knowledge.numerals import AMOUNT, amount, value

_SUBJECTS = {"project": frozenset({Kind.PROJECT, Kind.PARK})}
"""Kinds that are asked about under another's name: a park that is being built is a project."""

_USUAL = "investment"
"""What «the largest» means where nothing is said, of these kinds."""

_COUNTING = frozenset({"many", "few"})
"""Ranks that compare how many there are: 最多."""

COMPARING = frozenset({"most", "least"}) | _COUNTING
"""Ranks that compare figures; the others are places in a list."""

_PARTS = frozenset(Kind) - {Kind.ZONE, Kind.SIGNING}
"""Kinds of which each has its own things of a kind: the whole zone, or a day, is none of them."""

_INVESTED = frozenset({"project", "signing"})


@dataclass(frozen=True)
class _Asked:
    """What figures have to be compared, and which of them pass."""

    topic: str
    kinds: frozenset[Kind]
    passes: Callable[[float], bool] | None
    largest: bool


class Reckoner:
    """Compares the figures of a knowledge base."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the words in which people compare."""
        self._library = library
        self._over = _pattern(lexicon.limits.get("over", ()), lexicon.limits.get("over_after", ()))
        self._under = _pattern(lexicon.limits.get("under", ()), lexicon.limits.get("under_after", ()))
        self._figures = [(record, record.row) for record in library.records if isinstance(record.row, Figure)]
        self._counted = {row.topic for _, row in self._figures}
        self._known = self._counted | set(LIST_TOPICS.values()) | {"overview"}

    def decide(self, parse: Parse) -> Decision | None:
        """Answer a superlative or a limit from the figures there are.

        Args:
            parse: the question.

        Returns:
            the figures that fit, or that none does; None where nothing is compared, or it is unclear what.
        """
        asked = self._asked(parse)
        if asked is None:
            return None
        known = [(record, row) for record, row in self._figures if self._meant(row, asked)]
        if len({row.unit for _, row in known}) > 1:
            return None
        if asked.passes is None:
            best = (max if asked.largest else min)((row.value for _, row in known), default=None)
            fitting = [(record, row) for record, row in known if row.value == best]
        else:
            fitting = [(record, row) for record, row in known if asked.passes(row.value)]
        if not fitting:
            return Decision(Outcome.MISSING, "", asked.topic, compared=len(known)) if known else None
        chosen = [Candidate(record, row.subject_id, asked.topic, support=1.0) for record, row in fitting]
        compared = len({row.subject_id for _, row in known})
        return Decision(Outcome.ANSWERED, chosen[0].entity, asked.topic, chosen=chosen, compared=compared)

    def _asked(self, parse: Parse) -> _Asked | None:
        ranks = parse.values(Part.RANK) & COMPARING
        text = parse.question.text
        over, under = self._over.search(text), self._under.search(text)
        listed = {listed: kind.value for kind, listed in LIST_TOPICS.items()}
        kinds = parse.values(Part.KIND) | {
            listed[topic] for topic in parse.values(Part.TOPIC) if topic in listed
        }
        if not (ranks or over or under) or self._strange(parse, over or under):
            return None
        topics = [topic for span in parse.of(Part.TOPIC) for topic in sorted(span.values)]
        if not kinds:
            # «What invests more than a hundred billion?»: whatever it was counted of.
            topic = next((topic for topic in topics if topic in self._counted), "")
            passes = _limit(over, 1) or _limit(under, -1)
            return _Asked(topic, frozenset(Kind), passes, True) if topic and passes else None
        lists = sorted(LIST_TOPICS[Kind(kind)] for kind in kinds)
        counted = [topic for topic in (*topics, *lists) if topic in self._counted]
        topic = next((topic for topic in topics if topic not in listed and topic in self._counted), "")
        subjects = frozenset(
            kind
            for name in kinds
            if len(kinds) == 1 or LIST_TOPICS[Kind(name)] not in counted
            for kind in _SUBJECTS.get(name, {Kind(name)})
        )
        if not topic:
            topic = next((one for one in counted if len(kinds) > 1), _USUAL if kinds <= _INVESTED else "")
        if not topic:
            return None
        if (
            kinds <= _INVESTED
            and (ranks & _COUNTING or "count" in topics)
            and not {*topics} - {"count", *lists}
        ):
            # «Of what are there the most projects?»: in numbers, not in money.
            topic, subjects = lists[0], _PARTS
        if Kind.SECTOR in subjects:
            # What people call a field may be a chain here.
            subjects |= {Kind.CHAIN}
        passes = _limit(over, 1) or _limit(under, -1)
        return _Asked(topic, subjects, passes, not ranks & {"least", "few"})

    def _strange(self, parse: Parse, limit: re.Match[str] | None) -> bool:
        """Whether anything is asked besides: another year, another place, words that nothing explains."""
        counts = {len(self._library.of_kind(Kind(kind))) for kind in parse.values(Part.KIND)}
        left = [
            span
            for span in parse.left
            if not (limit and span.text in limit[0])
            and not (span.tag == "number" and value(span.text) in counts)
        ]
        first = min((span.start for span in parse.of(Part.KIND)), default=0)
        # «In which street are most of the projects?»: streets are what is compared.
        before = [span for span in parse.of(Part.TOPIC) if span.start < first]
        left += [span for span in before if not span.values & self._known]
        home = self._library.home
        named = [span for span in parse.of(Part.ENTITY) if home not in span.values]
        return bool(left or named or parse.of(Part.REFUSAL))

    def _meant(self, row: Figure, asked: _Asked) -> bool:
        subject = self._library.entities.get(row.subject_id)
        return row.topic == asked.topic and subject is not None and subject.kind in asked.kinds


def _pattern(before: Iterable[str], after: Iterable[str]) -> re.Pattern[str]:
    """A number after «more than», or before «or more»."""
    leading, trailing = ("|".join(map(re.escape, words)) for words in (before, after))
    unit = r"(?:元|人民币|yuan|rmb|个|家|项|条)?"
    return re.compile(
        rf"(?:{leading})\s*+(?:rmb\s*+)?{AMOUNT}\s*+{unit}|{AMOUNT}\s*+{unit}\s*+(?:{trailing})"
    )


def _limit(found: re.Match[str] | None, sign: int) -> Callable[[float], bool] | None:
    if found is None:
        return None
    limit = amount(found)
    return lambda known: sign * known >= sign * limit
