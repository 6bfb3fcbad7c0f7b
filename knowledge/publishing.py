"""The one door by which facts change: held against their documents, written down, all or nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from knowledge.database import KnowledgeError
from knowledge.entries import Entry, entry_of, form_of, remove, write_common, write_rest
from knowledge.forms import FORMS, REFERENCES, FactForm
from knowledge.history import Held, latest, record
from knowledge.models import Action, Alias, Change, Fact, Origin, Revision, Status
from knowledge.models.entity import ENTITY_TABLES, EntityBase
from knowledge.reading.quotes import find_quotes
from knowledge.verification import faults


class EvidenceError(KnowledgeError):
    """Facts and documents do not agree."""


class ReferenceMissingError(KnowledgeError):
    """A fact needs another one that is not published."""


class ConflictError(KnowledgeError):
    """Somebody else changed a fact in the meantime."""


@dataclass(frozen=True, eq=False)
class Edit:
    """What a fact is to be.

    Attributes:
        id: the fact's.
        after: the fact as data; None to take it out.
        base: the version it was made from, 0 for a new fact; None where it does not matter.
        origin: by whom it is kept true from now on.
        reviewed: see `Fact.reviewed`.
    """

    id: str
    after: Entry | None
    base: int | None = None
    origin: Origin = Origin.STAFF
    reviewed: str = ""


def apply(
    database: Session,
    edits: Sequence[Edit],
    *,
    actor: str,
    action: Action,
    reason: str = "",
    undoes: int | None = None,
) -> Change | None:
    """Change facts.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        edits: what changes, a fact once at most.
        actor: who does it.
        action: what is done.
        reason: why.
        undoes: the change that is taken back.

    Returns:
        the change; None where nothing differs from what is there.

    Raises:
        ConflictError: a fact has a newer version than the one that was edited.
        EvidenceError: an evidence is not in its document, or does not hold its fact; all are named.
        FormError: a field is not allowed.
        ReferenceMissingError: something published would refer to what is not.
    """
    held = latest(database, {edit.id for edit in edits})
    _check_versions(database, edits, held)
    wanted = _completed(database, edits)
    _verify(database, wanted)
    made = {
        edit: after
        for edit, after in wanted.items()
        if after != (held[edit.id].entry if edit.id in held else None)
    }
    if not made:
        return None
    made_of = {edit.id: after for edit, after in made.items()}
    _check_dependents(database, made_of)
    _check_references(database, made_of)
    for edit, after in made.items():
        if after is None:
            remove(database, edit.id)
        else:
            write_common(database, after, edit.origin, edit.reviewed)
    database.flush()
    for after in made.values():
        if after is not None:
            write_rest(database, after)
    database.flush()
    change = record(
        database,
        {id: (held.get(id), after) for id, after in made_of.items()},
        actor=actor,
        action=action,
        reason=reason,
        undoes=undoes,
    )
    advance(database)
    return change


def advance(database: Session, fingerprint: str | None = None) -> None:
    """Say to every process that holds the knowledge that it has changed.

    Args:
        database: a session; the caller commits.
        fingerprint: of what a build read; None where no build did it.
    """
    if fingerprint is None:
        last = database.exec(select(Revision).order_by(col(Revision.number).desc())).first()
        fingerprint = last.fingerprint if last else ""
    database.add(Revision(at=dt.datetime.now(dt.UTC), fingerprint=fingerprint))
    database.flush()


def _check_versions(database: Session, edits: Sequence[Edit], held: Mapping[str, Held]) -> None:
    for edit in edits:
        now = held[edit.id].number if edit.id in held else 0
        if edit.base is not None and edit.base != now:
            raise ConflictError(
                f"{edit.id} was changed in the meantime (version {now}, yours was made from {edit.base}). "
                "Nothing was overwritten: look at the newer version and enter yours again."
            )


def _completed(database: Session, edits: Sequence[Edit]) -> dict[Edit, Entry | None]:
    """Every edit with what its fact will be: validated, with the words its evidence has."""
    forms = {edit: form_of(edit.after) for edit in edits if edit.after is not None}
    quotes, problems = find_quotes(database, (place for form in forms.values() for place in form.places))
    wanted: dict[Edit, Entry | None] = {}
    for edit in edits:
        form = forms.get(edit)
        if form is None or edit.after is None:
            wanted[edit] = None
            continue
        entry = entry_of(form, quotes, edit.after.get("published", True))
        if not entry["evidence"]:
            problems.append(f"{edit.id} rests on no document that is here.")
        wanted[edit] = entry
    refuse(problems)
    return wanted


def _verify(database: Session, wanted: Mapping[Edit, Entry | None]) -> None:
    entries = {edit.id: after for edit, after in wanted.items() if after and after["published"]}
    forms = {id: form_of(entry) for id, entry in entries.items()}
    names = _names(database, forms)
    problems: list[str] = []
    for id, form in forms.items():
        quotes: dict[str, str] = {}
        for item in entries[id]["evidence"]:
            quotes[item["document"]] = quotes.get(item["document"], "") + item["quote"]
        problems += [
            f"{id}: its evidence in {document[:8]} does not hold {fault}: «{quote}»"
            for document, quote in quotes.items()
            for fault in faults(form.row, quote, names)
        ]
    refuse(problems)


def _names(database: Session, forms: Mapping[str, FactForm]) -> dict[str, list[str]]:
    """The names of the entities that some facts are or speak of."""
    names = {
        id: [form.row.name, *form.aliases] for id, form in forms.items() if isinstance(form.row, EntityBase)
    }
    about = (getattr(form.row, "about", "").split() for form in forms.values())
    spoken = {id for form in forms.values() for id in form.references()} | {id for ids in about for id in ids}
    for id in spoken - names.keys():
        rows = (database.get(table, id) for table in ENTITY_TABLES)
        found = next((row for row in rows if row is not None), None)
        aliases = database.exec(select(Alias.text).where(Alias.entity_id == id)).all()
        names[id] = [found.name, *aliases] if found is not None else []
    return names


def _check_dependents(database: Session, made: Mapping[str, Entry | None]) -> None:
    """Nothing that stays refers to what goes. Asked before anything goes: what refers to it goes with it."""
    going = [id for id, entry in made.items() if not _stands(entry)]
    _refuse_references(
        f"{dependent} rests on {id}."
        for id in going
        for dependent in referring(database, id)
        if dependent not in made
    )


def _check_references(database: Session, made: Mapping[str, Entry | None]) -> None:
    """Whatever is published refers only to what is published. Asked before anything is written."""
    _refuse_references(
        f"{id} needs {need}, which is not published."
        for id, entry in made.items()
        if entry is not None and _stands(entry)
        for need in form_of(entry).references()
        if not (_stands(made[need]) if need in made else _published(database, need))
    )


def _stands(entry: Entry | None) -> bool:
    return entry is not None and bool(entry["published"])


def _refuse_references(problems: Iterable[str]) -> None:
    found = list(problems)
    if found:
        raise ReferenceMissingError(_listed("Facts that belong together have to change together.", found))


def _published(database: Session, id: str) -> bool:
    row = database.get(Fact, id)
    return row is not None and row.status is Status.PUBLISHED


def referring(database: Session, id: str) -> list[str]:
    """The published facts that refer to a fact."""
    columns = (
        (table, getattr(table, name))
        for _, table in FORMS.values()
        for name in REFERENCES
        if hasattr(table, name)
    )
    rows = (
        row for table, column in columns for row in database.exec(select(table).where(column == id)).all()
    )
    found = dict.fromkeys(str(getattr(row, "id", "")) for row in rows)
    return [one for one in found if _published(database, one)]


def dependents(database: Session, ids: Iterable[str]) -> list[str]:
    """The published facts that refer to some facts, directly or over others; not those themselves."""
    given = list(ids)
    found: dict[str, None] = {}
    waiting = list(given)
    while waiting:
        for id in referring(database, waiting.pop()):
            if id not in found and id not in given:
                found[id] = None
                waiting.append(id)
    return list(found)


def refuse(problems: list[str]) -> None:
    """Raise what is wrong with some facts, if anything is.

    Raises:
        EvidenceError: naming each.
    """
    if problems:
        raise EvidenceError(_listed(f"{len(problems)} facts do not agree with their documents.", problems))


def _listed(what: str, problems: list[str]) -> str:
    lines = "\n".join(f"- {problem}" for problem in problems)
    return f"{what} Nothing was changed.\n{lines}"
