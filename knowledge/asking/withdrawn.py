"""Where documents say what staff took back: that is not quoted either."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, func, select

from knowledge.models import Action, Change, Evidence, Fact, Status, Version

Places = defaultdict[str, list[tuple[int, int]]]
"""By document (sha256): first character and one past the last of each place."""


def withdrawn_places(database: Session, evidence: Mapping[str, Sequence[Evidence]]) -> Places:
    """The places on which retired facts rest, and those on which facts rested before they were edited.

    Args:
        database: a session.
        evidence: where each published or retired fact stands now, by its id.
    """
    found: Places = defaultdict(list)
    for row in _retired(database):
        found[row.document_sha256].append((row.start, row.end))
    edited = select(Version.fact_id, Version.before).where(
        col(Version.before).is_not(None), col(Version.after).is_not(None)
    )
    for fact, before in database.exec(edited).all():
        now = evidence.get(fact, ())
        for place in json.loads(before or "{}").get("evidence", ()):
            document, start, end = place["document"], place["start"], place["end"]
            if now and not any(
                one.document_sha256 == document and one.start < end and start < one.end for one in now
            ):
                found[document].append((start, end))
    return found


def _retired(database: Session) -> Sequence[Evidence]:
    """On what retired facts rest; one that only an undone change had made was not taken back."""
    retired = select(Fact.id).where(Fact.status == Status.RETIRED)
    newest = (
        select(func.max(Version.id)).where(col(Version.fact_id).in_(retired)).group_by(col(Version.fact_id))
    )
    return database.exec(
        select(Evidence)
        .join(Version, col(Version.fact_id) == col(Evidence.fact_id))
        .join(Change, col(Change.id) == col(Version.change_id))
        .where(Change.action != Action.UNDO, col(Version.id).in_(newest))
    ).all()
