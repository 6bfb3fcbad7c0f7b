"""Persons and their posts: 市委常委、区委书记某某某, 某某公司董事长某某, a list after 区领导."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.reading.extract.page import Page
from knowledge.reading.extract.rules import either, rules

LONGEST_PART = 30


@dataclass(frozen=True)
class Holder:
    """A person with a post.

    Attributes:
        start: first character of the title.
        end: one past the name.
        name: the person.
        title: the title as written.
        place: where the name begins.
        sure: from 0 to 1.
        listed: whether the title is a mere 区领导.
    """

    start: int
    end: int
    name: str
    title: str
    place: int
    sure: float
    listed: bool = False


def find_holders(page: Page) -> list[Holder]:
    """Everybody who is named behind a post, in order."""
    found: list[Holder] = []
    for match in _role().finditer(page.plain):
        listed = match[0] in rules("posts")["leaders"]
        names = list(_names(page, match.end()))
        if not names:
            continue
        start = match.start() if listed else _title_start(page, match.start(), match.end())
        title = page.text[start : match.end()].strip()
        for number, (place, end, sure) in enumerate(names):
            sure -= 0.05 if number and not listed else 0.0
            found.append(Holder(start, end, page.text[place:end], title, place, sure, listed))
    return found


def name_at(page: Page, place: int, closed: bool = False) -> tuple[int, int, float] | None:
    """A person's name that begins at a character: its place and how sure that is.

    Args:
        page: the page.
        place: where it begins.
        closed: whether the page must go on with punctuation or a word that follows names.
    """
    plain = page.plain
    place += len(plain[place : place + 1]) - len(plain[place : place + 1].lstrip())
    match = _surname().match(plain, place)
    if not match:
        tagged = (
            [end for start, end, tag in page.words(page.sentence(place)) if start == place and tag == "nr"]
            if place < len(plain)
            else []
        )
        fits = tagged and 2 <= tagged[0] - place <= 3 and _goes_on(plain, tagged[0])
        return (place, tagged[0], 0.7) if fits else None
    lists = rules("posts")
    if any(plain.startswith(word, place) for word in lists["not_names"]):
        return None
    longest = len(match[0]) + 2
    fitting = [
        length
        for length in range(len(match[0]) + 1, longest + 1)
        if re.fullmatch(f"[\u4e00-\u9fff·]{{{length}}}", plain[place : place + length])
        and _goes_on(plain, place + length)
    ]
    if not fitting:
        tagged = [
            end - start
            for start, end, tag in page.words(page.sentence(place))
            if start == place and tag == "nr" and 2 <= end - start <= longest
        ]
        return (place, place + tagged[0], 0.7) if tagged else None
    function = rules("posts")["function"]
    fitting = [length for length in fitting if plain[place + length - 1] not in function] or fitting
    if len(fitting) == 1:
        length, sure = fitting[0], 0.93
    else:
        length, sure = _segmented(page, place, fitting), 0.88
    return place, place + length, sure


def _goes_on(plain: str, place: int) -> bool:
    rest = plain[place : place + 4]
    return not rest or not re.match("[\u4e00-\u9fff]", rest) or _follower().match(rest) is not None


def _segmented(page: Page, place: int, fitting: list[int]) -> int:
    """The length on which the segmenter agrees; where it does not, up to punctuation, else the longer."""
    ends = {end for _, end, _ in page.words(page.sentence(place))}
    for length in reversed(fitting):
        if not re.match("[\u4e00-\u9fff]", page.plain[place + length : place + length + 1] or " "):
            return length
    agreed = [length for length in fitting if place + length in ends]
    return agreed[-1] if agreed else fitting[-1]


def _names(page: Page, place: int) -> Iterator[tuple[int, int, float]]:
    """The names behind a title, the first at once, further ones behind 、."""
    found = name_at(page, place)
    while found:
        yield found
        rest = page.plain[found[1] : found[1] + 1]
        if rest != "、":
            return
        found = name_at(page, found[1] + 1)
        if found and _role().match(page.plain, found[1]):
            return


def _title_start(page: Page, role: int, end: int) -> int:
    """Where the title begins that ends with the role word: over 、 and , as long as posts are listed."""
    start = _part_start(page, role)
    while start > 0 and page.plain[start - 1] in "、,":
        before = start - 1
        role_before = next(
            (
                match
                for match in _role().finditer(page.plain, max(0, before - 8), before)
                if match.end() == before
            ),
            None,
        )
        if role_before is None or page.sentence(before).start > role_before.start():
            break
        if page.plain[before] == "," and not role_before[0].endswith("常委"):
            break
        start = _part_start(page, role_before.start())
    return start


def _part_start(page: Page, role: int) -> int:
    stops = frozenset(rules("posts")["stops"])
    plain = page.plain
    sentence = page.sentence(role)
    limit = max(sentence.start, role - LONGEST_PART)
    joined = [(match.start(), match.end()) for match in _joined().finditer(plain, limit, role)]
    place = role
    for start, end, tag in reversed([word for word in page.words(sentence) if word[0] < role]):
        word = plain[start : min(end, role)]
        if start < limit:
            break
        inside = any(a <= start and end <= b for a, b in joined)
        if word.isspace() or re.fullmatch(r"[、,;:!?“”\"'《》()。/|…]+", word) or tag in {"ul", "uj", "r"}:
            break
        if word in stops and not inside:
            break
        place = start
    return place


@cache
def _role() -> re.Pattern[str]:
    lists = rules("posts")
    return re.compile(either([*lists["roles"], *lists["leaders"]]))


@cache
def _surname() -> re.Pattern[str]:
    lists = rules("posts")
    return re.compile(f"{either(lists['compound'])}|[{lists['surnames']}]")


@cache
def _follower() -> re.Pattern[str]:
    return re.compile(either(rules("posts")["followers"]))


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(either(rules("posts")["joined"]))
