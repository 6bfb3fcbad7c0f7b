"""The one door by which facts and details of documents change: checked, written down, all or nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from knowledge.correcting import write_corrections
from knowledge.corrections import is_details
from knowledge.database import KnowledgeError, chunks
from knowledge.entries import Entry, Kept, entry_of, form_of, remove, write
from knowledge.forms import FORMS, REFERENCES, FactForm
from knowledge.history import Held, latest, record
from knowledge.models import Action, Alias, Change, Document, Fact, Origin, Revision, Status
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
    """What a fact, or what is said of a document, is to be.

    Attributes:
        id: the fact's.
        after: the fact as data; None to take it out.
        base: the version it was made from, 0 for a new fact; None where it does not matter.
        origin: by whom it is kept true from now on.
        reviewed: see `Fact.reviewed`; None where it stays.
    """

    id: str
    after: Entry | None
    base: int | None = None
    origin: Origin = Origin.STAFF
    reviewed: str | None = None


@dataclass(frozen=True)
class Checked:
    """What edits would change.

    Attributes:
        held: the newest versions of all that is edited.
        facts: those that would differ, as they would be; None for one that goes.
        details: what would be said of documents, where that differs.
    """

    held: Mapping[str, Held]
    facts: Mapping[str, Kept | None]
    details: Mapping[str, Entry]

    @property
    def entries(self) -> dict[str, Entry | None]:
        """All of it as data."""
        return {**{id: kept.entry if kept else None for id, kept in self.facts.items()}, **self.details}


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
    checked = check(database, edits)
    held, made = checked.held, checked.facts
    if not checked.entries:
        return None
    _check_references(database, made)
    for id, kept in made.items():
        if kept is None:
            remove(database, id)
    database.flush()
    write(database, [kept for kept in made.values() if kept is not None])
    said = {id: write_corrections(database, entry, actor) for id, entry in checked.details.items()}
    change = record(
        database,
        {id: (held.get(id), said.get(id, entry)) for id, entry in checked.entries.items()},
        actor=actor,
        action=action,
        reason=reason,
        undoes=undoes,
    )
    advance(database)
    return change


def check(database: Session, edits: Sequence[Edit]) -> Checked:
    """What would change; nothing is changed.

    Args:
        database: a session.
        edits: what is to change, a fact once at most.

    Raises:
        ConflictError, EvidenceError, FormError: see `apply`.
        ReferenceMissingError: something published rests on what would go. Whether what facts rest on is
            published, only `apply` asks: it may wait, too.
    """
    held = latest(database, {edit.id for edit in edits})
    for edit in edits:
        if edit.base is not None:
            refuse_stale(edit.id, edit.base, held)
    before = {id: one.entry for id, one in held.items()}
    wanted = _completed(database, [edit for edit in edits if not is_details(edit.id)])
    _verify(database, wanted)
    facts = {id: kept for id, kept in wanted.items() if (kept.entry if kept else None) != before.get(id)}
    _check_dependents(database, facts)
    details = {
        edit.id: edit.after
        for edit in edits
        if is_details(edit.id) and edit.after is not None and edit.after != before.get(edit.id)
    }
    return Checked(held, facts, details)


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


def refuse_stale(id: str, base: int, held: Mapping[str, Held]) -> None:
    """Raise unless a fact is still what it was when somebody began to edit it.

    Args:
        id: the fact's.
        base: the version it was edited from; 0 for a new fact.
        held: the newest versions.

    Raises:
        ConflictError: it was changed since.
    """
    now = held[id].number if id in held else 0
    if base != now:
        raise ConflictError(
            f"{id} was changed in the meantime (version {now}, yours was made from {base}). "
            "Nothing was overwritten: look at the newer version and enter yours again."
        )


def _completed(database: Session, edits: Sequence[Edit]) -> dict[str, Kept | None]:
    """Every fact as it will be: validated, with the words its evidence has; None for one that goes."""
    forms = {edit.id: form_of(edit.after) for edit in edits if edit.after is not None}
    quotes, problems = find_quotes(database, (place for form in forms.values() for place in form.places))
    seen = _reviewed(database, (edit.id for edit in edits if edit.reviewed is None))
    wanted: dict[str, Kept | None] = {}
    for edit in edits:
        form = forms.get(edit.id)
        if form is None or edit.after is None:
            wanted[edit.id] = None
            continue
        entry = entry_of(form, quotes, edit.after.get("published", True))
        if not entry["evidence"]:
            problems.append(f"{edit.id} rests on no document that is here.")
        reviewed = seen.get(edit.id, "") if edit.reviewed is None else edit.reviewed
        wanted[edit.id] = Kept(entry, form, edit.origin, reviewed)
    refuse(problems)
    return wanted


def _reviewed(database: Session, ids: Iterable[str]) -> dict[str, str]:
    """The digest of the reviewed file that was last seen, of each of some facts that is there."""
    return {
        id: digest
        for part in chunks(sorted(ids))
        for id, digest in database.exec(select(Fact.id, Fact.reviewed).where(col(Fact.id).in_(part))).all()
    }


def _verify(database: Session, wanted: Mapping[str, Kept | None]) -> None:
    kept_of = {id: kept for id, kept in wanted.items() if _stands(kept)}
    names = _names(database, {id: kept.form for id, kept in kept_of.items() if kept})
    files = dict(database.exec(select(Document.sha256, Document.file)).all())
    problems: list[str] = []
    for id, kept in kept_of.items():
        if kept is None:
            continue
        quotes: dict[str, str] = {}
        for item in kept.entry["evidence"]:
            quotes[item["document"]] = quotes.get(item["document"], "") + item["quote"]
        problems += [
            f"{id}: its evidence in {files.get(document, document[:8])} does not hold {fault}: «{quote}»"
            for document, quote in quotes.items()
            for fault in faults(kept.form.row, quote, names)
        ]
    refuse(problems)


def _names(database: Session, forms: Mapping[str, FactForm]) -> dict[str, list[str]]:
    """The names of the entities that some facts are or speak of."""
    names = {
        id: [form.row.name, *form.aliases] for id, form in forms.items() if isinstance(form.row, EntityBase)
    }
    about = (getattr(form.row, "about", "").split() for form in forms.values())
    spoken = {id for form in forms.values() for id in form.references()} | {id for ids in about for id in ids}
    for part in chunks(sorted(spoken - names.keys())):
        names |= {id: [] for id in part}
        for table in ENTITY_TABLES:
            for row in database.exec(select(table).where(col(table.id).in_(part))).all():
                names[row.id] = [row.name]
        for alias in database.exec(select(Alias).where(col(Alias.entity_id).in_(part))).all():
            names[alias.entity_id].append(alias.text)
    return names


def _check_dependents(database: Session, made: Mapping[str, Kept | None]) -> None:
    """Nothing that stays refers to what goes. Asked before anything goes: what refers to it goes with it."""
    going = [id for id, kept in made.items() if not _stands(kept)]
    _refuse_references(
        f"{dependent} rests on {id}."
        for id, found in referring(database, going).items()
        for dependent in found
        if dependent not in made
    )


def _check_references(database: Session, made: Mapping[str, Kept | None]) -> None:
    """Whatever is published refers only to what is published. Asked before anything is written."""
    needs = {id: list(kept.form.references()) for id, kept in made.items() if kept and _stands(kept)}
    here = _published(database, {need for needed in needs.values() for need in needed if need not in made})
    _refuse_references(
        f"{id} needs {need}, which is not published."
        for id, needed in needs.items()
        for need in needed
        if not (_stands(made[need]) if need in made else need in here)
    )


def _stands(kept: Kept | None) -> bool:
    return kept is not None and bool(kept.entry["published"])


def _refuse_references(problems: Iterable[str]) -> None:
    found = list(problems)
    if found:
        raise ReferenceMissingError(_listed("Facts that belong together have to change together.", found))


def _published(database: Session, ids: Iterable[str]) -> set[str]:
    """Those of some facts that are published."""
    return {
        id
        for part in chunks(sorted(ids))
        for id in database.exec(
            select(Fact.id).where(col(Fact.id).in_(part), Fact.status == Status.PUBLISHED)
        ).all()
    }


def referring(database: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    """By fact, the published facts that refer to it; none for one to which nothing does."""
    columns = [
        (col(getattr(table, "id")), col(getattr(table, name)))  # noqa: B009 - not every table's, for mypy
        for _, table in FORMS.values()
        for name in REFERENCES
        if hasattr(table, name)
    ]
    found: dict[str, dict[str, None]] = {}
    for part in chunks(ids):
        for own, reference in columns:
            query = (
                select(reference, own)
                .join(Fact, col(Fact.id) == own)
                .where(reference.in_(part), col(Fact.status) == Status.PUBLISHED)
            )
            for id, other in database.exec(query).all():
                found.setdefault(id, {})[other] = None
    return {id: list(others) for id, others in found.items()}


def dependents(database: Session, ids: Iterable[str]) -> list[str]:
    """The published facts that refer to some facts, directly or over others; not those themselves."""
    found = dict.fromkeys(ids)
    given = len(found)
    waiting = list(found)
    while waiting:
        others = referring(database, waiting).values()
        waiting = [id for ids in others for id in ids if id not in found]
        found |= dict.fromkeys(waiting)
    return list(found)[given:]


def refuse(problems: list[str]) -> None:
    """Raise what is wrong with some facts, if anything is.

    Raises:
        EvidenceError: naming each.
    """
    if problems:
        raise EvidenceError(_listed("Facts do not agree with their documents.", problems))


def _listed(what: str, problems: list[str]) -> str:
    lines = "\n".join(f"- {problem}" for problem in problems)
    return f"{what} Nothing was changed.\n{lines}"
