"""Every row of every table, and one at least in each, whatever tables there are."""

import datetime as dt
from typing import Any

from sqlalchemy import Column, Connection, Engine, Enum, TypeDecorator, select
from sqlmodel import SQLModel

import knowledge.models  # noqa: F401 - registers the tables

NOON = dt.datetime(2024, 2, 29, 12, 59, 59, 123456, dt.UTC)

MADE: dict[type, object] = {
    str: "云港 'x' % :y \\ 😀\n",
    int: 41,
    float: 0.1,
    bool: True,
    dt.date: dt.date(2024, 2, 29),
    dt.datetime: NOON,
}


def every_row(engine: Engine) -> dict[str, list[str]]:
    """The rows of each table, as text, in the order of their text."""
    with engine.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in tables
        }


def fill(engine: Engine) -> None:
    """Put a row into every table that has none."""
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if connection.execute(select(table)).first() is None:
                connection.execute(
                    table.insert(), {column.name: _value(connection, column) for column in table.columns}
                )


def _value(connection: Connection, column: Column[Any]) -> object:
    for key in column.foreign_keys:
        return connection.scalar(select(key.column))
    if isinstance(column.type, Enum):
        return column.type.enums[-1]
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return MADE[kind.python_type]
