"""A fact's evidence as cells and back: «file start–end» a line, and the words that stand there."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlmodel import Session, select

from knowledge.exchange.cells import Value, fit, lines
from knowledge.exchange.columns import EVIDENCE, QUOTE
from knowledge.exchange.problems import CellError, Problem
from knowledge.models import Document
from knowledge.reading.quotes import cleaned, quote_at
from knowledge.unseen import is_seen

_PLACE = re.compile(r"^(?P<file>.+?)(?<!\s)\s++(?P<start>\d{1,9})\s*+[–—~-]\s*+(?P<end>\d{1,9})$")

DIGEST = 12
"""So many characters of a document's sha256 name it where two have the same file name."""

SHORT = 60
"""A quote is shown at this length in a sentence."""

Item = dict[str, object]
"""An evidence as an entry has it: document, start, end, quote."""

_Known = dict[tuple[object, ...], Item]


@dataclass(frozen=True)
class _Line:
    text: str
    document: str
    place: tuple[int, int] | None


class EvidenceReader:
    """Knows the documents by file name."""

    def __init__(self, database: Session) -> None:
        """Begin.

        Args:
            database: a session.
        """
        self._database = database
        self._files: dict[str, str] = {}
        self._documents: dict[str, list[str]] = {}
        self._open: dict[str, Document | None] = {}
        for digest, file in database.exec(select(Document.sha256, Document.file)).all():
            self._files[digest] = file
            self._documents.setdefault(file, []).append(digest)

    def show(self, items: Sequence[Mapping[str, object]]) -> tuple[Value, Value]:
        """The cells of «evidence» and of «quote»."""
        if not items:
            return None, None
        places = "\n".join(
            f"{self._called(str(item['document']))} {item['start']}–{item['end']}" for item in items
        )
        return fit(places), fit("\n".join(_one_line(str(item["quote"])) for item in items))

    def read(
        self, places: Value, quotes: Value, base: Sequence[Mapping[str, object]]
    ) -> tuple[list[Item], list[Problem]]:
        """The evidence that two cells name.

        A place counts where it is given, unless only its words were changed: then those are looked for in its
        document, as they are where there is no place.

        Args:
            places, quotes: the cells.
            base: the evidence as it was exported.

        Returns:
            the evidence, and what is wrong with it.
        """
        known: _Known = {(item["document"], item["start"], item["end"]): dict(item) for item in base}
        items: list[Item] = []
        problems: list[Problem] = []
        found, problems = self._lines(places)
        left = lines(quotes)
        # Whoever takes a line out on one side only means what is left on the other by its words.
        kept = [self._kept(line, known, left) for line in found]
        for old in known.values():
            if len(left) > kept.count(None) and not any(old is one for one in kept):
                _take(left, str(old["quote"]))
        for line, here in zip(found, kept, strict=True):
            item = here
            if item is None:
                try:
                    item = self._new(line, left, known)
                except CellError as error:
                    field = QUOTE if error.key.startswith("quote") else EVIDENCE
                    problems.append(error.problem(field, error.values.get("quote", line.text)))
                    continue
            if item not in items:
                items.append(item)
        if not problems:
            problems += [Problem(QUOTE, quote, "no_file", "evidence") for quote in left]
        return items, problems

    def _lines(self, places: Value) -> tuple[list[_Line], list[Problem]]:
        found: list[_Line] = []
        problems: list[Problem] = []
        for text in lines(places):
            given = _PLACE.match(text)
            try:
                if text in self._documents or given is None:
                    found.append(_Line(text, self._document(text), None))
                else:
                    place = int(given["start"]), int(given["end"])
                    found.append(_Line(text, self._document(given["file"]), place))
            except CellError as error:
                problems.append(error.problem(EVIDENCE, text))
        return found, problems

    def _kept(self, line: _Line, known: _Known, left: list[str]) -> Item | None:
        if line.place is None:
            return None
        item = known.get((line.document, *line.place))
        return item if item is not None and _take(left, str(item["quote"])) else None

    def _new(self, line: _Line, left: list[str], known: _Known) -> Item:
        quote = left.pop(0) if left else ""
        if line.document not in self._open:
            self._open[line.document] = self._database.get(Document, line.document)
        document = self._open[line.document]
        if document is None:
            raise CellError("no_document", "evidence", file=line.text)
        if line.place is not None:
            start, end = line.place
            words = quote_at(document, start, end)
            if not words:
                raise CellError("outside", "evidence", length=str(len(document.original)))
            if not quote or squashed(words) == squashed(quote):
                return _item(document, start, end, words)
            if (line.document, start, end) not in known:
                raise CellError("quote_elsewhere", "quote", quote=quote, there=short(words))
        if not quote:
            raise CellError("no_quote", "evidence")
        place = find_quote(document.original, quote)
        if place is None:
            raise CellError("quote_not_found", "quote", quote=quote, file=document.file)
        return _item(document, *place, quote_at(document, *place))

    def _called(self, digest: str) -> str:
        file = self._files.get(digest)
        if file is None or len(self._documents[file]) > 1 or "\n" in file:
            return digest[:DIGEST]
        return file

    def _document(self, name: str) -> str:
        found = self._documents.get(name.strip(), [])
        if not found and re.fullmatch(rf"[0-9a-f]{{{DIGEST},64}}", name.strip()):
            found = [digest for digest in self._files if digest.startswith(name.strip())]
        if not found:
            raise CellError("no_document", "evidence", file=name)
        if len(found) > 1:
            raise CellError("several_documents", digests=", ".join(digest[:DIGEST] for digest in found))
        return found[0]


def find_quote(original: str, quote: str) -> tuple[int, int] | None:
    """Where words stand in a document, by characters of its original text; blanks and widths do not count."""
    words = squashed(quote)
    text, places = _squashed_document(original)
    at = text.find(words) if words else -1
    if at < 0:
        return None
    return cleaned(original).to_original(places[at], places[at + len(words) - 1] + 1)


def squashed(text: str) -> str:
    """A text without blanks, its full-width letters as plain ones."""
    return "".join(filter(is_seen, unicodedata.normalize("NFKC", text)))


def short(text: str) -> str:
    """A text as it is shown within a sentence."""
    line = _one_line(text)
    return line if len(line) <= SHORT else line[:SHORT] + "…"


@lru_cache(maxsize=8)
def _squashed_document(original: str) -> tuple[str, list[int]]:
    """The cleaned text squashed, and where each of its characters stands in the cleaned text."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(cleaned(original).text):
        for letter in squashed(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _take(left: list[str], quote: str) -> bool:
    """Take a quote out of those that are left; false where it is not among them."""
    wanted = squashed(quote)
    for index, one in enumerate(left):
        if squashed(one) == wanted:
            del left[index]
            return True
    return False


def _item(document: Document, start: int, end: int, quote: str) -> Item:
    return {"document": document.sha256, "start": start, "end": end, "quote": quote}


def _one_line(text: str) -> str:
    return " ".join(text.split())
