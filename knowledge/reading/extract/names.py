"""Names that an ending tells: parks, companies, projects, policies, zones."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.models.fact import Kind
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.walk import begin, broken, generic


def find_names(page: Page) -> list[Mention]:
    """All mentions of parks, companies and projects, in order; they may lie within one another."""
    found = [*_parks(page), *_companies(page), *_projects(page), *_organizations(page)]
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _parks(page: Page) -> Iterator[Mention]:
    forms: dict[str, str] = rules("names")["park"]
    for match in _ending("park").finditer(page.plain):
        sentence = page.sentence(match.start())
        start = begin(page, match.start(), sentence.start)
        stem = page.plain[start : match.start()]
        listed = page.plain[start - 1 : start] == "、" or page.plain[match.end() : match.end() + 1] == "、"
        if generic(stem) and not (listed and len(stem) >= 4 and match[0] != "园区"):
            continue
        start = _past_zone(page, start, match.start())
        start, joined = _joined(page, start, match.start())
        stem = page.plain[start : match.start()]
        if broken(stem):
            continue
        sure = 0.9 if len(stem) >= 4 and _proper(page, start, match.start()) else 0.84
        if len(stem) < 4 and not _proper(page, start, match.start()):
            sure -= 0.22
        if match[0] == "园区" or forms[match[0]] != "park":
            sure -= 0.15
        if joined or page.plain[match.end() : match.end() + 1] in {"及", "暨"}:
            sure -= 0.2
        if page.plain[start - 1 : start] in {"的", "个", "家", "所"} and not _proper(
            page, start, match.start()
        ):
            sure -= 0.25
        if any(page.plain.endswith(word, 0, start) for word in rules("names")["aimed"]["before"]):
            sure -= 0.3
        yield Mention(start, match.end(), Kind.PARK, page.text[start : match.end()], sure, forms[match[0]])


def _companies(page: Page) -> Iterator[Mention]:
    lists = rules("names")["company"]
    for match in _ending("company").finditer(page.plain):
        sentence = page.sentence(match.start())
        strong = match[0] in lists["strong"]
        start = begin(page, match.start(), sentence.start, joins=False)
        for amount in page.amounts:
            if start <= amount.first < match.start() and amount.unit == "元":
                start = amount.end
        stem = page.plain[start : match.start()]
        if generic(stem) or len(stem) > 26 or broken(stem):
            continue
        if not strong and page.plain.startswith(("股份", "有限", "集团"), match.end()):
            continue
        if not strong and match[0] != "集团" and not _proper(page, start, match.start()):
            continue
        sure = 0.93 if strong and len(stem) >= 4 else 0.8 if strong else 0.82 if match[0] == "集团" else 0.6
        yield Mention(start, match.end(), Kind.COMPANY, page.text[start : match.end()], sure)


def _organizations(page: Page) -> Iterator[Mention]:
    """Bodies with a name of their own; 市政府 and 管委会 alone are none."""
    forms: dict[str, str] = rules("names")["organization"]
    for match in re.finditer(either(rules("names")["bodies"]["endings"]), page.plain):
        start = begin(page, match.start(), page.sentence(match.start()).start)
        stem = page.plain[start : match.start()]
        counted = any(start <= amount.first < match.start() for amount in page.amounts)
        if (
            counted
            or len(stem) < 4
            or generic(stem)
            or broken(stem)
            or not _proper(page, start, match.start())
        ):
            continue
        yield Mention(
            start, match.end(), Kind.ORGANIZATION, page.text[start : match.end()], 0.7, forms[match[0]]
        )


def _projects(page: Page) -> Iterator[Mention]:
    plain = page.plain
    for match in _ending("project").finditer(plain):
        if any(plain.startswith(word, match.end()) for word in rules("names")["not_project"]["after"]):
            continue
        if re.match(r"\d{1,5}个|共\d", plain[match.end() : match.end() + 5]):
            continue
        sentence = page.sentence(match.start())
        start = begin(page, match.start(), sentence.start, joins=True)
        stem = plain[start : match.start()]
        for amount in page.amounts:
            if start <= amount.first < match.start() and amount.unit == "元":
                start = amount.end
        stem = plain[start : match.start()]
        if "项目" in stem:
            start += stem.rindex("项目") + 2
            stem = plain[start : match.start()]
        if generic(stem) or len(stem) < 3 or broken(stem) or stem.endswith("产业"):
            continue
        if match[0] == "工程" and stem.startswith("“"):
            continue
        sure = 0.85 if match[0] == "项目" else 0.7
        if any(join in stem for join in rules("names")["left"]["joins"]):
            sure -= 0.0 if start and plain[start - 1] in "的、,。\n" else 0.3
        if stem.endswith(tuple(rules("names")["project_class"]["endings"])):
            sure -= 0.3
        yield Mention(start, match.end(), Kind.PROJECT, page.text[start : match.end()], sure)


def _joined(page: Page, start: int, ending: int) -> tuple[int, bool]:
    """Over 与, 和 or 及 to the left, where what stands right of it is no name: 某某医药与健康(产业园)."""
    if page.plain[start - 1 : start] not in rules("names")["left"]["joins"] or _proper(page, start, ending):
        return start, False
    further = begin(page, ending, page.sentence(ending).start, joins=True)
    return (further, True) if further < start and _proper(page, further, start) else (start, False)


def _proper(page: Page, start: int, end: int) -> bool:
    """Whether some word of it is no common one: a place, a person, a brand the segmenter does not know."""
    return any(
        tag in {"ns", "nr", "nz", "nt", "nrt", "eng"} or (last - first == 1 and tag not in {"n", "m", "b"})
        for first, last, tag in page.words(page.sentence(start))
        if first >= start and last <= end
    )


def _past_zone(page: Page, start: int, ending: int) -> int:
    """Past the zone in which a park lies, where the park has a name of its own behind it."""
    for word in rules("names")["zone"]["strong"]:
        found = page.plain.find(word, start + 2, ending)
        after = found + len(word)
        if found > 0 and not generic(page.plain[after:ending]) and ending - after >= 4:
            return after
    return start


@cache
def _ending(kind: str) -> re.Pattern[str]:
    names = rules("names")
    if kind == "park":
        return re.compile(f"(?:{either(names['park'])})(?![区内的]?[\u4e00-\u9fff]{{0,2}}(?:有限公司))")
    if kind == "company":
        return re.compile(either([*names["company"]["strong"], *names["company"]["weak"]]))
    return re.compile(either(names["project"]["suffixes"]))
