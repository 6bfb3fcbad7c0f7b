"""Whether words of a question stand in the words of a fact: to the letter, by synonym, by sound."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.asking.deputies import find_head, is_spaced, without_deputies
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.normalize import fold_text, normalize, stem
from knowledge.asking.spans import Span
from knowledge.asking.syllables import fold
from knowledge.numerals import is_bare, value

_WORD = re.compile(r"q[1-4](?!\w)|[a-z]+|\d+(?:\.\d+)?[a-z]{0,2}")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")

REMEMBERED = 256
"""So many of the latest words of questions are remembered with the texts that they were held against; a
question is read in several ways, and most of its words are the same in all.
"""

SOUNDING = 3
"""Syllables from which on two words that sound alike may be one word, misspelt."""


@dataclass(eq=False)
class Wording:
    """The words of a fact, in the forms in which questions are held against them."""

    raw: str

    @cached_property
    def text(self) -> str:
        """Folded: lower case, simplified."""
        return fold_text(self.raw)

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of its English words, and its numbers."""
        return frozenset(
            stem(word) if word.isalpha() else word for word in _WORD.findall(self.text)
        ) | frozenset(_DIGITS.findall(self.text))

    @cached_property
    def numbers(self) -> frozenset[float | None]:
        """Its numbers, in digits or numerals."""
        return frozenset(value(number) for number in _NUMBERS.findall(self.text)) - {None}

    @cached_property
    def sounds(self) -> str:
        """Its Chinese as folded syllables, each between spaces."""
        runs = (normalize(run).units for run in _CHINESE.findall(without_deputies(self.text)))
        return " | ".join(
            " " + " ".join(fold(unit.sounds[0]) if unit.sounds else unit.text for unit in run) + " "
            for run in runs
        )

    def holds(self, span: Span, lexicon: Lexicon) -> float:
        """How well a span of a question stands in these words: 1 to the letter, 0 not at all."""
        text = span.meant
        if span.spelled:
            return 0.9 if f" {' '.join(map(fold, span.sounds))} " in self.sounds else 0.0
        if self._stands(text):
            return 1.0
        if not text.isascii() and text in self.text:
            # Only a deputy's post holds the word.
            return 0.0
        if any(self._stands(word) for word in lexicon.synonyms.get(text, ())):
            return 0.95
        if span.tag == "number" and value(text) in self.numbers and (is_bare(text) or text[-1] in self.text):
            return 1.0
        if span.tag in {"name", "number"} or len(text) < 2 or not span.sounds:
            return 0.0
        alike = len(span.sounds) >= SOUNDING and f" {' '.join(map(fold, span.sounds))} " in self.sounds
        return 0.8 if alike else 0.0

    def _holds_word(self, word: str) -> bool:
        """Whether an English word or a number stands here; a deputy director is not the director."""
        known = stem(word) if word.isalpha() else word
        if known not in self.words:
            return False
        led = without_deputies(self.text)
        return led == self.text or known in {stem(one) for one in _WORD.findall(led)}

    def _stands(self, word: str) -> bool:
        if is_spaced(word):
            return word in self.text
        if word.isascii():
            parts = word.split()
            return bool(parts) and all(map(self._holds_word, parts))
        return find_head(self.text, word) >= 0


class Held(dict[str, float]):
    """How well a span stands in the words of each fact, by its id: worked out when it is asked for."""

    def __init__(self, wordings: Mapping[str, Wording], span: Span, lexicon: Lexicon) -> None:
        """Args: the words of the facts; the span; and the words that mean the same."""
        self._wordings = wordings
        self._span = span
        self._lexicon = lexicon

    def __missing__(self, id: str) -> float:
        """The share for a fact that was not asked for yet; one that has no text holds nothing."""
        wording = self._wordings.get(id)
        share = self[id] = wording.holds(self._span, self._lexicon) if wording else 0.0
        return share


class Wordings:
    """The words of many facts."""

    def __init__(self, texts: Mapping[str, str], lexicon: Lexicon) -> None:
        """Args: the text of each, by its id; and the words that mean the same."""
        self._wordings = {id: Wording(text) for id, text in texts.items()}
        self._lexicon = lexicon
        self._held: OrderedDict[tuple[object, ...], Held] = OrderedDict()

    def text(self, id: str) -> str:
        """The folded text of a fact."""
        return self._wordings[id].text

    def holding(self, span: Span) -> Held:
        """How well a span of a question stands in the words of each fact; see `Wording.holds`."""
        key = span.meant, span.tag, span.spelled, span.sounds
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = Held(self._wordings, span, self._lexicon)
            if len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        return held
