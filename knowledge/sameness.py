"""Whether two facts are about the same, say the same, or contradict each other."""

from collections.abc import Sequence

from knowledge.asking.normalize import fold_text
from knowledge.entries import Entry, dump
from knowledge.models import Kind

SUBJECTS: dict[Kind, tuple[str, ...]] = {
    Kind.FIGURE: ("subject_id", "of_id", "topic", "period"),
    Kind.POST: ("person_id", "organization_id", "chain_id", "title"),
    Kind.LINK: ("subject_id", "relation", "object_id"),
    Kind.STATEMENT: ("subject_id", "topic", "text"),
}
"""What a fact that is no entity is about, by its fields; entities are about themselves, by their names."""

_APART = frozenset({"id", "published", "aliases", "evidence", "owner", "confirmed_on", "home"})
"""What two proposals of the same fact may differ in."""


def subject_of(entry: Entry) -> tuple[object, ...]:
    """What a fact that is no entity is about."""
    return (entry["kind"], *(entry.get(name) or "" for name in SUBJECTS[Kind(entry["kind"])]))


def alike(one: Entry, other: Entry) -> bool:
    """Whether two facts of the same subject count the same; those that count nothing do.

    Documents call the same figure 投资额 and 总投资: two labels that share two characters in a row mean one.
    """
    if "value" not in one or "value" not in other:
        return True
    first, second = fold_text(one.get("label", "")), fold_text(other.get("label", ""))
    pairs = {first[place : place + 2] for place in range(len(first) - 1)}
    return first == second or any(pair in second for pair in pairs)


def says_the_same(one: Entry, other: Entry) -> bool:
    """Whether two facts of the same subject have the same value."""
    return _amount(one) == _amount(other)


def contradiction(entry: Entry, published: Sequence[Entry]) -> str:
    """What a figure has against published ones that count the same, in Chinese; empty for none.

    Args:
        entry: the figure; a fact of another kind contradicts nothing.
        published: facts that count the same and have other values.
    """
    lines = [
        f"与已发布的{one['label']}（{one['id']}）不一致：已发布 {_written(one)}，这里是 {_written(entry)}。"
        for one in published
        if "value" in entry and one.get("unit", "") == entry.get("unit", "")
    ]
    return "\n".join(lines)


def identity(entry: Entry) -> str:
    """What a proposal says, whatever it is called and wherever it stands; an update is its fact's own."""
    said = {key: value for key, value in entry.items() if key not in _APART and value not in (None, "")}
    if "name" in said:
        said["name"] = fold_text(said["name"])
    return dump(said) or ""


def _amount(entry: Entry) -> tuple[object, object]:
    return entry.get("value"), entry.get("unit") or ""


def _written(entry: Entry) -> str:
    value, unit = _amount(entry)
    return f"{value:,.15g}{unit}"
