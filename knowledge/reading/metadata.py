"""What a document says about itself: title, publisher, date, address, page, reporter. The wordings are data.

Its own words go before what its file says (a Word file's date is when it was typed). A date within a
sentence is no date of the document: only one that is labelled, or stands alone.
"""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.reading.formats.extracted import Extracted
from knowledge.reading.title import find_title

FILE = Path(__file__).with_name("metadata.toml")

HEAD, TAIL = 1500, 400
"""What a document says of itself stands in so many characters at its beginning and its end."""

_DAY = r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?"
_PUBLICATION = re.compile(
    r"《([^《》\n]{2,12}(?:报|网|周刊|杂志|时报))》\s*+[(\uff08]?\s*+(\d{4})年(\d{1,2})月(\d{1,2})日"
    r"(?:[^\S\n]*(头版|第?\s*[0-9A-Z一二三四五六七八九十]{1,3}版))?"
)
_NUMERAL_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_ALONE = re.compile(
    rf"(?<![^\s(\uff08】公司局委府厅室会部心]){_DAY}(?=\s*(?:[)\uff09]|印发|\d{{1,2}}[:\uff1a]\d{{2}}|$)|\s)",
    re.MULTILINE,
)
_PRINTED = re.compile(rf"{_DAY}印发")
_REPORTER = re.compile(
    r"记者\s*+[:\uff1a]?\s*+([\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,2})(?=[\s)\uff09,\uff0c。]|$)"
)
_ADDRESS = re.compile(r"(?:^|[:\uff1a]\s*)(https?://[^\s<>\"'，。）]{4,500})\s*$", re.MULTILINE)
_DIGITS = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


@dataclass(frozen=True)
class Metadata:
    """What names a source to an investor; empty or None where the document does not say."""

    title: str
    publisher: str = ""
    date: dt.date | None = None
    page: str = ""
    reporter: str = ""
    address: str = ""


@dataclass(frozen=True)
class _Wordings:
    """metadata.toml, as patterns."""

    publisher: re.Pattern[str]
    date: tuple[re.Pattern[str], ...]
    report: re.Pattern[str]
    red_head: re.Pattern[str]
    in_title: re.Pattern[str]
    signed: re.Pattern[str]
    headed: re.Pattern[str]


def find_metadata(text: str, fallback_title: str, said: Extracted | None = None) -> Metadata:
    """Read a document's own words about itself.

    Args:
        text: the cleaned text.
        fallback_title: what to call it where it has no title, e.g. the file's name.
        said: what the file says of itself, for all that the text does not say.
    """
    said = said or Extracted("")
    # Digits in the place of numerals keep what stands before and after a date where it was.
    plain = _NUMERAL_DAY.sub(_in_digits, text)
    head, tail = plain[:HEAD], plain[-TAIL:]
    title = find_title(text, said.title) or fallback_title
    publication = _PUBLICATION.search(plain)
    if publication:
        publisher, date, page = publication[1], _date(publication, 2), publication[5] or ""
    else:
        publisher, page = _publisher(head, tail, title), ""
        date = _labelled_date(head) or _labelled_date(tail) or _date_alone(head, tail)
    reporter = _REPORTER.search(text)
    address = _ADDRESS.search(head) or _ADDRESS.search(tail)
    return Metadata(
        title=title,
        publisher=publisher or said.publisher,
        date=date or said.date,
        page=page.replace(" ", ""),
        reporter=re.sub(r"\s", "", reporter[1]) if reporter else "",
        address=address[1] if address else said.address,
    )


@cache
def _wordings() -> _Wordings:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    labels = data["publishers"] + data["dates"] + data["titles"] + data["others"]
    office = rf"[\u4e00-\u9fff]{{2,24}}?(?:{_any(data['offices'])})"
    value = rf"《?([^\s,，。;；:：》\t]{{2,30}}?)》?(?=[\s,，。;；》]|(?:{_any(labels)})\s*[:\uff1a]|$)"
    return _Wordings(
        publisher=re.compile(
            rf"(?<![\u4e00-\u9fff])(?:{_any(data['publishers'])})(?:\s*[:\uff1a]\s*|\t){value}"
        ),
        date=tuple(
            re.compile(rf"(?<![\u4e00-\u9fff]){word}(?:\s*[:\uff1a]\s*|\t){_DAY}")
            for word in map(_spaced, data["dates"])
        ),
        report=re.compile(
            rf"(?:^|\s)({_any(data['agencies'])})[\u4e00-\u9fff]{{2,8}}\d{{1,2}}月\d{{1,2}}日[电讯]"
        ),
        red_head=re.compile(rf"(?:^|\s)({office})文件(?=\s)"),
        in_title=re.compile(rf"^(?:[^\s]{{2,12}}号\s*[-—]\s*)?({office})(?=关于|印发|发布|转发)"),
        signed=re.compile(rf"(?:^|\s)({office})\s+{_DAY}(?=\s|$)"),
        headed=re.compile(rf"(?:^|\s)({office})\s+(?:[\u4e00-\u9fff]{{4}}\s+)?关于"),
    )


def _any(words: list[str]) -> str:
    return "|".join(map(_spaced, sorted(words, key=len, reverse=True)))


def _spaced(word: str) -> str:
    """A label's characters are often spread over its column with blanks."""
    return r"[^\S\n\t]*".join(map(re.escape, word.replace(" ", "")))


def _publisher(head: str, tail: str, title: str) -> str:
    wordings = _wordings()
    # Of these the first says it outright; the last ones are signatures and letterheads.
    tries = (
        (wordings.publisher, (head, tail)),
        (wordings.report, (head,)),
        (wordings.red_head, (head,)),
        (wordings.in_title, (title,)),
        (wordings.signed, (head, tail)),
        (wordings.headed, (head,)),
    )
    for pattern, places in tries:
        for place in places:
            found = pattern.search(place)
            if found:
                return found[1]
    return ""


def _labelled_date(text: str) -> dt.date | None:
    found = (pattern.search(text) for pattern in _wordings().date)
    return next((date for match in found if match and (date := _date(match, 1))), None)


def _date_alone(head: str, tail: str) -> dt.date | None:
    """The date on which an office printed the document, else one that stands alone: above the text, or
    signed."""
    for pattern, place in ((_PRINTED, tail), (_ALONE, head), (_ALONE, tail)):
        dates = [date for match in pattern.finditer(place) if (date := _date(match, 1))]
        if dates:
            return dates[-1] if place is tail else dates[0]
    return None


def _in_digits(match: re.Match[str]) -> str:
    year = "".join(_DIGITS[char] for char in match[1])
    return f"{year}年{_small(match[2])}月{_small(match[3])}日"


def _small(numeral: str) -> int:
    """A numeral up to 99: 十 is ten, 二十三 twenty-three."""
    tens, ten, ones = numeral.rpartition("十")
    return (int(_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(_DIGITS.get(ones, "0"))


def _date(match: re.Match[str], group: int) -> dt.date | None:
    try:
        return dt.date(*(int(match[group + offset]) for offset in range(3)))
    except ValueError:
        return None
