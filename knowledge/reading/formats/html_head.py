"""What a web page says of itself: title, date, publisher and address, from its head and its one main
heading."""

import datetime as dt
import re
from typing import TYPE_CHECKING, TypedDict

from knowledge.reading.formats.extracted import day, tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The names of GB/T 39477 and of 《政府网站发展指引》 (2017) for a government page's meta elements, then Open
# Graph (https://ogp.me), Dublin Core and what papers use.
_TITLE = ("articletitle", "og:title", "twitter:title", "dc.title", "title")
_DATE = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "og:release_date",
    "dc.date",
    "date",
)
_PUBLISHER = (
    "contentsource",
    "source",
    "og:article:author",
    "article:author",
    "mediaid",
    "dc.publisher",
    "og:site_name",
)
_ADDRESS = ("url", "og:url", "twitter:url")
_PARTED = re.compile(r"\s{0,9}[-_|—–]+\s*")
_SITE = re.compile(r"^https?://[^\s<>\"']{4,2000}$", re.I)


class Properties(TypedDict):
    """As in `Extracted`."""

    title: str
    date: dt.date | None
    publisher: str
    address: str


def find_properties(page: "HtmlElement") -> Properties:
    """Read a parsed page's own words about itself; before anything is taken out of it."""
    said: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        said.setdefault(name, tidy(str(meta.get("content") or "")))
    canonical = [str(link.get("href") or "") for link in page.iter("link") if link.get("rel") == "canonical"]
    addresses = [*canonical, *(said.get(name, "") for name in _ADDRESS)]
    return Properties(
        title=_first(said, _TITLE) or _heading(page),
        date=next(filter(None, (day(said.get(name, "")) for name in _DATE)), None),
        publisher=_first(said, _PUBLISHER),
        address=next((address for address in addresses if _SITE.match(address)), ""),
    )


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _heading(page: "HtmlElement") -> str:
    """The one main heading; else the part of the window's title that stands in the page itself."""
    headings = [tidy(heading.text_content()) for heading in page.iter("h1")]
    headings = [heading for heading in headings if heading]
    if len(headings) == 1:
        return headings[0]
    window = tidy(" ".join(title.text_content() for title in page.iter("title")))
    body = page.find("body")
    shown = tidy(body.text_content()) if body is not None else ""
    parts = [window, *(part for part in _PARTED.split(window) if part)]
    return next((part for part in parts if part and part in shown), "")
