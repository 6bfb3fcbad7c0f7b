"""Figures: what is counted or measured, how much, of whom, when, and whether reached, aimed at or planned."""

from collections.abc import Iterator

from knowledge.models.fact import Kind
from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.labels import unit_of
from knowledge.reading.extract.measures import Measure, measure_of
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.subjects import Cast, Subject, find_subject
from knowledge.reading.extract.timing import nature_of, period_of


def find_figures(page: Page, cast: Cast) -> Iterator[Proposal]:
    """Every figure of a page that says of whom it is."""
    for amount in page.amounts:
        if _inside(page, amount):
            continue
        measure = measure_of(page, cast, amount)
        if measure is None or not measure.label:
            continue
        subject = find_subject(page, cast, amount, measure.collective)
        if subject:
            yield _figure(page, amount, measure, subject)


def _figure(page: Page, amount: Amount, measure: Measure, subject: Subject) -> Proposal:
    nature, doubt = nature_of(page, amount, measure.topic)
    fields = {
        "subject": subject.name,
        "topic": measure.topic,
        "label": measure.label,
        "value": amount.value,
        "unit": unit_of(amount, measure.topic, measure.label),
        "qualifier": amount.qualifier.value,
        "nature": nature.value,
        "period": period_of(page, amount),
    }
    start, end = page.clause(amount.first).start, amount.end
    tail = page.clause(min(amount.end, len(page.plain) - 1)).end
    end = max(end, tail if tail - end < 30 else end)
    span = min(start, subject.start), max(end, subject.end)
    return Proposal(Kind.FIGURE, fields, (), round(min(measure.sure, subject.sure) * doubt, 3), span)


def _inside(page: Page, amount: Amount) -> bool:
    """Whether the number is part of a title in 《》 or of a date."""
    if page.titled(amount.first):
        return True
    return any(period.start < amount.end and amount.first < period.end for period in page.periods)
