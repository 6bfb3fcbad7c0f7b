"""The words that stand at a place of a document, as an investor may read them."""

from collections.abc import Iterable
from functools import lru_cache

from sqlmodel import Session

from knowledge.forms import Place
from knowledge.models import Document
from knowledge.reading.clean import Cleaned, clean
from knowledge.unseen import is_seen, visible

Quotes = dict[tuple[str, int, int], str]
"""The cleaned words at a place: document, start, end."""

KEPT = 32
"""So many documents' cleaned texts are kept at hand."""


@lru_cache(maxsize=KEPT)
def cleaned(original: str) -> Cleaned:
    """`clean`, remembered: a document is quoted more often than it is read."""
    return clean(original)


def quote_at(document: Document, start: int, end: int) -> str:
    """The cleaned words of characters `start` to `end` of a document's original text; empty outside of it."""
    if not 0 <= start < end <= len(document.original):
        return ""
    held = cleaned(document.original)
    first, last = held.to_cleaned(start, end)
    return visible(held.text[first:last]).strip()


def find_quotes(database: Session, places: Iterable[Place]) -> tuple[Quotes, list[str]]:
    """The words at each place whose document is here.

    Args:
        database: where the documents are.
        places: evidences; one with a quote of its own has to stand there to the letter.

    Returns:
        the quotes, and what is wrong with places that lie outside of their document or hold other words.
    """
    found: Quotes = {}
    problems: list[str] = []
    documents: dict[str, Document | None] = {}
    for place in places:
        if place.document not in documents:
            documents[place.document] = database.get(Document, place.document)
        document = documents[place.document]
        if document is None:
            continue
        quote = quote_at(document, place.start, place.end)
        where = f"{place.start}–{place.end} of {document.file}"
        if not quote:
            problems.append(f"{where} is outside the document or blank.")
        elif place.quote is not None and visible(place.quote) != quote:
            problems.append(f"«{place.quote}» does not stand at {where}.")
        else:
            found[place.document, place.start, place.end] = quote
    return found, problems


def find_words(document: Document, words: str) -> tuple[int, int] | None:
    """Where some words stand in a document's original text; the first place, None for nowhere.

    Args:
        document: as stored.
        words: as an investor may read them; blanks and what nobody sees do not matter.
    """
    wanted = "".join(filter(is_seen, words))
    held = cleaned(document.original)
    places = [place for place, char in enumerate(held.text) if is_seen(char)]
    found = "".join(held.text[place] for place in places).find(wanted) if wanted else -1
    if found < 0:
        return None
    return held.to_original(places[found], places[found + len(wanted) - 1] + 1)
