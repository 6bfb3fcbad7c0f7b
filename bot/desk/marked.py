"""A document's text in pieces: what drafts and facts rest on is marked where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from knowledge.models import Document
from knowledge.reading.quotes import cleaned
from knowledge.unseen import visible

Place = tuple[int, int, str]
"""Characters [start, end) of the original text, and what rests on them."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the cleaned text.

    Attributes:
        text: its words.
        drafts: the drafts that rest on it, by the anchor of each.
        facts: the published facts that do, by id.
        begins: the drafts whose evidence begins here.
    """

    text: str
    drafts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def pieces(document: Document, drafted: Iterable[Place], published: Iterable[Place]) -> list[Piece]:
    """The cleaned text, cut wherever an evidence begins or ends.

    Args:
        document: as stored.
        drafted: the evidence of drafts.
        published: the evidence of facts.
    """
    held = cleaned(document.original)
    mapped = [(*held.to_cleaned(start, end), name) for start, end, name in drafted]
    resting = [(*held.to_cleaned(start, end), name) for start, end, name in published]
    cuts = sorted(
        {0, len(held.text), *(cut for start, end, _ in (*mapped, *resting) for cut in (start, end))}
    )
    begun: set[str] = set()
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        drafts = tuple(dict.fromkeys(name for first, last, name in mapped if first <= start and end <= last))
        facts = tuple(dict.fromkeys(name for first, last, name in resting if first <= start and end <= last))
        begins = tuple(name for name in drafts if name not in begun)
        begun.update(begins)
        found.append(Piece(visible(held.text[start:end]), drafts, facts, begins))
    return found
