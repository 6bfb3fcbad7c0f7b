"""What a document says about itself: title, publisher, date, page, reporter."""

import datetime as dt
import re
from dataclasses import dataclass

_PUBLICATION = re.compile(
    r"《([^《》\n]{2,12}(?:报|网|周刊|杂志|时报))》\s*(\d{4})年(\d{1,2})月(\d{1,2})日(?:[^\S\n]*(头版|第?\s*[0-9A-Z一二三四五六七八九十]{1,3}版))?"
)
_SOURCE = re.compile(r"(?:来源|发布机构|信息来源|发布单位)\s*[::]\s*([^\s,,。;;]{2,24})")
_DATE = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_REPORTER = re.compile(r"记者\s*[::]?\s*([\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,2})(?=[\s)),,。]|$)")
_CITED_TITLE = re.compile(r"(?:刊发|题为|报道)[^《\n]{0,6}《\s*([^《》\n]{4,60})》")

TITLE_LENGTH = 60
"""A longer first line is a paragraph, not a title."""


@dataclass(frozen=True)
class Metadata:
    """What names a source to an investor; empty or None where the document does not say."""

    title: str
    publisher: str = ""
    date: dt.date | None = None
    page: str = ""
    reporter: str = ""


def find_metadata(text: str, fallback_title: str) -> Metadata:
    """Read a document's own words about itself.

    Args:
        text: the cleaned text.
        fallback_title: what to call it where it has no title, e.g. the file's name.
    """
    head = text[:1500]
    publication = _PUBLICATION.search(text)
    if publication:
        publisher, date, page = publication[1], _date(publication, 2), publication[5] or ""
    else:
        source = _SOURCE.search(head) or _SOURCE.search(text[-400:])
        publisher, page = (source[1].strip("《》") if source else ""), ""
        dated = _DATE.search(head) or _DATE.search(text[-400:])
        date = _date(dated, 1) if dated else None
    reporter = _REPORTER.search(text)
    return Metadata(
        title=_title(text) or fallback_title,
        publisher=publisher,
        date=date,
        page=page.replace(" ", ""),
        reporter=re.sub(r"\s", "", reporter[1]) if reporter else "",
    )


def _title(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= TITLE_LENGTH and not first.endswith(("。", ";", ";", ",", ",")):
        return first.lstrip("# ")
    cited = _CITED_TITLE.search(text)
    return cited[1].strip() if cited else ""


def _date(match: re.Match[str], group: int) -> dt.date | None:
    try:
        return dt.date(*(int(match[group + offset]) for offset in range(3)))
    except ValueError:
        return None
