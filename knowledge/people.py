"""Members of staff: who they are, what they may do, and the one-time links by which they come in."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from knowledge.database import KnowledgeError
from knowledge.models import LinkPurpose, Staff, StaffLink, StaffRole, StaffSession
from knowledge.unseen import visible

LINK_LIFE = dt.timedelta(minutes=30)
"""How long a link to the desk can be used."""

INVITE_LIFE = dt.timedelta(days=3)
"""How long an invitation can be used."""

SESSION_LIFE = dt.timedelta(hours=12)
"""How long somebody stays at the desk without coming in again: a working day."""

SECRET_BYTES = 24
"""192 bits, more than anybody can try; as text 32 characters, of the 64 that a Telegram deep link carries."""


class StaffError(KnowledgeError):
    """Something about a member of staff cannot be done."""


class NotAllowedError(KnowledgeError):
    """Somebody's role does not allow what they want to do."""


@dataclass(frozen=True)
class Person:
    """Somebody who acts: a member of staff, or whoever has the shell."""

    name: str
    role: StaffRole

    def require(self, role: StaffRole) -> None:
        """Raise unless this person may do what a role may.

        Raises:
            NotAllowedError: naming who could do it.
        """
        if self.role.rank < role.rank:
            raise NotAllowedError(
                f"{self.name} is {self.role.value}; this takes a {role.value}. Ask one, or an owner to "
                "change your role."
            )


SHELL = Person("shell", StaffRole.OWNER)
"""Whoever can run commands can do anything."""


def add_staff(database: Session, name: str, role: StaffRole, by: Person) -> Staff:
    """Add a member of staff, or one back who was removed; whoever is there gets another role.

    Args:
        database: a session; the caller commits.
        name: as the others know them.
        role: what they may do.
        by: an owner.

    Raises:
        NotAllowedError: only an owner may.
        StaffError: there would be no owner left, or the name is blank.
    """
    by.require(StaffRole.OWNER)
    name = " ".join(visible(name).split())
    if not name:
        raise StaffError("A member of staff needs a name.")
    row = database.get(Staff, name)
    if row is None:
        row = Staff(name=name, role=role, added_at=_now(), added_by=by.name)
    elif role is not StaffRole.OWNER:
        _keep_an_owner(database, row)
    row.role, row.active = role, True
    database.add(row)
    database.flush()
    return row


def remove_staff(database: Session, name: str, by: Person) -> None:
    """Take a member of staff's access away at once; what they did stays under their name.

    Raises:
        NotAllowedError: only an owner may.
        StaffError: there is nobody of this name, or there would be no owner left.
    """
    by.require(StaffRole.OWNER)
    row = find_staff(database, name)
    _keep_an_owner(database, row)
    row.active, row.chat = False, None
    database.add(row)
    for table in (StaffLink, StaffSession):
        database.exec(delete(table).where(col(table.staff_name) == name))
    database.flush()


def find_staff(database: Session, name: str) -> Staff:
    """An active member of staff.

    Raises:
        StaffError: there is nobody of this name.
    """
    row = database.get(Staff, name)
    if row is None or not row.active:
        known = ", ".join(list_names(database)) or "nobody yet"
        raise StaffError(f"There is no member of staff called {name!r}; there is: {known}.")
    return row


def list_names(database: Session) -> list[str]:
    """The names of all active members of staff."""
    return [row.name for row in list_staff(database)]


def list_staff(database: Session) -> list[Staff]:
    """All active members of staff."""
    query = select(Staff).where(col(Staff.active).is_(True)).order_by(col(Staff.added_at), col(Staff.name))
    return list(database.exec(query).all())


def staff_of_chat(database: Session, chat: str) -> Person | None:
    """Who of the staff writes in a chat; None for everybody else."""
    row = database.exec(select(Staff).where(Staff.chat == chat, col(Staff.active).is_(True))).first()
    return Person(row.name, row.role) if row else None


def make_link(database: Session, name: str, purpose: LinkPurpose) -> str:
    """A one-time secret for a link.

    Args:
        database: a session; the caller commits.
        name: for whom.
        purpose: what it opens.

    Returns:
        the secret; only its digest is kept.

    Raises:
        StaffError: there is nobody of this name.
    """
    find_staff(database, name)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    life = LINK_LIFE if purpose is LinkPurpose.DESK else INVITE_LIFE
    link = StaffLink(digest=_digest(secret), staff_name=name, purpose=purpose, expires_at=_now() + life)
    database.add(link)
    database.flush()
    return secret


def use_link(database: Session, secret: str, purpose: LinkPurpose) -> Staff | None:
    """Who may come in by a link; nobody by one that was used, has expired or never was.

    Args:
        database: a session that `writing` opened, so that a link is used once; the caller commits.
        secret: of the link.
        purpose: what is to be opened.
    """
    row = database.get(StaffLink, _digest(secret))
    if row is None or row.purpose is not purpose or row.used_at is not None or _past(row.expires_at):
        return None
    row.used_at = _now()
    database.add(row)
    database.flush()
    staff = database.get(Staff, row.staff_name)
    return staff if staff and staff.active else None


def join_chat(database: Session, staff: Staff, chat: str) -> None:
    """Know a member of staff by their chat from now on; a chat is one person's."""
    before = database.exec(select(Staff).where(Staff.chat == chat)).first()
    if before is not None and before.name != staff.name:
        before.chat = None
        database.add(before)
        database.flush()
    staff.chat = chat
    database.add(staff)
    database.flush()


def open_session(database: Session, name: str) -> str:
    """The secret of a cookie by which the desk knows somebody; the caller commits."""
    database.exec(delete(StaffSession).where(col(StaffSession.expires_at) < _now()))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = StaffSession(digest=_digest(secret), staff_name=name, expires_at=_now() + SESSION_LIFE)
    database.add(row)
    database.flush()
    return secret


def staff_of_session(database: Session, secret: str) -> Person | None:
    """Whom a cookie belongs to, while they are staff."""
    row = database.get(StaffSession, _digest(secret))
    if row is None or _past(row.expires_at):
        return None
    staff = database.get(Staff, row.staff_name)
    return Person(staff.name, staff.role) if staff and staff.active else None


def close_session(database: Session, secret: str) -> None:
    """Forget a cookie; the caller commits."""
    database.exec(delete(StaffSession).where(col(StaffSession.digest) == _digest(secret)))


def _keep_an_owner(database: Session, leaving: Staff) -> None:
    owners = [row.name for row in list_staff(database) if row.role is StaffRole.OWNER]
    if owners == [leaving.name]:
        raise StaffError(f"{leaving.name} is the only owner; make somebody else an owner first.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _past(moment: dt.datetime) -> bool:
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC) < _now()
