"""HTML: a saved page or pasted source. Its content without what stands around it, and what its head says.

Of the extractors tried on the pages of tests/knowledge/reading/web_pages.py, none kept both a page's tables
and lists and left out its menus (see the module `boilerplate`); libxml2 parses, what is content is told by
rules here.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.reading.decode import decode
from knowledge.reading.formats.boilerplate import Line, boilerplate
from knowledge.reading.formats.extracted import Extracted, UnreadableError, bounded, row, tidy
from knowledge.reading.formats.html_head import find_properties

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COPY = "Open it in a browser and copy the text into a .txt file."
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I
)
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_PARTS = frozenset({"table", "tr", "p", "div", "ul", "ol", "section", "article", "h1", "h2", "h3", "br"})
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.I)

MOST = 0.5
"""An element with so much of a page's text is not left out for its name: some call their whole page
«foot»."""

MAX_ELEMENTS = 100_000
"""Real pages have some thousands."""

PARTS = 3
"""A table's cell with more parts within it (paragraphs, lines) is a piece of a page's layout and no value."""


def extract(content: bytes) -> Extracted:
    """Read a web page.

    Args:
        content: the page's bytes, whole or a part of its source.

    Raises:
        UnreadableError: its encoding cannot be told, or there is no text in it.
    """
    from lxml import etree, html

    declared = _CHARSET.search(content[:4096])
    source = decode(content, declared[1].decode("ascii") if declared else "")
    if source is None:
        raise UnreadableError("its encoding cannot be told. Save the page as UTF-8 and try again.")
    # lxml refuses a str that names an encoding, and stops at a NUL.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(source.replace("\0", "").encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise UnreadableError(f"holds no text. {_COPY}") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # The parser would leave out what lies deeper than 2048 elements.
        raise UnreadableError(f"is nested too deeply. {_COPY}")
    if sum(1 for _ in page.iter()) > MAX_ELEMENTS:
        raise UnreadableError(f"has more than {MAX_ELEMENTS} elements. Save it in several parts.")
    said = find_properties(page)
    _take_out(page)
    text = bounded(boilerplate().without(_lines(page)))
    if not text.strip():
        raise UnreadableError(f"holds no text that can be read. {_COPY}")
    return Extracted(text, **said)


def _take_out(page: "HtmlElement") -> None:
    """Drops what is never shown or is named as no content."""
    rules = boilerplate()
    shown = [
        element
        for element in page.iter()
        if isinstance(element.tag, str)
        and (element.tag in rules.elements or _NOT_SHOWN.search(element.get("style", "")))
    ]
    for element in shown:
        _drop(element)
    whole = len(page.text_content())
    for element in list(page.iter("div", "ul", "ol", "section", "header", "table", "td", "p", "span", "dl")):
        named = rules.named(f"{element.get('class', '')} {element.get('id', '')}")
        headed = element.tag == "header" and element.find(".//h1") is None
        if (named or headed) and len(element.text_content()) < MOST * whole:
            _drop(element)


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None and element.tag != "body":
        element.drop_tree()


class _Writer:
    """Gathers text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = self._links = 0

    def write(self, text: str | None, within_link: bool) -> None:
        if text:
            self._parts.append(text)
            self._linked += len(re.sub(r"[\W_]+", "", text)) if within_link else 0

    def link(self) -> None:
        self._links += 1

    def end_line(self) -> None:
        text = tidy("".join(self._parts))
        if text:
            self.lines.append(Line(text, self._linked, self._links))
        self._parts, self._linked, self._links = [], 0, 0


def _lines(page: "HtmlElement") -> Iterator[Line]:
    from lxml import etree

    writer = _Writer()
    links = 0
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag == "tr" and _is_data(element):
                writer.end_line()
                cells = [cell.text_content() for cell in element if cell.tag in _CELLS]
                inside = list(element.iter("a"))
                linked = sum(len(re.sub(r"[\W_]+", "", link.text_content())) for link in inside)
                line = row(cells)
                if line:
                    writer.lines.append(Line(line, linked, len(inside)))
                walk.skip_subtree()
                continue
            if tag not in _INLINE:
                writer.end_line()
            if tag == "a":
                links += 1
                writer.link()
            writer.write(element.text, links > 0)
            continue
        if tag == "a":
            links -= 1
        if tag not in _INLINE:
            writer.end_line()
        writer.write(element.tail, links > 0)
    writer.end_line()
    return iter(writer.lines)


def _is_data(row_element: "HtmlElement") -> bool:
    """Whether a table's row holds values side by side and not parts of a page's layout."""
    cells = [cell for cell in row_element if cell.tag in _CELLS]
    if len(cells) < 2 or row_element.find(".//table") is not None:
        return False
    return not any(sum(1 for part in cell.iter(*_PARTS)) > PARTS for cell in cells)
