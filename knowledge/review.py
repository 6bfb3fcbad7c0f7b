"""Drafts decided and facts changed by staff: who may, who has to agree, and how it is taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from knowledge.correcting import corrected, find_document
from knowledge.corrections import FIELDS, is_details, value_of
from knowledge.database import KnowledgeError, chunks
from knowledge.entries import Entry, as_seen, dump, form_of, parse
from knowledge.history import BUILD, Held, find_change, latest, versions
from knowledge.models import Action, Change, Draft, DraftSource, DraftState, StaffRole
from knowledge.people import Person
from knowledge.proposing import propose
from knowledge.publishing import ConflictError, Edit, apply, check, dependents
from knowledge.unseen import visible

GONE = Held(0, None)


class ReviewError(KnowledgeError):
    """A draft or fact cannot be decided on as asked."""


@dataclass
class Decided:
    """What came of a decision.

    Attributes:
        change: what was published; None where nothing was.
        second: drafts that wait for another person.
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
            two_persons: whether nobody changes what investors are told with nobody else; see `change`.
        """
        self._database = database
        self.person = person
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
        self.person.require(StaffRole.EDITOR)
        form_of(entry)
        draft = propose(
            self._database,
            entry,
            source,
            base=base,
            document=document,
            confidence=confidence,
            author=self.person.name,
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
        self.person.require(StaffRole.EDITOR)
        draft = self._waiting([draft_id])[0]
        if is_details(draft.fact_id):
            raise ReviewError(
                f"Draft {draft_id} is of a document's details. Reject it, and correct them on the document's "
                "page."
            )
        form_of(entry)
        if entry["id"] != draft.fact_id:
            raise ReviewError(f"Draft {draft_id} is of {draft.fact_id}; it cannot become {entry['id']}.")
        draft.entry, draft.author, draft.approved_by = dump(as_seen(entry)) or "", self.person.name, ""
        self._database.add(draft)
        self._database.flush()
        return draft

    def accepting(self, ids: Sequence[int]) -> list[Draft]:
        """The drafts that would be published by accepting some: those, and what belongs to them.

        What was proposed together is decided together; drafts that they rest on come with them.

        Raises:
            FormError: a field is not allowed.
            ReviewError: a draft does not wait any more.
        """
        return self._with_needed(self._together(ids))

    def accept(self, ids: Sequence[int], reason: str = "") -> Decided:
        """Do what drafts propose, with the drafts that belong to them; see `accepting`.

        Args:
            ids: of the drafts.
            reason: why.

        Raises:
            ConflictError: a fact was changed since its draft was made.
            EvidenceError, FormError, ReferenceMissingError: see `knowledge.publishing.apply`.
            NotAllowedError: this takes a publisher.
            ReviewError: a draft does not wait any more, or was already agreed to by the same person.
        """
        self.person.require(StaffRole.PUBLISHER)
        drafts = self.accepting(ids)
        second = [draft for draft in drafts if self._needs_second(draft)]
        if second:
            for draft in second:
                draft.approved_by = self.person.name
                self._database.add(draft)
            self._database.flush()
            return Decided(second=second)
        actions = {(draft.action, draft.undoes) for draft in drafts}
        action, undoes = actions.pop() if len(actions) == 1 else (Action.PUBLISH, None)
        change = apply(
            self._database,
            [edit_of(draft) for draft in drafts],
            actor=self.person.name,
            action=action,
            reason=reason or _reason_of(drafts),
            undoes=undoes,
        )
        self._decide(drafts, DraftState.ACCEPTED, reason, change)
        self._outdate({draft.fact_id for draft in drafts})
        return Decided(change)

    def reject(self, ids: Sequence[int], reason: str = "") -> None:
        """Say that drafts will not be published, nor what was proposed together with them.

        Raises:
            NotAllowedError: a viewer only looks.
            ReviewError: a draft does not wait any more.
        """
        self.person.require(StaffRole.EDITOR)
        self._decide(self._together(ids), DraftState.REJECTED, reason, None)

    def edit(self, entry: Entry, base: int, reason: str = "") -> Decided:
        """Change or add a fact.

        Args:
            entry: the fact as it is to be.
            base: the version it was made from; 0 for a new fact.
            reason: why.

        Raises:
            NotAllowedError: a viewer only looks.
            ConflictError, EvidenceError, FormError, ReferenceMissingError: see `change`.
        """
        self.person.require(StaffRole.EDITOR)
        action = Action.EDIT if base else Action.PUBLISH
        return self.change([Edit(entry["id"], entry, base=base)], action, reason)

    def retire(self, ids: Sequence[str], reason: str = "", *, with_dependents: bool = False) -> Decided:
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
        self.person.require(StaffRole.PUBLISHER)
        wanted = [*ids, *(dependents(self._database, ids) if with_dependents else ())]
        held = latest(self._database, wanted)
        edits = [
            Edit(id, {**_published(held, id), "published": False}, base=held[id].number)
            for id in dict.fromkeys(wanted)
        ]
        return self.change(edits, Action.RETIRE, reason)

    def correct(
        self, sha256: str, given: Mapping[str, str], seen: Mapping[str, str], reason: str = ""
    ) -> Decided:
        """Say what a document's title, date, publisher and address are.

        Args:
            sha256: the document's.
            given: values by field, all of `knowledge.corrections.FIELDS`; a date as 2024-03-05.
            seen: the values that stood there when they were changed.
            reason: why.

        Raises:
            ConflictError: somebody else changed a value in the meantime.
            CorrectionError: there is no such document, or a value is not allowed.
            NotAllowedError: a viewer only looks.
        """
        self.person.require(StaffRole.EDITOR)
        document = find_document(self._database, sha256)
        if any(seen.get(field, "") != value_of(document, field) for field in FIELDS):
            raise ConflictError(
                f"What is said of {document.file} was changed in the meantime. Nothing was overwritten: "
                "compare, and save again."
            )
        entry = corrected(self._database, document, given)
        base = latest(self._database, [entry["id"]])[entry["id"]].number
        return self.change([Edit(entry["id"], entry, base=base)], Action.CORRECT, reason)

    def confirm(self, id: str, today: dt.date) -> Decided:
        """Say that a fact is still so.

        Raises:
            NotAllowedError: a viewer only looks.
            ReviewError: there is no such published fact.
        """
        self.person.require(StaffRole.EDITOR)
        entry = _published(latest(self._database, [id]), id)
        return self.change([Edit(id, {**entry, "confirmed_on": today.isoformat()})], Action.CONFIRM)

    def undo(self, change_id: int, reason: str = "") -> Decided:
        """Make everything that a change made what it was before; a fact that was new is retired.

        Raises:
            ConflictError: something was changed again since; undo the later change first.
            HistoryError: there is no such change.
            NotAllowedError: this takes a publisher.
            ReferenceMissingError: something published since rests on what would go.
        """
        self.person.require(StaffRole.PUBLISHER)
        find_change(self._database, change_id)
        made = versions(self._database, change_id)
        held = latest(self._database, {version.fact_id for version in made})
        edits: list[Edit] = []
        for version in made:
            now = held.get(version.fact_id, GONE)
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
        return self.change(edits, Action.UNDO, reason, undoes=change_id)

    def change(
        self, edits: Sequence[Edit], action: Action, reason: str = "", *, undoes: int | None = None
    ) -> Decided:
        """Change facts, or what is said of documents: at once where the person may do so alone.

        Else all of it waits, as drafts that somebody else accepts together.

        Args:
            edits: what changes; the caller has seen to it that the person may propose it.
            action: what is done.
            reason: why.
            undoes: the change that is taken back.

        Raises:
            ConflictError, CorrectionError, EvidenceError, FormError, ReferenceMissingError: see
                `knowledge.publishing`.
        """
        if self._may_alone(action, undoes):
            name = self.person.name
            return Decided(
                apply(self._database, edits, actor=name, action=action, reason=reason, undoes=undoes)
            )
        checked = check(self._database, edits)
        drafts = [
            propose(
                self._database,
                entry,
                DraftSource.STAFF,
                base=checked.held[id].number if id in checked.held else 0,
                author=self.person.name,
                note=reason,
                action=action,
                undoes=undoes,
            )
            for id, entry in checked.entries.items()
            if entry is not None
        ]
        self._database.flush()
        if len(drafts) > 1:
            for draft in drafts:
                draft.together = drafts[0].id
            self._database.flush()
        return Decided(second=drafts)

    def _may_alone(self, action: Action, undoes: int | None) -> bool:
        """Whether the person may do something with nobody else.

        Who confirms changes nothing of what investors are told. Who undoes what they did themselves takes
        back their own consent, and what was there before had been agreed to.
        """
        if action is Action.CONFIRM:
            return True
        if self._two_persons:
            return undoes is not None and find_change(self._database, undoes).actor == self.person.name
        return action is Action.CORRECT or self.person.role.rank >= StaffRole.PUBLISHER.rank

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

    def _together(self, ids: Iterable[int]) -> list[Draft]:
        """Drafts that wait, and those that were proposed together with them."""
        found = {draft.id: draft for draft in self._waiting(ids)}
        groups = {draft.together for draft in found.values() if draft.together is not None}
        for group in groups:
            query = select(Draft).where(Draft.together == group, Draft.state == DraftState.WAITING)
            found |= {draft.id: draft for draft in self._database.exec(query.order_by(col(Draft.id))).all()}
        return list(found.values())

    def _with_needed(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts, and those of facts that they refer to and that are not published."""
        found = {draft.fact_id: draft for draft in drafts}
        waiting = list(drafts)
        while waiting:
            entries = [parse(draft.entry) or {} for draft in waiting if not is_details(draft.fact_id)]
            needs = {
                need
                for entry in entries
                if entry.get("published", True)
                for need in form_of(entry).references()
            }
            needs -= found.keys()
            held = latest(self._database, needs)
            waiting = []
            for need in sorted(need for need in needs if not _is_published(held, need)):
                query = select(Draft).where(Draft.fact_id == need, Draft.state == DraftState.WAITING)
                needed = self._database.exec(query.order_by(col(Draft.id).desc())).first()
                if needed is not None:
                    waiting += self._together([needed.id or 0])
            found = {**{draft.fact_id: draft for draft in waiting}, **found}
        return list(found.values())

    def _needs_second(self, draft: Draft) -> bool:
        """Whether another person has still to see a draft before it is published."""
        if not self._two_persons:
            return False
        seen = {draft.author, draft.approved_by} - {"", BUILD}
        if seen == {self.person.name}:
            raise ReviewError(
                f"Draft {draft.id} was already agreed to by {self.person.name}; the bureau asks for a "
                "second person."
            )
        return not seen

    def _decide(self, drafts: Sequence[Draft], state: DraftState, reason: str, change: Change | None) -> None:
        now = dt.datetime.now(dt.UTC)
        for draft in drafts:
            draft.state, draft.decided_by, draft.reason = state, self.person.name, visible(reason)
            draft.decided_at = now
            draft.change_id = change.id if change else None
            self._database.add(draft)
        self._database.flush()

    def _outdate(self, ids: set[str]) -> None:
        """Other drafts of the same facts were made against what is no more, and with them their groups."""
        held = latest(self._database, ids)
        old = [
            draft.id or 0
            for part in chunks(sorted(ids))
            for draft in self._database.exec(
                select(Draft).where(col(Draft.fact_id).in_(part), Draft.state == DraftState.WAITING)
            ).all()
            if draft.base != held[draft.fact_id].number
        ]
        self._decide(self._together(old), DraftState.OUTDATED, "", None)


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


def _reason_of(drafts: Sequence[Draft]) -> str:
    """Why a change was proposed, in the words of who proposed it."""
    notes = (draft.note for draft in drafts if draft.action is not Action.PUBLISH)
    return "; ".join(dict.fromkeys(filter(None, notes)))


def _is_published(held: dict[str, Held], id: str) -> bool:
    entry = held[id].entry if id in held else None
    return entry is not None and bool(entry["published"])


def _published(held: dict[str, Held], id: str) -> Entry:
    entry = held[id].entry if id in held else None
    if entry is None or not entry["published"]:
        raise ReviewError(f"There is no published fact {id}.")
    return entry
