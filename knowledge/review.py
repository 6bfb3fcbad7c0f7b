"""Drafts decided and facts changed by staff: who may, who has to agree, and how it is taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from knowledge.database import KnowledgeError
from knowledge.entries import Entry, dump, form_of, parse
from knowledge.history import Held, find_change, latest, versions
from knowledge.models import Action, Change, Draft, DraftSource, DraftState, StaffRole
from knowledge.people import Person
from knowledge.proposing import propose
from knowledge.publishing import ConflictError, Edit, apply, dependents, refuse_stale


class ReviewError(KnowledgeError):
    """A draft or fact cannot be decided on as asked."""


@dataclass
class Decided:
    """What came of a decision.

    Attributes:
        change: what was published; None where nothing was.
        second: drafts that wait for a second person.
    """

    change: Change | None = None
    second: list[Draft] = field(default_factory=list)


class Reviewer:
    """A person at review, with the rules of their bureau."""

    def __init__(self, database: Session, person: Person, *, two_persons: bool = False) -> None:
        """Begin.

        Args:
            database: a session that `knowledge.database.writing` opened; the caller commits.
            person: who decides.
            two_persons: whether nobody publishes what only they have seen.
        """
        self._database = database
        self._person = person
        self._two_persons = two_persons

    def propose(
        self,
        entry: Entry,
        *,
        base: int = 0,
        note: str = "",
        source: DraftSource = DraftSource.STAFF,
        confidence: float = 1.0,
        document: str | None = None,
    ) -> Draft:
        """Let a fact wait for review.

        Args:
            entry: the fact as it would be.
            base: the version it was made from; 0 for a new fact.
            note: why, or what is unclear.
            source: where it comes from.
            confidence: how sure it is, 0 to 1.
            document: sha256 of the document it was read in.

        Raises:
            FormError: a field is not allowed.
            NotAllowedError: a viewer only looks.
        """
        self._person.require(StaffRole.EDITOR)
        form_of(entry)
        draft = propose(
            self._database,
            entry,
            source,
            base=base,
            document=document,
            confidence=confidence,
            author=self._person.name,
            note=note,
        )
        self._database.flush()
        return draft

    def revise(self, draft_id: int, entry: Entry) -> Draft:
        """Correct a waiting draft; whoever does becomes one of its authors.

        Raises:
            FormError: a field is not allowed.
            NotAllowedError: a viewer only looks.
            ReviewError: it does not wait any more, or is another fact's.
        """
        self._person.require(StaffRole.EDITOR)
        draft = self._waiting([draft_id])[0]
        form_of(entry)
        if entry["id"] != draft.fact_id:
            raise ReviewError(f"Draft {draft_id} is of {draft.fact_id}; it cannot become {entry['id']}.")
        draft.entry, draft.author, draft.approved_by = dump(entry) or "", self._person.name, ""
        self._database.add(draft)
        self._database.flush()
        return draft

    def accepting(self, ids: Sequence[int]) -> list[Draft]:
        """The drafts that would be published by accepting some: those, and the ones that they rest on.

        Raises:
            FormError: a field is not allowed.
            ReviewError: a draft does not wait any more.
        """
        return self._with_needed(self._waiting(ids))

    def accept(self, ids: Sequence[int], reason: str = "") -> Decided:
        """Publish drafts, with the drafts that they rest on.

        Args:
            ids: of the drafts.
            reason: why.

        Raises:
            ConflictError: a fact was changed since its draft was made.
            EvidenceError, FormError, ReferenceMissingError: see `knowledge.publishing.apply`.
            NotAllowedError: this takes a publisher.
            ReviewError: a draft does not wait any more, or was already agreed to by the same person.
        """
        self._person.require(StaffRole.PUBLISHER)
        drafts = self.accepting(ids)
        second = [draft for draft in drafts if self._needs_second(draft)]
        if second:
            for draft in second:
                draft.approved_by = self._person.name
                self._database.add(draft)
            self._database.flush()
            return Decided(second=second)
        edits = [edit_of(draft) for draft in drafts]
        change = apply(self._database, edits, actor=self._person.name, action=Action.PUBLISH, reason=reason)
        for draft in drafts:
            self._decide(draft, DraftState.ACCEPTED, reason, change)
        self._outdate({draft.fact_id for draft in drafts})
        return Decided(change)

    def reject(self, ids: Sequence[int], reason: str = "") -> None:
        """Say that drafts will not be published.

        Raises:
            NotAllowedError: a viewer only looks.
            ReviewError: a draft does not wait any more.
        """
        self._person.require(StaffRole.EDITOR)
        for draft in self._waiting(ids):
            self._decide(draft, DraftState.REJECTED, reason, None)

    def edit(self, entry: Entry, base: int, reason: str = "") -> Decided | Draft:
        """Change or add a fact: at once where the person may, else as a draft.

        Args:
            entry: the fact as it is to be.
            base: the version it was made from; 0 for a new fact.
            reason: why.

        Raises:
            ConflictError: somebody else changed it in the meantime.
            EvidenceError, FormError, ReferenceMissingError: see `knowledge.publishing.apply`.
            NotAllowedError: a viewer only looks.
        """
        refuse_stale(entry["id"], base, latest(self._database, [entry["id"]]))
        if self._two_persons or self._person.role.rank < StaffRole.PUBLISHER.rank:
            return self.propose(entry, base=base, note=reason)
        change = apply(
            self._database,
            [Edit(entry["id"], entry, base=base)],
            actor=self._person.name,
            action=Action.EDIT if base else Action.PUBLISH,
            reason=reason,
        )
        return Decided(change)

    def retire(self, ids: Sequence[str], reason: str = "", *, with_dependents: bool = False) -> Change | None:
        """Take facts from investors; they stay in the history and can come back.

        Args:
            ids: of the facts.
            reason: why.
            with_dependents: also what rests on them; see `knowledge.publishing.dependents`.

        Raises:
            NotAllowedError: this takes a publisher.
            ReferenceMissingError: something published rests on one of them.
            ReviewError: there is no such published fact.
        """
        self._person.require(StaffRole.PUBLISHER)
        wanted = [*ids, *(dependents(self._database, ids) if with_dependents else ())]
        held = latest(self._database, wanted)
        edits = [Edit(id, {**_published(held, id), "published": False}) for id in dict.fromkeys(wanted)]
        return apply(self._database, edits, actor=self._person.name, action=Action.RETIRE, reason=reason)

    def confirm(self, id: str, today: dt.date) -> Change | None:
        """Say that a fact is still so.

        Raises:
            NotAllowedError: a viewer only looks.
            ReviewError: there is no such published fact.
        """
        self._person.require(StaffRole.EDITOR)
        entry = _published(latest(self._database, [id]), id)
        edit = Edit(id, {**entry, "confirmed_on": today.isoformat()})
        return apply(self._database, [edit], actor=self._person.name, action=Action.CONFIRM)

    def undo(self, change_id: int, reason: str = "") -> Change | None:
        """Make every fact of a change what it was before; a fact that was new is retired.

        Raises:
            ConflictError: one of them was changed again since; undo the later change first.
            HistoryError: there is no such change.
            NotAllowedError: this takes a publisher.
            ReferenceMissingError: something published since rests on what would go.
        """
        self._person.require(StaffRole.PUBLISHER)
        change = find_change(self._database, change_id)
        made = versions(self._database, change_id)
        held = latest(self._database, {version.fact_id for version in made})
        edits: list[Edit] = []
        for version in made:
            now = held[version.fact_id]
            # What was changed again and is by now as this change left it, can be taken back.
            if now.number != version.number and now.entry != parse(version.after):
                raise ConflictError(
                    f"{version.fact_id} was changed again after change {change_id}. Undo the later change "
                    f"first: «investbot history {version.fact_id}» shows it. Nothing was changed."
                )
            before = parse(version.before)
            if before is None and now.entry is not None:
                before = {**now.entry, "published": False}
            edits.append(Edit(version.fact_id, before, base=now.number))
        return apply(
            self._database,
            edits,
            actor=self._person.name,
            action=Action.UNDO,
            reason=reason,
            undoes=change.id,
        )

    def _waiting(self, ids: Iterable[int]) -> list[Draft]:
        found: list[Draft] = []
        for id in dict.fromkeys(ids):
            draft = self._database.get(Draft, id)
            if draft is None:
                raise ReviewError(f"There is no draft {id}. «investbot drafts» lists those that wait.")
            if draft.state is not DraftState.WAITING:
                by = f" by {draft.decided_by}" if draft.decided_by else ""
                raise ReviewError(f"Draft {id} was {draft.state.value}{by} already.")
            found.append(draft)
        return found

    def _with_needed(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts, and those of facts that they refer to and that are not published."""
        found = {draft.fact_id: draft for draft in drafts}
        waiting = list(drafts)
        while waiting:
            entry = parse(waiting.pop().entry) or {}
            for need in form_of(entry).references():
                if need in found or _is_published(latest(self._database, [need]), need):
                    continue
                query = select(Draft).where(Draft.fact_id == need, Draft.state == DraftState.WAITING)
                needed = self._database.exec(query.order_by(col(Draft.id).desc())).first()
                if needed is not None:
                    found[need] = needed
                    waiting.append(needed)
        return list(found.values())

    def _needs_second(self, draft: Draft) -> bool:
        """Whether another person has still to see a draft before it is published."""
        if not self._two_persons:
            return False
        seen = {draft.author, draft.approved_by} - {""}
        if draft.source is DraftSource.STAFF or draft.approved_by:
            if seen == {self._person.name}:
                raise ReviewError(
                    f"Draft {draft.id} was already agreed to by {self._person.name}; the bureau asks for a "
                    "second person."
                )
            return False
        return True

    def _decide(self, draft: Draft, state: DraftState, reason: str, change: Change | None) -> None:
        draft.state, draft.decided_by, draft.reason = state, self._person.name, reason
        draft.decided_at = dt.datetime.now(dt.UTC)
        draft.change_id = change.id if change else None
        self._database.add(draft)
        self._database.flush()

    def _outdate(self, ids: set[str]) -> None:
        """Other drafts of the same facts were made against what is no more."""
        held = latest(self._database, ids)
        query = select(Draft).where(col(Draft.fact_id).in_(ids), Draft.state == DraftState.WAITING)
        for draft in self._database.exec(query).all():
            if draft.base != held[draft.fact_id].number:
                self._decide(draft, DraftState.OUTDATED, "", None)


def waiting_drafts(database: Session, limit: int | None = None) -> list[Draft]:
    """The drafts that wait, the surest first."""
    query = (
        select(Draft)
        .where(Draft.state == DraftState.WAITING)
        .order_by(col(Draft.confidence).desc(), col(Draft.id))
    )
    return list(database.exec(query.limit(limit) if limit else query).all())


def edit_of(draft: Draft) -> Edit:
    """What accepting a draft makes of its fact."""
    return Edit(draft.fact_id, parse(draft.entry), base=draft.base)


def _is_published(held: dict[str, Held], id: str) -> bool:
    entry = held[id].entry if id in held else None
    return entry is not None and bool(entry["published"])


def _published(held: dict[str, Held], id: str) -> Entry:
    entry = held[id].entry if id in held else None
    if entry is None or not entry["published"]:
        raise ReviewError(f"There is no published fact {id}.")
    return entry
