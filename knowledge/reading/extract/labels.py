"""What a figure's label says: the noun that a number counts, behind it or before it."""

import re

from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import rules
from knowledge.reading.extract.walk import begin

LONGEST_LABEL = 22

_SIZED = re.compile(r"(?:\d{0,9}亿元?(?:及)?以上|规模以上|规上|千?百?亿级)(?:的)?")
_CHANGED = re.compile(r"(?:调整|增加|扩大|扩展|提升|发展|增)?(?:为|到|至)$")
_SIZED_BEFORE = re.compile(
    r"(?:\d{1,9}|上|超|过)?[十百千]?亿元?(?:及)?(?:以上)?[\u4e00-\u9fff]{0,6}?项目$|(?:[\u4e00-\u9fff、]{2,10})等项目$"
)
_EVENT = re.compile(r"(?:开工|签约|竣工|引进|新签约|入驻|落户|在建|投产)[\u4e00-\u9fff]{2,12}\Z")
_EDGES = " ,、:()（）《》“”"


def noun_after(page: Page, amount: Amount) -> str:
    """海洋重点项目 of 99个海洋重点项目: the words up to a verb or a stop."""
    words = rules("names")["left"]["stops"]
    plain = page.plain
    sized = _SIZED.match(plain, amount.end)
    place = kept = sized.end() if sized else amount.end
    clause = page.clause(amount.first)
    for start, end, tag in page.words(page.sentence(amount.first)):
        if start < place:
            continue
        word = plain[start:end]
        if start != place or start >= clause.end or re.search(r"[,。;:!?、()“”《》…\s\"]", word):
            break
        if word in words or word.isdigit() or tag in {"p", "c", "uj", "ul", "d", "ad", "m"}:
            break
        if tag == "a" and len(plain[amount.end : start]) > 3:
            return ""
        if tag == "v" and start - amount.end >= 2 and word not in rules("topics")["label"]["nouns"]:
            break
        place = kept = end
        if end - amount.end > LONGEST_LABEL:
            return ""
    noun = page.text[amount.end : kept].strip().removesuffix("组成")
    for word in rules("topics")["production"]["words"]:
        noun = noun.removesuffix(word) if len(noun) > len(word) + 2 else noun
    return noun if len(noun) > 1 else ""


def noun_before(page: Page, amount: Amount) -> str:
    """开工重大项目 of 开工重大项目61个."""
    clause = page.clause(amount.first)
    region = page.plain[clause.start : amount.start]
    trimmed = _CHANGED.sub("", region).rstrip("共达有为约计已 总合累超过近额")
    if not trimmed or not re.search("[\u4e00-\u9fff]{2}$", trimmed):
        return ""
    sized = _SIZED_BEFORE.search(trimmed)
    if sized:
        return trimmed_label(page.text[clause.start + sized.start() : clause.start + len(trimmed)])
    end = clause.start + len(trimmed)
    start = begin(page, end, max(clause.start, end - LONGEST_LABEL))
    verb = _EVENT.search(page.plain, clause.start, end)
    start = min(start, verb.start()) if verb else start
    return trimmed_label(page.text[start:end])


def trimmed_label(label: str) -> str:
    """A label without the words that merely lead up to it: 预计, 共, 全市."""
    label = label.lstrip(_EDGES)
    for _ in range(3):
        for word in sorted(rules("topics")["label"]["trim_before"], key=len, reverse=True):
            if label.startswith(word) and len(label) > len(word) + 1:
                label = label[len(word) :]
    return label.strip(_EDGES)


def unit_of(amount: Amount, topic: str, label: str) -> str:
    """The unit to note: 元 for money that names none, and a measure word for the 大 of 九大产业链."""
    if not amount.unit and topic != "count":
        return "元"
    if amount.unit != "大":
        return amount.unit
    big = rules("amounts")["counters"]["big"]
    return next((unit for word, unit in big.items() if label.endswith(word)), "个")
