"""Where the database is: its address read, shown without its password; what to do if it is unusable."""

import re

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

SQLITE, POSTGRESQL = "sqlite", "postgresql"

EXAMPLES = "sqlite:///var/investbot.db or postgresql://name:password@host/database"

_SECRETS = ("password", "passfile", "sslpassword", "sslkey")
"""Parts of a query that are not shown; see https://www.postgresql.org/docs/current/libpq-connect.html."""

_ADVICE = (
    (("readonly", "unable to open"), "Make the file and its folder writable for this user, or {elsewhere}."),
    (("read-only",), "Make the database writable for this user, or {elsewhere}."),
    (
        ("not a database", "malformed"),
        "The file is damaged or is something else: restore a backup, or name another file.",
    ),
    (("locked", "lock timeout"), "Another program holds it: stop that one, or try again in a moment."),
    (("password", "authentication", "role"), "Check the name and the password in DATABASE_URL."),
    (("permission denied",), "Let this user create tables there: make them the database's owner."),
    (("does not exist",), "Make that database first (createdb), or {elsewhere}."),
    (("too many", "remaining connection slots"), "Let the server take more connections, or try again."),
    (("resolve", "translate host"), "Check the name of the host in DATABASE_URL."),
)


def read_address(url: str) -> URL:
    """Read the address of a database.

    Args:
        url: an SQLAlchemy address of SQLite or PostgreSQL; PostgreSQL is reached by psycopg, named or not.

    Raises:
        ValueError: it is none; the message says what would be, and shows no password.
    """
    shown = re.sub(r"(?<=password=)[^&]*", "***", re.sub(r"(?<=:)(?!//).*@", "***@", url))
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ValueError(f"not an address of a database: {shown!r}; e.g. {EXAMPLES}") from error
    if address.drivername in {POSTGRESQL, "postgres"}:
        address = address.set(drivername=f"{POSTGRESQL}+psycopg")
    if address.drivername not in {SQLITE, f"{SQLITE}+pysqlite", f"{POSTGRESQL}+psycopg"}:
        raise ValueError(f"of a database that investbot does not use: {shown!r}; e.g. {EXAMPLES}")
    if "@" in (address.host or ""):
        raise ValueError(f"not an address of a database: {shown!r}; write «@» in a password as %40")
    return address


def is_sqlite(address: URL) -> bool:
    """Whether it is SQLite, and not PostgreSQL."""
    return address.get_backend_name() == SQLITE


def place(address: URL) -> str:
    """A database as a person may be shown it: the file of SQLite, an address without its password."""
    if is_sqlite(address):
        return address.database or "in memory"
    return address.difference_update_query(_SECRETS).render_as_string(hide_password=True)


def password_of(url: str) -> str:
    """The password in the address of a database, as it stands there; empty for none."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return ""
    held = address.password or address.query.get("password", "")
    return held if isinstance(held, str) else "".join(held)


def advice(reason: str) -> str:
    """What to do about a database that cannot be used.

    Args:
        reason: what it, or its driver, says.
    """
    found = (text for words, text in _ADVICE if any(word in reason for word in words))
    text = next(found, "Check DATABASE_URL and that the database is running.")
    return text.format(elsewhere="set DATABASE_URL to another place")
