"""Finding known phrases in a question: as written, by sound, or with a slip of the keyboard."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.asking.english import is_english
from knowledge.asking.lexicon import Part, Target
from knowledge.asking.normalize import Unit, normalize
from knowledge.asking.syllables import fold

MAX_READINGS = 12
"""Combinations of readings kept of one phrase; more only for long rows of many-voiced characters."""

LONG = 8
"""Units a phrase must have before a replaced character is taken for a slip."""

SHORT = 4
"""Units a phrase must have before a left-out or added character is taken for a slip."""

_EXACT_ONLY = frozenset(
    {Part.FILLER, Part.HOME, Part.PRONOUN, Part.GREETING, Part.FORGET, Part.MORE, Part.REFUSAL}
)
"""Parts too short and too common to be guessed at from a slip."""


@dataclass(eq=False)
class Phrase:
    """A known phrase and all it can stand for."""

    text: str
    units: tuple[Unit, ...]
    targets: list[Target] = field(default_factory=list)


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


Key = tuple[str, ...]


class PhraseIndex:
    """All known phrases, by their units, by their sounds, and by pairs of neighbouring sounds."""

    def __init__(self, entries: Iterable[tuple[str, Target]], english: frozenset[str] = frozenset()) -> None:
        """Index phrases.

        Args:
            entries: a text and what it stands for; one text may come several times.
            english: see `normalize`.
        """
        self._phrases: dict[Key, Phrase] = {}
        for text, target in entries:
            units = normalize(text, english).units
            key = tuple(unit.text for unit in units)
            if not key:
                continue
            phrase = self._phrases.setdefault(key, Phrase(text, units))
            if target not in phrase.targets:
                phrase.targets.append(target)
        self._sounds: dict[Key, list[Phrase]] = defaultdict(list)
        self._pairs: dict[Key, list[Phrase]] = defaultdict(list)
        self.words: frozenset[str] = frozenset(
            unit.text for phrase in self._phrases.values() for unit in phrase.units if not unit.sounds
        )
        self._long_words = [word for word in self.words if len(word) >= 4 and word.isascii()]
        for phrase in self._phrases.values():
            for key in _sound_keys(phrase.units):
                self._sounds[key].append(phrase)
            if len(phrase.units) >= 3 and any(target.part not in _EXACT_ONLY for target in phrase.targets):
                key = _main_key(phrase.units)
                for pair in set(pairwise(key)):
                    self._pairs[pair].append(phrase)
        self._longest = max((len(key) for key in self._phrases), default=0)

    def find(self, units: Sequence[Unit]) -> list[Match]:
        """Every phrase that stands in a question, overlapping ones too."""
        units = [self._respell(unit) for unit in units]
        best: dict[tuple[int, int, int], Match] = {}
        for match in (*self._by_sound(units), *self._by_slip(units)):
            place = (match.start, match.end, id(match.phrase))
            if place not in best or best[place].quality < match.quality:
                best[place] = match
        return list(best.values())

    def _by_sound(self, units: Sequence[Unit]) -> Iterable[Match]:
        key = _main_key(units)
        for start in range(len(units)):
            for end in range(start + 1, min(len(units), start + self._longest) + 1):
                for phrase in self._sounds.get(key[start:end], ()):
                    quality = _likeness(units[start:end], phrase)
                    if quality:
                        yield Match(start, end, phrase, quality)

    def _by_slip(self, units: Sequence[Unit]) -> Iterable[Match]:
        key = _main_key(units)
        shared: dict[int, int] = defaultdict(int)
        candidates: dict[int, Phrase] = {}
        for pair in set(pairwise(key)):
            for phrase in self._pairs.get(pair, ()):
                shared[id(phrase)] += 1
                candidates[id(phrase)] = phrase
        for number, phrase in candidates.items():
            length = len(phrase.units)
            slips = 1 if length < 6 else 2
            # A slip touches at most two neighbouring pairs.
            if shared[number] < max(1, length - 1 - 2 * slips):
                continue
            match = _align(key, units, phrase, slips)
            if match is not None:
                yield match

    def _respell(self, unit: Unit) -> Unit:
        """A misspelt English word becomes the known one that is nearest."""
        if (
            unit.sounds
            or unit.mark
            or len(unit.text) < 5
            or unit.text in self.words
            or not unit.text.isalpha()
            or is_english(unit.surface)
        ):
            return unit
        found = process.extractOne(
            unit.text,
            self._long_words,
            scorer=OSA.distance,
            score_cutoff=1 if len(unit.text) < 8 else 2,
        )
        return Unit(found[0], unit.surface) if found else unit


def _numbers(key: Key) -> list[str]:
    """Another number is never a slip: 2月28日 is not 1月28日."""
    return [text for text in key if text[0].isdigit()]


def _main_key(units: Sequence[Unit]) -> Key:
    return tuple(fold(unit.sounds[0]) if unit.sounds else unit.text for unit in units)


def _sound_keys(units: Sequence[Unit]) -> set[Key]:
    choices = [sorted({fold(sound) for sound in unit.sounds}) or [unit.text] for unit in units]
    keys = {_main_key(units)}
    for key in product(*choices):
        if len(keys) >= MAX_READINGS:
            break
        keys.add(key)
    return keys


def _likeness(units: Sequence[Unit], phrase: Phrase) -> float:
    """How far a stretch of the question that sounds like a phrase may be taken for it; 0 for not at all."""
    total = 0.0
    same = 0
    typed = False
    for unit, known in zip(units, phrase.units, strict=True):
        if unit.text == known.text:
            total += 1.0
            same += 1
        elif unit.text.isdigit() or known.text.isdigit():
            return 0.0
        elif unit.spelled or known.spelled:
            typed = True
            total += 1.0 if unit.sounds[0] in known.sounds else 0.75
        else:
            total += 0.8 if unit.sounds and set(unit.sounds) & set(known.sounds) else 0.6
    quality = total / len(units)
    if same == len(units):
        return 1.0
    if not typed and all(target.part in _EXACT_ONLY for target in phrase.targets):
        return 0.0
    if typed:
        short = len(units) == 1 and phrase.targets[0].part not in _EXACT_ONLY | {Part.QUESTION}
        return 0.0 if short or quality < 0.85 else quality * 0.98
    # Two characters of another word that merely sounds alike are another word.
    if len(units) < 2 or same == 0 or (len(units) == 2 and quality < 0.85):
        return 0.0
    return quality


def _align(key: Key, units: Sequence[Unit], phrase: Phrase, slips: int) -> Match | None:
    wanted = _main_key(phrase.units)
    found = fuzz.partial_ratio_alignment(wanted, key)
    if found is None:
        return None
    best: Match | None = None
    for start in range(max(0, found.dest_start - 1), found.dest_start + 2):
        for end in range(max(start + 2, found.dest_end - 1), min(len(key), found.dest_end + 1) + 1):
            window = key[start:end]
            distance = OSA.distance(wanted, window, score_cutoff=slips)
            if distance == 0 or distance > slips:
                continue
            # Another character in place of one that sounds otherwise makes another name: 家居 is not 家电.
            if _numbers(window) != _numbers(wanted):
                continue
            swapped = sorted(window) == sorted(wanted)
            if not swapped and len(wanted) < (LONG if len(window) == len(wanted) else SHORT):
                continue
            written = OSA.normalized_similarity(
                [u.text for u in phrase.units], [u.text for u in units[start:end]]
            )
            sounded = 1 - distance / max(len(wanted), end - start)
            quality = 0.9 * max(sounded, (sounded + written) / 2)
            if any(unit.mark for unit in units[start:end]):
                continue
            if best is None or quality > best.quality:
                best = Match(start, end, phrase, quality)
    return best
