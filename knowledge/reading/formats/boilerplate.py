"""What on a web page is not its content: menus, footers, lists of other pages, buttons. The words are
data."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("boilerplate.toml")

SHORT = 80
"""A longer line is content whatever it begins with."""

LINKED = 0.6
"""So much of a line in links, and it is a link."""

RUN = 2
"""So many links in a row are a menu; a single one may be an attachment or a source."""

_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")
_MARKS = re.compile(r"[\W_]+")
_ATTACHED = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line of a page; `linked` counts its characters within links, `links` the links."""

    text: str
    linked: int = 0
    links: int = 0

    @property
    def is_link(self) -> bool:
        """Whether it is there to be clicked and not to be read."""
        letters = len(_MARKS.sub("", self.text))
        return bool(self.links) and self.linked >= LINKED * letters and not _ATTACHED.search(self.text)


@dataclass(frozen=True)
class Boilerplate:
    """The words of boilerplate.toml."""

    names: frozenset[str]
    elements: frozenset[str]
    beginnings: tuple[str, ...]
    within: tuple[str, ...]
    endings: tuple[str, ...]
    alone: frozenset[str]
    lists: frozenset[str]
    controls: re.Pattern[str]

    def named(self, attributes: str) -> bool:
        """Whether an element's class and id say that it is no content."""
        return any(word.lower() in self.names for word in _WORDS.findall(attributes))

    def without(self, lines: Iterable[Line]) -> list[str]:
        """The lines of content among a page's lines, in order.

        A page that is nothing but links (a list of notices) is its links.
        """
        found = [Line(self._content(line.text), line.linked, line.links) for line in lines]
        found = [line for line in found if line.text]
        kept = self._without_menus(found)
        while kept and len(kept[-1].text) <= SHORT and kept[-1].text.startswith(self.endings):
            kept.pop()
        return [line.text for line in (kept or found)]

    def _content(self, text: str) -> str:
        if len(text) > SHORT:
            return text
        text = self.controls.sub(" ", text)
        text = " ".join(text.split(" ")) if "\t" in text else " ".join(text.split())
        if text.startswith(self.beginnings) or any(word in text for word in self.within):
            return ""
        words = [word for word in _MARKS.split(text) if word]
        return "" if all(word in self.alone for word in words) else text

    def _without_menus(self, lines: list[Line]) -> list[Line]:
        kept: list[Line] = []
        place = 0
        while place < len(lines):
            end = place
            while end < len(lines) and lines[end].is_link:
                end += 1
            run = lines[place:end]
            if sum(line.links for line in run) < RUN:
                kept += run
            if end < len(lines) and not (self._opens_list(lines, end)):
                kept.append(lines[end])
            place = end + 1
        return kept

    def _opens_list(self, lines: list[Line], place: int) -> bool:
        return _MARKS.sub("", lines[place].text) in self.lists


@cache
def boilerplate() -> Boilerplate:
    """The shipped words, read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Boilerplate(
        names=frozenset(data["names"]),
        elements=frozenset(data["elements"]),
        beginnings=tuple(data["beginnings"]),
        within=tuple(data["within"]),
        endings=tuple(data["endings"]),
        alone=frozenset(data["alone"]),
        lists=frozenset(data["lists"]),
        controls=re.compile("|".join(data["controls"]["patterns"])),
    )
