"""Whom to ask about an entity: its own people first, then those responsible for what it stands in."""

from collections.abc import Collection
from dataclasses import dataclass

from knowledge.asking.library import Library, Record
from knowledge.models import Kind, Link, Post, Relation, Role


@dataclass(frozen=True)
class Contact:
    """People or an organization to ask.

    Attributes:
        records: the facts that say so: posts, or the link that makes an organization responsible.
        organization: the organization's id, if one is named.
        own: responsible for the entity or its chain, not merely for the whole zone.
    """

    records: tuple[Record, ...]
    organization: str
    own: bool


def find_contact(library: Library, entity: str, words: Collection[str] = ()) -> Contact | None:
    """Who answers for an entity.

    Args:
        library: the published knowledge.
        entity: its id.
        words: of the question, which say for what: of several offices the one that is responsible for it.

    Returns:
        the nearest: its leader, the people of the organization responsible for it, those of what it is part
        of, those of the home zone; None where the documents name nobody at all.
    """
    for place in _outward(library, entity):
        found = _at(library, place)
        if found is not None:
            return Contact(found[0], found[1], own=place != library.home)
    return _home_contact(library, words)


def _outward(library: Library, entity: str) -> list[str]:
    containing = [id for id in library.above(entity) if id in library.entities and id != library.home]
    order = {Kind.ORGANIZATION: 0, Kind.PARK: 0, Kind.CHAIN: 1, Kind.SECTOR: 2}
    relevant = [id for id in containing if library.entities[id].kind in order]
    return [entity, *sorted(relevant, key=lambda id: (order[library.entities[id].kind], id))]


def _at(library: Library, entity: str) -> tuple[tuple[Record, ...], str] | None:
    if entity == library.home:
        return None
    asked = library.of_entity.get(entity, {})
    leaders = [record for record in asked.get("leader", ()) if isinstance(record.row, Post)]
    chain_leaders = [r for r in leaders if isinstance(r.row, Post) and r.row.role is Role.CHAIN_LEADER]
    posts = tuple(chain_leaders or leaders)
    for record in asked.get("contact", ()):
        if isinstance(record.row, Link) and record.row.relation is Relation.RESPONSIBLE_FOR:
            organization = record.row.subject_id
            return (*posts, *_people(library, organization), record), organization
    return (posts, "") if posts else None


def _home_contact(library: Library, words: Collection[str]) -> Contact | None:
    links = [
        record
        for record in library.of_entity.get(library.home, {}).get("contact", ())
        if isinstance(record.row, Link)
    ]
    if not links:
        return None
    # The first of those that have as many words of the question.
    record = max(links, key=lambda one: sum(word in one.text for word in words))
    organization = record.row.subject_id if isinstance(record.row, Link) else ""
    return Contact((*_people(library, organization), record), organization, own=False)


def _people(library: Library, organization: str) -> list[Record]:
    return [r for r in library.of_entity.get(organization, {}).get("people", ()) if isinstance(r.row, Post)]
