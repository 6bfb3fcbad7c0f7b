"""A sentence of a document that says all that is asked, where it says more than the facts taken from it.

Nobody takes every word of a document for a fact. Where each word of a question stands in one sentence, and
one of them in none of the facts that rest on it, the sentence is quoted. What the facts have all the words of
is theirs to answer: of that it is known, too, what the document does not say.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part
from knowledge.asking.library import Library, Record
from knowledge.asking.passages import FEWEST_WORDS, LONG_WORD, VAGUE, Hit, PassageIndex, has_unit, wording_of
from knowledge.asking.rank import SOMEBODY, weigh
from knowledge.asking.spans import Parse, Span
from knowledge.asking.wording import Wording
from knowledge.models import Passage

PASSAGES = 20
"""So many of the nearest passages are read sentence by sentence."""

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”」』]*")
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万亿]")
_ASIDE = frozenset({Part.QUESTION, Part.HOME})
_SAID_ELSEWHERE = frozenset({Part.PRONOUN, Part.REFUSAL})
"""Parts of a question that no sentence answers by itself."""

_VAGUE = VAGUE | {"contact"}
"""Topics that any sentence about something answers."""

HELD = 0.7
"""The share of a question that a sentence says, by weight, where it says it in another verb."""

_HOW = ("v", "a", "d", "z", "p", "f", "u")
"""Parts of speech, by their first letter, of words that may be said otherwise: what is spoken of may not."""


class Sentences:
    """The sentences of all documents."""

    def __init__(self, library: Library, lexicon: Lexicon, passages: PassageIndex) -> None:
        """Args: the published knowledge, the words people ask in, where passages are found."""
        self._library = library
        self._lexicon = lexicon
        self._passages = passages
        self._resting: dict[str, list[tuple[int, int, Record]]] = defaultdict(list)
        for record in library.records:
            for evidence in record.evidence:
                self._resting[evidence.document_sha256].append((evidence.start, evidence.end, record))

    def find(self, parse: Parse) -> Hit | None:
        """The sentence that says what is asked, where the facts that rest on it do not say as much.

        Args:
            parse: the question.

        Returns:
            the sentence, in place of its passage; None where there is none.
        """
        asked = [span for span in parse.content if span.part not in _ASIDE]
        words = [span for span in asked if span.tag != "number"]
        telling = len(words) >= FEWEST_WORDS or any(map(_is_telling, words))
        named = any(span.part in {None, Part.ENTITY} for span in asked)
        elsewhere = any(span.part in _SAID_ELSEWHERE or span.spelled for span in parse.spans)
        if not telling or not named or elsewhere:
            return None
        passages = self._passages.rank(parse, PASSAGES)
        sentences = (sentence for passage in passages for sentence in _cut(passage))
        fitting = (one for one in sentences if self._fits(one, asked, parse))
        if "who" in parse.values(Part.QUESTION):
            # Who somebody is, is said by the sentence with their post rather than by one that quotes them.
            best = max(fitting, key=lambda one: self._titles(one.text), default=None)
        else:
            best = next(fitting, None)
        return Hit(best, 1.0) if best else None

    def _titles(self, text: str) -> bool:
        """Whether a text has the title of a post."""
        return any(title in text for title in self._lexicon.titles)

    def _fits(self, sentence: Passage, asked: list[Span], parse: Parse) -> bool:
        """Whether a sentence says what is asked, with a number if one is, and its facts do not."""
        amount = parse.values(Part.QUESTION) & AMOUNTS
        if (amount and not _NUMBER.search(sentence.text)) or not has_unit(sentence.text, parse):
            return False
        wording = wording_of(sentence.text)
        held = [span for span in asked if self._says(wording, span)]
        others = [span for span in asked if span not in held]
        if len(held) < min(FEWEST_WORDS, len(asked)) or not all(_is_how(span) for span in others):
            return False
        enough = sum(map(weigh, held)) >= HELD * sum(map(weigh, asked))
        return enough and not self._is_told(sentence, held)

    def _says(self, wording: Wording, span: Span) -> bool:
        """Whether words say what a span of a question stands for."""
        match span.part:
            case Part.TOPIC | Part.KIND | Part.RANK:
                return (
                    bool(span.values & _VAGUE)
                    or any(
                        word in wording.text
                        for value in span.values
                        for word in self._passages.wordings[span.part, value]
                    )
                    or (bool(span.values & SOMEBODY) and self._titles(wording.raw))
                )
            case Part.ENTITY:
                names = (name for id in span.values for name in self._library.entities[id].names)
                return span.text in wording.text or any(name in wording.raw for name in names)
            case _:
                return wording.holds(span, self._lexicon) == 1.0

    def _is_told(self, sentence: Passage, held: list[Span]) -> bool:
        """Whether the facts that rest on a sentence have all the words of a question that it has."""
        records = [
            record
            for start, end, record in self._resting[sentence.document_sha256]
            if start < sentence.end and sentence.start < end
        ]
        names = (
            name for record in records for id in record.entities for name in self._library.entities[id].names
        )
        words = (word for record in records for word in (record.text, record.label, *record.keywords))
        told = Wording("\n".join((*words, *names)))
        topics = {topic for record in records for _, topic in record.asked}
        return all(
            span.part in {Part.ENTITY, Part.KIND}
            or span.values & topics
            or (self._says(told, span) if span.part else told.holds(span, self._lexicon) > 0)
            for span in held
        )


def _is_how(span: Span) -> bool:
    """Whether a word says how something is or what is done, which may be said in other words."""
    return span.part is None and span.tag[:1] in _HOW and span.tag != "vn"


def _is_telling(span: Span) -> bool:
    """Whether a word says enough by itself: a name, a noun, a long word."""
    noun = span.tag[:1] == "n" and len(span.text) > 1
    return noun or span.tag == "name" or len(span.text) >= LONG_WORD


def _cut(passage: Passage) -> Iterator[Passage]:
    """A passage in its sentences; whole where it was cleaned, and so is cut otherwise in the document."""
    if len(passage.text) != passage.end - passage.start:
        yield passage
        return
    for found in _SENTENCE.finditer(passage.text):
        yield Passage(
            document_sha256=passage.document_sha256,
            start=passage.start + found.start(),
            end=passage.start + found.end(),
            heading=passage.heading,
            text=found[0],
        )
