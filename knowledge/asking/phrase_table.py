"""Known phrases by their sounds and by pairs of neighbouring sounds, in memory or on disk."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, pairwise, product

import numpy as np

from knowledge.asking.lexicon import Part, Target
from knowledge.asking.normalize import Unit, normalize, stem
from knowledge.asking.postings import Postings, post, row_hash
from knowledge.asking.syllables import fold
from knowledge.stored import Arrays, Meta

MAX_READINGS = 12
"""Combinations of readings kept of one phrase; more only for long rows of many-voiced characters."""

SLIPPING, SLIPPING_TWICE = 3, 6
"""Units from which on a phrase is found in spite of a slip, of two."""

ASKING = frozenset("谁哪什么啥几多少怎样如何吗有是没的了")
"""Characters that only ask: of a phrase with them, what else it has tells it from others."""

EXACT_ONLY = frozenset(
    {Part.FILLER, Part.HOME, Part.PRONOUN, Part.GREETING, Part.FORGET, Part.MORE, Part.REFUSAL}
)
"""Parts too short and too common to be guessed at from a slip."""

Entry = tuple[str, Target]
Key = tuple[str, ...]

_LETTERS: dict[str, str] = {}
_FREE = count(0x10000)
"""Each sound of a known phrase as one character, for as long as the process runs: rows of characters are
compared many times faster than rows of words."""

_STRANGE = 0x100000
"""The first character for sounds that no phrase has."""


@dataclass(eq=False)
class Phrase:
    """A known phrase and all it can stand for."""

    text: str
    units: tuple[Unit, ...]
    targets: list[Target] = field(default_factory=list)

    @cached_property
    def key(self) -> Key:
        """Its units as written: what makes it this phrase."""
        return tuple(unit.text for unit in self.units)

    @cached_property
    def sounds(self) -> Key:
        """Its units by their commonest sounds."""
        return sound_key(self.units)

    @cached_property
    def letters(self) -> str:
        """The same, each sound as one character."""
        return "".join(_LETTERS.setdefault(sound, chr(next(_FREE))) for sound in self.sounds)

    @cached_property
    def telling(self) -> int:
        """How many of its units do more than ask: 1 of 涨多少; all where nothing else is what it says."""
        if any(target.part is Part.QUESTION for target in self.targets):
            return len(self.units)
        return sum(unit.text not in ASKING for unit in self.units) or len(self.units)

    @cached_property
    def asks_by(self) -> frozenset[str]:
        """The sounds of the units by which it asks: 哪 of 哪个局. Without them it asks for something else."""
        return frozenset(
            sound for unit, sound in zip(self.units, self.sounds, strict=True) if unit.text in ASKING
        )

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers in it."""
        return numbers_of(self.sounds)

    @cached_property
    def sounding(self) -> frozenset[str]:
        """Which sounds it has, each as one character."""
        return frozenset(self.letters)


class PhraseTable:
    """An unchanging set of phrases; what it is asked for is all it reads."""

    def __init__(self, arrays: Arrays, meta: Meta, english: frozenset[str] = frozenset()) -> None:
        """Open a table.

        Args:
            arrays: as `key_phrases` makes them.
            meta: likewise.
            english: as they were made with.
        """
        self._sounds, self._pairs = Postings(arrays, "sounds"), Postings(arrays, "pairs")
        self._lengths, self._starts, self._records = (
            arrays[name] for name in ("lengths", "starts", "records")
        )
        self._read: dict[int, Phrase] = {}
        self.stems = frozenset(meta["stems"])
        self.words = frozenset(meta["words"])
        self.asking = [tuple(words) for words in meta["asking"]]
        self.longest = int(self._lengths.max()) if len(self._lengths) else 0
        self._english = english | self.stems

    def sounding(self, windows: Sequence[int]) -> list[tuple[int, Phrase]]:
        """The phrases that sound like a row of units.

        Args:
            windows: the hash of each row, see `window_hashes`.

        Returns:
            the position of the row in `windows`, and a phrase.
        """
        return [
            (at, self._phrase(number))
            for at, numbers in self._sounds.held(windows)
            for number in numbers.tolist()
        ]

    def sharing(self, key: Key) -> list[Phrase]:
        """The phrases that have so many pairs of sounds in common with a question that they may be in it."""
        held = self._pairs.find(sorted({row_hash(pair) for pair in pairwise(key)}))
        if not held:
            return []
        found, shared = np.unique(np.concatenate(held), return_counts=True)
        lengths = self._lengths[found].astype(np.int64)
        # A slip touches at most two neighbouring pairs.
        enough = shared >= np.maximum(1, lengths - 1 - 2 * np.where(lengths < SLIPPING_TWICE, 1, 2))
        return [self._phrase(number) for number in found[enough].tolist()]

    def _phrase(self, number: int) -> Phrase:
        found = self._read.get(number)
        if found is None:
            raw = self._records[self._starts[number] : self._starts[number + 1]].tobytes()
            text, targets = json.loads(raw)
            found = Phrase(text, normalize(text, self._english).units)
            found.targets = [Target(Part(part), value) for part, value in targets]
            self._read[number] = found
        return found


def lettered(key: Key, phrases: Iterable[Phrase]) -> str:
    """The sounds of a question, each as one character, the same as in some phrases; see `Phrase.letters`."""
    for phrase in phrases:
        _ = phrase.letters
    # Sounds that no phrase has are told apart, but need not be known to the next question.
    strange: dict[str, str] = {}
    return "".join(
        _LETTERS.get(sound) or strange.setdefault(sound, chr(_STRANGE + len(strange))) for sound in key
    )


def numbers_of(key: Key) -> list[str]:
    """The numbers in a row of sounds."""
    return [sound for sound in key if sound[0].isdigit()]


def key_phrases(entries: Iterable[Entry], english: frozenset[str] = frozenset()) -> tuple[Arrays, Meta]:
    """Key phrases.

    Args:
        entries: a text and what it stands for; one text may come several times.
        english: stems that are English besides those of the entries; see `normalize`.

    Returns:
        what a `PhraseTable` opens.
    """
    entries = list(entries)
    stems = frozenset(stem(word) for text, _ in entries if text.isascii() for word in text.lower().split())
    known_words = english | stems
    phrases: dict[Key, Phrase] = {}
    for text, target in entries:
        units = normalize(text, known_words).units
        if units:
            phrase = phrases.setdefault(tuple(unit.text for unit in units), Phrase(text, units))
            if target not in phrase.targets:
                phrase.targets.append(target)
    known = list(phrases.values())
    records = [
        json.dumps([phrase.text, [[target.part, target.value] for target in phrase.targets]]).encode()
        for phrase in known
    ]
    arrays: Arrays = {
        "lengths": np.array([len(phrase.units) for phrase in known], np.uint32),
        "starts": np.cumsum([0, *map(len, records)], dtype=np.uint64),
        "records": np.frombuffer(b"".join(records), np.uint8),
        **post("sounds", (map(row_hash, _sound_keys(phrase.units)) for phrase in known)),
        **post("pairs", (_pairs(phrase) for phrase in known)),
    }
    words = {unit.text for phrase in known for unit in phrase.units if not unit.sounds}
    asking = {
        tuple(unit.surface for unit in phrase.units)
        for phrase in known
        if not any(unit.sounds for unit in phrase.units)
        and any(target.part is Part.QUESTION for target in phrase.targets)
    }
    return arrays, {"stems": sorted(stems), "words": sorted(words), "asking": sorted(map(list, asking))}


def _pairs(phrase: Phrase) -> set[int]:
    """The pairs of sounds by which a phrase is found in spite of a slip; none where it has to be exact."""
    slips = len(phrase.units) >= SLIPPING and any(target.part not in EXACT_ONLY for target in phrase.targets)
    return {row_hash(pair) for pair in pairwise(phrase.sounds)} if slips else set()


def sound_key(units: Sequence[Unit]) -> Key:
    """Units by their commonest sounds; words and numbers as they are."""
    return tuple(fold(unit.sounds[0]) if unit.sounds else unit.text for unit in units)


def _sound_keys(units: Sequence[Unit]) -> set[Key]:
    choices = [sorted({fold(sound) for sound in unit.sounds}) or [unit.text] for unit in units]
    keys = {sound_key(units)}
    for key in product(*choices):
        if len(keys) >= MAX_READINGS:
            break
        keys.add(key)
    return keys
