"""Links that a sentence states outright: who invested in what, what lies where, what is of which chain."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from knowledge.models.entity import ProjectStatus
from knowledge.models.fact import Kind
from knowledge.models.link import Relation
from knowledge.reading.extract.listed import lead_companies
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.subjects import Cast

_BUILT = (Kind.PROJECT, Kind.PARK)


def find_links(page: Page, cast: Cast) -> Iterator[Proposal]:
    """Investors, places and chains."""
    outer = _outermost(cast.names)
    yield from _invested(page, outer)
    yield from _located(page, outer, cast.zones)
    yield from _chained(page, outer)
    yield from _led(page)


def _led(page: Page) -> Iterator[Proposal]:
    """某某产业链…链主企业是某某光电: in the chain, as its lead company."""
    for match in lead_companies(page):
        if match["chain"]:
            chain = Mention(*match.span("chain"), Kind.CHAIN, match["chain"], 0.85)
            company = Mention(*match.span("company"), Kind.COMPANY, match["company"], 0.85)
            link = _link(company, Relation.IN_CHAIN, chain, 0.88)
            yield replace(link, fields={**link.fields, "note": "链主企业"})


def _outermost(names: list[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in names:
        if found and mention.end <= found[-1].end and mention.kind is found[-1].kind:
            continue
        found.append(mention)
    return found


def _invested(page: Page, names: list[Mention]) -> Iterator[Proposal]:
    """某某公司投资12亿元,建设某某园; 由某某公司投资(12亿元建设)的某某项目."""
    for company in names:
        if company.kind is not Kind.COMPANY or company.sure < 0.75:
            continue
        match = _investing().match(page.plain, company.end)
        if not match:
            continue
        for built in names:
            if built.kind in _BUILT and built.start == match.end():
                yield _link(built, Relation.INVESTED_BY, company, 0.9)
                break


def _located(page: Page, names: list[Mention], zones: list[Mention]) -> Iterator[Proposal]:
    """位于某某区的某某园; 某某园落户某某区; 某某园在某某区开园; 某某园奠基仪式在某某区举行."""
    places = [*zones, *(mention for mention in names if mention.kind is Kind.PARK)]
    for place in places:
        head = _lying().search(page.plain, max(0, place.start - 6), place.start)
        for built in names:
            if built.kind not in _BUILT or built.name in place.name or place.name in built.name:
                continue
            between = page.plain[place.end : built.start]
            if head and 0 <= built.start - place.end <= 2 and between in {"的", ""}:
                yield _link(built, Relation.LOCATED_IN, place, 0.88)
            if (
                head
                and 0 <= head.start() - built.end <= 4
                and not re.search("[。;]", page.plain[built.end : place.start])
            ):
                yield _link(built, Relation.LOCATED_IN, place, 0.88)
            if (
                place.kind is Kind.ZONE
                and place.end == built.start
                and place.sure >= 0.7
                and len(place.name) > 3
            ):
                yield _link(built, Relation.LOCATED_IN, place, 0.85)
            gap = page.plain[built.end : place.start]
            if re.fullmatch(r"(?:奠基仪式|揭牌仪式|开工仪式|项目)?(?:在|于)", gap) and _opened().match(
                page.plain, place.end
            ):
                yield _link(built, Relation.LOCATED_IN, place, 0.88)


def _chained(page: Page, names: list[Mention]) -> Iterator[Proposal]:
    for match in re.finditer(
        rf"(?:{either(rules('links')['in_chain']['words'])})(?P<chain>[\u4e00-\u9fff]{{2,14}})产业链",
        page.plain,
    ):
        sentence = page.sentence(match.start())
        before = [
            mention for mention in names if sentence.start <= mention.start and mention.end <= match.start()
        ]
        if before:
            chain = Mention(match.start("chain"), match.end("chain"), Kind.CHAIN, match["chain"], 0.85)
            yield _link(before[0], Relation.IN_CHAIN, chain, 0.82 if len(before) == 1 else 0.6)


def _link(subject: Mention, relation: Relation, target: Mention, sure: float) -> Proposal:
    fields = {"subject": subject.name, "relation": relation.value, "object": target.name}
    span = min(subject.start, target.start), max(subject.end, target.end)
    return Proposal(Kind.LINK, fields, (), min(sure, subject.sure + 0.05, max(target.sure + 0.1, 0.8)), span)


def project_status(page: Page, mention: Mention) -> ProjectStatus:
    """How far a project is, by the verbs of its clause and the rest of its sentence."""
    clause, sentence = page.clause(mention.start), page.sentence(mention.start)
    lists = rules("links")["status"]
    for region in (page.plain[clause.start : clause.end], page.plain[mention.end : sentence.end]):
        region = region.replace(mention.name, "")
        if any(word in region for word in lists["planned"]):
            return ProjectStatus.PLANNED
        for status in (ProjectStatus.PRODUCING, ProjectStatus.DONE, ProjectStatus.BUILDING):
            if any(word in region for word in lists[status.value]):
                return status
    return ProjectStatus.PLANNED


@cache
def _investing() -> re.Pattern[str]:
    lists = rules("links")["invested_by"]
    return re.compile(
        rf"(?:{either(lists['verbs'])})[约近超逾达]?[\d.,]*[一二三四五六七八九十百千]*\s*(?:多|余)?[万亿]*(?:多|余)?(?:美元|元)?(?:人民币)?,?(?:{either(lists['building'])})+(?:总投资[^,。;]{{0,10}}的)?"
    )


@cache
def _lying() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(rules('links')['located_in']['before'])})\Z")


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(rf"[^,。;]{{0,6}}?(?:{either(rules('links')['located_in']['opened'])})")
