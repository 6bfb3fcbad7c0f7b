"""Of a figure: whether it is reached, aimed at or planned, and for which period it stands."""

import re

from knowledge.models.figure import Nature
from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.dates import Period
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import rules

FAR = 60
"""A day named so many characters before a number, in another clause, says nothing of it."""


def nature_of(page: Page, amount: Amount, topic: str) -> tuple[Nature, float]:
    """The nature, and a factor below 1 where only an earlier clause tells it."""
    lists = rules("topics")["nature"]
    clause, sentence = page.clause(amount.first), page.sentence(amount.first)
    before = page.plain[clause.start : amount.first]
    if any(word in before for word in lists["aims"]) or _ahead(page, before):
        return Nature.TARGET, 1.0
    earlier = re.split("[;…]", page.plain[sentence.start : clause.start])[-1]
    if any(word in earlier for word in lists["aims"]):
        return Nature.TARGET, 0.95
    behind = page.plain[amount.end : clause.end]
    soon = re.search("(?<!即)将", before) or any(word in behind for word in lists["after"])
    if soon or any(word in before for word in lists["planned"]):
        return Nature.PLANNED, 1.0
    ahead = _future(page, amount)
    if ahead:
        return ahead, 1.0
    outcome = topic in lists["outcomes"] and any(word in earlier for word in [*lists["planned"], "可"])
    if outcome or any(word in earlier for word in lists["carrying"]):
        return Nature.PLANNED, 0.95
    return Nature.ACTUAL, 1.0


def _future(page: Page, amount: Amount) -> Nature | None:
    """Aimed at where the last year named before the number is yet to come: 到2025年; planned without 到."""
    sentence = page.sentence(amount.first)
    before = _named(page, sentence.start, amount.first)
    if not before or page.day is None or before[-1].first <= page.day:
        return None
    return Nature.TARGET if page.plain[before[-1].start - 1 : before[-1].start] == "到" else Nature.PLANNED


def _ahead(page: Page, before: str) -> bool:
    """Whether 全年 is a year that was not over on the document's day."""
    return (
        page.day is not None
        and page.day.month < 12
        and re.search("(?<![去上\\d]年)(?<!年)全年", before) is not None
    )


def period_of(page: Page, amount: Amount) -> str:
    """The last period named before the number in its sentence; a day only where it is near."""
    sentence, clause = page.sentence(amount.first), page.clause(amount.first)
    before = _named(page, sentence.start, amount.first)
    if not before or not before[-1].code:
        return ""
    last = before[-1]
    if last.day and last.start < clause.start and amount.first - last.end > FAR:
        return ""
    return last.code


def _named(page: Page, start: int, end: int) -> list[Period]:
    """The periods between two places that are not part of a title in 《》."""
    inside = (one for one in page.periods if start <= one.start and one.end <= end)
    return [one for one in inside if not page.titled(one.start)]
