"""Finding known phrases in a question: as written, by sound, or with a slip of the keyboard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.asking.english import is_english, one_slip_away
from knowledge.asking.lexicon import Part, Target
from knowledge.asking.normalize import Unit, stem
from knowledge.asking.phrase_table import (
    EXACT_ONLY,
    SLIPPING_TWICE,
    Key,
    Phrase,
    PhraseTable,
    lettered,
    numbers_of,
    sound_key,
)
from knowledge.asking.postings import window_hashes
from knowledge.numerals import SCALES

LONG = 8
"""Units a phrase must have before a replaced character is taken for a slip."""

_SPELT = 5
"""Letters that an English word must have before it is taken for a misspelt one."""

_PAIR = 2

SHORT_ODD = 3
"""Letters that a word must have before it is taken for a misspelt one with which is asked."""

MOST_ODD = 10
"""Odd words in a question, beyond which it is not looked for what each may have been."""

SHORT = 4
"""Units a phrase must have before a left-out or added character is taken for a slip."""


@dataclass(frozen=True)
class Match:
    """A phrase found at units `start` to `end` (exclusive) of a question; quality 1 is to the letter."""

    start: int
    end: int
    phrase: Phrase
    quality: float

    @property
    def length(self) -> int:
        """How many units of the question it covers."""
        return self.end - self.start


class PhraseIndex:
    """All known phrases: those of some tables, without what was withdrawn since the tables were made."""

    def __init__(
        self, tables: Sequence[PhraseTable], withdrawn: frozenset[tuple[Key, Target]] = frozenset()
    ) -> None:
        """Args: the tables; what a phrase, by its units, no longer stands for in any of them."""
        self._tables = tables
        self._withdrawn = withdrawn
        self._joined: dict[tuple[int, ...], Phrase | None] = {}
        self._longest = max(table.longest for table in tables)
        self.words: frozenset[str] = frozenset().union(*(table.words for table in tables))
        asking = [words for table in tables for words in table.asking]
        self._asking = sorted({word for words in asking for word in words if len(word) >= SHORT_ODD})
        self._asked = {words for words in asking if len(words) == _PAIR}
        self._long_words = sorted(word for word in self.words if len(word) >= 4 and word.isascii())

    def find(self, units: Sequence[Unit]) -> list[Match]:
        """Every phrase that stands in a question, overlapping ones too."""
        units = self._asked_rightly(units)
        odd = [self._is_odd(unit) for unit in units]
        closely = odd.count(True) <= MOST_ODD
        units = [
            self._respell(unit, closely=closely) if strange else unit
            for unit, strange in zip(units, odd, strict=True)
        ]
        best: dict[tuple[int, int, Key], Match] = {}
        for match in (*self._by_sound(units), *self._by_slip(units)):
            place = (match.start, match.end, match.phrase.key)
            if place not in best or best[place].quality < match.quality:
                best[place] = match
        return list(best.values())

    def _by_sound(self, units: Sequence[Unit]) -> Iterable[Match]:
        places, hashes = window_hashes(sound_key(units), self._longest)
        found = [hit for table in self._tables for hit in table.sounding(hashes)]
        for at, hits in groupby(sorted(found, key=lambda hit: hit[0]), key=lambda hit: hit[0]):
            start, end = places[at]
            for phrase in self._standing(phrase for _, phrase in hits):
                quality = _likeness(units[start:end], phrase)
                if quality:
                    yield Match(start, end, phrase, quality)

    def _by_slip(self, units: Sequence[Unit]) -> Iterable[Match]:
        key = sound_key(units)
        found = [phrase for table in self._tables for phrase in table.sharing(key)]
        letters = lettered(key, found)
        heard = frozenset(letters)
        # Each sound that is nowhere in the question takes a slip of its own.
        likely = (phrase for phrase in found if len(phrase.sounding - heard) <= _slips(phrase))
        for phrase in self._standing(likely):
            match = _align(key, letters, units, phrase)
            if match is not None:
                yield match

    def _standing(self, phrases: Iterable[Phrase]) -> list[Phrase]:
        """Phrases as they stand now: those of several tables as one, without what was withdrawn."""
        same: dict[Key, dict[int, Phrase]] = {}
        for phrase in phrases:
            same.setdefault(phrase.key, {})[id(phrase)] = phrase
        standing: list[Phrase] = []
        for found in same.values():
            # The tables keep what they have read, so that an id stays that of its phrase.
            ids = tuple(found)
            if ids not in self._joined:
                self._joined[ids] = self._join(tuple(found.values()))
            if (joined := self._joined[ids]) is not None:
                standing.append(joined)
        return standing

    def _join(self, phrases: Sequence[Phrase]) -> Phrase | None:
        """One phrase for several of the same units; None where all that they stood for was withdrawn."""
        first = phrases[0]
        targets = dict.fromkeys(target for phrase in phrases for target in phrase.targets)
        left = [target for target in targets if (first.key, target) not in self._withdrawn]
        if left == first.targets:
            return first
        return replace(first, targets=left) if left else None

    def _is_odd(self, unit: Unit, least: int = _SPELT) -> bool:
        """Whether a word of letters, so many at least, is neither known nor English."""
        return (
            not (unit.sounds or unit.mark)
            and len(unit.surface) >= least
            and unit.text not in self.words
            and unit.text.isalpha()
            and not is_english(unit.surface)
        )

    def _asked_rightly(self, units: Sequence[Unit]) -> list[Unit]:
        """The units with short misspelt words as what is asked with, where one fits: «hwo many», «whch»."""
        found = list(units)
        for place, unit in enumerate(units):
            if len(unit.surface) < _SPELT and not unit.capital and self._is_odd(unit, SHORT_ODD):
                near = process.extract(
                    unit.surface, self._asking, scorer=OSA.distance, score_cutoff=1, limit=None
                )
                before, behind = (
                    units[at].surface if 0 <= at < len(units) else "" for at in (place - 1, place + 1)
                )
                fitting = [
                    word
                    for word, *_ in near
                    if is_english(word)
                    and (len(word) >= _SPELT or {(before, word), (word, behind)} & self._asked)
                ]
                if len(fitting) == 1:
                    found[place] = Unit(stem(fitting[0]), fitting[0])
        return found

    def _respell(self, unit: Unit, *, closely: bool) -> Unit:
        """A misspelt English word becomes the known one that is nearest; closely: by its ending too."""
        nearest = None
        if len(unit.text) >= _SPELT:
            most = 1 if len(unit.text) < 8 else 2
            nearest = process.extractOne(unit.text, self._long_words, scorer=OSA.distance, score_cutoff=most)
        meant = nearest[0] if nearest else self._meant(unit.surface) if closely else ""
        return Unit(meant, unit.surface) if meant else unit

    def _meant(self, surface: str) -> str:
        """The stem of the commonest known word that a misspelt one, with its ending, is a slip away from."""
        return next((found for word in one_slip_away(surface) if (found := stem(word)) in self.words), "")


def _slips(phrase: Phrase) -> int:
    """How many sounds of a phrase may be left out or be others."""
    length = len(phrase.units)
    return 0 if length < SHORT else 2 if length >= SLIPPING_TWICE else 1


def _likeness(units: Sequence[Unit], phrase: Phrase) -> float:
    """How far a stretch of the question that sounds like a phrase may be taken for it; 0 for not at all."""
    total = 0.0
    same = 0
    typed = False
    for unit, known in zip(units, phrase.units, strict=True):
        if unit.text == known.text:
            total += 1.0
            same += 1
        elif unit.text.isdigit() or known.text.isdigit() or _is_scale(unit, phrase):
            return 0.0
        elif unit.spelled or known.spelled:
            typed = True
            total += 1.0 if unit.sounds[0] in known.sounds else 0.75
        else:
            total += 0.8 if unit.sounds and set(unit.sounds) & set(known.sounds) else 0.6
    quality = total / len(units)
    if same == len(units):
        return 1.0
    if not typed and all(target.part in EXACT_ONLY for target in phrase.targets):
        return 0.0
    if typed:
        if len(units) == 1 and units[0].sounds[:1] != phrase.units[0].sounds[:1]:
            # `ne` is 呢: hardly anybody says so for 哪.
            return 0.0
        short = len(units) == 1 and phrase.targets[0].part not in EXACT_ONLY | {Part.QUESTION, Part.SWITCH}
        return 0.0 if short or quality < 0.85 else quality * 0.98
    # Two characters of another word that merely sounds alike are another word.
    if phrase.telling < 2 or same == 0 or quality < (0.85 if len(units) == 2 else 0.75):
        return 0.0
    return quality


def _is_scale(unit: Unit, phrase: Phrase) -> bool:
    """Whether a unit is thousands or millions that a phrase does not have: 往千亿 is not 往前一."""
    return unit.text in SCALES and unit.text not in phrase.key


def _beheaded(phrase: Phrase, key: Key, start: int, end: int) -> bool:
    """Whether a name or a post lacks its first unit and another stands there: 大珠山街道 is not 铁山街道."""
    named = any(target.part in {Part.ENTITY, Part.TERM} for target in phrase.targets)
    return named and start > 0 and key[start:end] == phrase.sounds[1:]


def _align(key: Key, letters: str, units: Sequence[Unit], phrase: Phrase) -> Match | None:
    """The stretch of a question that is a phrase but for a slip, if there is one.

    Args:
        key: the question's sounds.
        letters: the same, each as one character.
        units: the question.
        phrase: a known one.
    """
    wanted = phrase.letters
    allowed = 2 if len(wanted) >= SLIPPING_TWICE else 1
    # In a stretch of its own length so many sounds are still the same, one after another.
    enough = 100 * (len(wanted) - allowed) / len(wanted) - 1e-6 if len(wanted) <= len(letters) else 0.0
    found = fuzz.partial_ratio_alignment(wanted, letters, score_cutoff=enough)
    if found is None:
        return None
    best: Match | None = None
    for start in range(max(0, found.dest_start - 1), found.dest_start + 2):
        for end in range(max(start + 2, found.dest_end - 1), min(len(key), found.dest_end + 1) + 1):
            window = letters[start:end]
            distance = OSA.distance(wanted, window, score_cutoff=allowed)
            if distance == 0 or distance > allowed:
                continue
            # Another number is never a slip: 2月28日 is not 1月28日.
            if numbers_of(key[start:end]) != phrase.numbers:
                continue
            # Another character in place of one that sounds otherwise makes another name: 家居 is not 家电.
            short = phrase.telling < (LONG if len(window) == len(wanted) else SHORT)
            if short and sorted(window) != sorted(wanted):
                continue
            if any(unit.mark or _is_scale(unit, phrase) for unit in units[start:end]):
                continue
            if _beheaded(phrase, key, start, end):
                continue
            if distance > 1 and not phrase.asks_by <= frozenset(key[start:end]):
                continue
            written = OSA.normalized_similarity(phrase.key, [unit.text for unit in units[start:end]])
            sounded = 1 - distance / max(len(wanted), end - start)
            quality = 0.9 * max(sounded, (sounded + written) / 2)
            if best is None or quality > best.quality:
                best = Match(start, end, phrase, quality)
    return best
