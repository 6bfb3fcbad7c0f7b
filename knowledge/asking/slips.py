"""What a stretch with a character that nothing explains may have been: 链展 is 链长, 长链 too.

A word of two characters is not taken for another where a question is read: most are but a character away from
some that we know. Where a reading leaves a character over, though, one that leaves none is the better one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.normalize import Normalized, Unit, fold_text
from knowledge.asking.spans import Parse, Span
from knowledge.asking.syllables import fold, readings

SHORTEST, LONGEST = 2, 4
"""Characters of a word that may be meant."""

MOST = 12
"""So many readings are tried."""

MOST_LOOSE = 4
"""Single characters that nothing explains, beyond which a question is no longer one with a slip."""

_ASKING = frozenset({Part.QUESTION, Part.KIND, Part.REFUSAL})
"""Parts of which any word may be meant; of the topics those of which facts say something."""


@dataclass(frozen=True)
class Reading:
    """A question as it may have been meant.

    Attributes:
        question: with the slip mended.
        start: the unit from which it is.
        typed, meant: the stretch as it was typed, and the word for which it is taken.
        distance: letters of pinyin in which the two differ, beside what many do not tell apart.
        swapped: two neighbours have changed places, and no more.
    """

    question: Normalized
    start: int
    typed: str
    meant: str
    distance: int
    swapped: bool = False

    def is_known(self, parse: Parse, titles: Collection[str]) -> bool:
        """Whether what is meant is a phrase to the letter, or within one, in the spans of this reading.

        What somebody is called, 董事长, is no phrase, and known all the same.
        """
        end = self.start + len(self.meant)
        return any(
            (span.part or span.text in titles)
            and not span.known
            and span.start <= self.start
            and end <= span.end
            for span in parse.spans
        )


def may_have_slipped(parse: Parse, decision: Decision) -> bool:
    """Whether a character is left over, which may be a slip.

    Args:
        parse: the question as it stands.
        decision: what is decided over it.
    """
    left = decision.unexplained if decision.outcome is Outcome.ANSWERED else parse.left
    return not decision.refusal and any(map(_is_loose, left))


class Slips:
    """Reads questions otherwise."""

    def __init__(self, lexicon: Lexicon, told: Collection[str]) -> None:
        """Args: the words in which people ask, and the topics of which facts say something."""
        self._titles = frozenset(lexicon.titles)
        phrases = (
            fold_text(text)
            for text, target in lexicon.phrases
            if target.part in _ASKING or (target.part is Part.TOPIC and target.value in told)
        )
        self._words = {text for text in phrases if SHORTEST <= len(text) <= LONGEST and _is_chinese(text)}
        self._gaps: dict[tuple[str, str], set[str]] = defaultdict(set)
        for word in self._words:
            for place, character in enumerate(word):
                self._gaps[word[:place], word[place + 1 :]].add(character)

    def mended(
        self,
        parse: Parse,
        decision: Decision,
        read: Callable[[Normalized], Parse],
        decide: Callable[[Parse], Decision],
    ) -> tuple[Parse, Decision] | None:
        """A question without a slip, where one was left over and a reading without it tells something else.

        What was not answered stays so, unless two characters have merely changed places: to guess at it is
        no better than to ask back.

        Args:
            parse: the question as it stands, in which something may have slipped.
            decision: what is decided over it.
            read: brings another reading into spans.
            decide: decides over one.

        Returns:
            the reading and what is decided over it; None where the question stays as it is.
        """
        answered = decision.outcome is Outcome.ANSWERED
        readings = [(reading, read(reading.question)) for reading in self._readings(parse)]
        clearer = [
            (reading, other)
            for reading, other in readings
            if len(other.left) < len(parse.left) and reading.is_known(other, self._titles)
        ]
        clearer.sort(key=_nearness)
        for _, alike in groupby(clearer, key=_nearness):
            decided = [(reading, other, decide(other)) for reading, other in alike]
            found = [
                (reading, other, meant)
                for reading, other, meant in decided
                if answered
                or meant.outcome is not Outcome.ANSWERED
                or (reading.swapped and self._tells_no_more(other.left))
            ]
            if answered and any(_facts(one) == _facts(decision) for *_, one in found):
                return None
            if found:
                # Of two readings that are equally near the one that answers less.
                reading, other, meant = min(found, key=lambda one: one[2].outcome is Outcome.ANSWERED)
                return other, replace(meant, mended=(reading.typed, reading.meant))
        return None

    def _tells_no_more(self, left: Sequence[Span]) -> bool:
        """Whether nothing is left over but numbers, as of what is counted: 七大行动, and what somebody is."""
        return all(span.tag == "number" or span.text in self._titles for span in left)

    def _readings(self, parse: Parse) -> list[Reading]:
        """A question as it may have been meant, one slip of it mended in each."""
        question = parse.question
        found: dict[str, Reading] = {}
        places = [span.start for span in parse.left if _is_loose(span)]
        if len(places) > MOST_LOOSE:
            return []
        for at in _swappable(question, places):
            typed = _text(question.units[at : at + 2])
            read = _read(question, at, at + 2, typed[::-1])
            found.setdefault(read.text, Reading(read, at, typed, typed[::-1], 0, swapped=True))
        free = _single(parse)
        for place in places:
            for start, end in _windows(free, place):
                typed = _text(question.units[start:end])
                for meant, distance in self._replaced(typed, place - start):
                    read = _read(question, start, end, meant)
                    found.setdefault(read.text, Reading(read, start, typed, meant, distance))
        return list(found.values())[:MOST]

    def _replaced(self, typed: str, place: int) -> Iterator[tuple[str, int]]:
        """Words with another character there: of two characters it sounds the same, of more nearly so."""
        before, behind = typed[:place], typed[place + 1 :]
        for character in sorted(self._gaps.get((before, behind), ())):
            distance = _distance(typed[place], character)
            if character != typed[place] and distance <= (len(typed) > SHORTEST):
                yield before + character + behind, distance


def _nearness(read: tuple[Reading, Parse]) -> tuple[int, int]:
    reading, parse = read
    return reading.distance, len(parse.left)


def _facts(decision: Decision) -> set[str]:
    return {candidate.record.id for candidate in decision.chosen}


def _is_loose(span: Span) -> bool:
    """Whether a word that no phrase covers is a single character, which may belong to a longer one."""
    return span.part is None and len(span.text) == 1 and bool(span.sounds) and not span.spelled


def _single(parse: Parse) -> set[int]:
    """The places at which no longer word is understood: that would be cut."""
    within = {at for span in parse.spans if span.end - span.start > 1 for at in range(span.start, span.end)}
    return set(range(len(parse.question.units))) - within


def _swappable(question: Normalized, places: list[int]) -> Iterator[int]:
    """The first places of two neighbouring characters of which one is left over."""
    for at in sorted({start for place in places for start in (place - 1, place)}):
        pair = question.units[at : at + 2] if at >= 0 else ()
        if len(pair) == 2 and pair[0].text != pair[1].text and all(u.sounds and not u.spelled for u in pair):
            yield at


def _windows(free: set[int], place: int) -> Iterator[tuple[int, int]]:
    """The stretches around a place that are made of such places alone."""
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(max(0, place - length + 1), place + 1):
            if free.issuperset(range(start, start + length)):
                yield start, start + length


@lru_cache(maxsize=20_000)
def _distance(one: str, other: str) -> int:
    pairs = ((fold(a), fold(b)) for a in readings(one) for b in readings(other))
    return min((OSA.distance(a, b) for a, b in pairs), default=len(one + other))


def _read(question: Normalized, start: int, end: int, word: str) -> Normalized:
    meant = tuple(Unit(character, character, readings(character)) for character in word)
    read = replace(question, units=(*question.units[:start], *meant, *question.units[end:]))
    return replace(read, text=read.words(0, len(read.units)))


def _text(units: tuple[Unit, ...]) -> str:
    return "".join(unit.text for unit in units)


def _is_chinese(word: str) -> bool:
    return all(readings(character) for character in word)
