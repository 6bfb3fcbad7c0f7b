"""Row: what every table begins with."""

from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can change it on SQLite too."""


class Row(SQLModel):
    """A row of a table, or the form that validates one."""

    # Only forms validate: to build the validators of all tables would be a twentieth of a start.
    model_config = {"defer_build": True}
