"""Industry chains: in lists (「…等九大产业链」, 「10条产业链是:…」), by name, and their leaders, 链长."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.models.fact import Kind
from knowledge.models.post import Role
from knowledge.numerals import value as numeral
from knowledge.reading.extract.listing import Item, counted_items
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.people import name_at
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.walk import begin

_BY_WHOM = (
    r"产业链(?:的)?(?:链长由([^,。;]{2,30}?)(?:担任|出任|兼任)|由([^,。;]{2,30}?)(?:担任|出任|兼任|任)链长)"
)
"""«X 产业链链长由某某担任», «X 产业链由某某担任链长»."""

_HELD = re.compile(r"(?:是|为|:)([^,。;、\n]{4,30})(?=[,。;\n])")
"""«X 产业链链长为某某副主任某某某»."""

_HEAD_END = re.compile(r"(?:产业链条?|产业集群|产业)$")
LONGEST_CHAIN = 18


def find_chains(page: Page) -> Iterator[Proposal]:
    """Chains and who leads them."""
    for match in _counted().finditer(page.plain):
        yield from _listed(page, match)
    for match in re.finditer("产业链(?!条|链)", page.plain):
        yield from _named(page, match)
    yield from _leaders(page)


def _listed(page: Page, match: re.Match[str]) -> Iterator[Proposal]:
    number = numeral(match["number"])
    count = int(number) if number else None
    sentence = page.sentence(match.start())
    if match["head"] in {"产业", "产业集群"} and "链长" not in page.plain[sentence.start : sentence.end]:
        return
    for items in counted_items(page, match, count):
        fits = [item for item in items if _fit(item)]
        if len(items) < 2 or len(fits) < len(items):
            continue
        sure = 0.95 if len(items) == count else 0.6 if count and len(items) < count else 0.4
        for item in items:
            name = _HEAD_END.sub("", item.name) or item.name
            yield Proposal(Kind.CHAIN, {"name": name}, (), sure, (item.start, item.end))
        return


def _fit(item: Item) -> bool:
    return 1 < len(item.name) <= LONGEST_CHAIN and not re.search(r"[\d%《》“”]", item.name)


def _named(page: Page, match: re.Match[str]) -> Iterator[Proposal]:
    start = begin(page, match.start(), page.sentence(match.start()).start)
    stem = page.text[start : match.start()].strip("“”")
    for zone in rules("names")["zone"]["strong"]:
        start, stem = (
            (start + stem.index(zone) + len(zone), stem.partition(zone)[2]) if zone in stem else (start, stem)
        )
    head = next((tag for first, _, tag in page.words(page.sentence(start)) if first == start), "")
    if head.startswith("v") or len(stem) < 2 or len(stem) > LONGEST_CHAIN or re.search(r"\d", stem):
        return
    if _generic().fullmatch(stem) or re.search(f"(?:{either(rules('chains')['generic'])})$", stem):
        return
    led = re.match('[“"]?链长', page.plain[match.end() : match.end() + 3]) is not None
    listed = page.plain[start - 1 : start] == "、"
    yield Proposal(
        Kind.CHAIN, {"name": stem}, (), 0.9 if led else 0.5 if listed else 0.6, (start, match.end())
    )


def _led(page: Page, place: int) -> int:
    """Where a chain's name begins before 产业链链长: past 担任 and the zone."""
    start = begin(page, place, page.sentence(place).start)
    for word in rules("chains")["leader"]["before"]:
        if page.plain.startswith(word, start):
            start += len(word)
    for word in rules("names")["zone"]["suffixes"]:
        found = page.plain.find(word, start + 1, place - 1)
        if found > 0 and not page.plain.startswith("域", found + len(word)):
            return found + len(word)
    return start


def _leaders(page: Page) -> Iterator[Proposal]:
    """某某产业链链长某某; …链长为副主任某某; 由某某担任某某产业链链长; 某某产业链由…某某担任链长."""
    for match in re.finditer(r"产业链(?:的)?(?:总)?链长(?!制)", page.plain):
        start = _led(page, match.start())
        chain = page.text[start : match.start()]
        if len(chain) < 2 or _generic().fullmatch(chain):
            continue
        rest = re.compile(r"(?:是|为|由|:)?").match(page.plain, match.end())
        name = name_at(page, rest.end() if rest else match.end())
        sure = 0.92
        if name is None:
            later = re.compile(r"以来,").match(page.plain, match.end())
            name = name_at(page, later.end()) if later else None
        if name is None and (held := _HELD.match(page.plain, match.end())):
            name = _last_name(page, held.start(1), held.end(1))
        if name:
            yield _leader(page, chain, name, sure, (start, name[1]))
    for match in re.finditer(r"(?:担任|出任|兼任)(?P<chain>[^,。;“”]{2,16})产业链[“\"]?链长", page.plain):
        name = _last_name(page, page.sentence(match.start()).start, match.start())
        chain = page.text[match.start("chain") : match.end("chain")]
        if name and not _generic().fullmatch(chain):
            yield _leader(page, chain, name, 0.92, (name[0], match.end()))
    for match in re.finditer(_BY_WHOM, page.plain):
        start = _led(page, match.start())
        chain = page.text[start : match.start()]
        by = 1 if match[1] else 2
        name = _last_name(page, match.start(by), match.end(by))
        if name and len(chain) > 1 and not _generic().fullmatch(chain):
            yield _leader(page, chain, name, 0.92, (start, match.end()))


def _last_name(page: Page, start: int, end: int) -> tuple[int, int, float] | None:
    """The name with which a stretch of text ends: 副主任周某某."""
    roles = tuple(rules("posts")["roles"])
    found = [
        name for place in (end - 3, end - 2, end - 4) if place >= start and (name := name_at(page, place))
    ]
    ending = [name for name in found if name[1] == end]
    return next((name for name in ending if page.plain.endswith(roles, start, name[0])), None)


def _leader(
    page: Page, chain: str, name: tuple[int, int, float], sure: float, span: tuple[int, int]
) -> Proposal:
    fields = {
        "person": page.text[name[0] : name[1]],
        "chain": chain,
        "title": f"{chain}产业链链长",
        "role": Role.CHAIN_LEADER.value,
    }
    return Proposal(Kind.POST, fields, (), sure, span)


@cache
def _counted() -> re.Pattern[str]:
    lists = rules("chains")
    number = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})"
    between = f"(?:{either(lists['between'])})*"
    return re.compile(rf"{number}(?:大|条|个){between}(?P<head>{either(lists['heads'])})")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(f"(?:{either(rules('chains')['generic'])})+")
