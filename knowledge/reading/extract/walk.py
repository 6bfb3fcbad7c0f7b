"""Where a name begins: from its ending to the left, word by word, to what no name goes across."""

import re
from functools import cache

from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules

LONGEST = 34
"""A name has at most so many characters."""

_OPEN = {")": "(", "”": "“", "」": "「", "]": "[", "》": "《"}
_INSIDE = frozenset("-·/+&.()（）“”")
_STOP = re.compile(r"[,。;:!?、]")
_COUNTED = re.compile(r"\A[\d一二三四五六七八九十百两几]+(?:个|家|座|大)")
_MEASURED = re.compile(r"[\d.]+|[一二三四五六七八九十百千两几多首]+")


def begin(page: Page, ending: int, limit: int, joins: bool = False) -> int:
    """Where the name begins that runs up to `ending`.

    Args:
        page: the page.
        ending: the first character of the name's last word (产业园, 有限公司).
        limit: no further left than here.
        joins: whether 与, 和, 及 may stand within the name.
    """
    left = rules("names")["left"]
    stops, tags, joined = _stops(), frozenset(left["tags"]), frozenset(left["joins"])
    plain = page.plain
    dated = [period.end for period in page.periods if limit <= period.start and period.end <= ending]
    limit = max([limit, ending - LONGEST, *dated])
    place, kept = ending, ending
    words = [word for word in page.words(page.sentence(ending)) if word[0] < ending]
    for number in range(len(words) - 1, -1, -1):
        start, end, tag = words[number]
        end = min(end, ending)
        word = plain[start:end]
        if start < limit or (end < place):
            break
        if joins and word in joined and number and place != ending:
            place = start
            continue
        closing = place == ending and word in left["closing"]
        if (word in stops and not closing) or (word not in joined and tag in tags and not word.isascii()):
            break
        if word in joined or (tag == "x" and not set(word) <= _INSIDE and not word.isascii()):
            break
        if word.isspace() or (word in ",;:!?、" or word in {"《", "》"}):
            break
        if (
            tag == "q"
            or _COUNTED.fullmatch(word)
            or (_MEASURED.fullmatch(word) and _measures(words, number, plain, ending))
        ):
            break
        place = kept = start
    return _balanced(plain, _led(page, kept, ending), ending)


def _led(page: Page, start: int, ending: int) -> int:
    """Past what leads up to a name: 提升(云港…新区), 谋划(…项目)."""
    left = rules("names")["left"]
    leading = frozenset(left["leading"])
    if page.plain[start] in left["prepositions"]:
        start += 1
    for first, last, _ in page.words(page.sentence(ending)):
        if first < start or last > ending:
            continue
        word = page.plain[first:last]
        if first == start and word in leading:
            start = last
    return start


@cache
def _stops() -> frozenset[str]:
    return frozenset(rules("names")["left"]["stops"])


def _measures(words: list[tuple[int, int, str]], number: int, plain: str, ending: int) -> bool:
    """Whether a number counts what follows (5 个…园区) rather than belongs to the name (1918 智能…园)."""
    if number + 1 >= len(words) or words[number + 1][0] >= ending:
        return True
    following = words[number + 1]
    counters = rules("amounts")["counters"]["words"]
    return following[2] == "q" or plain[following[0] : following[1]] in counters


def _balanced(plain: str, start: int, ending: int) -> int:
    """Past a bracket that closes nothing, and past blanks."""
    text = plain[start:ending]
    for closing, opening in _OPEN.items():
        if text.count(closing) > text.count(opening):
            start += text.index(closing) + 1
            text = plain[start:ending]
        elif text.count(opening) > text.count(closing) and not text.startswith(opening):
            start += text.rindex(opening) + 1
            text = plain[start:ending]
    while start < ending and plain[start] in " -·—/+&.)(”“":
        if plain[start] in "(“" and re.search(r"[)”]", plain[start:ending]):
            break
        start += 1
    return start


def generic(stem: str) -> bool:
    """Whether what stands before the ending is no name: 重点(项目), 某某市产业(园区)."""
    stem = _placed().sub("", stem, count=1)
    return len(stem) < 2 or _generic().fullmatch(stem) is not None


@cache
def _placed() -> re.Pattern[str]:
    return re.compile(
        rf"^[\u4e00-\u9fff]{{1,10}}?(?:{either(rules('names')['zone']['suffixes'])})(?![域块位])"
    )


@cache
def _generic() -> re.Pattern[str]:
    counters = rules("amounts")["counters"]["words"]
    return re.compile(rf"(?:{either(rules('names')['generic']['words'])}|[\d.,]+|[{''.join(counters)}])*")


def broken(stem: str) -> bool:
    """Whether a name would hold quotation marks or brackets that do not pair, or a stop."""
    pairs = ("“”", "()", "《》", "「」")
    return any(
        stem.count(pair[0]) != stem.count(pair[1]) or stem.find(pair[1]) < stem.find(pair[0])
        for pair in pairs
    ) or bool(_STOP.search(stem))
