"""Ids for new facts, from what they are called: `company.hai-deng-ke-ji`."""

import re
from collections.abc import Mapping

from knowledge.models import Kind

LONGEST = 40
"""See `knowledge.models.columns.Identifier`."""

_PARTS = (
    "person_id",
    "subject_id",
    "relation",
    "topic",
    "chain_id",
    "organization_id",
    "object_id",
    "period",
)
"""Fields that tell facts without a name apart."""


def make_id(kind: Kind, fields: Mapping[str, object], taken: set[str]) -> str:
    """An id that nothing has or had.

    Args:
        kind: of the fact.
        fields: of the fact; its name, or whom it is about.
        taken: ids that cannot be given again; the new one is added.
    """
    slug = _slug(str(fields["name"])) if fields.get("name") else _slug_of_parts(fields)
    room = LONGEST - len(kind.value) - 1
    found = f"{kind}.{_cut(slug or 'new', room)}"
    number = 2
    while found in taken:
        found = f"{kind}.{_cut(slug or 'new', room - len(str(number)) - 1)}-{number}"
        number += 1
    taken.add(found)
    return found


def _slug_of_parts(fields: Mapping[str, object]) -> str:
    parts = (str(fields[part]).rpartition(".")[2] for part in _PARTS if fields.get(part))
    return "-".join(_slug(part.replace("_", "-")) for part in parts)


def _slug(text: str) -> str:
    """A text's letters and digits, Chinese by its syllables."""
    from pypinyin import lazy_pinyin

    return "-".join(re.findall(r"[a-z0-9]+", "-".join(lazy_pinyin(text)).lower()))


def _cut(slug: str, room: int) -> str:
    """As many whole syllables as there is room for."""
    if len(slug) <= room:
        return slug
    cut = slug[: room + 1].rpartition("-")[0] or slug[:room]
    return cut.strip("-")
