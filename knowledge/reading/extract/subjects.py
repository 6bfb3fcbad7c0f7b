"""Whom a number is about: the project, park or company that governs it, else a signing, else the zone."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.models.fact import Kind
from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.page import Page, Span
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.signings import Signing
from knowledge.reading.extract.zones import stem_of

NEAR = 320
"""A name within so many characters of a number can be quoted with it."""

_GOVERNING = (Kind.PROJECT, Kind.PARK, Kind.COMPANY, Kind.POLICY, Kind.ORGANIZATION)


@dataclass(frozen=True)
class Subject:
    """What a figure is about, named at characters [start, end)."""

    name: str
    start: int
    end: int
    kind: Kind
    sure: float


@dataclass(frozen=True)
class Cast:
    """Everything a page names that a figure may be about."""

    names: list[Mention]
    signings: list[Signing]
    zones: list[Mention]
    home: Mention | None


def find_subject(page: Page, cast: Cast, amount: Amount, collective: bool) -> Subject | None:
    """Whom an amount is about.

    Args:
        page: the page.
        cast: what it names.
        amount: the number.
        collective: whether it speaks of several projects or companies together, so of a zone or a signing.
    """
    sentence = page.sentence(amount.first)
    clause = page.clause(amount.first)
    following = None if collective else _following(page, cast, amount)
    if following:
        return following
    found = _governing(page, cast, amount, sentence, clause)
    here = found is not None and found.start >= sentence.start
    counted = found is not None and (
        (_counts_in(page, amount) and found.sure >= 0.6)
        or (here and found.sure > 0.8 and found.kind is Kind.PARK)
    )
    if found and (not collective or counted):
        return found
    return _place(page, cast, amount, sentence, collective)


def _counts_in(page: Page, amount: Amount) -> bool:
    """Whether it counts companies, which a park or project may have, rather than projects."""
    text = page.plain[amount.first : amount.end + 12] + page.plain[max(0, amount.first - 8) : amount.first]
    return "企业" in text or "户" in text


def _following(page: Page, cast: Cast, amount: Amount) -> Subject | None:
    """总投资130亿元的某某项目: the project behind 的."""
    around = [
        mention for mention in cast.names if mention.start <= amount.first and amount.end <= mention.end
    ]
    if around:
        return Subject(around[0].name, around[0].start, around[0].end, around[0].kind, around[0].sure)
    match = re.compile(r"\s{0,9}(?:人民币)?(?:,?建设|,?打造)?(?:的|\Z|(?=[\u4e00-\u9fff]))").match(
        page.plain, amount.end
    )
    if not match:
        return None
    zoned = {zone.end for zone in cast.zones if zone.start == match.end()} | {match.end()}
    for mention in cast.names:
        if mention.start in zoned and mention.kind in (Kind.PROJECT, Kind.PARK, Kind.COMPANY):
            return Subject(
                mention.name, mention.start, mention.end, mention.kind, min(0.95, mention.sure + 0.1)
            )
    return None


def _governing(page: Page, cast: Cast, amount: Amount, sentence: Span, clause: Span) -> Subject | None:
    """A name before the number: in its clause, else the sentence's, else the sentence before."""
    outer = [
        mention
        for mention in _outer(cast.names)
        if mention.kind in _GOVERNING
        and mention.sure >= 0.6
        and not _listed(page, mention, amount)
        and not _bracketed(page, mention)
        and page.plain[mention.start - 1 : mention.start] not in {"向", "对", "给", "为", "除", "在", "于"}
        and not _signed_with(page, mention)
    ]
    inside = [mention for mention in outer if clause.start <= mention.start and mention.end <= amount.first]
    if inside:
        best = inside[-1]
        doubt = 0.0 if len({mention.name for mention in inside}) == 1 else 0.2
        return _of(best, 0.92 - doubt)
    before = [mention for mention in outer if sentence.start <= mention.start and mention.end <= amount.first]
    part = page.plain.rfind(";", sentence.start, amount.first)
    if part > 0 and any(part < zone.start < amount.first for zone in cast.zones):
        before = [mention for mention in before if mention.start > part]
    else:
        before = [mention for mention in before if mention.start > part] or before
    if before:
        names = {mention.name for mention in before}
        return _of(
            before[0] if _heads(page, before[0], sentence) else before[-1], 0.88 if len(names) == 1 else 0.62
        )
    if _refers(page, sentence, clause):
        number = page.index(sentence.start)
        for index in range(number - 1, max(-1, number - 3), -1):
            earlier = page.sentences[index]
            there = [mention for mention in outer if earlier.holds(mention.start)]
            if there:
                names = {mention.name for mention in there}
                return _of(there[-1] if len(names) == 1 else there[0], 0.82 if len(names) == 1 else 0.6)
    return None


def _signed_with(page: Page, mention: Mention) -> bool:
    """Whether somebody else signed with it: 某某科技与某某园签约,投资22亿元."""
    with_it = page.plain[mention.start - 1 : mention.start] in {"与", "同", "和"}
    return with_it and page.plain.startswith(("签约", "签订", "签署"), mention.end)


def _listed(page: Page, mention: Mention, amount: Amount) -> bool:
    """Whether it is one of the things that the number counts: A、B、C等六个项目."""
    if mention.end > amount.first:
        return False
    return (
        re.match("、|等", page.plain[mention.end : mention.end + 1]) is not None
        or page.plain[mention.start - 1 : mention.start] == "、"
    )


def _bracketed(page: Page, mention: Mention) -> bool:
    """Whether it stands in a remark in brackets: 高新区(不含某某集团)."""
    before = page.plain[page.sentence(mention.start).start : mention.start]
    return before.count("(") > before.count(")")


def _of(mention: Mention, sure: float) -> Subject:
    return Subject(mention.name, mention.start, mention.end, mention.kind, min(sure, mention.sure + 0.05))


def _heads(page: Page, mention: Mention, sentence: Span) -> bool:
    """Whether the sentence begins with the name or nearly so."""
    return not re.search("[,;:]", page.plain[sentence.start : mention.start])


def _outer(names: list[Mention]) -> list[Mention]:
    """The names that lie within no other."""
    found: list[Mention] = []
    for mention in names:
        if found and mention.end <= found[-1].end:
            continue
        found.append(mention)
    return found


def _refers(page: Page, sentence: Span, clause: Span) -> bool:
    """Whether the sentence speaks on of what came before: 该项目…, 其中…, 一期…."""
    head = page.plain[sentence.start : sentence.start + 16]
    return _referring().match(head) is not None and clause.start - sentence.start < 200


@cache
def _referring() -> re.Pattern[str]:
    lists = rules("names")["referring"]
    words = either([*lists["park"], *lists["project"], *lists["company"]])
    return re.compile(
        rf"[“\"]?(?:(?:据|记者)?(?:了解到?|悉|获悉|介绍),)?(?:其中,?)?(?:目前,?)?(?:{words}|该委员会|委员会|该中心|中心|公司|[一二三]期|预计|建成|达产|投产|总投资|占地|规划|全部)"
    )


def _place(page: Page, cast: Cast, amount: Amount, sentence: Span, collective: bool) -> Subject | None:
    """A signing told of here, a zone named here, or the page's own."""
    text = page.plain[sentence.start : sentence.end]
    clause = page.clause(amount.first)
    zones = [
        zone
        for zone in cast.zones
        if sentence.start <= zone.start
        and zone.end <= amount.first
        and page.plain[zone.start - 1 : zone.start] not in {"向", "对", "给", "在", "赴", "(", "、"}
        and not any(mention.start <= zone.start < mention.end for mention in cast.names)
    ]
    inside = [zone for zone in zones if clause.start <= zone.start]
    if inside:
        return Subject(inside[-1].name, inside[-1].start, inside[-1].end, Kind.ZONE, 0.88)
    part = page.plain.rfind(";", sentence.start, amount.first)
    zones = [zone for zone in zones if zone.start > part] or zones
    if zones:
        return Subject(zones[0].name, zones[0].start, zones[0].end, Kind.ZONE, 0.84)
    signing = _signing(cast, amount)
    telling = collective and not _cumulative(text) and ("签约" in text or "开工" in text)
    begun = (
        re.search("开工|竣工", page.plain[clause.start : clause.end])
        and signing
        and "开工" not in signing.name
    )
    if signing and telling and not begun:
        return Subject(signing.name, signing.place, signing.place + len(signing.name), Kind.SIGNING, 0.86)
    words = [word for word in rules("names")["referring"]["zone"] if word in text]
    referred = min(words, key=text.index) if words else ""
    named = _nearest(page, cast.home, amount) if cast.home else None
    if named is None:
        place = page.plain.find(referred, sentence.start) if referred else 0
        return Subject(referred, place, place + len(referred), Kind.ZONE, 0.5) if referred else None
    name, near = named
    return Subject(
        name, near, near + len(name), Kind.ZONE, 0.84 if referred else 0.72 if collective else 0.55
    )


def _cumulative(text: str) -> bool:
    """Whether a sentence counts over a time rather than at one ceremony."""
    return (
        re.search("今年|累计|全年|去年|截至|季度,|[0-9]月[,至]|目前|截止", text) is not None
        and "仪式" not in text
    )


def _signing(cast: Cast, amount: Amount) -> Signing | None:
    """The last signing told of before a number and not far from it."""
    before = [signing for signing in cast.signings if signing.place <= amount.first < signing.place + 300]
    return before[-1] if before else None


def _nearest(page: Page, home: Mention, amount: Amount) -> tuple[str, int] | None:
    """The zone's name, or its stem, where it stands near enough to be quoted with the number."""
    for name in (home.name, stem_of(home.name)):
        before = page.plain.rfind(name, 0, amount.first) if name else -1
        if before >= 0 and amount.first - before < NEAR:
            return name, before
        after = page.plain.find(name, amount.first) if name else -1
        if 0 <= after < amount.first + NEAR // 2:
            return name, after
    return None
