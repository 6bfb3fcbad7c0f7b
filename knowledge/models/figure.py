"""Figure: a number about an entity, with what it counts, its unit, period and nature."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Field

from knowledge.models.columns import Identifier, Text, enum_column
from knowledge.models.row import Row


class Qualifier(StrEnum):
    """How exact the source's number is."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    ODD = "odd"
    AT_LEAST = "at_least"


class Nature(StrEnum):
    """Reached, aimed at, or planned."""

    ACTUAL = "actual"
    TARGET = "target"
    PLANNED = "planned"


Period = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?(\.\.)?)?$")]
"""A year, quarter, month or day, or since one of them; `Field(regex=…)` would not be heeded."""


class FigureBase(Row):
    """A figure in base units: 12亿元 is value 1200000000, unit 元; 20 % is value 20, unit %."""

    id: Identifier = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    subject_id: str = Field(foreign_key="fact.id", ondelete="CASCADE", index=True)
    of_id: str | None = Field(default=None, foreign_key="fact.id", ondelete="SET NULL")
    topic: Text
    label: Text
    label_en: str = ""
    value: float
    unit: str = ""
    unit_en: str = ""
    qualifier: Qualifier = enum_column(Qualifier)
    nature: Nature = enum_column(Nature)
    period: Period = Field(
        default="",
        description="2021, 2021-Q1, 2021-01, 2021-01-28, or with a trailing '..' for since then",
    )


class Figure(FigureBase, table=True):
    """A figure, as stored."""
