"""Everything of one database into another, empty one: from SQLite to PostgreSQL, and back."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Column, Connection, Engine, Row, Table, func, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

import knowledge.models  # noqa: F401 - registers the tables
from knowledge.address import is_sqlite, place
from knowledge.database import CHUNK, KnowledgeError, migrate, migration, unusable, writing


class MoveError(KnowledgeError):
    """A database is not moved; both are as they were, but for empty tables in the second."""


def move(source: Engine, target: Engine, tell: Callable[[str], None]) -> dict[str, int]:
    """Copy every row of every table, and check that each is the same there. Nobody can write meanwhile.

    Args:
        source: a migrated database; it stays as it is.
        target: one with nothing in it; its tables are made.
        tell: shown the name of each table.

    Returns:
        how many rows each table has, those that others refer to first.

    Raises:
        MoveError: there is nothing to move, something is in the target, or a row is not the same there.
        DatabaseUnusableError: the target cannot be written.
    """
    _require_empty(source, target)
    with writing(source) as reading, writing(target) as written:
        try:
            moved = transfer(reading.connection(), written.connection(), tell)
        except DatabaseError as error:
            raise unusable(target.url, error) from error
        written.commit()
    return moved


def transfer(here: Connection, there: Connection, tell: Callable[[str], None]) -> dict[str, int]:
    """Copy every row of every table, and check that each is the same there; the caller commits.

    Args:
        here: of a migrated database.
        there: of one with the same tables, and no rows.
        tell: shown the name of each table.

    Returns:
        how many rows each table has.

    Raises:
        MoveError: a row is not the same there.
    """
    moved: dict[str, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        tell(f"Moving {table.name}")
        _copy(here, there, table)
        before, after = _sum(_rows(here, table)), _sum(_rows(there, table))
        if before != after:
            raise MoveError(f"The table {table.name} is not the same in {place(there.engine.url)}.")
        moved[table.name] = before[0]
        _go_on_counting(here, there, table)
    return moved


def _require_empty(source: Engine, target: Engine) -> None:
    where = place(target.url)
    if place(source.url) == where:
        raise MoveError(f"{where} is the database itself. Name another.")
    if not is_filled(source):
        raise MoveError(f"There is nothing in {place(source.url)}. Check DATABASE_URL.")
    if inspect(target).get_table_names() and not migration(target):
        raise MoveError(f"{where} holds the tables of something else. Name a database with nothing in it.")
    migrate(target)
    if is_filled(target):
        raise MoveError(f"{where} is not empty, and nothing in it is overwritten. Name an empty database.")


def is_filled(engine: Engine) -> bool:
    """Whether a migrated database holds a row of ours."""
    tables = SQLModel.metadata.sorted_tables
    with engine.connect() as connection:
        return any(connection.execute(select(table).limit(1)).first() for table in tables)


def _rows(connection: Connection, table: Table) -> Iterable[Row[Any]]:
    """Rows as they lie, numbered ones by number: a row may refer to an earlier one of its table."""
    numbered = _number(table)
    query = select(table) if numbered is None else select(table).order_by(numbered)
    return connection.execute(query.execution_options(yield_per=CHUNK))


def _copy(here: Connection, there: Connection, table: Table) -> None:
    portion: list[dict[str, Any]] = []
    for row in _rows(here, table):
        portion.append(dict(row._mapping))
        if len(portion) == CHUNK:
            there.execute(table.insert(), portion)
            portion = []
    if portion:
        there.execute(table.insert(), portion)


def _sum(rows: Iterable[Row[Any]]) -> tuple[int, int]:
    """How many rows, and a sum of the digest of each: databases differ in their order."""
    count = total = 0
    for row in rows:
        # NUL, of which an older SQLite file may hold one, is written as U+FFFD.
        said = repr(tuple(row)).replace("\\x00", "\ufffd")
        count, total = count + 1, total + int.from_bytes(hashlib.sha256(said.encode()).digest())
    return count, total


def _number(table: Table) -> Column[Any] | None:
    """The column by which the database numbers the rows of a table, if it does."""
    return table.autoincrement_column


def _go_on_counting(here: Connection, there: Connection, table: Table) -> None:
    """Let the next row have the number that it would have had."""
    numbered = _number(table)
    # A number that was given there is not given again either.
    last = 0 if numbered is None else max(_last_number(one, table, numbered) for one in (here, there))
    if numbered is None or not last:
        return
    if not is_sqlite(there.engine.url):
        there.execute(
            text("select setval(pg_get_serial_sequence(:table, :column), :last)"),
            {"table": f'"{table.name}"', "column": numbered.name, "last": last},
        )
    elif _counts_gone(table):
        there.execute(text("delete from sqlite_sequence where name = :table"), {"table": table.name})
        there.execute(
            text("insert into sqlite_sequence (name, seq) values (:table, :last)"),
            {"table": table.name, "last": last},
        )


def _last_number(connection: Connection, table: Table, numbered: Column[Any]) -> int:
    """The highest number that was given, also to a row that has gone."""
    counted = None
    if not is_sqlite(connection.engine.url):
        counted = connection.scalar(
            text("select pg_sequence_last_value(pg_get_serial_sequence(:table, :column)::regclass)"),
            {"table": f'"{table.name}"', "column": numbered.name},
        )
    elif _counts_gone(table):
        counted = connection.scalar(
            text("select seq from sqlite_sequence where name = :table"), {"table": table.name}
        )
    return max(counted or 0, connection.scalar(select(func.max(numbered))) or 0)


def _counts_gone(table: Table) -> bool:
    """Whether SQLite gives no number of a row that has gone to another."""
    return bool(table.dialect_options["sqlite"]["autoincrement"])
