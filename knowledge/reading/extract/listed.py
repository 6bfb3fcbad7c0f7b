"""Names in lists: 「A、B等龙头企业」, 「签约A、B等4个项目」, 「总投资50亿元的A」, 「四个园区:A、B、C和D」."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.models.fact import Kind
from knowledge.numerals import value as numeral
from knowledge.reading.extract.listing import Item, counted_items, items_before
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.walk import broken, generic

_LEAD = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?P<chain>[\u4e00-\u9fff]{2,14}?)产业链[^。;\n]{0,60}?)?"
    r"链主企业(?:是|为|:)(?P<company>[\u4e00-\u9fffA-Za-z]{2,18})(?=[,。;\n]|$)"
)

LONGEST_ITEM = 30
LONGEST_COMPANY = 12
LONGEST_PARK = 18


def find_listed(page: Page) -> Iterator[Mention]:
    """Mentions that lists and relative clauses tell, in no order."""
    for kind in (Kind.COMPANY, Kind.PROJECT):
        for match in _tail(kind.value).finditer(page.plain):
            yield from _items(page, match, kind)
    yield from _relative(page)
    yield from _parks(page)
    yield from _leading(page)


def _leading(page: Page) -> Iterator[Mention]:
    """链主企业是某某光电."""
    for match in lead_companies(page):
        start, end = match.span("company")
        name = page.text[start:end]
        if not generic(name) and not broken(name):
            yield Mention(start, end, Kind.COMPANY, name, 0.85)


def lead_companies(page: Page) -> Iterator[re.Match[str]]:
    """Where a page says which company leads a chain: group `company`, and `chain` where it stands before."""
    return _LEAD.finditer(page.plain)


def _parks(page: Page) -> Iterator[Mention]:
    """As many parks as a list says there are, whatever they are called: 小镇, 医药港."""
    forms: dict[str, str] = rules("names")["park"]
    for match in _counted_parks().finditer(page.plain):
        number = numeral(match["number"])
        for items in counted_items(page, match, int(number or 0)):
            if len(items) == number and all(_is_place(page, item) for item in items):
                for item in items:
                    ending = next((word for word in forms if item.name.endswith(word)), "")
                    yield Mention(item.start, item.end, Kind.PARK, item.name, 0.9, forms.get(ending, "park"))
                break


def _is_place(page: Page, item: Item) -> bool:
    plain = page.plain[item.start : item.end]
    return 3 <= len(plain) <= LONGEST_PARK and not broken(plain) and not re.search(r"[\d%《》]", plain)


def _items(page: Page, match: re.Match[str], kind: Kind) -> Iterator[Mention]:
    items = items_before(page, match.start())
    # A text may begin with «and so on», its list cut off.
    if not items or "各类" in match[0]:
        return
    sure = 0.82
    if kind is Kind.PROJECT:
        clause = page.clause(match.start())
        before = page.plain[clause.start : items[0].start]
        led = any(before.endswith(verb) for verb in rules("lists")["project"]["verbs"])
        if all(_brand(item.name) for item in items):
            kind, sure = Kind.COMPANY, 0.6
        elif not led:
            sure = 0.6
            if len(items) < 3 or any(len(item.name) < 6 for item in items):
                return
        elif len(items) == 1 and len(items[0].name) < 6:
            return
    elif len(items) < 2:
        return
    kept = [item for item in items if _named(page, item, kind)]
    if len(kept) * 2 < len(items):
        return
    for item in kept:
        yield Mention(item.start, item.end, kind, item.name, sure if len(kept) == len(items) else 0.6)


def _brand(name: str) -> bool:
    """Whether a short name reads as a company's: 商汤科技, 科大讯飞."""
    if name.endswith(tuple(rules("lists")["project"]["tail"]["words"])):
        return False
    return len(name) <= 6 or (
        len(name) <= 8 and name.endswith(tuple(rules("lists")["company"]["tail"]["words"]))
    )


def _named(page: Page, item: Item, kind: Kind) -> bool:
    longest = LONGEST_COMPANY if kind is Kind.COMPANY else LONGEST_ITEM
    plain = page.plain[item.start : item.end]
    if not 2 <= len(plain) <= longest or generic(plain) or broken(plain):
        return False
    lists = rules("lists")["unnamed"]
    return not any(word in plain for word in lists[kind.value]) and not plain.endswith(
        tuple(lists["endings"])
    )


def _relative(page: Page) -> Iterator[Mention]:
    """总投资100亿元的某某生产线、: what a sum of money stands before, up to a stop."""
    for amount in page.amounts:
        if amount.unit != "元":
            continue
        before = page.plain[max(0, amount.start - 8) : amount.start]
        match = re.compile(
            r"\s{0,9}的(?P<name>[^,。;:!?、的\d][^,。;:!?、的]{3,34}?)(?=[、,。;]|等|已经|正式|实现|顺利|将|开工$)"
        ).match(page.plain, amount.end)
        if not match or not re.search("总?投资[约近超逾达]?(?:资)?\\s*$", before):
            continue
        name = match["name"]
        name = name.rstrip("内中上里")
        if (
            generic(name)
            or broken(name)
            or any(word in name for word in rules("lists")["unnamed"]["project"])
        ):
            continue
        start, end = match.start("name"), match.start("name") + len(name)
        yield Mention(start, end, Kind.PROJECT, page.text[start:end], 0.86)


@cache
def _counted_parks() -> re.Pattern[str]:
    lists = rules("lists")["park"]
    number = r"(?P<number>\d{1,2}|[二两三四五六七八九十]{1,3})"
    return re.compile(rf"{number}(?:个|大|处)(?:{either(lists['before'])})*(?:{either(lists['heads'])})")


@cache
def _tail(kind: str) -> re.Pattern[str]:
    lists = rules("lists")[kind]
    number = r"(?:\d++|[一二三四五六七八九十百数多]++)?"
    return re.compile(
        rf"(?:等|在内的)(?:一批)?{number}(?:余|多)?(?:超|过)?(?:\d++亿元)?(?:{either(lists['before'])})*[\u4e00-\u9fff]{{0,4}}?(?:{either(lists['heads'])})"
    )
