"""Which phrases respect the words of a question: none is cut out of another word or put together of two."""

from collections.abc import Collection, Sequence

from knowledge.asking.deputies import BEFORE
from knowledge.asking.lexicon import Part
from knowledge.asking.normalize import Normalized
from knowledge.asking.phrases import Match
from knowledge.asking.tokens import EMPTY_TAGS, LONG_NAME, NAME_TAGS, find_tokens

_CONTENT = frozenset({"n", "v", "a", "j", "i", "l", "t", "s", "b"})
"""Parts of speech, by their first letter, whose words are kept whole."""

_HOMOPHONE = 0.9
"""The quality of a name of which one character is another that sounds the same."""

Words = dict[tuple[int, int], str]
"""The part of speech of each word, by where it starts and ends."""


def respecting(question: Normalized, matches: Sequence[Match], told: Collection[str] = ()) -> list[Match]:
    """The matches that respect word boundaries.

    Args:
        question: the question in units.
        matches: phrases found in it.
        told: the topics of which facts say something.
    """
    words: Words = {(start, end): tag for start, end, tag in find_tokens(question)}
    names = {
        place: tag for place, tag in words.items() if place[1] - place[0] >= LONG_NAME and tag in NAME_TAGS
    }
    long = [place for place, tag in words.items() if place[1] - place[0] > 1 and tag[:1] in _CONTENT]
    return [
        match
        for match in matches
        if not _plain_term(match)
        and not _demotes(question, match)
        and not _ordinal(question, match)
        and not _renames(question, match)
        and not _is_country(question, match)
        and not _cuts(match, names)
        and not _straddles(question, match, words)
        and not _another_word(question, match, words, told)
        and not _across(match, long)
        and _whole(question, match, words)
    ]


def _plain_term(match: Match) -> bool:
    """Nouns that facts use are looked up for their slips; to the letter they are words like any other."""
    return match.quality == 1 and all(target.part is Part.TERM for target in match.phrase.targets)


def _demotes(question: Normalized, match: Match) -> bool:
    """Whether a slip would make somebody a deputy: 洋董事长 is no 副董事长, misspelt."""
    typed = question.words(match.start, match.end)
    return match.quality < 1 and match.phrase.text.startswith(BEFORE) and not typed.startswith(BEFORE)


def _renames(question: Normalized, match: Match) -> bool:
    """Whether a name would be taken for a misspelt word: Wanda is no «wanna»."""
    units = question.units[match.start : match.end]
    named = any(unit.capital for unit in units)
    known = {target.part for target in match.phrase.targets}
    return (
        named
        and Part.ENTITY not in known
        and [one.text for one in units] != [one.text for one in match.phrase.units]
    )


def _is_country(question: Normalized, match: Match) -> bool:
    """Whether a pronoun is written as the country: US companies are not ours."""
    unit = question.units[match.start]
    return match.length == 1 and unit.capital and unit.text == "us"


def _ordinal(question: Normalized, match: Match) -> bool:
    """Whether a phrase begins with the number of a place: 一个 in 第一个."""
    return match.start > 0 and question.units[match.start - 1].text == "第"


def _cuts(match: Match, names: Words) -> bool:
    """Whether a short phrase is only a piece of somebody else's name: 新区 in 浦东新区.

    The name of a person that we know, with one character behind it, is that person: 周岚 in 周岚提 (出); so
    is one that sounds the same, 周兰.
    """
    if all(target.part is not Part.ENTITY for target in match.phrase.targets):
        return False
    return any(
        start <= match.start
        and match.end <= end
        and match.length < end - start
        and match.length <= LONG_NAME
        and not (
            tag.startswith("nr")
            and match.start == start
            and match.end == end - 1
            and match.quality >= _HOMOPHONE
        )
        for (start, end), tag in names.items()
    )


def _straddles(question: Normalized, match: Match, words: Words) -> bool:
    """Whether two characters that only sound like a phrase belong to two words: 用的 is not 用地."""
    typed = any(unit.spelled or not unit.sounds for unit in question.units[match.start : match.end])
    if match.length != 2 or match.quality == 1 or typed or (match.start, match.end) in words:
        return False
    middle = match.start + 1
    pieces = [words.get((match.start, middle)), words.get((middle, match.end))]
    return any(tag is None or tag in EMPTY_TAGS for tag in pieces)


def _another_word(question: Normalized, match: Match, words: Words, told: Collection[str]) -> bool:
    """Whether what is taken for a misspelt phrase is a word itself, or cut out of one: 高效 is not 高校.

    What facts are about is meant even so where it sounds the same: 连长 is 链长 here.
    """
    typed = any(unit.spelled or not unit.sounds for unit in question.units[match.start : match.end])
    if match.quality == 1 or typed or any(target.part is Part.ENTITY for target in match.phrase.targets):
        return False
    meant = any(target.part is Part.TOPIC and target.value in told for target in match.phrase.targets)
    return any(
        end - start > 1
        and tag not in NAME_TAGS
        and (
            ((start, end) == (match.start, match.end) and not meant)
            or start < match.start < end
            or start < match.end < end
        )
        for (start, end), tag in words.items()
    )


def _across(match: Match, long: Sequence[tuple[int, int]]) -> bool:
    """Whether a phrase is made of the ends of two words, or most of one: 年产 in 去年产值, 机器 in 机器人."""
    if all(target.part is Part.ENTITY for target in match.phrase.targets):
        return False
    cut = any(start < match.start < end for start, end in long)
    if cut and any(start < match.end < end for start, end in long):
        return True
    topic = all(target.part is Part.TOPIC for target in match.phrase.targets)
    return topic and any(start == match.start and end == match.end + 1 for start, end in long)


def _whole(question: Normalized, match: Match, words: Words) -> bool:
    """Whether a phrase of one character is no mere piece of a longer word: 算 of 算法."""
    unit = question.units[match.start]
    if unit.spelled:
        # In a Chinese sentence a word of letters is one word: tian jin, not 进.
        return match.length > 1 or question.spelled
    if match.length > 1 or not unit.sounds:
        return True
    return not any(
        start <= match.start < end and end - start > 1 and tag[:1] in _CONTENT
        for (start, end), tag in words.items()
    )
