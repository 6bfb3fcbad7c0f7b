"""What was changed in a document, and the map between its original and its cleaned text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

CONTEXT = 8
"""So many characters on either side let a reader of the report find and judge a change."""


_BREAK = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")

_Ranges = tuple[tuple[int, ...], tuple[int, ...]]
"""The starts and the ends of the edits, in one of the two texts."""


@dataclass(frozen=True)
class Edit:
    """One change: characters [start, end) of the original, `before`, became `after`.

    Attributes:
        start: first character, counted in the original.
        end: one past the last character; always beyond `start`.
        before: what stood there.
        after: what stands there now; empty where it was taken out.
        rule: which rule did it, e.g. «word 效劳».
        why: in plain words.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    why: str


@dataclass(frozen=True)
class Cleaned:
    """A document after cleaning.

    Attributes:
        text: the cleaned text.
        original: the text as decoded.
        edits: all changes, in order, not overlapping.
        rewritten: whether the document showed that somebody had tampered with it.
        evidence: what showed it, or why nothing was changed, in plain words.
    """

    text: str
    original: str
    edits: tuple[Edit, ...] = ()
    rewritten: bool = False
    evidence: str = ""
    _before: _Ranges = field(default=((), ()), repr=False, compare=False)
    _after: _Ranges = field(default=((), ()), repr=False, compare=False)

    @classmethod
    def of(
        cls, original: str, edits: Iterable[Edit], *, rewritten: bool = False, evidence: str = ""
    ) -> "Cleaned":
        """Apply the edits (any order, not overlapping, in the original's offsets)."""
        ordered = tuple(sorted(edits, key=lambda edit: edit.start))
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = length = 0
        for edit in ordered:
            kept = original[done : edit.start]
            pieces += [kept, edit.after]
            starts.append(length + len(kept))
            length += len(kept) + len(edit.after)
            ends.append(length)
            done = edit.end
        pieces.append(original[done:])
        before = tuple(edit.start for edit in ordered), tuple(edit.end for edit in ordered)
        after = tuple(starts), tuple(ends)
        return cls("".join(pieces), original, ordered, rewritten, evidence, before, after)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of characters [start, end) of the cleaned text.

        A slice that begins or ends inside a replacement takes in all that was replaced; what was taken out
        beside the slice stays outside.
        """
        return _mapped(start, end, self._after, self._before)

    def to_cleaned(self, start: int, end: int) -> tuple[int, int]:
        """The place in the cleaned text of characters [start, end) of the original."""
        return _mapped(start, end, self._before, self._after)

    @property
    def report(self) -> str:
        """What was changed, where and why, for a person to read."""
        return describe(self)

    def judged(self, *, rewritten: bool, evidence: str) -> "Cleaned":
        """The same with a verdict."""
        return replace(self, rewritten=rewritten, evidence=evidence)

    def then(self, edits: Sequence[Edit]) -> "Cleaned":
        """Clean further: edits in the offsets of the *cleaned* text, in order, not overlapping."""
        if not edits:
            return self
        old = list(zip(*self._after, self.edits, strict=True))
        new = [(edit.start, edit.end, edit) for edit in edits]
        fresh = {id(edit) for edit in edits}
        clusters: list[list[tuple[int, int, Edit]]] = []
        reach = 0
        for item in sorted(old + new, key=lambda item: (item[0], item[1])):
            if clusters and item[0] < reach:
                clusters[-1].append(item)
            else:
                clusters.append([item])
            reach = max(reach, item[1]) if len(clusters[-1]) > 1 else item[1]
        merged: list[Edit] = []
        for cluster in clusters:
            if len(cluster) == 1 and id(cluster[0][2]) not in fresh:
                merged.append(cluster[0][2])
                continue
            joined = self._joined(cluster, fresh)
            if joined.before != joined.after:
                merged.append(joined)
        return Cleaned.of(self.original, merged, rewritten=self.rewritten, evidence=self.evidence)

    def _joined(self, cluster: list[tuple[int, int, Edit]], fresh: set[int]) -> Edit:
        """One edit for changes that lie upon each other, in the original's offsets."""
        begin, finish = cluster[0][0], max(end for _, end, _ in cluster)
        start, end = self.to_original(begin, finish)
        after: list[str] = []
        done = begin
        for place, stop, edit in cluster:
            if id(edit) in fresh:
                after += [self.text[done:place], edit.after]
                done = stop
        after.append(self.text[done:finish])
        return Edit(
            start,
            end,
            self.original[start:end],
            "".join(after),
            "; ".join(dict.fromkeys(edit.rule for _, _, edit in cluster)),
            "; ".join(dict.fromkeys(edit.why for _, _, edit in cluster)),
        )


def _mapped(start: int, end: int, here: _Ranges, there: _Ranges) -> tuple[int, int]:
    begin = _begin(start, here, there)
    return begin, max(begin, _finish(end, here, there))


def _begin(place: int, here: _Ranges, there: _Ranges) -> int:
    index = bisect_right(here[1], place)
    if index < len(here[0]) and here[0][index] <= place:
        return there[0][index]
    return place - here[1][index - 1] + there[1][index - 1] if index else place


def _finish(place: int, here: _Ranges, there: _Ranges) -> int:
    index = bisect_left(here[1], place)
    if index < len(here[0]) and here[0][index] < place:
        return there[1][index]
    return place - here[1][index - 1] + there[1][index - 1] if index else place


def describe(cleaned: Cleaned) -> str:
    """The report: first whether and why the document counts as tampered with, then a line for each change."""
    lines = [cleaned.evidence]
    number, counted = 1, 0
    for edit in cleaned.edits:
        number += cleaned.original.count("\n", counted, edit.start)
        counted = edit.start
        left = cleaned.original[max(0, edit.start - CONTEXT) : edit.start]
        right = cleaned.original[edit.end : edit.end + CONTEXT]
        shown = _BREAK.sub("⏎", f"{left}[{edit.before}→{edit.after or '∅'}]{right}")
        lines.append(f"line {number}, {edit.start}–{edit.end}: {shown}  ({edit.rule}: {edit.why})")
    return "\n".join(lines)
