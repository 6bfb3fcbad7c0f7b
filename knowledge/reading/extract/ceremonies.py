"""Signing ceremonies in a text: the words that name one, and its day."""

import re
from functools import cache

from knowledge.reading.extract.page import Page, Span
from knowledge.reading.extract.rules import either, rules

_SIGNED_THERE = re.compile(r"(?:会上|会议期间|活动期间|现场|期间)[^。]{0,40}签约")
_LINE = re.compile(r"(?:日期|时间|来源|发布|编稿|发稿|编辑|作者)")


def find_ceremony(page: Page, sentence: Span) -> tuple[str, int] | None:
    """The ceremony's name and its place, where the sentence tells of one that was held."""
    text = page.plain[sentence.start : sentence.end]
    if any(word in text for word in rules("signings")["not_held"]):
        return None
    match = _ceremony().search(page.plain, sentence.start, sentence.end)
    if match:
        start = _name_start(page, match.start("core"), sentence.start)
        return page.text[start : match.end()].strip("“”"), start
    held = re.compile(r"(?P<name>[^,。;:、]{4,30}?(?:活动|会|仪式))上?,?(?:现场|成功|共)?签约").search(
        page.plain, sentence.start, sentence.end
    )
    if held:
        start = _name_start(page, held.end("name") - 2, sentence.start)
        return page.text[start : held.end("name")], start
    forum = _forum().search(page.plain, sentence.start, sentence.end)
    if forum and _SIGNED_THERE.search(page.plain, forum.end(), min(len(page.plain), sentence.end + 120)):
        core = "core" if forum["core"] else "core2"
        start = _name_start(page, forum.start(core), sentence.start)
        return page.text[start : forum.end(core)].strip("“”"), start
    return None


def _name_start(page: Page, core: int, limit: int) -> int:
    """Where the ceremony's name begins: over 、 and quotation marks back to 举行 or a comma."""
    start = limit
    for match in _before().finditer(page.plain, limit, core):
        start = match.end()
    dated = [
        period.end for period in page.periods if start <= period.start and period.end <= core and period.day
    ]
    return max([start, *dated])


def day_of(page: Page, number: int) -> str:
    """The day named in a sentence or, where it names none, in one of the two before, in ISO form."""
    for index in (number, number - 1, number - 2):
        if index < 0:
            continue
        sentence = page.sentences[index]
        if _LINE.match(page.plain, sentence.start):
            continue
        days = [period for period in page.periods if sentence.holds(period.start) and period.day]
        for period in sorted(days, key=lambda one: "月" not in page.plain[one.start : one.end]):
            if period.day:
                if (
                    index != number
                    and "签约" not in page.plain[sentence.start : sentence.end]
                    and not re.search("会|仪式|活动", page.plain[sentence.start : sentence.end])
                ):
                    continue
                return period.day.isoformat()
    return ""


@cache
def _ceremony() -> re.Pattern[str]:
    lists = rules("signings")
    ends = either(lists["ceremony"])
    return re.compile(
        rf"(?P<core>(?:集中)?签约)(?:[暨及和、][^,。;:()]{{2,30}}?)?(?:{ends})|(?P<core2>签约)(?:活动|仪式)"
    )


@cache
def _forum() -> re.Pattern[str]:
    """A meeting at which, as is told next, projects were signed: 举行…推介会, …说明会在某地举办."""
    forums, held = either(rules("signings")["forums"]), "举行|举办|召开"
    return re.compile(
        rf"(?:{held})[^,。;]{{0,30}}?(?P<core>{forums})|(?P<core2>{forums})在[^,。;]{{2,20}}(?:{held})"
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(f"[,。;:]|{either(rules('signings')['held'])}|[上下]午|日(?=[\u4e00-\u9fff])")
