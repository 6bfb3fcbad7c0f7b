"""A row's cells as a fact: each field read, its evidence found, the whole validated."""

from collections.abc import Collection, Mapping

from knowledge.entries import Entry, entry_of, form_of
from knowledge.exchange.cells import CUT, Value, as_text, read
from knowledge.exchange.columns import (
    ALIASES,
    EVIDENCE,
    ID,
    PUBLISHED,
    QUOTE,
    STAFF_NOTE,
    Column,
    columns_of,
    fields_of_form,
)
from knowledge.exchange.directory import Directory
from knowledge.exchange.evidence import EvidenceReader
from knowledge.exchange.problems import CellError, Problem
from knowledge.exchange.sheets import RawRow
from knowledge.forms import FormError
from knowledge.models import Kind

NOTE_TO_BE = "note"
"""Stands for the document that a note of staff becomes when it is applied."""


class FactReader:
    """Reads facts from rows."""

    def __init__(self, directory: Directory, evidence: EvidenceReader) -> None:
        """Begin.

        Args:
            directory: what references are called; with what the workbook adds.
            evidence: where evidence stands.
        """
        self._directory = directory
        self._evidence = evidence

    def read(self, raw: RawRow, base: Entry, fields: Collection[str]) -> tuple[Entry, str, list[Problem]]:
        """A row as a fact, without its id.

        Args:
            raw: the row.
            base: the fact as it was exported; empty for a new one.
            fields: which cells count: those that were changed.

        Returns:
            the fact as read so far, the note of staff, and what is wrong.
        """
        entry: Entry = {"kind": raw.kind.value, "published": True, "aliases": [], "evidence": [], **base}
        problems: list[Problem] = []
        ours = fields_of_form(raw.kind)
        for column in columns_of(raw.kind):
            if column.field in ours or column.field in (ALIASES, PUBLISHED):
                value = raw.cells.get(column.field)
                if column.field in fields:
                    problems += self._set(entry, column, value)
                elif column.required and column.field not in entry:
                    problems.append(Problem(column.field, "", "required", _shape(column)))
        if EVIDENCE in fields or QUOTE in fields:
            places, quotes = raw.cells.get(EVIDENCE), raw.cells.get(QUOTE)
            if QUOTE not in raw.cells and EVIDENCE in raw.cells:
                quotes = None
            if any(as_text(cell).endswith(CUT) for cell in (places, quotes)):
                problems.append(Problem(EVIDENCE, "", "too_long", "shorter"))
            else:
                entry["evidence"], faults = self._evidence.read(places, quotes, base.get("evidence", ()))
                problems += faults
        note = as_text(raw.cells.get(STAFF_NOTE))
        if not entry["evidence"] and not note and not any(one.field in (EVIDENCE, QUOTE) for one in problems):
            problems.append(Problem(EVIDENCE, "", "no_evidence", "evidence_or_note"))
        return entry, note, problems

    def _set(self, entry: Entry, column: Column, value: Value) -> list[Problem]:
        if not as_text(value):
            if column.required:
                return [Problem(column.field, "", "required", _shape(column))]
            if column.field in (ALIASES, PUBLISHED):
                entry[column.field] = [] if column.field == ALIASES else True
            else:
                entry.pop(column.field, None)
            return []
        try:
            entry[column.field] = read(column, value, self._directory)
        except CellError as error:
            return [error.problem(column.field, as_text(value))]
        return []


def completed(entry: Entry, note: str) -> tuple[Entry | None, list[Problem]]:
    """A fact validated, as history would keep it but for the note's own evidence.

    Args:
        entry: with its id.
        note: of staff; empty for none.

    Returns:
        the fact, and what is wrong with it where it is None.
    """
    whole = {**entry, "evidence": [*entry["evidence"], *note_evidence(note)]}
    try:
        form = form_of(whole)
    except FormError as error:
        value = "" if not error.field else as_text(entry.get(error.field))
        known = error.field in {column.field for column in columns_of(_kind(entry))}
        problem = Problem(error.field if known else "", value, "form", "", {"why": str(error)})
        if error.field == ID:
            problem = Problem(ID, value, "bad_id", "id", {"kind": str(entry["kind"])})
        elif error.field == "period":
            problem = Problem("period", value, "bad_period", "period")
        return None, [problem]
    quotes = {(item["document"], item["start"], item["end"]): item["quote"] for item in entry["evidence"]}
    return entry_of(form, quotes, bool(entry["published"])), []


def note_evidence(note: str, document: str = NOTE_TO_BE) -> list[dict[str, object]]:
    """The evidence that a note of staff is: the whole of it."""
    return [{"document": document, "start": 0, "end": len(note), "quote": note}] if note else []


def _kind(entry: Mapping[str, object]) -> Kind:
    return Kind(str(entry["kind"]))


def _shape(column: Column) -> str:
    """Which sentence says what a column's cells hold."""
    return column.cell.value if column.cell.value in {"number", "whole", "date", "reference"} else ""
