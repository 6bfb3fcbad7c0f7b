"""Policies: 《…意见》 and the like, with who issued them."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.models.fact import Kind
from knowledge.models.link import Relation
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.walk import begin

_TITLE = re.compile(r"《([^《》\n]*+(?:[《〈<][^《》〈〉<>\n]*[》〉>])?[^《》\n]*+)》")
_NOTICE = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{4,24}?)(?:关于)?印发(?P<name>[^,。;\n]{6,80}?)的通知")
_YEAR = re.compile(r"[(（](?:\d{4}(?:[-—至]\d{4})?(?:年版?|年度)?|暂行|试行|修订|征求意见稿)[)）]")


def find_policies(page: Page, home: str = "") -> Iterator[Proposal]:
    """Policies named in 《》, and the link to their issuers.

    Args:
        page: the page.
        home: the zone it is about, whose name may begin the title of a policy of its own.
    """
    yield from _by_title(page)
    for match in _TITLE.finditer(page.plain):
        name = page.text[match.start(1) : match.end(1)].strip()
        bare = _YEAR.sub("", match[1]).strip()
        if not bare.endswith(tuple(rules("policies")["endings"])) or _short(bare):
            continue
        issuers = list(_issuers(page, match.start(), match[1]))
        fields: dict[str, object] = {"name": name, "issued_here": bool(issuers) or _of(home, name)}
        if issuers:
            fields["issuer"] = "、".join(issuer for _, _, issuer, _ in issuers)
        first = min([match.start(), *(start for start, _, _, _ in issuers)])
        last = max([match.end(), *(end for _, end, _, _ in issuers)])
        yield Proposal(Kind.POLICY, fields, (), 0.95, (first, last))
        for start, end, issuer, sure in issuers:
            link = {"subject": name, "relation": Relation.ISSUED_BY.value, "object": issuer}
            yield Proposal(Kind.LINK, link, (), sure, (min(start, match.start()), max(end, match.end())))


def _by_title(page: Page) -> Iterator[Proposal]:
    """某某市人民政府(关于)印发…的通知 as a line of its own: the policy that it hands on, and its issuer."""
    for sentence in page.sentences:
        match = _NOTICE.fullmatch(page.plain, sentence.start, sentence.end)
        if not match or not match["issuer"].endswith(tuple(rules("policies")["issuers"])):
            continue
        issuer = page.text[match.start("issuer") : match.end("issuer")]
        name = page.text[match.start("name") : match.end("name")].strip("《》 ")
        if not _YEAR.sub("", match["name"].strip("《》 ")).endswith(tuple(rules("policies")["endings"])):
            continue
        span = sentence.start, sentence.end
        yield Proposal(Kind.POLICY, {"name": name, "issued_here": True, "issuer": issuer}, (), 0.9, span)
        link = {"subject": name, "relation": Relation.ISSUED_BY.value, "object": issuer}
        yield Proposal(Kind.LINK, link, (), 0.88, span)


def _of(zone: str, policy: str) -> bool:
    return bool(zone) and policy.startswith(zone)


def _short(name: str) -> bool:
    return name in rules("policies")["abbreviations"] or len(name) < 5


def _issuers(page: Page, opening: int, name: str) -> Iterator[tuple[int, int, str, float]]:
    """Who stands before 印发《, or whose name begins the title, with places and how sure that is."""
    sentence = page.sentence(opening)
    match = _issued().search(page.plain, sentence.start, opening)
    by = _by().search(page.plain, opening, min(len(page.plain), opening + len(name) + 40))
    if match:
        yield from _parts(page, sentence.start, match.start("verb"))
    elif by:
        yield from _parts(page, by.start(1), by.end(1))


def _parts(page: Page, limit: int, end: int) -> Iterator[tuple[int, int, str, float]]:
    """市委办公室、市政府办公室: the bodies listed before a character."""
    found = []
    while end > limit:
        suffix = _issuer_ending().search(page.plain, max(limit, end - 12), end)
        if suffix is None:
            break
        start = begin(page, suffix.start(), limit)
        name = page.text[start:end]
        if len(name) < 3 or re.search(r"[,。;:!?、《》“”\s]", name):
            break
        found.append((start, end, name, 0.9))
        if page.plain[start - 1 : start] not in {"、", "和"}:
            break
        end = start - 1
    yield from reversed(found)


@cache
def _issued() -> re.Pattern[str]:
    lists = rules("policies")
    verbs = either(lists["issuing"])
    soon = "近日|近期|日前|于日前|昨日|今日|同步|正式|已经|已|联合"
    return re.compile(rf"(?P<verb>(?:{soon}){{0,4}}(?:{verbs})(?:的)?)(?P<about>关于)?\Z")


@cache
def _by() -> re.Pattern[str]:
    issuers = either(rules("policies")["issuers"])
    return re.compile(
        rf"》(?:已?于?近日|日前|于日前|近日)?由([^,。;《》]{{2,40}}?(?:{issuers}))(?:联合|正式)?(?:印发|发布|出台|制定)"
    )


@cache
def _issuer_ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(rules('policies')['issuers'])})\Z")
