"""An import applied: all its rows as one change, or nothing."""

import datetime as dt

from sqlmodel import Session

from knowledge.database import KnowledgeError
from knowledge.entries import Entry
from knowledge.exchange.facts import note_evidence
from knowledge.exchange.plan import Plan, Row, RowState
from knowledge.models import Action, StaffRole
from knowledge.notes import note_document
from knowledge.people import Person
from knowledge.publishing import ConflictError, Edit
from knowledge.review import Decided, Reviewer


class ImportRefusedError(KnowledgeError):
    """A plan with rejected rows cannot be applied."""


def apply_plan(
    database: Session, plan: Plan, reviewer: Reviewer, *, reason: str = "", today: dt.date | None = None
) -> Decided:
    """Make the facts what a workbook says.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        plan: of the workbook; it may have been made earlier, in another session.
        reviewer: who imports, by the rules of their bureau.
        reason: why.
        today: the day that notes of staff bear; by default it is asked of the clock.

    Returns:
        the change, which can be undone as a whole, or the drafts that somebody else has to accept; neither
        where every row is unchanged.

    Raises:
        ConflictError: somebody else changed a fact since the workbook was exported or planned.
        EvidenceError, FormError, ReferenceMissingError: see `knowledge.publishing.apply`.
        ImportRefusedError: rows are rejected.
        NotAllowedError: this takes a publisher.
    """
    person = reviewer.person
    person.require(StaffRole.PUBLISHER)
    if plan.rejected:
        raise _refusal(plan)
    day = today or dt.date.today()
    edits = [
        Edit(row.id, _with_note(database, row, person, day), base=row.base)
        for row in plan.of(RowState.NEW, RowState.CHANGED)
    ]
    if not edits:
        return Decided()
    return reviewer.change(edits, Action.IMPORT, reason)


def _with_note(database: Session, row: Row, person: Person, day: dt.date) -> Entry | None:
    if row.entry is None or not row.note:
        return row.entry
    document = note_document(database, row.note, person.name, day)
    evidence = [*row.entry["evidence"], *note_evidence(row.note, document.sha256)]
    return {**row.entry, "evidence": evidence}


def _refusal(plan: Plan) -> KnowledgeError:
    rejected = list(plan.of(RowState.REJECTED))
    conflicts = [row.id for row in rejected if any(one.key == "conflict" for one in row.problems)]
    if conflicts:
        return ConflictError(
            f"{', '.join(conflicts)} changed since the workbook was exported. Nothing was overwritten: "
            "export again and enter your changes there."
        )
    return ImportRefusedError(
        f"{len(rejected)} rows cannot be taken, so none was. Correct them and import again."
    )
