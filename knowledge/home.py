"""The zone that a bureau serves: proposed where the documents name one far above all others."""

import re
from collections import Counter
from collections.abc import Iterable

from sqlmodel import Session, col, select

from knowledge.entries import dump, parse
from knowledge.models import Document, Draft, DraftState, Kind, Zone

LEAST = 3
"""So often the documents have to name it."""

AHEAD = 2.0
"""So many times as often as the next."""


def propose_home(database: Session) -> Draft | None:
    """Mark the draft of the zone that the documents are about as the bureau's own.

    Lists such as «which parks are there» are those of this zone, which people call by its short names. Where
    a zone is marked already, published or waiting, nothing happens.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.

    Returns:
        the marked draft; None where there is none to mark.
    """
    if database.exec(select(Zone.id).where(col(Zone.home).is_(True))).first() is not None:
        return None
    query = select(Draft).where(
        Draft.state == DraftState.WAITING, col(Draft.fact_id).startswith(f"{Kind.ZONE.value}.")
    )
    waiting = [(draft, entry) for draft in database.exec(query).all() if (entry := parse(draft.entry))]
    if any(entry.get("home") for _, entry in waiting):
        return None
    names = {entry["name"] for _, entry in waiting} | set(database.exec(select(Zone.name)).all())
    named = foremost(names, database.exec(select(Document.cleaned)).all())
    for draft, entry in waiting:
        if entry["name"] == named:
            aliases = list(dict.fromkeys([*entry["aliases"], *called(named)]))
            draft.entry = dump({**entry, "aliases": aliases, "home": True}) or draft.entry
            database.add(draft)
            return draft
    return None


def called(zone: str) -> list[str]:
    """What people call a zone for short: 某某 and 新区 of 某某新区; none where its name has no such parts."""
    # What reads facts takes its time to import.
    from knowledge.reading.extract.zones import stem_of

    stem = stem_of(zone)
    return [word for word in (stem, zone.removeprefix(stem)) if len(word) > 1 and word != zone]


def foremost(names: Iterable[str], texts: Iterable[str]) -> str:
    """The name that texts name far above all others; empty for none.

    Args:
        names: of zones; within a longer one a shorter one does not count.
        texts: of documents.
    """
    longest = sorted(names, key=len, reverse=True)
    if not longest:
        return ""
    pattern = re.compile("|".join(map(re.escape, longest)))
    counted = Counter(match[0] for text in texts for match in pattern.finditer(text))
    (first, most), (_, next_most) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= max(LEAST, AHEAD * next_most) else ""
