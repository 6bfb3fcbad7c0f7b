"""What the reader proposes, turned into drafts that wait: known things recognized, nothing proposed twice."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from knowledge.asking.normalize import fold_text
from knowledge.entries import Entry, form_of, parse
from knowledge.forms import EXPECTED, FORMS, REFERENCES, FormError, fields_of
from knowledge.history import Held, latest
from knowledge.home import propose_home
from knowledge.models import Document, Draft, DraftSource, Kind
from knowledge.models.entity import EntityBase
from knowledge.naming import make_id, taken_ids
from knowledge.proposing import propose
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.load import Loaded
from knowledge.reading.metadata import Metadata, find_metadata
from knowledge.reading.quotes import cleaned
from knowledge.sameness import SUBJECTS, alike, contradiction, identity, says_the_same, subject_of

LOG = logging.getLogger(__name__)

Propose = Callable[[str, Metadata], Iterable[Proposal]]
"""Another reader: a cleaned text and what is known of it in, proposals with their spans out."""


def read_proposals(loaded: Loaded, file: str, propose: Propose | None = None) -> list[Proposal]:
    """What the reader finds in a document.

    Args:
        loaded: the document as decoded, with what its file says of itself.
        file: its name, which stands for a title that it does not have.
        propose: another reader, beside the one that is always asked.
    """
    from knowledge.reading.extract import extract

    text = cleaned(loaded.text)
    about = find_metadata(text.text, Path(file).stem, loaded)
    return extract(text, about, propose(text.text, about) if propose else ())


def draft_document(database: Session, document: Document, proposals: Sequence[Proposal]) -> list[Draft]:
    """Let what was read in a document wait for review; see `draft_documents`."""
    return draft_documents(database, [(document, proposals)])


def draft_documents(database: Session, read: Iterable[tuple[Document, Sequence[Proposal]]]) -> list[Draft]:
    """Let what was read in documents wait for review.

    An entity that is known by name or alias is not proposed again; where the document says something else of
    it, that is an update. What names an entity refers to the known one, or to the one that is proposed with
    it. What was proposed before, from whatever document, is not proposed again, whatever became of it. A
    figure that contradicts a published one says so in its note. The zone that the documents name far above
    all others is proposed as the bureau's own, where none is yet.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        read: each document, as stored, and what `knowledge.reading.extract` found in it.

    Returns:
        the new drafts.
    """
    desk = _Drafting(database)
    drafts: list[Draft] = []
    for document, proposals in read:
        desk.document = document
        entities = [one for one in proposals if issubclass(FORMS[one.kind][0], EntityBase)]
        others = [one for one in proposals if one not in entities]
        made = [*map(desk.entity, entities), *map(desk.fact, others)]
        drafts += [draft for draft in made if draft is not None]
    database.flush()
    if any(draft.fact_id.startswith(f"{Kind.ZONE.value}.") for draft in drafts):
        propose_home(database)
    return drafts


@dataclass
class _Known:
    """An entity that can be referred to: its id and kind, and the published version, if there is one."""

    id: str
    kind: Kind
    held: Held | None = None


@dataclass
class _Drafting:
    """What is known and proposed so far; `document` is the one that is being drafted."""

    database: Session
    document: Document = field(init=False)
    names: dict[str, list[_Known]] = field(default_factory=dict)
    published: dict[tuple[object, ...], list[Entry]] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.taken = taken_ids(self.database)
        for held in latest(self.database).values():
            if held.entry is not None and held.entry["published"]:
                self._publish(held.entry, held)
        for row in self.database.exec(select(Draft).order_by(col(Draft.id))).all():
            entry = parse(row.entry)
            if entry is not None:
                self.before.add(identity(entry))
                self._name(entry, None)

    def _publish(self, entry: Entry, held: Held) -> None:
        kind = Kind(entry["kind"])
        self._name(entry, held)
        if kind in SUBJECTS:
            self.published.setdefault(subject_of(entry), []).append(entry)

    def _name(self, entry: Entry, held: Held | None) -> None:
        if "name" not in entry:
            return
        for name in (entry["name"], *entry["aliases"]):
            known = self.names.setdefault(fold_text(name), [])
            if not any(one.id == entry["id"] for one in known):
                known.append(_Known(entry["id"], Kind(entry["kind"]), held))

    def _find(self, name: str, kinds: Sequence[Kind] = ()) -> _Known | None:
        found = [one for one in self.names.get(fold_text(name), []) if not kinds or one.kind in kinds]
        return next((one for one in found if one.held), found[0] if found else None)

    def entity(self, proposal: Proposal) -> Draft | None:
        """The draft of an entity; None where it is known and nothing differs."""
        name = str(proposal.fields.get("name", ""))
        known = self._find(name, (proposal.kind,))
        if known and known.held and known.held.entry:
            return self._update(proposal, known.held.number, known.held.entry)
        id = known.id if known else make_id(proposal.kind, [name], self.taken)
        allowed = fields_of(proposal.kind)
        # A signing also names its signatories; they are links, proposed beside it.
        fields = {key: value for key, value in proposal.fields.items() if key in allowed}
        return self._draft(proposal, {**fields, "id": id})

    def _update(self, proposal: Proposal, number: int, entry: Entry) -> Draft | None:
        said = {key: _plain(value) for key, value in proposal.fields.items() if key not in {"name", "id"}}
        defaults = FORMS[proposal.kind][0].model_fields
        differing = {
            key: value
            for key, value in said.items()
            if key in defaults and value != entry.get(key, _plain(defaults[key].default))
        }
        if not differing:
            return None
        evidence = [*entry["evidence"], *self._evidence(proposal)]
        return self._store(proposal, {**entry, **differing, "evidence": evidence}, number)

    def fact(self, proposal: Proposal) -> Draft | None:
        """The draft of a fact about entities; None where it is known or names what nobody knows."""
        fields: dict[str, Any] = {}
        slug: list[str] = []
        for key, value in proposal.fields.items():
            name = key if key in REFERENCES else f"{key}_id"
            if name not in REFERENCES:
                fields[key] = value
                continue
            if not value:
                continue
            known = self._find(str(value), EXPECTED.get(name, ()))
            if known is None:
                LOG.debug("Not drafted, for %r is no known entity: %s", value, proposal.fields)
                return None
            fields[name] = known.id
            slug.append(str(value))
        if "about" in fields:
            about = [self._find(name) for name in str(fields["about"]).splitlines()]
            fields["about"] = "\n".join(one.id for one in about if one)
        slug += [str(fields[key]) for key in ("relation", "topic", "title", "period") if fields.get(key)]
        entry = {"kind": proposal.kind.value, **{key: _plain(value) for key, value in fields.items()}}
        same = [one for one in self.published.get(subject_of(entry), []) if alike(one, entry)]
        if any(says_the_same(one, entry) for one in same):
            return None
        id = make_id(proposal.kind, slug, self.taken)
        return self._draft(proposal, {**fields, "id": id}, contradiction(entry, same))

    def _draft(self, proposal: Proposal, fields: dict[str, Any], note: str = "") -> Draft | None:
        entry: Entry = {
            "kind": proposal.kind.value,
            "published": True,
            **{key: _plain(value) for key, value in fields.items() if value not in (None, "")},
            "aliases": list(fields.get("aliases", ())),
            "evidence": self._evidence(proposal),
        }
        return self._store(proposal, entry, 0, note)

    def _store(self, proposal: Proposal, entry: Entry, base: int, note: str = "") -> Draft | None:
        said = identity(entry)
        if said in self.before:
            return None
        try:
            form_of(entry)
        except FormError as error:
            LOG.debug("Not drafted, for %s: %s", error, proposal.fields)
            return None
        self.before.add(said)
        self.taken.add(entry["id"])
        if base == 0:
            self._name(entry, None)
        return propose(
            self.database,
            entry,
            DraftSource.DOCUMENT,
            base=base,
            document=self.document.sha256,
            confidence=proposal.confidence,
            note=note,
        )

    def _evidence(self, proposal: Proposal) -> list[dict[str, Any]]:
        return [
            {"document": self.document.sha256, "start": one.start, "end": one.end, "quote": one.text}
            for one in proposal.evidence
        ]


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON values
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, dt.date) else getattr(value, "value", value)
