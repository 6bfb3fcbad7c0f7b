"""«We make fridges; which of your chains is ours?»: the chain of the industry that a product belongs to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from knowledge.asking.answer import Language
from knowledge.asking.lexicon import Industry, Lexicon, Part, any_by_script, any_of
from knowledge.asking.library import Library
from knowledge.asking.normalize import fold_text, normalize
from knowledge.asking.spans import Parse, Span, unsaid
from knowledge.models import Kind

_STOPS = frozenset(",，.。;；!！?？:：")
"""What ends the clause in which somebody tells what they make."""

_BEHIND = frozenset({Part.HOME, Part.KIND, Part.QUESTION, Part.ENTITY})
"""What is asked begins with one of these, where no mark stands before it."""

_BETWEEN = 4
"""Units between «we make» and the product, at most."""


@dataclass(frozen=True)
class Belonging:
    """A question for a chain, and the products by which it was found, as a reply can repeat them."""

    parse: Parse
    products: str


class _Product(NamedTuple):
    """A product in a question, from unit `start` to `end`, exclusive, and the chain of its industry."""

    start: int
    end: int
    chain: str


def may_tell(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether somebody may tell what they make: where not, no product need be known.

    Args:
        parse: a question.
        lexicon: the words in which people tell of it, and those that ask where it belongs.
    """
    length = len(parse.question.units)
    fits = _fits(lexicon.fitting).search(parse.question.words(0, length))
    return fits is not None or _telling(lexicon.making).search(_text(parse, 0, length)) is not None


class Industries:
    """Knows which of the published chains a product belongs to."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the industries and the words in which people tell of theirs."""
        self._fitting = frozenset(lexicon.fitting)
        self._chains = dict(_products(library, lexicon.industries.values()))
        self._product = _pattern(self._chains)
        self._own = _telling(lexicon.own)
        self._making = _telling(lexicon.making)
        self._fits = _fits(lexicon.fitting)

    def belonging(self, parse: Parse) -> Belonging | None:
        """What is asked where somebody looks for the chain of what they make.

        Args:
            parse: the question.

        Returns:
            None where it asks anything else, or none or several of the chains fit.
        """
        made = self._made(parse)
        chains = {product.chain for product in made}
        if len(chains) != 1:
            return None
        (chain,) = chains
        begin, stop = _clause(parse, made)
        rest = [span for span in parse.spans if not begin <= span.start < stop]
        asked = f"{parse.question.words(0, begin)} {parse.question.words(stop, len(parse.question.units))}"
        fits = self._fits.search(asked) is not None
        told = fits or self._tells(parse, begin, made[0].start)
        if not told or not self._asks_for(rest, chain, fits=fits):
            return None
        asking = replace(parse, spans=(unsaid(Part.ENTITY, [chain]), unsaid(Part.TOPIC, ["overview"])))
        return Belonging(asking, _listed(parse, [product for product in made if product.end <= stop]))

    def _made(self, parse: Parse) -> list[_Product]:
        """The products that a question names, in order."""
        text = _text(parse, 0, len(parse.question.units))
        # As many spaces stand before a unit as there are units up to it.
        return [
            _Product(text.count(" ", 0, one.start()) - 1, text.count(" ", 0, one.end()), self._chains[one[0]])
            for one in self._product.finditer(text)
        ]

    def _tells(self, parse: Parse, begin: int, product: int) -> bool:
        """Whether «we make», or «making», stands before a product: who asks what others make asks of them."""
        text = _text(parse, begin, product)
        verbs = [text.count(" ", 0, verb.end()) for verb in self._making.finditer(text)]
        making = [verb for verb in verbs if product - begin - verb <= _BETWEEN]
        return bool(making) and (self._own.search(text) is not None or making[0] == 1)

    def _asks_for(self, spans: list[Span], chain: str, *, fits: bool) -> bool:
        """Whether nothing is asked but to which chain something belongs."""
        asks = False
        for place, span in enumerate(spans):
            behind = spans[place + 1] if place + 1 < len(spans) else None
            if span.part is Part.KIND:
                if not span.values <= {Kind.CHAIN, Kind.SECTOR}:
                    return False
                asks = True
            elif span.part is Part.TOPIC:
                if not span.values & {"chains", "overview"}:
                    return False
                asks = asks or "chains" in span.values
            elif span.part is Part.ENTITY:
                if chain not in span.values:
                    return False
                asks = True
            elif span.part is Part.REFUSAL:
                return False
            elif span.part is Part.HOME:
                asks = asks or fits
            elif span.part is None:
                counts = span.tag == "number" and behind is not None and behind.part is Part.KIND
                if not counts and span.text not in self._fitting:
                    return False
        return asks


def _text(parse: Parse, start: int, end: int) -> str:
    """Units as the patterns are held against them: a space before each and behind the last."""
    return f" {' '.join(unit.text for unit in parse.question.units[start:end])} "


def _clause(parse: Parse, made: Sequence[_Product]) -> tuple[int, int]:
    """From which unit to which, exclusive, somebody tells of the first product, before anything is asked."""
    units = parse.question.units
    starts = {product.start for product in made}
    begin = max((place + 1 for place in range(made[0].start) if units[place].text in _STOPS), default=0)
    marks = (place for place in range(made[0].end, len(units)) if units[place].text in _STOPS)
    asking = (span.start for span in parse.spans if span.part in _BEHIND and span.start not in starts)
    stop = min((*marks, *(place for place in asking if place >= made[0].end)), default=len(units))
    return begin, stop


def _listed(parse: Parse, made: Iterable[_Product]) -> str:
    words = dict.fromkeys(parse.question.words(product.start, product.end) for product in made)
    return (", " if parse.question.language is Language.EN else "、").join(words)


def _products(library: Library, industries: Iterable[Industry]) -> Iterator[tuple[str, str]]:
    """Products and their chains, of the industries in which there is one chain."""
    chains = [one for one in library.entities.values() if one.kind is Kind.CHAIN]
    for industry in industries:
        chinese, english = any_by_script(industry.names)
        names = re.compile(rf"{chinese}|\b(?:{english})")
        own = [one.id for one in chains if names.search(fold_text(f"{one.name} {one.name_en}"))]
        if len(own) == 1:
            for product in industry.makes:
                yield _written(product), own[0]


def _written(words: str) -> str:
    """Words as they stand in a question of units."""
    return " ".join(unit.text for unit in normalize(words).units)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{any_of(words)})(?= )")


@lru_cache(maxsize=10)
def _telling(words: tuple[str, ...]) -> re.Pattern[str]:
    return _pattern(map(_written, words))


@lru_cache(maxsize=10)
def _fits(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))
