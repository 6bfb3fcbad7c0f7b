"""Zones: areas with a government of their own, and the one a page is about."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from knowledge.models.fact import Kind
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.walk import begin


def find_zones(page: Page) -> list[Mention]:
    """Mentions of areas with a government of their own: 某某市, 某某新区."""
    lists = rules("names")["zone"]
    found: list[Mention] = []
    titles = [title.span() for title in re.finditer("《[^》\n]{0,300}》", page.plain)]
    for match in _zone_ending().finditer(page.plain):
        if any(first < match.start() < last for first, last in titles):
            continue
        if page.plain[match.end() : match.end() + 1] in {*"长级直场民域块内"}:
            continue
        sentence = page.sentence(match.start())
        start = begin(page, match.start(), max(sentence.start, match.start() - 12))
        start = max(start, page.plain.rfind("在", start, match.start()) + 1)
        name, stem = page.plain[start : match.end()], page.plain[start : match.start()]
        if name in lists["not_zone"] or any(name.endswith(word) for word in lists["never"]):
            continue
        if not re.fullmatch("[\u4e00-\u9fff]{2,}", stem) and not (
            len(stem) == 1 and _is_place(page, start, match.end())
        ):
            continue
        if match[0] not in lists["strong"] and len(stem) > 4 and not _is_place(page, start, start + 2):
            continue
        if _generic_zone(stem):
            continue
        if found and found[-1].start == start:
            found.pop()
        found.append(Mention(start, match.end(), Kind.ZONE, page.text[start : match.end()], 0.75))
    return found


def _generic_zone(stem: str) -> bool:
    return stem in rules("names")["generic"]["words"]


def _is_place(page: Page, start: int, end: int) -> bool:
    """Whether the segmenter takes these characters for a place."""
    return any(
        first == start and last <= end + 2 and tag == "ns"
        for first, last, tag in page.words(page.sentence(start))
    )


@cache
def _zone_ending() -> re.Pattern[str]:
    return re.compile(either(rules("names")["zone"]["suffixes"]))


def home_zone(page: Page, zones: list[Mention]) -> Mention | None:
    """The zone the page is about: what its title and first sentences name, and what it names most."""
    if not page.sentences:
        return None
    weight: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    line = page.plain.find("\n", page.sentences[0].start)
    title = line if 0 <= line <= 80 else page.sentences[0].end
    head = page.sentences[min(4, len(page.sentences)) - 1].end
    for zone in [*zones, *_title_places(page)]:
        weight[zone.name] += 1 + (
            4 if zone.start < min(title, 60) else 2 if zone.start < min(head, 300) else 0
        )
        first.setdefault(zone.name, zone)
    for stem in {stem_of(zone.name) for zone in zones} - {""}:
        place = page.plain.find(stem, 0, title)
        if place >= 0 and not any(zone.start <= place < zone.end for zone in zones):
            weight[stem] += 5
            first.setdefault(stem, Mention(place, place + len(stem), Kind.ZONE, stem, 0.6))
    if not weight:
        return None
    name, count = weight.most_common(1)[0]
    return first[name] if count > 2 else None


def stem_of(name: str) -> str:
    """某某 of 某某高新区."""
    for suffix in sorted(rules("names")["zone"]["suffixes"], key=len, reverse=True):
        if name.endswith(suffix):
            stem = name.removesuffix(suffix)
            return stem if 2 <= len(stem) <= 4 else ""
    return ""


def _title_places(page: Page) -> Iterator[Mention]:
    """Places that the title names without 市 or 区 behind them."""
    for start, end, tag in page.words(page.sentences[0]):
        if tag == "ns" and start < 40:
            yield Mention(start, end, Kind.ZONE, page.text[start:end], 0.6)
