"""Facts and moments as the desk shows them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from bot.desk.wording import label, language, say
from knowledge.asking import formats
from knowledge.corrections import FIELDS, document_of, is_details
from knowledge.database import KnowledgeError
from knowledge.entries import Entry, form_of, parse
from knowledge.forms import REFERENCES, fields_of
from knowledge.history import differences
from knowledge.models import ENTITY_TABLES, Figure, Kind
from knowledge.models.figure import FigureBase
from knowledge.review import waiting_drafts
from knowledge.topics import topic_labels

SHORT = 60
"""Characters of a sentence in a list."""

Names = Mapping[str, str]
"""Entities' names by id."""

_HIDDEN = frozenset({"kind", "id"})


@dataclass(frozen=True)
class Shown:
    """A field that differs: what it is called, and both values in words; of lists, what both hold apart."""

    name: str
    old: str
    new: str
    kept: str = ""


def names_of(database: Session) -> dict[str, str]:
    """What every entity is called."""
    return {
        id: name for table in ENTITY_TABLES for id, name in database.exec(select(table.id, table.name)).all()
    }


def drafted_names(database: Session) -> dict[str, str]:
    """What every entity is called, also those that nobody has published yet."""
    entries = [parse(draft.entry) or {} for draft in waiting_drafts(database)]
    return {entry["id"]: entry["name"] for entry in entries if "name" in entry} | names_of(database)


def headline(entry: Entry, names: Names) -> str:
    """A fact in a line."""
    if is_details(entry["id"]):
        return str(entry["title"])
    kind = Kind(entry["kind"])
    called = {key: names.get(str(entry.get(key)), str(entry.get(key) or "")) for key in REFERENCES}
    if "name" in entry:
        return str(entry["name"])
    if kind is Kind.FIGURE:
        return f"{called['subject_id']} · {entry['label']} {amount(entry)}"
    if kind is Kind.POST:
        return f"{called['person_id']}：{entry['title']}"
    if kind is Kind.LINK:
        return f"{called['subject_id']} — {label('relation', entry['relation'])} — {called['object_id']}"
    return f"{called['subject_id']} · {topic(entry['topic'])}：{shorten(entry['text'])}"


def path(id: str) -> str:
    """The page of the desk on which a fact stands, or a document of which something is said."""
    return f"/documents/{document_of(id)}" if is_details(id) else f"/facts/{id}"


def amount(entry: Entry) -> str:
    """A figure's value with its unit, as an answer says it."""
    try:
        row = form_of(entry).row
    except KnowledgeError:
        return f"{entry.get('value')}{entry.get('unit', '')}"
    if not isinstance(row, FigureBase):
        return ""
    return formats.amount(Figure.model_construct(**row.model_dump()), language())


def shorten(text: str, limit: int = SHORT) -> str:
    """The beginning of a text."""
    return text if len(text) <= limit else text[:limit] + "…"


def topic(name: str) -> str:
    """What a topic is called."""
    return topics().get(name, name)


def topics() -> Mapping[str, str]:
    """Every topic that people can ask for, and what it is called."""
    return topic_labels(language().words)


def changed(before: Entry | None, after: Entry | None, names: Names) -> list[Shown]:
    """The fields in which two versions of a fact differ, in words, in the order of its form."""
    whole = after or before or {}
    if is_details(whole["id"]):
        group, order = "document_fields", [*FIELDS, "publisher_en", "said"]
    else:
        group = "fields"
        order = [*fields_of(Kind(whole["kind"])), "aliases", "evidence", "published"]
    rows = [one for one in differences(before, after) if one.field not in _HIDDEN]
    return [
        Shown(label(group, one.field), *(value(one.field, held, names) for held in _apart(one.old, one.new)))
        for one in sorted(rows, key=lambda one: order.index(one.field))
        # Of what is new it goes without saying that it is to be published.
        if before is not None or one.field not in {"published", "name"}
    ]


def _apart(old: object, new: object) -> tuple[object, object, object]:
    """What went, what came, and what two lists both hold; all of them where only their order differs."""
    if not isinstance(old, list) or not isinstance(new, list):
        return old, new, None
    went, came = [one for one in old if one not in new], [one for one in new if one not in old]
    return (went, came, [one for one in new if one in old]) if went or came else (old, new, None)


def value(field: str, held: object, names: Names) -> str:
    """A field's value in words; empty for none."""
    if held is None or held == "" or held == []:
        return ""
    if isinstance(held, bool):
        return say("desk.yes" if held else "desk.no")
    if field == "said" and isinstance(held, list):
        return "、".join(label("document_fields", one) for one in held)
    if isinstance(held, list):
        return "\n".join(f"「{one['quote']}」" if isinstance(one, dict) else str(one) for one in held)
    if field in REFERENCES or field == "about":
        return "、".join(names.get(id, id) for id in str(held).split())
    if field == "topic":
        return topic(str(held))
    if isinstance(held, float | int):
        return f"{held:,.15g}" if held < 1e15 else str(held)
    return label(field, held)


def moment(at: dt.datetime | None, zone: ZoneInfo) -> str:
    """A moment by the bureau's clocks; empty for none."""
    if at is None:
        return ""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def percent(share: float) -> str:
    """A confidence."""
    return f"{share:.0%}"
