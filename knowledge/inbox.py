"""Updates that were taken in and are to be handled: each by one worker, those of a chat in their order.

A worker is known by a number, for which it holds a lock: what it took and did not finish goes back to the
others as soon as the lock is free. So an update is handled at least once, and again only where its worker
ended between the reply and the commit that says it is handled.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import Mapped, aliased
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, and_, col, delete, exists, or_, select, update

from knowledge.database import inserting
from knowledge.models import Incoming, IncomingState
from knowledge.models.incoming import OPEN

ATTEMPTS = 3
"""So many processes may end over an update before it is handed to no further one."""

KEPT = dt.timedelta(days=2)
"""How long an update's number is known; Telegram offers one for a day."""


@dataclass(frozen=True)
class Arrival:
    """An update as it came.

    Attributes:
        id: its number.
        chat: of which chat; empty for none.
        content: JSON.
    """

    id: int
    chat: str
    content: str


def receive(database: Session, arrivals: Sequence[Arrival]) -> None:
    """Take updates in; those that are known are left out. The caller commits."""
    if not arrivals:
        return
    now = dt.datetime.now(dt.UTC)
    rows = [
        {"id": one.id, "chat": one.chat, "content": one.content, "state": IncomingState.WAITING}
        | {"arrived_at": now, "worker": 0, "attempts": 0}
        for one in arrivals
    ]
    connection = database.connection()
    connection.execute(inserting(connection.dialect.name, Incoming).on_conflict_do_nothing(), rows)


def take(database: Session, worker: int, limit: int) -> list[Arrival]:
    """The next updates for a worker: of each chat the first, if none of the chat is being handled.

    Args:
        database: the caller commits before it handles them.
        worker: who takes them.
        limit: how many at most.
    """
    given = {"worker": worker, "limit": limit}
    return sorted(
        (Arrival(*row) for row in database.connection().execute(_TAKING, given)), key=attrgetter("id")
    )


def _is_open(state: Mapped[IncomingState]) -> ColumnElement[bool]:
    """The condition of the indexes of what is not handled yet, written out: SQLite uses them for no other."""
    return state.in_(bindparam("open", OPEN, expanding=True, literal_execute=True))


def _is(state: Mapped[IncomingState], one: IncomingState) -> ColumnElement[bool]:
    """That an update is in one of these states, by the same indexes."""
    return and_(_is_open(state), state == one)


def _taking() -> ReturningUpdate[int, str, str]:
    other = aliased(Incoming)
    state, id = col(other.state), col(other.id)
    before = and_(state == IncomingState.WAITING, id < col(Incoming.id))
    earlier = exists().where(
        _is_open(state),
        col(other.chat) == col(Incoming.chat),
        id != col(Incoming.id),
        col(Incoming.chat) != "",
        or_(state == IncomingState.TAKEN, before),
    )
    waiting = _is(col(Incoming.state), IncomingState.WAITING)
    first = select(Incoming.id).where(waiting, ~earlier).order_by(col(Incoming.id)).limit(bindparam("limit"))
    # Two workers may see the same one: whoever changes it second finds that it waits no more.
    return (
        update(Incoming)
        .where(col(Incoming.id).in_(first.scalar_subquery()), waiting)
        .values(state=IncomingState.TAKEN, worker=bindparam("worker"), attempts=col(Incoming.attempts) + 1)
        .returning(col(Incoming.id), col(Incoming.chat), col(Incoming.content))
    )


_TAKING = _taking()


def settle(database: Session, worker: int, ids: Collection[int]) -> None:
    """Write down that a worker has handled updates, and forget what they said. The caller commits."""
    if ids:
        database.connection().execute(_SETTLING, {"done": list(ids), "holder": worker})


# Names of columns would be taken for what is to be set.
_SETTLING = (
    update(Incoming)
    .where(
        col(Incoming.id).in_(bindparam("done", expanding=True)), col(Incoming.worker) == bindparam("holder")
    )
    .values(state=IncomingState.HANDLED, content="", chat="")
)


def put_back(database: Session, worker: int, ids: Collection[int]) -> None:
    """Let updates wait again whose replies could not be sent; that ends no worker. The caller commits."""
    if ids:
        mine = col(Incoming.id).in_(ids), col(Incoming.worker) == worker
        waiting = {"state": IncomingState.WAITING, "worker": 0, "attempts": col(Incoming.attempts) - 1}
        database.exec(update(Incoming).where(*mine).values(**waiting))


def any_waiting(database: Session) -> bool:
    """Whether an update waits to be taken."""
    waiting = select(Incoming.id).where(_is(col(Incoming.state), IncomingState.WAITING)).limit(1)
    return database.exec(waiting).first() is not None


def holders(database: Session) -> list[int]:
    """The numbers of the workers that have taken updates and not handled them."""
    query = select(Incoming.worker).where(_is(col(Incoming.state), IncomingState.TAKEN)).distinct()
    return list(database.exec(query).all())


def give_back(database: Session, worker: int) -> tuple[int, int]:
    """Let wait again what a worker that is no more has taken. The caller commits.

    Args:
        database: the caller holds the worker's lock.
        worker: its number.

    Returns:
        how many wait again, and how many do not, since they have ended too many.
    """
    its = col(Incoming.state) == IncomingState.TAKEN, col(Incoming.worker) == worker
    worn = col(Incoming.attempts) >= ATTEMPTS
    failed = database.exec(
        update(Incoming).where(*its, worn).values(state=IncomingState.FAILED, content="", chat="")
    )
    waiting = database.exec(update(Incoming).where(*its).values(state=IncomingState.WAITING, worker=0))
    return waiting.rowcount, failed.rowcount


def forget_old(database: Session, now: dt.datetime) -> int:
    """Forget the numbers of updates that were handled long ago; how many. The caller commits.

    Args:
        database: see `knowledge.database.writing`.
        now: with a time zone.
    """
    done = col(Incoming.state).in_([IncomingState.HANDLED, IncomingState.FAILED])
    old = done, col(Incoming.arrived_at) < now.astimezone(dt.UTC) - KEPT
    return int(database.exec(delete(Incoming).where(*old)).rowcount)
