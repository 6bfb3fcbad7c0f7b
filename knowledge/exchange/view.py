"""A fact as a row of cells: what is exported, and what an import holds a row against."""

from collections.abc import Mapping

from knowledge.entries import Entry
from knowledge.exchange.cells import Value, show
from knowledge.exchange.columns import (
    EVIDENCE,
    QUOTE,
    STAFF_NOTE,
    VERSION,
    columns_of,
)
from knowledge.exchange.directory import Directory
from knowledge.exchange.evidence import EvidenceReader
from knowledge.models import Kind

_SHOWN_APART = frozenset({EVIDENCE, QUOTE, STAFF_NOTE, VERSION})


class RowView:
    """Shows facts as rows."""

    def __init__(self, directory: Directory, evidence: EvidenceReader, language: str) -> None:
        """Begin.

        Args:
            directory: what references are called.
            evidence: where evidence stands.
            language: of choices.
        """
        self._directory = directory
        self._evidence = evidence
        self._language = language

    def cells(self, kind: Kind, entry: Entry, version: int | None = None) -> dict[str, Value]:
        """The cells of a fact, by field.

        Args:
            kind: of the fact.
            entry: the fact.
            version: its number.
        """
        found = {
            column.field: show(
                column, entry.get(column.field, column.default), self._directory, self._language
            )
            for column in columns_of(kind)
            if column.field not in _SHOWN_APART
        }
        found[EVIDENCE], found[QUOTE] = self._evidence.show(entry.get("evidence", ()))
        return found | {STAFF_NOTE: None, VERSION: version}

    def changed(self, before: Mapping[str, Value], after: Mapping[str, Value]) -> list[str]:
        """The fields whose cells differ, from left to right; the version does not count."""
        return [field for field in after if field != VERSION and before.get(field) != after[field]]
