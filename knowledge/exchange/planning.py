"""A workbook held against the facts: which rows are new, changed, unchanged, or cannot be taken."""

from dataclasses import dataclass

from sqlmodel import Session, select

from knowledge.entries import Entry, parse
from knowledge.exchange.cells import Value, as_text, lines, same
from knowledge.exchange.checks import check
from knowledge.exchange.columns import ALIASES, ID, STAFF_NOTE, VERSION, columns_of
from knowledge.exchange.directory import Directory, names_of
from knowledge.exchange.evidence import EvidenceReader
from knowledge.exchange.facts import FactReader, completed
from knowledge.exchange.identifiers import make_id
from knowledge.exchange.plan import FieldChange, Plan, Row, RowState
from knowledge.exchange.problems import Problem
from knowledge.exchange.sheets import RawRow, Sheets
from knowledge.exchange.view import RowView
from knowledge.forms import FORMS
from knowledge.history import Held, latest
from knowledge.labels import LANGUAGES
from knowledge.models import Change, Version
from knowledge.models.entity import EntityBase


@dataclass(frozen=True)
class _Pending:
    """A row that says something new."""

    row: Row
    raw: RawRow
    base: Entry
    fields: frozenset[str]


def plan_import(database: Session, content: bytes) -> Plan:
    """Find out what importing a workbook would do; nothing is changed.

    Args:
        database: a session, of any kind.
        content: of an .xlsx file.

    Raises:
        WorkbookError: it is no workbook that can be read, or none of its sheets is one of ours.
    """
    return _Planner(database).plan(content)


class _Planner:
    def __init__(self, database: Session) -> None:
        self._database = database
        self._held = latest(database)
        self._entries = {id: held.entry for id, held in self._held.items() if held.entry is not None}
        self._directory = Directory(self._entries)
        self._evidence = EvidenceReader(database)
        self._view = RowView(self._directory, self._evidence, LANGUAGES[0])
        self._taken = set(self._held)
        self._seen: dict[str, Row] = {}

    def plan(self, content: bytes) -> Plan:
        plan = Plan()
        sheets = Sheets(content)
        pending: list[_Pending] = []
        for raw in sheets.rows():
            row = Row(raw.sheet, raw.number, raw.kind, as_text(raw.cells.get(ID)))
            plan.rows.append(row)
            pending += self._first_look(row, raw)
        for fault in sheets.problems:
            row = Row(fault.sheet, fault.number, None)
            row.reject(fault.problem)
            plan.rows.append(row)
        for one in pending:
            self._introduce(one)
        reader = FactReader(self._directory, self._evidence)
        for one in pending:
            if one.row.state is not RowState.REJECTED:
                self._read(one, reader)
        check(plan.rows, self._entries, self._directory)
        return plan

    def _first_look(self, row: Row, raw: RawRow) -> list[_Pending]:
        """Whether a row says something new; most say what was exported, and are not kept."""
        row.name = as_text(raw.cells.get("name"))
        if row.id:
            if row.id in self._seen:
                before = self._seen[row.id]
                row.reject(Problem(ID, row.id, "id_twice", "new_row", {"row": str(before.number)}))
                return []
            self._seen[row.id] = row
        if raw.problems:
            row.reject(*raw.problems)
            return []
        held = self._held.get(row.id)
        version = raw.cells.get(VERSION)
        if held is None or held.entry is None:
            return self._look_at_new(row, raw, held, version)
        row.name = row.name or next(iter(names_of(held.entry)), row.id)
        number = _whole(version)
        base = held.entry if number == held.number else self._version(row.id, number)
        if base is None:
            key = "no_version" if not as_text(version) else "unknown_version"
            row.reject(Problem(VERSION, as_text(version), key, "export_again"))
            return []
        fields = self._differing(raw, base)
        if not fields:
            return []
        if number != held.number:
            # Whoever imports the same workbook again changed it themselves.
            if self._differing(raw, held.entry):
                row.reject(self._conflict(row.id, number or 0, held.number))
            return []
        row.state, row.base = RowState.CHANGED, held.number
        return [_Pending(row, raw, base, fields)]

    def _differing(self, raw: RawRow, entry: Entry) -> frozenset[str]:
        """The fields in which a row is not what it would be exported as."""
        shown = self._view.cells(raw.kind, entry)
        return frozenset(
            field
            for field, value in raw.cells.items()
            if field not in (ID, VERSION) and not same(shown[field], value)
        )

    def _look_at_new(self, row: Row, raw: RawRow, held: Held | None, version: Value) -> list[_Pending]:
        if as_text(version) and held is None:
            key = "unknown_id" if row.id else "version_without_id"
            row.reject(Problem(ID, row.id, key, "new_row", {"id": row.id}))
            return []
        row.state, row.base = RowState.NEW, held.number if held else 0
        fields = frozenset(raw.cells) - {ID, VERSION}
        return [_Pending(row, raw, {}, fields)]

    def _version(self, id: str, number: int | None) -> Entry | None:
        query = select(Version).where(Version.fact_id == id, Version.number == (number or 0))
        found = self._database.exec(query).first()
        return parse(found.after) if found else None

    def _conflict(self, id: str, base: int, now: int) -> Problem:
        query = (
            select(Change)
            .join(Version)
            .where(Version.fact_id == id, Version.number == now, Version.change_id == Change.id)
        )
        change = self._database.exec(query).first()
        values = {
            "id": id,
            "base": str(base),
            "now": str(now),
            "by": change.actor if change else "?",
            "at": change.at.strftime("%Y-%m-%d %H:%M") if change else "?",
        }
        return Problem(ID, id, "conflict", "export_again", values)

    def _introduce(self, one: _Pending) -> None:
        """Let others in the workbook refer to a row, by the name it gives."""
        form, _ = FORMS[one.raw.kind]
        names = [as_text(one.raw.cells.get("name")), *lines(one.raw.cells.get(ALIASES))]
        names = [name for name in names if name] if issubclass(form, EntityBase) else []
        if one.row.state is RowState.NEW and not one.row.id and names:
            there = self._directory.called(names[0], one.raw.kind)
            if there:
                other = self._directory.shown(there[0])
                one.row.reject(Problem("name", names[0], "there_already", "name", {"other": other}))
                return
            one.row.id = make_id(one.raw.kind, {"name": names[0]}, self._taken)
        if one.row.id:
            self._directory.add(one.row.id, names)

    def _read(self, one: _Pending, reader: FactReader) -> None:
        row = one.row
        entry, row.note, problems = reader.read(one.raw, one.base, one.fields)
        if problems:
            row.reject(*problems)
            return
        entry[ID] = row.id = row.id or make_id(one.raw.kind, entry, self._taken)
        row.entry, problems = completed(entry, row.note)
        if row.entry is None:
            row.reject(*problems)
            return
        if row.entry == one.base and not row.note:
            row.state = RowState.UNCHANGED
            return
        row.name = row.name or row.id
        row.changes = self._changes(one, row.entry)

    def _changes(self, one: _Pending, entry: Entry) -> tuple[FieldChange, ...]:
        before = self._view.cells(one.raw.kind, one.base) if one.base else {}
        after = self._view.cells(one.raw.kind, entry) | {STAFF_NOTE: one.row.note or None}
        return tuple(
            FieldChange(column.field, before.get(column.field), after[column.field])
            for column in columns_of(one.raw.kind)
            if column.field not in (ID, VERSION) and before.get(column.field) != after[column.field]
        )


def _whole(value: Value) -> int | None:
    text = as_text(value)
    return int(text) if text.isascii() and text.isdigit() else None
