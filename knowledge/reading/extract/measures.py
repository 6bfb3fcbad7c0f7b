"""What a number measures: its topic and label, by the words before it or by what it counts."""

import re
from dataclasses import dataclass, replace
from functools import cache

from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.labels import LONGEST_LABEL, noun_after, noun_before, trimmed_label
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.subjects import Cast
from knowledge.reading.extract.walk import begin

_MONEY = frozenset({"元", "美元", "欧元", "港元", "日元", "英镑"})
_AREA = frozenset({"平方公里", "平方米", "亩", "公顷"})
_PERCENT = frozenset({"%", "个百分点"})
_COLLECTIVE = re.compile("项目|企业|工程|产业链|单位|客商|户|剧组|作品")
_SEVERAL = re.compile(
    r"[\d一二三四五六七八九十][余多]?[个家][^,。]{0,12}?(?:项目|企业)|项目(?:共|共有|达|有)?\d+[个家](?=[,;、。]|$)"
)
_RESPECTIVELY = re.compile(r"(?P<labels>[^,。;:]{2,40}?)(?:分别)(?:达到|达|为|是|完成|实现)?\Z")
_GROUP = re.compile(
    r"的(?:\d+|[一二三四五六七八九十百]+)(?:余|多)?[个家](?P<group>[\u4e00-\u9fff]{2,14}?(?:项目|企业|工程))"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Measure:
    """What a number is.

    Attributes:
        topic: as in the lexicon of questions.
        label: in the page's own words.
        collective: whether several projects or companies together are meant.
        sure: from 0 to 1.
    """

    topic: str
    label: str
    collective: bool
    sure: float


def measure_of(page: Page, cast: Cast, amount: Amount) -> Measure | None:
    """What a number of a page measures or counts; None where the page does not say."""
    return _respective(page, amount) or _measured(page, cast, amount)


def _respective(page: Page, amount: Amount) -> Measure | None:
    """A、B、C分别达到1亿元、2亿元、3亿元: the label in the same place of its list."""
    clause = page.clause(amount.first)
    run: list[Amount] = []
    for other in page.amounts:
        if clause.holds(other.first):
            joined = bool(run) and page.plain[run[-1].end : other.start] in {"、", "和"}
            run = [*run, other] if joined else ([other] if other.first <= amount.first else run)
    match = (
        _RESPECTIVELY.search(page.plain, clause.start, run[0].start)
        if len(run) > 1 and amount in run
        else None
    )
    labels = re.split("、|和", match["labels"]) if match else []
    if len(labels) < len(run):
        return None
    label = trimmed_label(labels[len(labels) - len(run) + run.index(amount)])
    for topic in ("investment", "production", "revenue", "tax", "income", "finance", "area", "capacity"):
        if _words(topic).search(label):
            return Measure(topic, label, False, 0.88)
    return None


def _measured(page: Page, cast: Cast, amount: Amount) -> Measure | None:
    """The topic, the label, whether many things together are meant, and how sure that is."""
    bare = amount.unit == "" and not _CHINESE.match(page.plain, amount.end)
    if amount.unit in _MONEY or bare:
        return _money(page, cast, amount)
    if amount.unit in _PERCENT:
        return _percent(page, cast, amount)
    if amount.unit in _AREA:
        return _with(page, cast, amount, ("area",), "area", 0.9)
    produced = _with(page, cast, amount, ("capacity",), "", 0.9)
    if produced:
        return produced
    if any(mention.start <= amount.first < mention.end for mention in cast.names):
        return None
    return _counted(page, amount)


def _money(page: Page, cast: Cast, amount: Amount) -> Measure | None:
    topics = ("investment", "production", "revenue", "tax", "income", "finance")
    found = _with(page, cast, amount, topics, "", 0.92)
    if found is None:
        noun = noun_after(page, amount)
        if noun and _words("finance").search(noun) and amount.unit in _MONEY:
            return Measure("finance", noun, False, 0.78)
        return None
    group = _group(page, amount)
    if group:
        return replace(found, label=f"{group}{found.label}", collective=bool(_COLLECTIVE.search(group)))
    clause = page.clause(amount.first)
    sentence = page.sentence(amount.first)
    before = page.plain[max(sentence.start, clause.start - 40) : amount.first]
    collective = _SEVERAL.search(before) is not None or re.search("签约|引资", found.label) is not None
    return replace(found, collective=collective)


def _group(page: Page, amount: Amount) -> str:
    """海洋重点项目 of 总投资1500亿元的99个海洋重点项目."""
    match = _GROUP.match(page.plain, amount.end)
    return page.text[match.start("group") : match.end("group")] if match else ""


def _percent(page: Page, cast: Cast, amount: Amount) -> Measure | None:
    found = _with(page, cast, amount, ("growth", "share"), "", 0.88)
    if found is None:
        return None
    label = found.label
    if label.endswith("占"):
        whole = page.text[page.plain.rfind("占", 0, amount.start) : amount.start]
        label = whole.rstrip("的超过近约达 ") or label
    if label in {"同比", "增长", "同比增长", "占比", "占"}:
        base = _base(page, cast, amount)
        if not base:
            return replace(found, collective=True, sure=0.6)
        label = base + label
    return replace(found, label=label, collective=bool(_COLLECTIVE.search(label)))


def _base(page: Page, cast: Cast, amount: Amount) -> str:
    """What grew: the noun that the clause before measures."""
    clause = page.clause(amount.first)
    if clause.start <= page.sentence(amount.first).start:
        return ""
    earlier = page.clause(clause.start - 1)
    inside = [other for other in page.amounts if earlier.holds(other.first)]
    if not inside:
        return ""
    measured = _measured(page, cast, inside[-1])
    return measured.label if measured else ""


def _with(
    page: Page, cast: Cast, amount: Amount, topics: tuple[str, ...], default: str, sure: float
) -> Measure | None:
    """The measuring word before the number in its clause, with what leads up to it."""
    clause = page.clause(amount.first)
    ended = [other.end for other in page.amounts if clause.start <= other.first < amount.first]
    ended += [
        period.end for period in page.periods if clause.start <= period.start and period.end <= amount.start
    ]
    offset = max([clause.start, *ended])
    region = page.plain[offset : amount.start]
    best: tuple[int, int, str] | None = None
    for topic in topics:
        for match in _words(topic).finditer(region):
            key = (match.end(), match.end() - match.start(), topic)
            if best is None or key[:2] > best[:2]:
                best = key
    if best is None:
        return Measure(default, "面积", False, 0.7) if default else None
    last, length, topic = best
    if len(region) - last > 12 or re.search("[、(]", region[last:]):
        return None
    end = offset + last
    named = [mention.end for mention in (*cast.names, *cast.zones) if offset < mention.end <= end - length]
    start = max([offset, *named])
    if end - start > LONGEST_LABEL or re.search("[、(]", page.plain[start:end]):
        start = begin(page, end - length, max(start, end - LONGEST_LABEL))
    label = trimmed_label(page.text[start:end])
    return Measure(topic, label, False, sure - (0.15 if len(region) - last > 6 else 0.0))


def _counted(page: Page, amount: Amount) -> Measure | None:
    """What a measure word counts: the noun behind it, else the noun before it."""
    sure = 0.86
    if amount.unit == "期":
        parted = re.search("分为?|分成|共分", page.plain[max(0, amount.first - 3) : amount.first])
        return Measure("phases", "建设分期", False, 0.8) if parted else None
    if amount.value == 1 or (amount.written and amount.value < 2):
        return None
    if amount.written:
        sure = 0.72
    noun = noun_after(page, amount)
    if not noun and amount.unit == "大":
        return None
    if not noun:
        noun = noun_before(page, amount)
        sure -= 0.02
    if not noun and amount.unit in {"人", "户", "名"}:
        noun = {"人": "人数", "户": "户数", "名": "人数"}[amount.unit]
        sure = 0.6
    if not noun or any(noun.startswith(word) for word in rules("topics")["label"]["not_counted"]):
        return None
    if amount.unit in rules("amounts")["counters"]["loose"] and not _COLLECTIVE.search(noun):
        sure = min(sure, 0.62)
    if amount.unit == "":
        sure = min(sure, 0.75)
    topic = "people" if _words("people").search(noun) and amount.unit in {"人", "个", "名"} else "count"
    return Measure(topic, noun, bool(_COLLECTIVE.search(noun)), sure)


@cache
def _words(topic: str) -> re.Pattern[str]:
    return re.compile(either(rules("topics")[topic]["words"]))
