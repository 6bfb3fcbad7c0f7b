"""Ids for new facts: made from their names, short enough for a button, never used twice."""

import hashlib
import re
from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from knowledge.models import Draft, Kind, Version

LONGEST = 40
"""Characters of an id; see `knowledge.models.columns.Identifier`."""

_DIGEST = 4
"""Hexadecimal digits that tell apart ids whose names had to be cut."""


def make_id(kind: Kind, names: Iterable[str], taken: Collection[str]) -> str:
    """A new fact's id: `<kind>.<slug>`, the slug from the names' letters and pinyin.

    Args:
        kind: what it is.
        names: what it is called; of a fact about entities, theirs and its topic.
        taken: ids that there are or ever were.
    """
    words = [word for name in names if (word := "".join(_syllables(name)))]
    room = LONGEST - len(kind.value) - 1
    slug = "-".join(words)
    if not slug or len(slug) > room:
        whole = slug or "\0".join(names)
        digest = hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST]
        slug = "-".join(part for part in (_shortened(words, room - _DIGEST - 1), digest) if part)
    found, number = f"{kind.value}.{slug}", 1
    while found in taken:
        number += 1
        end = f"-{number}"
        found = f"{kind.value}.{slug[: room - len(end)].rstrip('-')}{end}"
    return found


def taken_ids(database: Session) -> set[str]:
    """Every id that a fact or a draft has or had."""
    versions = database.exec(select(col(Version.fact_id)).distinct()).all()
    return {*versions, *database.exec(select(col(Draft.fact_id)).distinct()).all()}


def _syllables(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(
        name, v_to_u=False, errors=lambda text: "".join(re.findall(r"[a-z0-9]+", text.lower()))
    )
    return [re.sub(r"[^a-z0-9]", "", syllable.lower()) for syllable in read]


def _shortened(words: list[str], room: int) -> str:
    """The words, each cut to its share of the room."""
    if not words:
        return ""
    share = max(1, (room - len(words) + 1) // len(words))
    return "-".join(word[:share] for word in words)[:room].strip("-")
