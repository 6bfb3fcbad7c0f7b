"""Lines of printed pages put together to paragraphs: a line that reaches the margin goes on in the next."""

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

RUNNING = 3
"""From so many pages on a line that stands at the head or foot of half of them is a running one."""

EDGE = 2
"""So many lines at a page's head and foot may be running ones."""

_PAGE_NUMBER = re.compile(
    # What is taken is not given back: blanks without end would be shared out in every way.
    r"\A[-—–·~\s]*+(?:第\s*+)?\d{1,4}(?:\s*+页)?(?:\s*+[/,\uff0f\uff0c]?+\s*+共?+\s*+\d{1,4}\s*+页?)?[-—–·~\s]*+"
)
_NUMERAL = "一二三四五六七八九十百"
_STARTS = re.compile(
    rf"(?:第[{_NUMERAL}\d]{{1,5}}[章节条]|[{_NUMERAL}]{{1,3}}、|[(\uff08][{_NUMERAL}\d]{{1,3}}[)\uff09]|\d{{1,2}}[.\uff0e、](?!\d)|附件|[●■◆·])"
)
_NEVER_FIRST = re.compile(r"[,.;:!?)。、\uff0c\uff1b\uff1a\uff01\uff1f\uff09”’」』》】]")
_ENDED = re.compile(r"[。!?:;\uff01\uff1f\uff1a\uff1b][”’」』)\uff09]?$")
_LATIN = re.compile(r"[A-Za-z,;]$")


INDENT = 3
"""A paragraph's first line stands in by two characters."""

FILLED = 0.8
"""A line that fills so much of the width and ends within a sentence goes on."""


@dataclass(frozen=True)
class Line:
    """A printed line: its text, where it begins and ends, and the height of its letters, in points."""

    text: str
    left: float
    right: float
    height: float


def join_lines(pages: list[list[Line]]) -> list[str]:
    """The paragraphs of some pages, in order, across page breaks, without page numbers and running heads.

    Args:
        pages: each page's lines from its head to its foot.
    """
    lines = [line for page in _without_running(pages) for line in page]
    if not lines:
        return []
    body = median(line.height for line in lines)
    wide = [line for line in lines if abs(line.height - body) < body / 4] or lines
    right = max(line.right for line in wide)
    left = _margin(wide)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        indented = line.left > left + body * 0.8
        if (goes_on and not indented and not _STARTS.match(line.text)) or (
            joined and _NEVER_FIRST.match(line.text)
        ):
            blank = " " if _LATIN.search(joined[-1]) and line.text[:1].isascii() else ""
            joined[-1] += blank + line.text
        else:
            joined.append(line.text)
        # Whoever sets a number or a foreign word whole leaves a gap; a sentence's end may be a paragraph's.
        reached = line.right > right - body * 1.6
        filled = line.right > left + FILLED * (right - left) and not _ENDED.search(line.text)
        # What stands further in than a paragraph's first line is centred or signed.
        goes_on = (reached or filled) and line.left < left + body * INDENT
    return joined


def _margin(lines: list[Line]) -> float:
    """Where a line begins that goes on from the one before: the commonest left edge, else the leftmost."""
    edges = Counter(round(line.left) for line in lines)
    leftmost = min(edges)
    often = [edge for edge, count in edges.items() if count * 5 >= len(lines)]
    return float(min(often, default=leftmost))


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    seen = Counter(key for page in pages for key in {_masked(line) for line in _edges(page)})
    kept: list[list[Line]] = []
    told: set[str] = set()
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept.append([])
        for line in page:
            if id(line) in edges:
                key = _masked(line)
                running = len(pages) >= RUNNING and seen[key] * 2 > len(pages)
                # The first of running heads is often the only place where the document's title stands.
                if _PAGE_NUMBER.fullmatch(line.text) or (running and key in told):
                    continue
                told.add(key)
            kept[-1].append(line)
    return kept


def _edges(page: list[Line]) -> list[Line]:
    return page[:EDGE] + page[-EDGE:]


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)
