"""Column helpers that every table shares."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import StringConstraints
from pydantic_core import PydanticUndefined
from sqlalchemy import Enum as SqlEnum
from sqlmodel import Field

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that has to say something."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z0-9-]+$", max_length=40)]
"""`<kind>.<slug>`: short enough for a Telegram button (64 bytes with the topic), and never reused."""


def enum_column(values: type[StrEnum], default: StrEnum | None = None) -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    """A field whose enum is stored by value ("in_chain"), checked by name nowhere.

    Args:
        values: the enum.
        default: what it is unless said; None: it has to be said.
    """
    return Field(
        PydanticUndefined if default is None else default,
        sa_type=SqlEnum(
            values,
            values_callable=lambda members: [member.value for member in members],
            native_enum=False,
            length=32,
            create_constraint=False,
        ),
    )
