"""How well drafts are read: documents that a careful reader marked, against what the reader proposes."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.database import KnowledgeError
from knowledge.models.fact import Kind
from knowledge.reading.clean import clean
from knowledge.reading.extract import CONFIDENT, Proposal, extract
from knowledge.reading.load import load
from knowledge.reading.metadata import find_metadata

_TAIL = re.compile("(?:产业链条?|产业)$")
_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉,，、;；:：()（）·\-—]")
_NAMED = frozenset(
    {Kind.PARK, Kind.COMPANY, Kind.PROJECT, Kind.PERSON, Kind.ORGANIZATION, Kind.ZONE, Kind.WORK}
)


class MarksError(KnowledgeError):
    """A line of the marks is wrong; says which and what is asked for."""


@dataclass(frozen=True)
class Mark:
    """What the reader marked.

    Attributes:
        document: the file's name in the folder, or its sha256.
        kind: what kind of fact.
        fields: names and figures; of a list any will do, a field left out is not asked for. The subject of a
            figure is given by words that its name holds, or with a leading = in full.
        start: the first character, in the original text, of where it stands.
        end: one past the last.
        optional: whether a reader may also leave it out; it counts neither as missed nor as wrong.
    """

    document: str
    kind: Kind
    fields: Mapping[str, Any]
    start: int
    end: int
    optional: bool = False


@dataclass
class Tally:
    """The counts of one kind."""

    marked: int = 0
    found: int = 0
    proposed: int = 0
    right: int = 0
    confident: int = 0
    confident_right: int = 0

    def public(self) -> dict[str, float | int | None]:
        """As data, with recall and both precisions; None where there is nothing to divide by."""
        return {
            "marked": self.marked,
            "recall": _share(self.found, self.marked),
            "proposed": self.proposed,
            "precision": _share(self.right, self.proposed),
            "confident": self.confident,
            "confident_precision": _share(self.confident_right, self.confident),
        }


@dataclass
class Result:
    """What came out.

    Attributes:
        kinds: the counts by kind.
        wrong: proposals that no mark bears out, with their document.
        missed: marks that no proposal meets.
    """

    documents: int = 0
    kinds: dict[Kind, Tally] = field(default_factory=dict)
    wrong: list[tuple[str, Proposal]] = field(default_factory=list)
    missed: list[Mark] = field(default_factory=list)

    def public(self) -> dict[str, Any]:
        """As data."""
        total = Tally()
        for tally in self.kinds.values():
            for name in vars(total):
                setattr(total, name, getattr(total, name) + getattr(tally, name))
        by_kind = {kind.value: tally.public() for kind, tally in sorted(self.kinds.items())}
        return {
            "documents": self.documents,
            "threshold": CONFIDENT,
            "total": total.public(),
            "kinds": by_kind,
        }


def read_marks(path: Path) -> list[Mark]:
    """Read marks, a JSON object a line: document, kind, fields, start, end, and optional.

    Raises:
        MarksError: the file or a line cannot be read; it names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MarksError(f"{path.name} cannot be read: {error}.") from error
    marks = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            optional = bool(row.get("optional", False))
            start, end = int(row["start"]), int(row["end"])
            mark = Mark(str(row["document"]), Kind(row["kind"]), dict(row["fields"]), start, end, optional)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            needed = "document, kind, fields, start and end"
            raise MarksError(f"{path.name}, line {number}: a mark needs {needed} ({error}).") from error
        marks.append(mark)
    return marks


def run(marks: Path, folder: Path) -> Result:
    """Read every marked document of a folder and compare.

    Only kinds that some mark has are scored; every document with a mark must have been marked in full.

    Raises:
        MarksError: the marks cannot be read, or a marked document is not in the folder.
    """
    rows = read_marks(marks)
    kinds = {mark.kind for mark in rows}
    files = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".txt", ".md"}:
            loaded = load(path)
            files[path.name] = files[loaded.sha256] = loaded
    result = Result(kinds={kind: Tally() for kind in sorted(kinds)})
    for document in dict.fromkeys(mark.document for mark in rows):
        if document not in files:
            raise MarksError(f"{marks.name} marks {document}, which is not in {folder.name}.")
        cleaned = clean(files[document].text)
        drafts = extract(cleaned, find_metadata(cleaned.text, document))
        _compare(result, document, [mark for mark in rows if mark.document == document], drafts)
        result.documents += 1
    return result


def _compare(result: Result, document: str, marks: list[Mark], drafts: list[Proposal]) -> None:
    met: set[int] = set()
    for draft in drafts:
        tally = result.kinds.get(draft.kind)
        if tally is None:
            continue
        fitting = [number for number, mark in enumerate(marks) if agrees(mark, draft)]
        met.update(fitting)
        if fitting and all(marks[number].optional for number in fitting):
            continue
        confident = draft.confidence >= CONFIDENT
        tally.proposed += 1
        tally.right += bool(fitting)
        tally.confident += confident
        tally.confident_right += confident and bool(fitting)
        if not fitting:
            result.wrong.append((document, draft))
    for number, mark in enumerate(marks):
        if mark.optional:
            continue
        result.kinds[mark.kind].marked += 1
        result.kinds[mark.kind].found += number in met
        if number not in met:
            result.missed.append(mark)


def agrees(mark: Mark, draft: Proposal) -> bool:
    """Whether a draft is the marked fact: names alike but for punctuation, figures equal."""
    if mark.kind is not draft.kind:
        return False
    asked, given = mark.fields, draft.fields
    if mark.kind is Kind.FIGURE:
        return (not asked.get("label") or _near(mark, draft)) and _figure(asked, given)
    if mark.kind is Kind.POST:
        key = "chain" if "chain" in asked else "title"
        return _same(asked["person"], given.get("person")) and _same(asked[key], given.get(key))
    if mark.kind is Kind.LINK:
        held = all(_within(asked[name], given.get(name)) for name in ("subject", "object"))
        return held and asked["relation"] == given.get("relation")
    if mark.kind is Kind.SIGNING:
        known = [name for name in ("date", "projects", "investment") if asked.get(name)]
        return (bool(asked.get("date")) or _near(mark, draft)) and all(
            asked[name] == given.get(name) for name in known
        )
    if mark.kind is Kind.POLICY and asked.get("issuer") and given.get("issuer"):
        return _same(asked["name"], given["name"]) and _same(asked["issuer"], given["issuer"])
    if mark.kind is Kind.CHAIN:
        return _same(_TAIL.sub("", asked["name"]), _TAIL.sub("", str(given["name"])))
    return _same(asked["name"], given.get("name"))


def _figure(asked: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    equal = float(asked["value"]) == given["value"]
    for name in ("unit", "topic", "qualifier", "nature"):
        allowed = asked.get(name)
        if allowed:
            equal &= given.get(name) in (allowed if isinstance(allowed, list) else [allowed])
    if asked.get("label"):
        equal &= _within(asked["label"], given.get("label"))
    return equal and any(_names(one, given.get("subject")) for one in _several(asked["subject"]))


def _near(mark: Mark, draft: Proposal) -> bool:
    return any(quote.start < mark.end and mark.start < quote.end for quote in draft.evidence)


def _same(asked: object, given: object) -> bool:
    return bool(given) and any(_plain(one) == _plain(given) for one in _several(asked))


def _within(asked: object, given: object) -> bool:
    """Whether one name is the other or part of it (某某园 and 某某园二期)."""
    plain = _plain(given or "")
    return bool(plain) and any(_plain(one) in plain or plain in _plain(one) for one in _several(asked))


def _names(asked: object, given: object) -> bool:
    """Whether a subject holds the marked words (海洋寡糖), or is exactly the marked name (=某某区)."""
    words = str(asked)
    return _same(words[1:], given) if words.startswith("=") else _plain(words) in _plain(given or "")


def _several(asked: object) -> list[object]:
    return asked if isinstance(asked, list) else [asked]


def _plain(text: object) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", str(text))).lower()


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def describe(result: Result) -> str:
    """For a person to read: a line a kind."""
    data = result.public()
    lines = [f"{data['documents']} documents; confident is {data['threshold']} or more"]
    lines.append(
        f"{'kind':10} {'marked':>6} {'recall':>6} {'drafts':>6} {'prec.':>6} {'conf.':>6} {'prec.':>6}"
    )
    for name, row in {**data["kinds"], "total": data["total"]}.items():
        shown = ["–" if value is None else f"{value:g}" for value in row.values()]
        lines.append(f"{name:10} " + " ".join(f"{value:>6}" for value in shown))
    return "\n".join(lines)
