"""A document as its publisher printed it: what content farms did to it undone, and a map to the original.

An honest document comes out byte for byte. Whether one is honest is decided first, by evidence (`judge`);
each change then by where it stands. What was changed, where and why is in the report.
"""

from knowledge.reading.brands import brand_edits, brands_left
from knowledge.reading.debris import debris_edits, hidden_edits
from knowledge.reading.edits import Cleaned, Edit, describe
from knowledge.reading.judge import judge
from knowledge.reading.words import word_edits

__all__ = ["Cleaned", "Edit", "brands_left", "clean", "describe"]

ROUNDS = 6
"""One round is enough, and a second sees that nothing is left, unless junk lay within junk."""


def clean(text: str) -> Cleaned:
    """Undo what content farms did to a document.

    Args:
        text: the document as decoded; any string.

    Returns:
        The cleaned text with its map and edits; the same text and no edits for an honest document. Cleaning
        the result again changes nothing.
    """
    cleaned = Cleaned(text, text)
    for round_number in range(ROUNDS):
        before = cleaned.text
        cleaned = cleaned.then(hidden_edits(cleaned.text))
        verdict = judge(cleaned.text)
        if round_number == 0:
            cleaned = cleaned.judged(rewritten=verdict.tampered, evidence=verdict.evidence)
        cleaned = cleaned.then(debris_edits(cleaned.text, verdict.tampered))
        if verdict.tampered:
            cleaned = cleaned.then(brand_edits(cleaned.text))
        if verdict.rewritten:
            cleaned = cleaned.then(word_edits(cleaned.text))
        if cleaned.text == before:
            break
    if cleaned.edits and not cleaned.rewritten:
        return cleaned.judged(
            rewritten=True, evidence="Junk was strewn over it; its words were not replaced."
        )
    return cleaned
