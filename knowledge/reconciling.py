"""What reviewed files say, brought together with what staff made of it.

A build publishes exactly the reviewed facts whose documents are here and bear them. A fact that staff changed
or retired stays as they left it; where its file changes later, the file's version waits as a draft.
"""

from collections.abc import Collection, Mapping

from sqlmodel import Session, select

from knowledge.entries import Entry, entry_of, form_of
from knowledge.forms import FactForm
from knowledge.history import BUILD, Held, latest, versions
from knowledge.models import Action, Document, DraftSource, Fact, Origin, Status
from knowledge.proposing import propose
from knowledge.publishing import Edit, apply, refuse
from knowledge.reading.quotes import Quotes, find_quotes
from knowledge.reviewed import Reviewed


def reconcile(database: Session, reviewed: Reviewed) -> int:
    """Make the published facts those that reviewed files, documents and staff together say.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        reviewed: all reviewed facts, of every document.

    Returns:
        how many facts were new, changed or withdrawn.

    Raises:
        EvidenceError: an evidence is not found in its document, or does not hold its fact; all are named.
    """
    here = set(database.exec(select(Document.sha256)).all())
    quotes = _quotes(database, reviewed, here)
    rows = {row.id: row for row in database.exec(select(Fact)).all()}
    theirs = latest(database, {id for id, row in rows.items() if row.origin is Origin.STAFF})
    retired = {id for id, row in rows.items() if row.status is Status.RETIRED}
    _propose(database, reviewed, quotes, {id: rows[id] for id in theirs}, theirs)
    kept = {
        id: held.entry
        for id, held in theirs.items()
        if id not in retired and held.entry is not None and _evident(held.entry, here)
    }
    from_files = {
        id: form
        for id, form in reviewed.facts.items()
        if id not in kept and id not in retired and _quoted(form, quotes)
    }
    forms = {**from_files, **{id: form_of(entry) for id, entry in kept.items()}}
    standing = _standing(forms)
    edits = [
        Edit(id, entry_of(form, quotes), origin=Origin.DOCUMENTS, reviewed=reviewed.digests[id])
        for id, form in from_files.items()
        if id in standing
    ]
    edits += [Edit(id, entry) for id, entry in kept.items() if id in standing]
    edits += [Edit(id, None) for id in sorted(rows.keys() - standing - retired)]
    change = apply(database, edits, actor=BUILD, action=Action.BUILD)
    return len(versions(database, change.id or 0)) if change else 0


def _quotes(database: Session, reviewed: Reviewed, here: Collection[str]) -> Quotes:
    """The words at every evidence whose document is here."""
    found: Quotes = {}
    problems: list[str] = []
    for id, form in reviewed.facts.items():
        # The reviewed facts are those of every bureau; of most of them no document is here to be asked for.
        places = [place for place in form.places if place.document in here]
        quotes, faults = find_quotes(database, places)
        found |= quotes
        problems += [f"{id}: {fault}" for fault in faults]
    refuse(problems)
    return found


def _quoted(form: FactForm, quotes: Quotes) -> bool:
    return any((place.document, place.start, place.end) in quotes for place in form.places)


def _evident(entry: Entry, here: Collection[str]) -> bool:
    return any(item["document"] in here for item in entry["evidence"])


def _standing(forms: Mapping[str, FactForm]) -> set[str]:
    """The facts whose every reference is among them: taken away until it stands."""
    standing = set(forms)
    while True:
        falling = {id for id in standing if any(need not in standing for need in forms[id].references())}
        if not falling:
            return standing
        standing -= falling


def _propose(
    database: Session, reviewed: Reviewed, quotes: Quotes, rows: Mapping[str, Fact], held: Mapping[str, Held]
) -> None:
    """A file that changed after staff changed its fact: its version waits, theirs stays."""
    for id, row in rows.items():
        digest = reviewed.digests.get(id)
        if digest is None or digest == row.reviewed or not _quoted(reviewed.facts[id], quotes):
            continue
        row.reviewed = digest
        database.add(row)
        entry = entry_of(reviewed.facts[id], quotes)
        if entry != held[id].entry:
            propose(database, entry, DraftSource.REVIEWED, base=held[id].number, author=BUILD)
    database.flush()
