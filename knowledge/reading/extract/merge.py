"""Drafts of the same content become one, with all their evidences; a sentence read twice is one draft."""

import json
from collections.abc import Iterable
from dataclasses import replace

from knowledge.models.fact import Kind
from knowledge.reading.extract.proposal import Proposal

MOST = 5
"""So many evidences of a draft are kept, the first ones."""

_KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.FIGURE: ("subject", "topic", "label", "value", "unit", "nature", "period"),
    Kind.POST: ("person", "title", "chain"),
    Kind.LINK: ("subject", "relation", "object"),
    Kind.SIGNING: ("date", "projects", "investment"),
}


def merged(drafts: Iterable[Proposal]) -> list[Proposal]:
    """One proposal for each content, in the order in which they first stand in the document."""
    found: dict[str, Proposal] = {}
    for draft in drafts:
        key = _key(draft)
        earlier = found.get(key)
        if earlier is None:
            found[key] = draft
            continue
        quotes = tuple(sorted({*earlier.evidence, *draft.evidence}))[:MOST]
        best = max(earlier, draft, key=lambda one: (one.confidence, len(one.fields)))
        fields = {**draft.fields, **earlier.fields, **best.fields}
        found[key] = replace(best, fields=fields, evidence=quotes)
    return sorted(found.values(), key=lambda one: (one.evidence[0].start, one.kind.value))


def _key(draft: Proposal) -> str:
    names = _KEYS.get(draft.kind, ("name",))
    return json.dumps([draft.kind.value, *(draft.fields.get(name, "") for name in names)], ensure_ascii=False)
