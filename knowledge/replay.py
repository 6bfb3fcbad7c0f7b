"""Before publishing: the questions asked so far are asked anew, as if it were published already."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from knowledge.asking.answer import Answer, Outcome
from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.evaluation import Mark, Row, evaluate
from knowledge.models import Action, Question
from knowledge.publishing import Edit, apply

MOST = 500
"""So many of the latest distinct questions are asked anew."""


@dataclass(frozen=True)
class Compared:
    """A question whose reply changes.

    Attributes:
        text: the question.
        before, after: what is replied now, and what would be.
        worse: it was answered and would not be, or was right and would be wrong.
    """

    text: str
    before: Answer
    after: Answer
    worse: bool


@dataclass
class Replay:
    """What a publication would do to the replies.

    Attributes:
        asked: how many questions were asked.
        changed: those whose reply changes, what gets worse first.
    """

    asked: int
    changed: list[Compared] = field(default_factory=list)

    @property
    def worse(self) -> int:
        """How many get worse."""
        return sum(one.worse for one in self.changed)


def asked_so_far(database: Session, limit: int = MOST) -> list[str]:
    """The distinct questions of the log, the latest first.

    Args:
        database: a session.
        limit: how many at most.
    """
    latest = func.max(Question.id)
    query = select(Question.text).group_by(col(Question.text)).order_by(latest.desc()).limit(limit)
    return list(database.exec(query).all())


def replay(engine: Engine, asker: Asker, edits: Sequence[Edit], rows: Sequence[Row] = ()) -> Replay:
    """Ask before and after a change that is then taken back.

    The database is held for writing only while the facts change and are read; the questions come after.

    Args:
        engine: the database.
        asker: who answers now.
        edits: what would be published.
        rows: an evaluation set that is asked as well.

    Raises:
        ConflictError, EvidenceError, FormError, ReferenceMissingError: see `knowledge.publishing.apply`.
    """
    with session(engine) as database:
        texts = asked_so_far(database)
    with writing(engine) as database:
        apply(database, edits, actor="", action=Action.PUBLISH)
        after = asker.within(database)
        # What was read is to outlive the session, which would else take it back as well.
        database.expunge_all()
        database.rollback()
    compared = [_compare(text, asker.ask(text), after.ask(text)) for text in texts]
    marks = zip(evaluate(asker, rows).marks, evaluate(after, rows).marks, strict=True)
    compared += [_marked(old, new) for old, new in marks]
    changed = [one for one in compared if one.worse or one.before.text != one.after.text]
    return Replay(len(compared), sorted(changed, key=lambda one: not one.worse))


def _compare(text: str, before: Answer, after: Answer) -> Compared:
    answered = (before.outcome is Outcome.ANSWERED, after.outcome is Outcome.ANSWERED)
    return Compared(text, before, after, worse=answered == (True, False))


def _marked(old: Mark, new: Mark) -> Compared:
    worse = bool(new.faults) and not old.faults
    return Compared(old.row.text, old.answer, new.answer, worse)
