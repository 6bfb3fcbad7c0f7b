"""What a workbook's facts have to do with each other and the others: references, grounds, repeats."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from knowledge.entries import Entry, form_of
from knowledge.exchange.columns import PUBLISHED, fields_of_form
from knowledge.exchange.directory import Directory, names_of
from knowledge.exchange.evidence import short
from knowledge.exchange.facts import NOTE_TO_BE, note_evidence
from knowledge.exchange.plan import Row, RowState
from knowledge.exchange.problems import Problem
from knowledge.forms import REFERENCES, FactForm
from knowledge.models import Kind
from knowledge.models.entity import EntityBase
from knowledge.reading.quotes import cleaned
from knowledge.verification import faults

SHOWN = 5
"""So many facts that rest on one are named."""

_BORNE = {Kind.FIGURE: "value", Kind.POST: "person_id", Kind.LINK: "subject_id", Kind.STATEMENT: "text"}
"""The field whose content the quote has to hold; of an entity it is the name."""


def check(rows: Iterable[Row], entries: Mapping[str, Entry], directory: Directory) -> None:
    """Reject rows whose facts cannot be published together with all others.

    Args:
        rows: of the workbook; new and changed ones are looked at.
        entries: the facts that are there, by id.
        directory: what they are called.
    """
    all_rows = [row for row in rows if row.id and row.state is not RowState.UNCHANGED]
    planned = [row for row in all_rows if row.entry is not None and row.state is not RowState.REJECTED]
    final = {**entries, **{row.id: row.entry for row in planned if row.entry is not None}}
    # What rests on a rejected row would be right once that row is.
    assumed = {row.id for row in all_rows if row.state is RowState.REJECTED}
    names = {id: names_of(entry) for id, entry in final.items()}
    forms = {row.id: form_of(_whole(row)) for row in planned}
    needing = _needing(final) if any(not final[row.id]["published"] for row in planned) else {}
    kept = {_own(entry): id for id, entry in entries.items()} if _any_new(planned) else {}
    for row in planned:
        form = forms[row.id]
        if not final[row.id]["published"]:
            _check_needed(row, needing, directory)
        elif not _check_references(row, form, final, assumed, directory):
            _check_borne(row, form, names)
        if row.state is RowState.NEW and not isinstance(form.row, EntityBase):
            twin = kept.setdefault(_own(final[row.id]), row.id)
            if twin != row.id:
                row.reject(Problem("id", "", "there_already", "", {"other": twin}))


def _whole(row: Row) -> Entry:
    entry = row.entry or {}
    return {**entry, "evidence": [*entry["evidence"], *note_evidence(row.note)]}


def _any_new(rows: Iterable[Row]) -> bool:
    return any(row.state is RowState.NEW for row in rows)


def _check_references(
    row: Row, form: FactForm, final: Mapping[str, Entry], assumed: set[str], directory: Directory
) -> bool:
    """Whether something it refers to is not published, which rejects it, or may yet become so."""
    found = False
    for field in REFERENCES:
        need = getattr(form.row, field, None)
        if need and need not in assumed and not (need in final and final[need]["published"]):
            row.reject(Problem(field, directory.shown(need), "not_published", "publish_too"))
            found = True
    return found or any(need in assumed for need in form.references())


def _needing(final: Mapping[str, Entry]) -> dict[str, list[str]]:
    """By fact, the published ones that refer to it."""
    found: dict[str, list[str]] = defaultdict(list)
    for id, entry in final.items():
        if entry["published"]:
            for field in REFERENCES:
                if entry.get(field):
                    found[entry[field]].append(id)
    return found


def _check_needed(row: Row, needing: Mapping[str, list[str]], directory: Directory) -> None:
    others = needing.get(row.id, [])
    if others:
        listed = "; ".join(directory.shown(id) for id in others[:SHOWN])
        listed += f" … ({len(others)})" if len(others) > SHOWN else ""
        row.reject(Problem(PUBLISHED, "", "needed", "retire_too", {"others": listed}))


def _check_borne(row: Row, form: FactForm, names: Mapping[str, list[str]]) -> None:
    quotes: dict[str, str] = {}
    for item in _whole(row)["evidence"]:
        quotes[item["document"]] = quotes.get(item["document"], "") + item["quote"]
    for document, quote in quotes.items():
        words = cleaned(quote).text if row.note and document == NOTE_TO_BE else quote
        for fault in faults(form.row, words, names):
            missing = re.sub(r"^the (name|number|person) ", "", fault).replace(" or ", " / ")
            field = _BORNE.get(form.kind, "name")
            value = str(getattr(form.row, field, ""))
            problem = Problem(field, value, "not_borne", "borne", {"missing": missing, "quote": short(words)})
            if problem not in row.problems:
                row.reject(problem)


def _own(entry: Entry) -> tuple[object, ...]:
    """What a fact says, apart from its id, dates and evidence."""
    kind = Kind(entry["kind"])
    own = (column for column in fields_of_form(kind).values() if column.own)
    return (kind, *(entry.get(column.field, column.default) for column in own))
