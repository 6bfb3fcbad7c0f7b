"""Brands that farms plant: finding them, guessing what stood there, and keeping them from investors."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.reading.edits import Edit
from knowledge.reading.related import Relations
from knowledge.reading.rewrites import BRANDS, FOLDER, RewritesError, literal_finder, read_toml

UNREADABLE = "□□"
"""The mark Chinese editors print for characters that cannot be read, one for each."""

SEPARATORS = " \t\u3000-_|—–·/>»›,，、:：~"
TITLE_LENGTH = 120
"""A longer line is a paragraph, not a title with a brand."""

TITLE_PIECE = 4
"""A title's fragment of fewer Chinese characters (首页, 要闻) says nothing."""

_CLAUSE_MARKS = ",。;!?，；！？"
_TITLE_MARKS = re.compile(f"[{re.escape(SEPARATORS)}\\s]+")
_SENTENCE_END = re.compile(r"[。!?;！？；]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Brands:
    """The brand list, ready for look-up."""

    finder: re.Pattern[str]
    usual: dict[str, str]
    places: tuple[tuple[str, str, str], ...]
    spam: re.Pattern[str]
    reporting: re.Pattern[str]


@cache
def brands() -> Brands:
    """The shipped list, read once. Raises RewritesError naming a missing or wrong entry."""
    data = read_toml(FOLDER / BRANDS)
    try:
        names, stems, heads, tails = (data[key] for key in ("names", "stems", "heads", "tails"))
        spam, reporting = data["spam"]["words"], data["spam"]["reporting"]
        places = [(place, write) for write, listed in data["places"].items() for place in listed]
        usual = dict(data["usual"])
    except KeyError as missing:
        raise RewritesError(f"{BRANDS} lacks the entry {missing}.") from None
    if bad := next((place for place, _ in places if place.count("*") != 1), None):
        raise RewritesError(f"{BRANDS}: the place «{bad}» needs one *, where the brand stands.")
    name, stem, head, tail = (literal_finder(listed).pattern for listed in (names, stems, heads, tails))
    core = f"(?:{name}|(?:{head})(?:{stem})|(?:{stem})(?:{tail}))"
    # Latin parts must not be the end or beginning of a longer Latin word.
    finder = re.compile(f"(?<![a-z0-9]){core}(?:{core}|{tail})*(?![a-z0-9])", re.IGNORECASE)
    split = ((*place.split("*"), write) for place, write in sorted(places, key=lambda item: -len(item[0])))
    return Brands(finder, usual, tuple(split), literal_finder(spam, re.IGNORECASE), literal_finder(reporting))


def brands_left(text: str) -> list[str]:
    """Every brand of the list in a text, as written there, in order: what an investor must never be shown.

    Meant for all that leaves the build: a passage or fact for which this is not empty must not be published.
    """
    return [match[0] for match in brands().finder.finditer(text)]


def in_sentences(text: str) -> list[re.Match[str]]:
    """The brands that stand glued to Chinese words, as no honest text has them."""
    return [match for match in brands().finder.finditer(text) if _glued(text, match.start(), match.end())]


def brand_edits(text: str) -> list[Edit]:
    """The changes that take the brands out of a tampered text, or put back what stood there."""
    found = list(brands().finder.finditer(text))
    if not found:
        return []
    relations = Relations(text)
    edits: list[Edit] = []
    for match in found:
        if edits and match.start() < edits[-1].end:
            continue
        edits.append(_edit(text, match, relations))
    return edits


def _edit(text: str, match: re.Match[str], relations: Relations) -> Edit:
    start, end = match.span()
    rule = f"brand {match[0]}"
    first, last = _line(text, start, end)
    glued = _glued(text, start, end)
    placed = _placed(text, match)
    write = placed or _usual(match[0])
    if not (placed and glued):
        if _is_shard(text[first:last], glued, relations):
            stop = min(last + 1, len(text))
            why = "a line of a brand and title fragments that belong to nothing here"
            return Edit(first, stop, text[first:stop], "", rule, why)
        begin, stop = _clause(text, start, end, first, last)
        if relations.foreign(brands().finder.sub(" ", text[begin:stop])):
            why = "a clause of a brand and fragments that belong to nothing here"
            return Edit(begin, stop, text[begin:stop], "", rule, why)
    if glued and write:
        return Edit(start, end, match[0], write, rule, f"a brand where {write} stood")
    if glued and first < start and end < last:
        return Edit(start, end, match[0], UNREADABLE, rule, "a brand where a word stood that cannot be told")
    # At an edge or between separators nothing stood: the brand goes, and its separators with it.
    while start > first and text[start - 1] in SEPARATORS:
        start -= 1
    while start == first and end < last and text[end] in SEPARATORS:
        end += 1
    return Edit(start, end, text[start:end], "", rule, "a brand beside the text")


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line of a brand, or of a long line so much that it is known to be long."""
    reach = TITLE_LENGTH + 1
    first = text.rfind("\n", max(0, start - reach), start) + 1 or max(0, start - reach)
    last = text.find("\n", end, end + reach)
    return first, last if last >= 0 else min(len(text), end + reach)


def _is_shard(line: str, glued: bool, relations: Relations) -> bool:
    if len(line) > TITLE_LENGTH or _SENTENCE_END.search(line):
        return False
    rest = brands().finder.sub(" ", line)
    if glued:
        return relations.foreign(rest)
    pieces = [piece for piece in _TITLE_MARKS.split(rest) if len(_CHINESE.findall(piece)) >= TITLE_PIECE]
    return not any(map(relations.related, pieces))


def _placed(text: str, match: re.Match[str]) -> str:
    for before, after, write in brands().places:
        if text.startswith(after, match.end()) and text.endswith(before, 0, match.start()):
            return write
    return ""


def _usual(brand: str) -> str:
    usual = brands().usual
    return next((write for tail, write in usual.items() if brand.casefold().endswith(tail)), "")


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a Chinese word touches the brand; a closing quotation mark or bracket between is overlooked."""
    before = text[max(0, start - 2) : start].rstrip("”’》)）")[-1:]
    return bool(_CHINESE.match(before) or _CHINESE.match(text[end : end + 1]))


def _clause(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The clause of a brand, with one of the commas beside it."""
    begin = max(first, *(text.rfind(mark, first, start) + 1 for mark in _CLAUSE_MARKS))
    stop = min((found for mark in _CLAUSE_MARKS if (found := text.find(mark, end, last)) >= 0), default=last)
    if stop < last and text[stop] in ",，":
        return begin, stop + 1
    return (begin - 1, stop) if begin > first and text[begin - 1] in ",，" else (begin, stop)
