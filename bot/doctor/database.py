"""Whether the database can be read and written, and by this version."""

import datetime as dt

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from bot.doctor.clocks import judge
from bot.doctor.finding import Finding, bad, good, warning
from bot.doctor.patient import NothingThereError, Patient
from bot.doctor.sizes import readable
from knowledge.address import advice, is_sqlite, place
from knowledge.database import HEAD, KnowledgeError, migration

NEVER = "investbot_doctor"
"""A table that is made, filled, and taken back."""


def reachable(patient: Patient) -> Finding:
    """Whether it can be opened and is whole; its kind and size."""
    try:
        engine = patient.engine()
    except NothingThereError as error:
        return warning(f"there is no file {error} yet", "It is made by the first start, or investbot build.")
    except KnowledgeError as error:
        what, _, advised = str(error).rpartition("). ")
        return bad(f"{what})", advised) if what else bad(str(error), "Correct DATABASE_URL.")
    where = place(patient.address)
    try:
        with engine.connect() as connection:
            if is_sqlite(engine.url):
                fault = str(connection.scalar(text("pragma quick_check(1)")))
                if fault != "ok":
                    return bad(f"{where} is damaged ({fault})", "Restore a backup: investbot restore FILE.")
                version = connection.scalar(text("select sqlite_version()"))
                pages = "select page_count * page_size from pragma_page_count(), pragma_page_size()"
                size = int(connection.scalar(text(pages)) or 0)
                return good(f"SQLite {version}, {readable(size)}, {where}")
            version = str(connection.scalar(text("show server_version"))).split()[0]
            size = int(connection.scalar(text("select pg_database_size(current_database())")) or 0)
            return good(f"PostgreSQL {version}, {readable(size)}, {where}")
    except DatabaseError as error:
        reason = _reason(error)
        return bad(f"{where} cannot be read ({reason})", advice(reason))


def migrated(patient: Patient) -> Finding:
    """Whether its tables are those of this version."""
    found = migration(patient.engine())
    if found == HEAD:
        return good(f"are those of this version ({HEAD})")
    if not found:
        return warning("there are none yet", "They are made by the first start, or investbot build.")
    if found > HEAD:
        return bad(
            f"are those of a newer version ({found}; this one knows {HEAD})",
            "Install that version, or restore a backup: investbot restore FILE.",
        )
    return warning(
        f"are those of an older version ({found}; this one has {HEAD})", "The next start changes them."
    )


def writable(patient: Patient) -> Finding:
    """Whether it can be written: it is, and that is taken back."""
    engine = patient.engine()
    try:
        _write(engine)
    except DatabaseError as error:
        reason = _reason(error)
        return bad(f"it cannot be written ({reason})", advice(reason))
    return good("it can be written")


def clock(patient: Patient) -> Finding:
    """Whether the server's time is this machine's."""
    if is_sqlite(patient.address):
        return good("is this machine's")
    with patient.engine().connect() as connection:
        before = dt.datetime.now(dt.UTC)
        theirs = connection.scalar(text("select clock_timestamp()"))
        middle = before + (dt.datetime.now(dt.UTC) - before) / 2
    assert isinstance(theirs, dt.datetime)  # noqa: S101 - tells the type
    return judge((middle - theirs).total_seconds(), "the database server's")


def _write(engine: Engine) -> None:
    with Session(engine) as database:
        connection = database.connection()
        if is_sqlite(engine.url):
            connection.exec_driver_sql("begin immediate")
        connection.exec_driver_sql(f"create table {NEVER} (number integer)")
        connection.exec_driver_sql(f"insert into {NEVER} values (1)")  # noqa: S608 - a name of ours
        database.rollback()


def _reason(error: DatabaseError) -> str:
    return " ".join(str(error.orig).split())
