"""Was this document tampered with? Asked before anything is changed: an honest page stays byte for byte."""

from collections import Counter
from dataclasses import dataclass

from knowledge.reading.brands import brands, brands_left, in_sentences
from knowledge.reading.rewrites import rewrites

WORDS = 3
"""Proofs of so many different words are no accident …"""

SPACING = 600
"""… when they stand at least this dense (characters for each); a farm's page has one in every fifty."""

SHORT_SPACING = 200
"""A short text may have but two such words; they count when they stand this dense …"""

SHORT_PROOFS = 4
"""… and so often."""


@dataclass(frozen=True)
class Verdict:
    """What was done to a text.

    Attributes:
        rewritten: its words were replaced from a list.
        tampered: that, or brands were planted in it.
        evidence: what shows it, in plain words.
    """

    rewritten: bool
    tampered: bool
    evidence: str


def judge(text: str) -> Verdict:
    """Weigh what no honest Chinese text has: a farm's word in a fixed phrase, a planted brand."""
    lists = rewrites()
    proofs = Counter(match[0] for match in lists.proof_finder.finditer(text))
    words = {lists.proof_of[proof] for proof in proofs}
    found = Counter(brands_left(text))
    reported = bool(found) and bool(brands().reporting.search(text))
    spacing = len(text) / max(1, proofs.total())
    rewritten = (
        (len(words) >= WORDS and spacing <= SPACING)
        or (len(words) == WORDS - 1 and proofs.total() >= SHORT_PROOFS and spacing <= SHORT_SPACING)
        or (bool(words) and not reported and bool(in_sentences(text)))
    )
    tampered = rewritten or (bool(found) and not reported)
    shown = "、".join(f"{item}×{count}" for item, count in (found + proofs).most_common(12))
    if rewritten:
        counted = f"{proofs.total()} phrases of {len(words)} replaced words and {found.total()} brands"
        return Verdict(True, True, f"Rewritten: {counted} that no honest text has ({shown}).")
    if tampered:
        return Verdict(False, True, f"Brands were planted in it ({shown}); its words were not replaced.")
    return Verdict(
        False, False, f"Not rewritten: {shown} alone prove nothing." if shown else "Not rewritten."
    )
