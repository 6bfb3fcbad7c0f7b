"""Secret: a key that every worker has to share and that nobody chooses."""

from sqlmodel import Field

from knowledge.models.row import Row


class Secret(Row, table=True):
    """A random key by what it is for."""

    name: str = Field(primary_key=True)
    value: str
