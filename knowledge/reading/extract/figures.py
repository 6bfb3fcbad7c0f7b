"""Figures: what is counted or measured, how much, of whom, when, and whether reached, aimed at or planned."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.models.fact import Kind
from knowledge.models.figure import Nature
from knowledge.reading.extract.amounts import Amount
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.rules import either, rules
from knowledge.reading.extract.subjects import Cast, Subject, find_subject
from knowledge.reading.extract.walk import begin

_MONEY = frozenset({"元", "美元", "欧元", "港元", "日元", "英镑"})
_AREA = frozenset({"平方公里", "平方米", "亩", "公顷"})
_PERCENT = frozenset({"%", "个百分点"})
_COLLECTIVE = re.compile("项目|企业|工程|产业链|单位|客商|户|剧组|作品")
_SIZED = re.compile(r"(?:\d*亿元?(?:及)?以上|规模以上|规上|千?百?亿级)(?:的)?")
_CHANGED = re.compile(r"(?:调整|增加|扩大|扩展|提升|发展|增)?(?:为|到|至)$")
_RESPECTIVELY = re.compile(r"(?P<labels>[^,。;:]{2,40}?)(?:分别)(?:达到|达|为|是|完成|实现)?\Z")
LONGEST_LABEL = 22


def find_figures(page: Page, cast: Cast) -> Iterator[Proposal]:
    """Every figure of a page that says of whom it is."""
    for amount in page.amounts:
        if _inside(page, amount):
            continue
        measured = _respective(page, amount) or _measured(page, cast, amount)
        if measured is None:
            continue
        topic, label, collective, sure = measured
        subject = find_subject(page, cast, amount, collective)
        if subject is None or not label:
            continue
        yield _figure(page, amount, topic, label, subject, sure)


def _figure(page: Page, amount: Amount, topic: str, label: str, subject: Subject, sure: float) -> Proposal:
    nature, doubt = _nature(page, amount, topic)
    fields = {
        "subject": subject.name,
        "topic": topic,
        "label": label,
        "value": amount.value,
        "unit": _unit(amount, topic, label),
        "qualifier": amount.qualifier.value,
        "nature": nature.value,
        "period": _period(page, amount),
    }
    start, end = page.clause(amount.first).start, amount.end
    tail = page.clause(min(amount.end, len(page.plain) - 1)).end
    end = max(end, tail if tail - end < 30 else end)
    span = min(start, subject.start), max(end, subject.end)
    return Proposal(Kind.FIGURE, fields, (), round(min(sure, subject.sure) * doubt, 3), span)


def _respective(page: Page, amount: Amount) -> tuple[str, str, bool, float] | None:
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
    label = _trimmed(labels[len(labels) - len(run) + run.index(amount)])
    for topic in ("investment", "production", "revenue", "tax", "income", "finance", "area", "capacity"):
        if _words(topic).search(label):
            return topic, label, False, 0.88
    return None


def _titled(page: Page, place: int) -> bool:
    """Whether a character is part of a title in 《》."""
    before = page.plain[page.sentence(place).start : place]
    return before.count("《") > before.count("》")


def _inside(page: Page, amount: Amount) -> bool:
    """Whether the number is part of a title in 《》 or of a date."""
    if _titled(page, amount.first):
        return True
    return any(period.start < amount.end and amount.first < period.end for period in page.periods)


def _measured(page: Page, cast: Cast, amount: Amount) -> tuple[str, str, bool, float] | None:
    """The topic, the label, whether many things together are meant, and how sure that is."""
    if amount.unit in _MONEY or (
        amount.unit == "" and not re.match("[\u4e00-\u9fff]", page.plain[amount.end : amount.end + 1])
    ):
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


def _money(page: Page, cast: Cast, amount: Amount) -> tuple[str, str, bool, float] | None:
    topics = ("investment", "production", "revenue", "tax", "income", "finance")
    found = _with(page, cast, amount, topics, "", 0.92)
    if found is None:
        noun = _noun_after(page, amount)
        if noun and _words("finance").search(noun) and amount.unit in _MONEY:
            return "finance", noun, False, 0.78
        return None
    topic, label, _, sure = found
    group = _group(page, amount)
    if group:
        return topic, f"{group}{label}", bool(_COLLECTIVE.search(group)), sure
    clause = page.clause(amount.first)
    sentence = page.sentence(amount.first)
    before = page.plain[max(sentence.start, clause.start - 40) : amount.first]
    collective = bool(
        re.search(
            r"(?:\d|[一二三四五六七八九十])+(?:余|多)?[个家](?:[^,。]{0,12})?(?:项目|企业)|项目(?:共|共有|达|有)?\d+[个家](?=[,;、。]|$)",
            before,
        )
    )
    return topic, label, collective or "签约" in label or "引资" in label, sure


def _group(page: Page, amount: Amount) -> str:
    """海洋重点项目 of 总投资1500亿元的99个海洋重点项目."""
    match = re.compile(
        r"的(?:\d+|[一二三四五六七八九十百]+)(?:余|多)?[个家](?P<group>[\u4e00-\u9fff]{2,14}?(?:项目|企业|工程))"
    ).match(page.plain, amount.end)
    return page.text[match.start("group") : match.end("group")] if match else ""


def _percent(page: Page, cast: Cast, amount: Amount) -> tuple[str, str, bool, float] | None:
    found = _with(page, cast, amount, ("growth", "share"), "", 0.88)
    if found is None:
        return None
    topic, label, _, sure = found
    if label.endswith("占"):
        label = (
            page.text[page.plain.rfind("占", 0, amount.start) : amount.start].rstrip("的超过近约达 ") or label
        )
    if label in {"同比", "增长", "同比增长", "占比", "占"}:
        base = _base(page, cast, amount)
        if not base:
            return topic, label, True, 0.6
        label = base + label
    return topic, label, bool(_COLLECTIVE.search(label)), sure


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
    return measured[1] if measured else ""


def _with(
    page: Page, cast: Cast, amount: Amount, topics: tuple[str, ...], default: str, sure: float
) -> tuple[str, str, bool, float] | None:
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
        return (default, "面积", False, 0.7) if default else None
    last, length, topic = best
    if len(region) - last > 12 or re.search("[、(]", region[last:]):
        return None
    end = offset + last
    named = [mention.end for mention in (*cast.names, *cast.zones) if offset < mention.end <= end - length]
    start = max([offset, *named])
    if end - start > LONGEST_LABEL or re.search("[、(]", page.plain[start:end]):
        start = begin(page, end - length, max(start, end - LONGEST_LABEL))
    label = _trimmed(page.text[start:end])
    return topic, label, False, sure - (0.15 if len(region) - last > 6 else 0.0)


def _counted(page: Page, amount: Amount) -> tuple[str, str, bool, float] | None:
    """What a measure word counts: the noun behind it, else the noun before it."""
    if amount.unit == "" and not re.match("[\u4e00-\u9fff]", page.plain[amount.end : amount.end + 1]):
        return None
    sure = 0.86
    if amount.unit == "期":
        parted = re.search("分为?|分成|共分", page.plain[max(0, amount.first - 3) : amount.first])
        return ("phases", "建设分期", False, 0.8) if parted else None
    if amount.written and amount.value < 2 or amount.value == 1:
        return None
    if amount.written:
        sure = 0.72
    noun = _noun_after(page, amount)
    if not noun and amount.unit == "大":
        return None
    if not noun:
        noun = _noun_before(page, amount)
        sure -= 0.02
    if not noun and amount.unit in {"人", "户", "名"}:
        noun = {"人": "人数", "户": "户数", "名": "人数"}[amount.unit]
        sure = 0.6
    if not noun or any(noun.startswith(word) for word in rules("topics")["label"]["not_counted"]):
        return None
    if amount.unit in {
        "次",
        "期",
        "类",
        "场",
        "批",
        "大",
        "名",
        "位",
        "只",
        "层",
        "条",
    } and not _COLLECTIVE.search(noun):
        sure = min(sure, 0.62)
    if amount.unit == "":
        sure = min(sure, 0.75)
    topic = "people" if _words("people").search(noun) and amount.unit in {"人", "个", "名"} else "count"
    return topic, noun, bool(_COLLECTIVE.search(noun)), sure


def _noun_after(page: Page, amount: Amount) -> str:
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
        if (
            tag == "v"
            and start - amount.end >= 2
            and word not in {"签约", "建设", "投资", "研发", "制造", "生产", "服务", "创新"}
        ):
            break
        place = kept = end
        if end - amount.end > LONGEST_LABEL:
            return ""
    noun = page.text[amount.end : kept].strip().removesuffix("组成")
    return noun if len(noun) > 1 else ""


def _noun_before(page: Page, amount: Amount) -> str:
    """开工重大项目 of 开工重大项目61个."""
    clause = page.clause(amount.first)
    region = page.plain[clause.start : amount.start]
    trimmed = _CHANGED.sub("", region).rstrip("共达有为约计已 总合累超过近额")
    if not trimmed or not re.search("[\u4e00-\u9fff]{2}$", trimmed):
        return ""
    sized = re.search(
        r"(?:\d+|上|超|过)?[十百千]?亿元?(?:及)?(?:以上)?[\u4e00-\u9fff]{0,6}?项目$|(?:[\u4e00-\u9fff、]{2,10})等项目$",
        trimmed,
    )
    if sized:
        return _trimmed(page.text[clause.start + sized.start() : clause.start + len(trimmed)])
    end = clause.start + len(trimmed)
    start = begin(page, end, max(clause.start, end - LONGEST_LABEL))
    verb = re.compile(r"(?:开工|签约|竣工|引进|新签约|入驻|落户|在建|投产)[\u4e00-\u9fff]{2,12}\Z").search(
        page.plain, clause.start, end
    )
    start = min(start, verb.start()) if verb else start
    return _trimmed(page.text[start:end])


def _trimmed(label: str) -> str:
    label = label.lstrip(" ,、:()（）《》“”")
    for _ in range(3):
        for word in sorted(rules("topics")["label"]["trim_before"], key=len, reverse=True):
            if label.startswith(word) and len(label) > len(word) + 1:
                label = label[len(word) :]
    return label.strip(" ,、:()（）《》“”")


def _unit(amount: Amount, topic: str, label: str) -> str:
    if not amount.unit and topic != "count":
        return "元"
    if amount.unit != "大":
        return amount.unit
    big = rules("amounts")["counters"]["big"]
    return next((unit for word, unit in big.items() if label.endswith(word)), "个")


def _nature(page: Page, amount: Amount, topic: str) -> tuple[Nature, float]:
    lists = rules("topics")["nature"]
    clause, sentence = page.clause(amount.first), page.sentence(amount.first)
    before = page.plain[clause.start : amount.first]
    if any(word in before for word in lists["aims"]) or _ahead(page, before):
        return Nature.TARGET, 1.0
    earlier = re.split("[;…]", page.plain[sentence.start : clause.start])[-1]
    if any(word in earlier for word in lists["aims"]):
        return Nature.TARGET, 0.95
    behind = page.plain[amount.end : clause.end]
    soon = re.search("(?<!即)将", before) or any(word in behind for word in lists["after"])
    if soon or any(word in before for word in lists["planned"]):
        return Nature.PLANNED, 1.0
    ahead = _future(page, amount)
    if ahead:
        return ahead, 1.0
    outcome = topic in lists["outcomes"] and any(word in earlier for word in [*lists["planned"], "可"])
    if outcome or any(word in earlier for word in lists["carrying"]):
        return Nature.PLANNED, 0.95
    return Nature.ACTUAL, 1.0


def _future(page: Page, amount: Amount) -> Nature | None:
    """Aimed at where the last year named before the number is yet to come: 到2025年; planned without 到."""
    sentence = page.sentence(amount.first)
    before = [one for one in page.periods if sentence.start <= one.start and one.end <= amount.first]
    before = [one for one in before if not _titled(page, one.start)]
    if not before or page.day is None or before[-1].first <= page.day:
        return None
    return Nature.TARGET if page.plain[before[-1].start - 1 : before[-1].start] == "到" else Nature.PLANNED


def _ahead(page: Page, before: str) -> bool:
    """Whether 全年 is a year that was not over on the document's day."""
    return (
        page.day is not None
        and page.day.month < 12
        and re.search("(?<![去上\\d]年)(?<!年)全年", before) is not None
    )


def _period(page: Page, amount: Amount) -> str:
    """The last period named before the number in its sentence; a day only where it is near."""
    sentence, clause = page.sentence(amount.first), page.clause(amount.first)
    before = [
        period for period in page.periods if sentence.start <= period.start and period.end <= amount.first
    ]
    before = [period for period in before if not _titled(page, period.start)]
    if not before or not before[-1].code:
        return ""
    last = before[-1]
    if last.day and last.start < clause.start and amount.first - last.end > 60:
        return ""
    return last.code


@cache
def _words(topic: str) -> re.Pattern[str]:
    return re.compile(either(rules("topics")[topic]["words"]))
