"""A cleaned page as the finders read it: half-width punctuation, sentences, clauses, words, its day."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from knowledge.reading.extract.amounts import Amount, find_amounts
from knowledge.reading.extract.dates import Period, find_periods
from knowledge.reading.metadata import Metadata

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x200B: 0x20}
_SENTENCE = re.compile(r"[^。!?\n]+(?:[。!?]+[”’」』\"]*|\n|\Z)")
_CLAUSE = re.compile(r"(?<=[,;:])(?!\d{3}(?!\d))|(?<=[ ])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Span:
    """Characters [start, end) of the page."""

    start: int
    end: int

    def holds(self, place: int) -> bool:
        """Whether the character is in it."""
        return self.start <= place < self.end


@dataclass(frozen=True)
class Page:
    """A cleaned text with what it says of itself.

    Attributes:
        text: the cleaned text.
        about: its title, publisher and day.
    """

    text: str
    about: Metadata
    _tagged: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def plain(self) -> str:
        """The text with punctuation, digits and letters in half width, character for character."""
        return self.text.translate(_HALF)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences in order, without blanks at either end."""
        found = []
        for match in _SENTENCE.finditer(self.plain):
            start, end = match.span()
            while start < end and self.plain[start].isspace():
                start += 1
            while start < end and self.plain[end - 1].isspace():
                end -= 1
            if start < end:
                found.append(Span(start, end))
        return found

    @cached_property
    def periods(self) -> list[Period]:
        """The days and periods it names."""
        return find_periods(self.plain, self.about.date)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts it names."""
        return find_amounts(self.plain)

    @property
    def day(self) -> dt.date | None:
        """The document's day."""
        return self.about.date

    def sentence(self, place: int) -> Span:
        """The sentence in which a character stands."""
        return self.sentences[self.index(place)]

    def index(self, place: int) -> int:
        """The number of the sentence in which a character stands."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.sentences[middle].start <= place:
                low = middle
            else:
                high = middle - 1
        return low

    def clauses(self, sentence: Span) -> list[Span]:
        """A sentence cut at commas, semicolons, colons and blanks between Chinese words."""
        cuts = [match.start() for match in _CLAUSE.finditer(self.plain, sentence.start, sentence.end)]
        edges = [sentence.start, *cuts, sentence.end]
        return [Span(start, end) for start, end in pairwise(edges) if start < end]

    def clause(self, place: int) -> Span:
        """The clause in which a character stands."""
        clauses = self.clauses(self.sentence(place))
        return next((clause for clause in clauses if clause.holds(place)), clauses[-1])

    def titled(self, place: int) -> bool:
        """Whether a character is part of a title in 《》."""
        before = self.plain[self.sentence(place).start : place]
        return before.count("《") > before.count("》")

    def words(self, sentence: Span) -> list[tuple[int, int, str]]:
        """The words of a sentence with their places and parts of speech, as rjieba tags them."""
        if sentence.start not in self._tagged:
            import rjieba

            place, found = sentence.start, []
            for word, tag in rjieba.tag(self.plain[sentence.start : sentence.end]):
                found.append((place, place + len(word), tag))
                place += len(word)
            self._tagged[sentence.start] = found
        return self._tagged[sentence.start]
