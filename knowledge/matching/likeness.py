"""How far a question and a text account for each other: slips are forgiven, other words are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein, Opcode

from knowledge.matching.keyed import Keyed
from knowledge.matching.keys import one_letter_off
from knowledge.matching.shapes import looks_like

SAME_SOUND = 0.06
"""What a character costs that sounds as it should and is another: the keyboard offered it."""

MISTYPED = 0.35
"""What one character costs whose sound is a letter off: a key was missed, and the keyboard offered it."""

WRONG = 1.5
"""What one wrong character between right ones costs: a slip of the eye, or another name."""

LOST = 0.35
"""What one left-out, doubled or added character between right ones costs; WRONG where both texts have one."""

SWAPPED = 0.2
"""What two neighbours in the wrong order cost, each."""

MOVED = 0.05
"""What each character of a word costs that stands elsewhere."""

ADDED = 1.0
"""What each of several characters in a row costs that only one side has."""

REPLACED = 1.6
"""What each of several wrong characters in a row costs: that is another word."""

OTHER_NUMBER = 6.0
"""What a figure costs that is another, or missing: never a slip."""

SHORTEST_MOVE = 2
"""Characters of a text by which its beginning is looked for elsewhere in a question."""

DIFFERENT = 8
"""Characters of mean weight that differ in texts of likeness 0; of however long texts, since a question has
one or two slips however long it is, and one other word in a long one still asks something else."""


def likeness(asked: Keyed, known: Keyed, fillers: re.Pattern[str] | None = None) -> float:
    """How alike two texts are.

    The edits that turn one's sounds into the other's each cost the weight of the characters they touch; what
    is known and not asked counts as much as what is asked and not known. Adapted from the weighted edit
    distance of spelling correction (Kernighan, Church, Gale 1990), with classes of slips instead of counts.

    Args:
        asked: the question.
        known: the text it may mean.
        fillers: matches runs of characters that mean nothing; they cost nothing in the question.

    Returns:
        1 for the same text; below 0 where more than DIFFERENT characters differ.
    """
    mean = sum(known.weights) / len(known.weights)
    straight = _cost(asked, known, fillers)
    # Begun with the other half: «多少员工，某公司» for «某公司有多少员工».
    at = asked.sounds.find(known.sounds[:SHORTEST_MOVE])
    if straight > mean and at > 0:
        turned = _cost(asked.turned(at), known, fillers)
        straight = min(straight, turned + 2 * MOVED * mean * min(at, len(asked.signs) - at))
    return 1 - straight / (DIFFERENT * mean)


def _cost(asked: Keyed, known: Keyed, fillers: re.Pattern[str] | None) -> float:
    codes = Levenshtein.opcodes(asked.sounds, known.sounds)
    changed = [code for code in codes if code.tag != "equal" and not _empty(code, asked, fillers)]
    loose = _loose(asked, known, changed)
    cost = sum(
        _heard(asked, known, code.src_start, code.src_end, code.dest_start)
        for code in codes
        if code.tag == "equal"
        and asked.signs[code.src_start : code.src_end] != known.signs[code.dest_start : code.dest_end]
    )
    for code in changed:
        extra, lacking = code.src_end - code.src_start, code.dest_end - code.dest_start
        cost += _stretch(asked, code.src_start, code.src_end, lacking, loose)
        cost += _stretch(known, code.dest_start, code.dest_end, extra, loose)
    return cost


def _empty(code: Opcode, asked: Keyed, fillers: re.Pattern[str] | None) -> bool:
    """Whether a question merely says something polite there."""
    run = asked.signs[code.src_start : code.src_end]
    return code.tag == "delete" and fillers is not None and fillers.fullmatch(run) is not None


def _heard(asked: Keyed, known: Keyed, a0: int, a1: int, k0: int) -> float:
    """The cost of a stretch that sounds the same and is written otherwise; pinyin is not."""
    if asked.signs[a0:a1] == asked.sounds[a0:a1]:
        return 0.0
    return SAME_SOUND * sum(
        known.weights[k0 + step]
        for step in range(a1 - a0)
        if asked.signs[a0 + step] != known.signs[k0 + step]
    )


@dataclass(frozen=True)
class _Loose:
    """What is left of two texts: runs that both have in another place, and what a lone character costs."""

    moved: frozenset[str]
    lost: float
    wrong: float


def _loose(asked: Keyed, known: Keyed, codes: Sequence[Opcode]) -> _Loose:
    extra = [asked.sounds[code.src_start : code.src_end] for code in codes]
    lacking = [known.sounds[code.dest_start : code.dest_end] for code in codes]
    both = frozenset(extra) & frozenset(lacking) - {""}
    # One too many here and another too few there is a word replaced, not two slips.
    shifted = set(extra) - both - {""} and set(lacking) - both - {""}
    near = all(
        one_letter_off(asked.sounds[code.src_start], known.sounds[code.dest_start])
        or looks_like(asked.signs[code.src_start], known.signs[code.dest_start])
        for code in codes
        if code.src_end - code.src_start == code.dest_end - code.dest_start == 1
    )
    return _Loose(both, WRONG if shifted else LOST, MISTYPED if near else WRONG)


def _stretch(text: Keyed, start: int, end: int, instead: int, loose: _Loose) -> float:
    """The cost of one side of a difference; `instead` is how many characters the other side has there."""
    if start == end:
        return 0.0
    weight = sum(text.weights[start:end])
    run = text.sounds[start:end]
    if any(sign.isdigit() for sign in text.signs[start:end]):
        return OTHER_NUMBER * weight
    if run in loose.moved:
        return (SWAPPED if end - start == 1 else MOVED) * weight
    if end - start == 1:
        return (loose.lost if not instead else loose.wrong if instead == 1 else REPLACED) * weight
    return (REPLACED if instead else ADDED) * weight
