"""A draft as it is judged: what it says, what would change, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.desk import show
from knowledge.entries import Entry, parse
from knowledge.history import latest
from knowledge.models import Document, Draft


@dataclass(frozen=True)
class Card:
    """A draft with all that a decision on it needs.

    Attributes:
        draft: as stored.
        entry: the fact as it would be.
        headline: that in a line.
        rows: the fields that would differ from what is published.
        new: whether there is no such fact yet.
        outdated: whether the fact was changed since the draft was made.
        evidence: its quotes, each with its document's title.
    """

    draft: Draft
    entry: Entry
    headline: str
    rows: list[show.Shown]
    new: bool
    outdated: bool
    evidence: list[tuple[dict[str, Any], str]]

    def place(self, sha256: str) -> int:
        """Where in a document it stands first."""
        return min(
            (item["start"] for item in self.entry["evidence"] if item["document"] == sha256), default=0
        )


def cards(database: Session, drafts: Sequence[Draft]) -> list[Card]:
    """Drafts as they are judged, in the same order.

    Args:
        database: a session.
        drafts: which.
    """
    names = show.drafted_names(database)
    entries = [(draft, parse(draft.entry) or {}) for draft in drafts]
    held = latest(database, {draft.fact_id for draft in drafts})
    titles: dict[str, str] = {}
    made: list[Card] = []
    for draft, entry in entries:
        now = held.get(draft.fact_id)
        before = now.entry if now else None
        for item in entry["evidence"]:
            if item["document"] not in titles:
                document = database.get(Document, item["document"])
                titles[item["document"]] = document.title if document else ""
        # The evidence stands under the card, or beside it in the document.
        bare = {**before, "evidence": []} if before else None
        rows = show.changed(bare, {**entry, "evidence": []}, names)
        made.append(
            Card(
                draft,
                entry,
                show.headline(entry, names),
                [row for row in rows if row.old or row.new],
                before is None,
                (now.number if now else 0) != draft.base,
                [(item, titles[item["document"]]) for item in entry["evidence"]],
            )
        )
    return made
