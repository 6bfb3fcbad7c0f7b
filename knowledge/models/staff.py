"""Staff: who may look after the knowledge, and the one-time links by which they come in."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from knowledge.models.columns import Text, enum_column
from knowledge.models.row import Row


class StaffRole(StrEnum):
    """What somebody may do; each may do what those before may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """Its place among the roles: the higher, the more it may do."""
        return list(StaffRole).index(self)


class StaffBase(Row):
    """A member of staff."""

    name: Text = Field(primary_key=True)
    role: StaffRole = enum_column(StaffRole)


class Staff(StaffBase, table=True):
    """A member of staff, as stored."""

    chat: str | None = Field(default=None, unique=True, description="their chat, e.g. telegram:42")
    menu: str = Field(default="", description="the chat whose menu shows the commands of staff")
    active: bool = True
    added_at: dt.datetime
    added_by: str = ""


class LinkPurpose(StrEnum):
    """What a one-time link opens."""

    DESK = "desk"
    TELEGRAM = "telegram"


class StaffLink(Row, table=True):
    """A one-time link; of its secret only the digest is kept."""

    digest: str = Field(primary_key=True, description="sha256 of the secret")
    staff_name: str = Field(foreign_key="staff.name", ondelete="CASCADE", index=True)
    purpose: LinkPurpose = enum_column(LinkPurpose)
    expires_at: dt.datetime
    used_at: dt.datetime | None = None


class StaffSession(Row, table=True):
    """Somebody at the desk; of the cookie only the digest is kept."""

    digest: str = Field(primary_key=True, description="sha256 of the cookie's secret")
    staff_name: str = Field(foreign_key="staff.name", ondelete="CASCADE", index=True)
    expires_at: dt.datetime
