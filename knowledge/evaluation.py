"""Scoring a set of questions against the same path as live."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.asking.answer import NO_CONTEXT, Answer, Context, Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.normalize import fold_text
from knowledge.database import KnowledgeError


class QuestionsError(KnowledgeError):
    """A file of questions is not as it should be."""


@dataclass(frozen=True)
class Row:
    """A question and what a right reply must and must not hold.

    Attributes:
        text: the question.
        chat: rows of one chat are one conversation, in order; None stands alone.
        status: `answered`, or how it is to be declined.
        must: groups of alternatives; a right reply holds one of each.
        ban: what no right reply holds.
        tag: the class it is counted under.
    """

    text: str
    status: str
    chat: str | None = None
    must: Sequence[Sequence[str]] = ()
    ban: Sequence[str] = ()
    tag: str = ""


@dataclass(frozen=True)
class Mark:
    """A row, its reply, and what is wrong with it; nothing for a right one."""

    row: Row
    answer: Answer
    faults: tuple[str, ...]
    guessed: bool


@dataclass
class Score:
    """The marks of a set."""

    marks: list[Mark] = field(default_factory=list)

    @property
    def right(self) -> int:
        """How many rows are right."""
        return sum(not mark.faults for mark in self.marks)

    @property
    def guessed(self) -> int:
        """How many were answered that should not be, or answered with something banned."""
        return sum(mark.guessed for mark in self.marks)

    def by_tag(self) -> dict[str, tuple[int, int, int]]:
        """Right, guessed and all, by tag."""
        table: dict[str, tuple[int, int, int]] = {}
        for mark in self.marks:
            right, guessed, total = table.get(mark.row.tag, (0, 0, 0))
            table[mark.row.tag] = (right + (not mark.faults), guessed + mark.guessed, total + 1)
        return dict(sorted(table.items()))


def read_questions(path: Path) -> list[Row]:
    """Read a question set, one JSON object a line.

    Raises:
        QuestionsError: the file cannot be read, or a line is no row; it names the line.
    """
    rows: list[Row] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path} cannot be read ({error}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(Row(**json.loads(line)))
            except (json.JSONDecodeError, TypeError) as error:
                raise QuestionsError(f"{path}, line {number} is not a question: {error}.") from error
    return rows


def evaluate(asker: Asker, rows: Iterable[Row]) -> Score:
    """Ask every row and mark the replies.

    Args:
        asker: who answers.
        rows: the questions; rows of one chat share their context.
    """
    contexts: dict[str, Context] = {}
    score = Score()
    for row in rows:
        before = contexts.get(row.chat, NO_CONTEXT) if row.chat else NO_CONTEXT
        answer = asker.ask(row.text, before)
        if row.chat:
            contexts[row.chat] = answer.context
        score.marks.append(mark(row, answer))
    return score


def mark(row: Row, answer: Answer) -> Mark:
    """What is wrong with a reply to a row."""
    # In which script a reply is written is its question's; what has to stand in it is the same in both.
    text = f"{answer.text}\n{fold_text(answer.text)}"
    answered = answer.outcome is Outcome.ANSWERED
    expected = row.status == Outcome.ANSWERED
    faults = [] if answered == expected else [f"{answer.outcome.value}, expected {row.status}"]
    faults += [f"lacks {' | '.join(group)}" for group in row.must if not any(word in text for word in group)]
    banned = [word for word in row.ban if word in text]
    faults += [f"holds {word}" for word in banned]
    if answered and not answer.sources:
        faults.append("no source")
    return Mark(row, answer, tuple(faults), guessed=answered and (not expected or bool(banned)))
