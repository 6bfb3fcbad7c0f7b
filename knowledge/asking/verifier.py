"""Whether a fact that is near in meaning to a question answers it, where the words alone do not tell.

People ask in words that no list holds. What is near in meaning proposes a fact (`knowledge.asking.meaning`);
what is known of both, that the words say and that the meaning says, goes into a probability that it is the
answer: gradient-boosted trees (Friedman 2001), grown by `investbot learn` from questions whose answers are
known. What a question names must agree all the same: another year, place or person is no answer.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.asking.alignment import Aligned
from knowledge.asking.answer import Language
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import AMOUNTS, PRECISE, Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, Library
from knowledge.asking.meaning import Meaning, Near
from knowledge.asking.neighbours import NONE_KNOWN
from knowledge.asking.rank import (
    REACHING,
    SOMEBODY,
    SUMS,
    YIELD,
    Candidate,
    Ranker,
    is_sought,
    is_to_come,
    weigh,
)
from knowledge.asking.spans import DIVIDED, Parse, Span
from knowledge.models import Figure, Kind, Link, Post, Statement

FILE = Path(__file__).with_name("verifier.json")

NEAREST = 25
"""Facts nearest in meaning that are looked at, beside those that the words lead to."""

NAMED, ALIKE, KIND_OF_ANSWER = 0.85, 0.5, 0.4
"""The share of a span that a fact has to explain: of a name, a number or a place in a list; of who is asked
for, and of a noun that says which; of «who», «when», «how many»."""


class Objection(StrEnum):
    """Why a fact is perhaps about something else than a question.

    It does not say: a name, a number, a place in a list, «who» or «how many»; what tells one of several
    apart, and that where it is asked whether there is one, how many, or which; a noun where every noun
    counts; it is of another kind. Or the question says nothing by itself.
    """

    NAME = "name"
    NUMBER = "number"
    PLACE = "place"
    QUESTION = "question"
    WHICH = "which"
    ONE_OF = "one_of"
    NOUN = "noun"
    KIND = "kind"
    POINTING = "pointing"


FATAL = frozenset({Objection.NAME, Objection.NUMBER, Objection.PLACE, Objection.ONE_OF, Objection.POINTING})
"""With these a fact is no answer, however near it is: what is another's is never told as ours."""

RELATIVE = ("cosine", "support", "missing", "covered", "mutual", "clear")
"""Features that are also compared with the best of the candidates."""

AHEAD = ("cosine", "covered", "line", "mutual")
"""Features of which it counts how far they are ahead of those of other facts."""

FEATURES = (
    *("cosine", "asked_cosine", "told_cosine", "support", "missing", "first"),
    *("covered", "telling", "gap", "line", "mutual", "english"),
    *("entity_asked", "entity_within", "entity_named", "entity_implied", "entity_meant"),
    *("topic_asked", "topic_named", "figure", "post", "statement", "link", "home", "overview", "listed"),
    *("denied", "denied_own", "clear", "clear_own", "unanswered", "neighbours"),
    *("amount", "amount_figure", "who", "who_person", "left", "content"),
    *("open_name", "open_verb", "open_word", "open_known_topic", "open_topic"),
    *(f"open_{part}" for part in ("entity", "kind", "question", "home", "rank", "refusal")),
    *(f"against_{objection}" for objection in Objection),
    *(f"{name}_ahead" for name in AHEAD),
    *(f"{name}_beside_best" for name in RELATIVE),
    *(f"best_{name}" for name in RELATIVE),
)
"""What is known of a candidate: cosines to what it says and to the questions written for it, what the words
explain and whether they alone would choose it; how near it is word by word (`knowledge.asking.alignment`), in
which language; whose and what it is; how near the question is to such as nothing answers, of all and of this
fact, how far those that this one answers are nearer, and of which kind most of its neighbours are
(`knowledge.asking.neighbours`); what is asked; the weight that stays open, by kind of word; what is to
be said against it; how far it is ahead of others, and how it compares with the best of them."""

_POINTING = frozenset({Part.ENTITY, Part.HOME, Part.PRONOUN, Part.QUESTION})
"""Parts of a question that say nothing of what is asked about an entity."""

_EXACT = frozenset({"who", "whether"}) | AMOUNTS
"""Question words after which every noun counts: «is there an X?», «how many of them are X?»."""

_DATES = frozenset({"founded", "date"})
"""Topics that ask for a day or a year."""

_DESCRIBING = frozenset({"overview", "progress"})
"""Topics that tell how something is as a whole."""

_OTHER = frozenset({"upcoming", "elsewhere", "achievement", "setback"})
"""Topics that ask for another time, place or course: the next occasion, another country, a halt."""

_TRADES = frozenset({Kind.CHAIN, Kind.SECTOR})
"""Kinds that divide the economy: what is told of one is not told of another."""

_TITLE = re.compile(r"《[^《》]*》")

FEW = 3
"""Spans of content up to which every noun of a question counts."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Trees:
    """Boosted trees: what each adds to the log-odds that a candidate is the answer.

    Attributes:
        start: the log-odds before the first tree.
        trees: of each node (feature, threshold, left, right, value); a leaf has the feature -1.
    """

    start: float
    trees: tuple[tuple[tuple[int, float, int, int, float], ...], ...]

    def probability(self, rows: Matrix) -> Matrix:
        """How likely each candidate is the answer.

        Args:
            rows: a candidate each, in the order of `FEATURES`.

        Returns:
            0 to 1, one for each row.
        """
        features, thresholds, left, right, values, roots = self._flat
        places = np.tile(roots, (len(rows), 1))
        while (inner := features[places] >= 0).any():
            below = np.take_along_axis(rows, features[places], 1) <= thresholds[places]
            places = np.where(inner, np.where(below, left[places], right[places]), places)
        totals = np.full(len(rows), self.start)
        # One after the other, so that it is the same to the last digit however many rows there are.
        for added in values[places].T:
            totals += added
        likely: Matrix = 1 / (1 + np.exp(-totals))
        return likely

    @cached_property
    def _flat(self) -> tuple[npt.NDArray[Any], ...]:
        """The nodes of all trees in columns, the places of their branches, and those of the roots."""
        sizes = [len(tree) for tree in self.trees]
        roots = np.cumsum([0, *sizes[:-1]])
        columns = [np.array(column) for column in zip(*chain(*self.trees), strict=True)]
        features, thresholds, left, right, values = columns
        shift = np.repeat(roots, sizes)
        return features, thresholds, left + shift, right + shift, values, roots


@cache
def read_trees(file: Path = FILE) -> Trees:
    """The trees in force."""
    data = json.loads(file.read_text(encoding="utf-8"))
    trees = tuple(tuple((int(a), b, int(c), int(d), e) for a, b, c, d, e in tree) for tree in data["trees"])
    return Trees(data["start"], trees)


def write_trees(trees: Trees, file: Path = FILE) -> None:
    """Put other trees in force, from the next start on."""
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees.trees)
    file.write_text(f'{{"start": {trees.start}, "trees": [\n{lines}\n]}}\n', encoding="utf-8")


@dataclass(frozen=True)
class Weighed:
    """The candidates for a question, and for each a row of features and what is to be said against it."""

    candidates: Sequence[Candidate]
    rows: Matrix
    against: Sequence[Counter[Objection]]


NOTHING = Weighed([], np.zeros((0, len(FEATURES))), [])
"""No candidate at all."""


class Verifier:
    """Weighs what may answer a question."""

    def __init__(self, library: Library, lexicon: Lexicon, ranker: Ranker, meaning: Meaning) -> None:
        """Args: the knowledge, the words people ask in, what scores by words, what finds by meaning."""
        self._library = library
        self._lexicon = lexicon
        self._ranker = ranker
        self._meaning = meaning

    def weigh(
        self, parse: Parse, decision: Decision, texts: Sequence[str], named: Sequence[str], implied: str
    ) -> Weighed:
        """What may answer a question, with all that is known of it.

        Args:
            parse: the question.
            decision: what the words alone lead to.
            texts: the question as typed; and with the name of what is implied.
            named: the entities that it names.
            implied: the entity that the conversation is about, where it names none; empty for none.
        """
        by_words = [(one.record.id, one.entity, one.topic) for one in decision.candidates]
        first = by_words[0][0] if by_words else ""
        self._meaning.look_up(parse, texts)
        found = self._meaning.nearest(texts, NEAREST, by_words)
        pairs = [(one.record, one.entity, one.topic) for one in found]
        candidates = self._ranker.score(parse, pairs, implied)
        against = [objections(parse, candidate, self._library, self._lexicon) for candidate in candidates]
        rows = [
            self._features(parse, one, candidate, objected, aligned, first, named, implied)
            for one, candidate, objected, aligned in zip(
                found, candidates, against, self._meaning.align(parse, candidates), strict=True
            )
        ]
        if not rows:
            return NOTHING
        facts = [candidate.record.id for candidate in candidates]
        return Weighed(candidates, _compared(np.array(rows, np.float64), facts), against)

    def _features(
        self,
        parse: Parse,
        near: Near,
        candidate: Candidate,
        against: Counter[Objection],
        aligned: Aligned,
        first: str,
        named: Sequence[str],
        implied: str,
    ) -> list[float]:
        record, entity, row = near.record, near.entity, near.record.row
        open_: Counter[str] = Counter()
        for span, share in candidate.shares:
            open_[self._sort(span)] += weigh(span) * (1 - share)  # type: ignore[assignment]
        entities = parse.of(Part.ENTITY)
        questions = parse.values(Part.QUESTION)
        amount = bool(questions & AMOUNTS)
        person = any(self._library.entities[id].kind is Kind.PERSON for id in record.entities)
        return [
            near.cosine,
            near.asked,
            near.told,
            candidate.support,
            candidate.missing,
            record.id == first,
            aligned.covered,
            aligned.telling,
            aligned.gap,
            aligned.line,
            aligned.mutual,
            parse.question.language is Language.EN,
            any(entity in span.values for span in entities),
            any(span.values & record.entities for span in entities),
            bool(named),
            bool(implied),
            bool(implied) and (entity == implied or implied in record.entities),
            near.topic in parse.values(Part.TOPIC),
            bool(parse.of(Part.TOPIC)),
            isinstance(row, Figure),
            isinstance(row, Post),
            isinstance(row, Statement),
            isinstance(row, Link),
            entity == self._library.home,
            near.topic == "overview",
            near.topic in LIST_TOPICS.values(),
            *_neighbourly(near),
            amount,
            amount and isinstance(row, Figure),
            "who" in questions,
            "who" in questions and person,
            len(parse.left),
            len(parse.content),
            *(open_[name] for name in ("name", "verb", "word", "known_topic", "topic")),
            *(open_[name] for name in ("entity", "kind", "question", "home", "rank", "refusal")),
            *(against[objection] for objection in Objection),
        ]

    def _sort(self, span: Span) -> str:
        if span.part is Part.TOPIC:
            return "known_topic" if span.values & self._library.topics else "topic"
        if span.part is not None:
            return span.part.value
        if span.tag in {"name", "number"}:
            return "name"
        return "verb" if span.tag[:1] in {"v", "a", "z"} else "word"


def _neighbourly(near: Near) -> tuple[float, ...]:
    """The features of a fact by the written questions around the one that is asked."""
    around = near.neighbours
    share = around.share_of.get(near.record.id, 0.0)
    if around.denied == NONE_KNOWN:
        return (*[NONE_KNOWN] * 5, share)
    own = around.denied_of.get(near.record.id, 0.0)
    return (around.denied, own, near.asked - around.denied, near.asked - own, around.unanswered, share)


def is_vetoed(parse: Parse, candidate: Candidate, against: Counter[Objection]) -> bool:
    """Whether a fact is no answer, however likely it seems.

    Args:
        parse: the question.
        candidate: the fact.
        against: what is to be said against it.
    """
    # What something is does not say how it is in one respect: «新经济的宿舍怎么样».
    described = candidate.topic in _DESCRIBING and "how" in parse.values(Part.QUESTION)
    respect = described and Objection.NOUN in against
    return respect or against.total() > 1 or bool(against.keys() & FATAL)


def objections(parse: Parse, candidate: Candidate, library: Library, lexicon: Lexicon) -> Counter[Objection]:
    """What is to be said against a fact: what a question names and the fact does not say.

    Args:
        parse: the question.
        candidate: the fact with what it explains.
        library: the published knowledge.
        lexicon: how posts end, 主任: whoever is asked for by one is named by no fact that does not say it;
            and what stands between «which» and what is asked for.
    """
    found: Counter[Objection] = Counter()
    home = library.home
    named = parse.values(Part.ENTITY) - {home}
    if named and candidate.entity == home and not candidate.record.entities & named:
        # What is told of the whole zone is not told of what a question names.
        found[Objection.NAME] += 1
    ours = parse.of(Part.HOME) or home in parse.values(Part.ENTITY) or "issuer" in parse.values(Part.TOPIC)
    if ours and any(library.foreign(id) for id in (*named, candidate.entity)):
        # «Did you issue it?»: nothing that is told of somebody else's document says so.
        found[Objection.NAME] += 1
    people = {id for id in named if library.entities[id].kind is Kind.PERSON}
    somebody = people or Kind.PERSON in parse.values(Part.PRONOUN)
    person = library.entities[candidate.entity].kind is Kind.PERSON
    if somebody and not person and parse.values(Part.TOPIC) & REACHING:
        # «His telephone?» is not that of an office.
        found[Objection.NAME] += 1
    if _is_of_another(parse, candidate, library):
        # Nor is what is told of another thing like it.
        found[Objection.NAME] += 1
    if candidate.topic in YIELD and is_to_come(candidate, parse, lexicon):
        found[Objection.NUMBER] += 1
    if parse.of(Part.REFUSAL) or _says_nothing(parse):
        found[Objection.POINTING] += 1
    if (
        named
        and "whether" in parse.values(Part.QUESTION)
        and _is_of_no(parse.values(Part.KIND), candidate, library)
    ):
        # «Is there a park for cars?» is not answered with what the chain of cars is.
        found[Objection.ONE_OF] += 1
    if isinstance(candidate.record.row, Figure) and "why" in parse.values(Part.QUESTION):
        found[Objection.KIND] += 1
    exact = bool(parse.values(Part.QUESTION) & _EXACT or parse.values(Part.TOPIC) & SOMEBODY)
    # What something is does not say how it is in one respect, «新经济口碑怎么样»; of few words none is idle.
    exact = exact or candidate.topic == "overview" or len(parse.content) <= FEW
    for span, share in candidate.shares:
        if (objection := _objection(parse, span, share, candidate, exact)) is not None:
            found[objection] += 1
        if span.part is None and share < ALIKE and lexicon.is_title(span.text):
            found[Objection.NAME] += 1
        if span.tag == "name" and not named and _only_titled(span, candidate):
            found[Objection.NAME] += 1
        if share < NAMED and parse.of(Part.ENTITY) and is_sought(span, parse, lexicon.copulas):
            found[Objection.ONE_OF] += 1
    return found


def _is_of_no(kinds: frozenset[str], candidate: Candidate, library: Library) -> bool:
    """Whether a chain or a park is asked for, and a fact speaks of none."""
    about = {library.entities[id].kind.value for id in {candidate.entity, *candidate.record.entities}}
    return bool(kinds) and kinds <= DIVIDED and not kinds & about


def _says_nothing(parse: Parse) -> bool:
    """Whether a question says nothing by itself that has a meaning.

    «And the cars?» asks by what was said before; «1+1=?» and «well explained» ask for nothing of ours.
    """
    words = [span for span in parse.content if span.part not in _POINTING and span.tag != "number"]
    return not words or (len(parse.content) == 1 and words[0].part is None and words[0].tag[:1] == "v")


def _is_of_another(parse: Parse, candidate: Candidate, library: Library) -> bool:
    """Whether a fact is of another thing of the kind that a question names, and says nothing of that one."""
    spans = [span for span in parse.of(Part.ENTITY) if library.home not in span.values]
    about = {candidate.entity, *candidate.record.entities}
    if not spans or any(span.values & about for span in spans):
        return False
    kinds = {library.entities[id].kind for span in spans for id in span.values}
    kind = library.entities[candidate.entity].kind
    return kind in kinds or (kind in _TRADES and bool(kinds & _TRADES))


def _only_titled(span: Span, candidate: Candidate) -> bool:
    """Whether a name stands in a fact only as a part of a document's title: what is of 海南 is another's."""
    text = candidate.record.text
    return span.text in text and span.text not in _TITLE.sub("", text)


def _objection(parse: Parse, span: Span, share: float, candidate: Candidate, exact: bool) -> Objection | None:
    if span.part is Part.RANK:
        return Objection.PLACE if share < NAMED else None
    if span.part is Part.QUESTION:
        return Objection.QUESTION if span.values <= PRECISE and share < KIND_OF_ANSWER else None
    if span.part is Part.TOPIC:
        if span.values <= _OTHER and share < ALIKE:
            return Objection.NUMBER
        return Objection.KIND if _is_else(span, share, candidate) else None
    if span.part is not None:
        return None
    if span.tag in {"name", "number"}:
        return Objection(span.tag) if share < NAMED else None
    if share >= ALIKE:
        return None
    if parse.qualifies(span):
        asked = parse.values(Part.QUESTION)
        # «Which bank?» may be asked in other words; «who is the caretaker company?» asks for that one alone.
        one_of = asked & (AMOUNTS | {"whether"}) or ("who" in asked and parse.of(Part.KIND))
        return Objection.ONE_OF if one_of else Objection.WHICH
    # 博士 after 多少 is what is counted.
    counted = any(
        other.values & AMOUNTS and span.start in {other.end, other.end + 1}
        for other in parse.of(Part.QUESTION)
    )
    # Of an English word nobody knows whether it is a noun; beside a mere description it is taken for one.
    noun = span.tag[:1] == "n" or (span.tag == "word" and candidate.topic == "overview")
    return Objection.NOUN if noun and (exact or counted) else None


def _is_else(span: Span, share: float, candidate: Candidate) -> bool:
    """Whether a fact is of another kind than what is asked for."""
    if span.values <= SOMEBODY:
        return candidate.topic not in SOMEBODY
    if span.values <= SUMS | _DATES:
        return share < ALIKE
    return candidate.topic == "overview" and share < ALIKE and "overview" not in span.values


def _compared(rows: Matrix, facts: Sequence[str]) -> Matrix:
    """Rows with how each compares with the others; a fact asked for in two ways is not ahead of itself."""
    ahead = [FEATURES.index(name) for name in AHEAD]
    others = [[one != fact for one in facts] for fact in facts]
    most = np.array([rows[other][:, ahead].max(axis=0, initial=0.0) for other in others])
    places = [FEATURES.index(name) for name in RELATIVE]
    # Of what is missing the least is the best.
    signs = np.where(np.array(RELATIVE) == "missing", -1.0, 1.0)
    best = (rows[:, places] * signs).max(axis=0) * signs
    beside = rows[:, places] - best
    return np.hstack([rows, rows[:, ahead] - most, beside, np.tile(best, (len(rows), 1))])
