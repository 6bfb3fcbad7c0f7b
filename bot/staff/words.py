"""A fact as data in a line that a member of staff reads, and what a draft would change."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from bot.texts import has, say
from knowledge.asking import formats
from knowledge.asking.answer import Language
from knowledge.asking.normalize import in_script
from knowledge.corrections import is_details
from knowledge.entries import Entry, parse
from knowledge.forms import FORMS, choices_of
from knowledge.history import Difference, differences, latest
from knowledge.labels import find_choice, find_field, one_label
from knowledge.models import Draft, DraftState, Figure, Kind

Namer = Callable[[str], str]
"""The name of an entity by its id."""

UNSAID = frozenset({"evidence", "kind", "id"})
"""What a difference shows by other means, or what cannot differ."""

LONGEST_QUOTE = 600
"""Characters of a quote that are shown; a document beside it has the rest."""


def namer(database: Session) -> Namer:
    """Names entities as they are published, else as a waiting draft calls them, else by their id."""

    def name(id: str) -> str:
        held = latest(database, [id]).get(id)
        entry = held.entry if held else None
        if entry is None:
            query = select(Draft).where(Draft.fact_id == id, Draft.state == DraftState.WAITING)
            draft = database.exec(query.order_by(col(Draft.id).desc())).first()
            entry = parse(draft.entry) if draft else None
        return str((entry or {}).get("name") or id)

    return name


def line(entry: Mapping[str, Any], name: Namer, language: Language) -> str:
    """A fact in one line.

    Args:
        entry: as data.
        name: names what it refers to.
        language: of the words around it.
    """
    if is_details(entry["id"]):
        return str(entry["title"])
    kind = Kind(entry["kind"])
    if kind is Kind.FIGURE:
        form, table = FORMS[kind]
        fields = {key: entry[key] for key in entry.keys() & form.model_fields.keys()}
        # A form fills in what is not set; the table then holds it as answers do.
        row = table(**form.model_validate(fields).model_dump())
        number = formats.amount(row, language) if isinstance(row, Figure) else ""
        when = formats.period(entry.get("period", ""), language)
        said = [when, say(language, "staff", "figure", label=entry["label"], amount=number)]
        subject = name(entry["subject_id"])
        return say(language, "staff", "about", subject=subject, said=" ".join(filter(None, said)))
    if kind is Kind.STATEMENT:
        return say(language, "staff", "about", subject=name(entry["subject_id"]), said=entry["text"])
    if kind is Kind.POST:
        return say(language, "staff", "about", subject=name(entry["person_id"]), said=entry["title"])
    if kind is Kind.LINK:
        relation = _value("relation", entry["relation"], name, language)
        ends = (name(entry["subject_id"]), relation, name(entry["object_id"]))
        note = f" ({entry['note']})" if entry.get("note") else ""
        return " ".join(ends) + note
    return str(entry.get("name") or entry["id"])


def kind(entry: Mapping[str, Any], language: Language) -> str:
    """What a fact is, in a word."""
    return _lower(one_label(entry["kind"], language.words), language)


def quote(entry: Mapping[str, Any]) -> str:
    """The words it rests on, shortened."""
    text = "…".join(item.get("quote", "") for item in entry.get("evidence", ()))
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def changed(before: Entry | None, after: Entry | None, name: Namer, language: Language) -> list[str]:
    """What differs between two versions, a line a field.

    Args:
        before, after: None where there is none.
        name: names what they refer to.
        language: of the words around it.
    """
    if before is None or after is None:
        whole = after or before
        told = line(whole, name, language) if whole else ""
        return [say(language, "staff", "added" if after else "taken_out", fact=told)]
    group = "document_fields" if is_details(after["id"]) else "fields"
    return [
        _difference(item, group, name, language)
        for item in differences(before, after)
        if item.field not in UNSAID
    ]


def field_name(field: str, language: Language) -> str:
    """What a field is called; its key where it has no name."""
    if has("fields", field):
        return say(language, "fields", field)
    return _lower(find_field(field, language.words) or field, language)


def choice_name(field: str, value: str, language: Language) -> str:
    """What a value that can be chosen for a field is called; empty for any other."""
    if not any(value == one for one in choices_of(field)):
        return ""
    if has("values", value):
        return say(language, "values", value)
    return _lower(find_choice(field, value, language.words) or "", language)


def _lower(label: str, language: Language) -> str:
    """A label of the desk within a sentence."""
    return in_script(label.lower(), language)


def shown(field: str, value: object, name: Namer, language: Language) -> str:
    """A field's value as staff read it."""
    return _value(field, value, name, language)


def _difference(item: Difference, group: str, name: Namer, language: Language) -> str:
    told = has(group, item.field)
    return say(
        language,
        "staff",
        "difference",
        field=say(language, group, item.field) if told else field_name(item.field, language),
        old=_value(item.field, item.old, name, language),
        new=_value(item.field, item.new, name, language),
    )


def _value(field: str, value: object, name: Namer, language: Language) -> str:
    if value in (None, "", [], ()):
        return say(language, "staff", "nothing")
    if isinstance(value, bool):
        return say(language, "staff", "yes" if value else "no")
    if field == "said" and isinstance(value, list):
        value = [say(language, "document_fields", str(one)) for one in value]
    if isinstance(value, list):
        return say(language, "staff", "joiner").join(map(str, value))
    if isinstance(value, float) and value == int(value):
        return f"{int(value)}"
    if field.endswith("_id"):
        return name(str(value))
    joined = say(language, "staff", "joiner").join(str(value).splitlines())
    return choice_name(field, str(value), language) or joined
