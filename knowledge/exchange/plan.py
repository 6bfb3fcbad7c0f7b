"""What an import would do, row by row."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.entries import Entry
from knowledge.exchange.cells import Value
from knowledge.exchange.problems import Problem
from knowledge.models import Kind


class RowState(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class FieldChange:
    """A field before and after, as it stands in the workbook."""

    field: str
    old: Value
    new: Value


@dataclass
class Row:
    """A row of a workbook, and what becomes of it.

    Attributes:
        sheet: the sheet's name.
        number: the row's, as Excel counts.
        kind: what the fact is; None for a sheet as a whole.
        id: the fact's; empty where none could be given.
        name: what a person calls it.
        state: what becomes of it.
        changes: of a new or changed one.
        problems: of a rejected one.
        entry: the fact as it is to be.
        base: the version that the row was made from; 0 for a new fact.
        note: what a member of staff wrote down as its ground; empty for none.
    """

    sheet: str
    number: int
    kind: Kind | None
    id: str = ""
    name: str = ""
    state: RowState = RowState.UNCHANGED
    changes: tuple[FieldChange, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    entry: Entry | None = None
    base: int = 0
    note: str = ""

    def reject(self, *problems: Problem) -> None:
        """Keep the row from being taken."""
        self.state = RowState.REJECTED
        self.problems += problems


@dataclass
class Plan:
    """What an import would do.

    Attributes:
        rows: all rows that are not blank, and what is wrong with a sheet as a whole, in their order.
    """

    rows: list[Row] = field(default_factory=list)

    def of(self, *states: RowState) -> Iterator[Row]:
        """The rows of some states."""
        return (row for row in self.rows if row.state in states)

    @property
    def counts(self) -> dict[RowState, int]:
        """How many rows are in each state."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in RowState}

    @property
    def rejected(self) -> bool:
        """Whether a row is rejected, so that nothing can be applied."""
        return any(True for _ in self.of(RowState.REJECTED))
