"""Signing ceremonies: the day, how many projects, how much money, who signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.models.fact import Kind
from knowledge.models.link import Relation
from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.ceremonies import day_of, find_ceremony
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.page import Page, Span
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.rules import rules

LONG = 300
REACH = 6
"""So many sentences behind its own may tell of a signing."""


@dataclass
class Signing:
    """A signing as the page tells it.

    Attributes:
        start: first character of the sentences that tell of it.
        end: one past the last.
        name: as written.
        place: where the name begins.
        day: ISO form, empty where the page does not say.
        pure: whether `projects` counts what was signed and not what was begun besides.
    """

    start: int
    end: int
    name: str
    place: int
    day: str = ""
    projects: Amount | None = None
    pure: bool = True
    investment: Amount | None = None
    signatories: list[Mention] = field(default_factory=list)


def find_signings(page: Page, names: list[Mention]) -> list[Signing]:
    """The signing ceremonies of a page."""
    found: list[Signing] = []
    for number, sentence in enumerate(page.sentences):
        event = find_ceremony(page, sentence)
        if event is None:
            continue
        name, place = event
        day = day_of(page, number)
        earlier = next((signing for signing in found if _same(signing, name, day)), None)
        if earlier and day and not earlier.day:
            found.remove(earlier)
            earlier = None
        signing = earlier or Signing(sentence.start, sentence.end, name, place, day)
        telling = [
            later
            for later in page.sentences[max(0, number - 2) : number + 1 + REACH]
            if later is sentence or (-400 < later.start - sentence.end < 700 and _continues(page, later))
        ]
        if signing.projects is None:
            _count(page, signing, telling, sentence.start)
            _narrow(page, signing)
        for later in telling:
            _signatories(page, signing, later, names)
        if earlier is None:
            found.append(signing)
    return [signing for signing in found if signing.day or signing.projects]


def proposals(page: Page, signings: list[Signing]) -> Iterator[Proposal]:
    """The signings and who signed at them, as drafts."""
    for signing in signings:
        fields: dict[str, Any] = {"name": signing.name}
        if signing.day:
            fields["date"] = signing.day
        if signing.projects:
            fields["projects"] = int(signing.projects.value)
        if signing.investment:
            fields["investment"] = signing.investment.value
        if signing.signatories:
            fields["signatories"] = list(dict.fromkeys(mention.name for mention in signing.signatories))
        sure = (
            0.9
            if signing.day and signing.projects and signing.investment
            else 0.7
            if signing.projects
            else 0.4
        )
        sure -= 0.0 if signing.pure else 0.3
        yield Proposal(Kind.SIGNING, fields, (), sure, (signing.start, signing.end))
        for mention in signing.signatories:
            link = {"subject": mention.name, "relation": Relation.SIGNED_AT.value, "object": signing.name}
            yield Proposal(Kind.LINK, link, (), 0.8, (min(signing.place, mention.start), mention.end))


def _same(signing: Signing, name: str, day: str) -> bool:
    if day and signing.day:
        return signing.day == day
    return signing.name == name or bool(day or signing.day)


def _continues(page: Page, sentence: Span) -> bool:
    text = page.plain[sentence.start : sentence.end]
    lists = rules("signings")
    told = any(word in text for word in lists["signed"]) and not any(
        word in text for word in lists["not_held"]
    )
    return told or re.match("其中|总投资|项目", text) is not None


def _count(page: Page, signing: Signing, telling: list[Span], place: int) -> None:
    """How many projects and how much money; a number of what was signed alone goes before a joint one."""
    counts = [
        amount
        for sentence in telling
        for amount in page.amounts
        if sentence.holds(amount.first) and amount.unit == "个" and amount.value > 1 and _signed(page, amount)
    ]
    if not counts:
        return
    chosen = min(counts, key=lambda amount: (_joint(page, amount), amount.first < place, amount.first))
    sentence, clause = page.sentence(chosen.first), page.clause(chosen.first)
    signing.projects, signing.pure = chosen, not _joint(page, chosen)
    signing.start, signing.end = min(signing.start, clause.start), max(signing.end, clause.end)
    money = [other for other in page.amounts if other.unit in {"元", "美元"} and sentence.holds(other.first)]
    signing.investment = _money(page, chosen, clause, money)
    if signing.investment is None and not money:
        behind = [span for span in telling if span.start > sentence.start][:1]
        money = [
            other
            for other in page.amounts
            if other.unit in {"元", "美元"} and any(span.holds(other.first) for span in behind)
        ]
        signing.investment = next(
            (one for one in money if _moneyed(page.plain[page.clause(one.first).start : one.start])), None
        )
    if signing.investment:
        signing.end = max(signing.end, signing.investment.end)


def _narrow(page: Page, signing: Signing) -> None:
    """Rest on the sentence of the count alone, where it names the ceremony too and the whole is too long."""
    if signing.projects is None or signing.end - signing.start < LONG:
        return
    sentence = page.sentence(signing.projects.first)
    event = find_ceremony(page, sentence)
    if event:
        signing.name, signing.place = event
        signing.start, signing.end = sentence.start, sentence.end


def _signed(page: Page, amount: Amount) -> bool:
    clause = page.clause(amount.first)
    text = page.plain[clause.start : clause.end]
    return "项目" in text and "签约" in text


def _joint(page: Page, amount: Amount) -> bool:
    """Whether the number counts what was begun or finished too, or rather, than what was signed."""
    clause = page.clause(amount.first)
    return re.search("开工|竣工|投产", page.plain[clause.start : clause.end]) is not None


def _money(page: Page, amount: Amount, clause: Span, money: list[Amount]) -> Amount | None:
    """The money that goes with the count: in its clause, else behind it before another count."""
    inside = [
        other
        for other in money
        if clause.holds(other.first) and _moneyed(page.plain[clause.start : other.first])
    ]
    if inside:
        return inside[0]
    for other in money:
        if other.first < amount.end:
            continue
        between = page.plain[amount.end : other.first]
        if ";" in between or re.search("开工|竣工", between):
            return None
        if _moneyed(page.plain[page.clause(other.first).start : other.start]):
            return other
    return None


def _moneyed(before: str) -> bool:
    return any(word in before for word in rules("signings")["money"])


def _signatories(page: Page, signing: Signing, sentence: Span, names: list[Mention]) -> None:
    """The companies of a sentence that says who signed."""
    text = page.plain[sentence.start : sentence.end]
    if not re.search(r"与[^。与]*(?:签署|签订|签约)", text):
        return
    verb = sentence.start + max(text.rfind(word) for word in rules("signings")["signed"])
    for mention in names:
        if mention.kind is Kind.COMPANY and mention.sure > 0.8 and sentence.start <= mention.start < verb:
            signing.signatories.append(mention)
            signing.end = max(signing.end, mention.end)
