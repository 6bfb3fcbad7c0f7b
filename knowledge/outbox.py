"""What the bot owes to chats: written down with what it follows from, sent once, then forgotten."""

import datetime as dt

from sqlmodel import Session, col, delete, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from knowledge.models import Outgoing, OutgoingState, Waiting

BEGUN = dt.timedelta(minutes=2)
"""After so long without a word nobody is sending a message any more: its process ended in between."""

KEPT = dt.timedelta(days=30)
"""How long somebody to whom a reply may not have come can still look it up."""


def put(
    database: Session,
    key: str,
    chat: str,
    language: str,
    text: str,
    *,
    title: str = "",
    waiting: int | None = None,
) -> bool:
    """Let a message wait to be sent.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        key: what it is; what has the key of an earlier one is left out.
        chat: to whom.
        language: in which it is written.
        text: without markup.
        title: above it.
        waiting: the row of `Waiting` that goes with it.

    Returns:
        whether it is new.
    """
    if database.exec(select(Outgoing.id).where(Outgoing.key == key)).first() is not None:
        return False
    row = Outgoing(
        key=key,
        chat=chat,
        language=language,
        title=title,
        text=text,
        waiting_id=waiting,
        state=OutgoingState.WAITING,
        made_at=dt.datetime.now(dt.UTC),
    )
    database.add(row)
    database.flush()
    return True


def any_waiting(database: Session, face: str, chat: str = "") -> bool:
    """Whether something waits to be sent; see `take`."""
    return database.exec(_waiting(face, chat)).first() is not None


def take(database: Session, face: str, chat: str = "") -> Outgoing | None:
    """The next message of a face, for whoever asks first; what was left in the middle is uncertain.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits before it sends.
        face: e.g. `telegram`.
        chat: whose alone, e.g. `web:42`; empty for all of the face.
    """
    now = dt.datetime.now(dt.UTC)
    # One that was begun in time to come was so before the clock was set back.
    long_ago = or_(col(Outgoing.begun_at) < now - BEGUN, col(Outgoing.begun_at) > now + BEGUN)
    left = update(Outgoing).where(col(Outgoing.state) == OutgoingState.SENDING, long_ago)
    database.exec(left.values(state=OutgoingState.UNCERTAIN))
    row = database.exec(_waiting(face, chat).limit(1)).first()
    if row is not None:
        row.state, row.begun_at = OutgoingState.SENDING, now
        database.add(row)
    database.flush()
    return row


def settle(database: Session, id: int, state: OutgoingState) -> None:
    """Write down what became of a message; the caller commits.

    One that arrived, or never will, is forgotten but for its key, and with it who waited for it.
    """
    row = database.get(Outgoing, id)
    if row is None:
        return
    row.state = state
    if state in {OutgoingState.SENT, OutgoingState.REFUSED}:
        if row.waiting_id is not None:
            database.exec(delete(Waiting).where(col(Waiting.id) == row.waiting_id))
        row.chat = row.title = row.text = ""
    database.add(row)
    database.flush()


def arrived(database: Session, waiting: Waiting) -> None:
    """Forget somebody who was shown the reply they waited for; it is not sent again; the caller commits."""
    rows = database.exec(select(Outgoing).where(Outgoing.waiting_id == waiting.id)).all()
    for row in rows:
        settle(database, row.id or 0, OutgoingState.SENT)
    database.exec(delete(Waiting).where(col(Waiting.id) == waiting.id))


def forget_old(database: Session, now: dt.datetime) -> int:
    """Forget those whose reply may have arrived long ago, and who never asked after it; the caller commits.

    Args:
        database: a session that `knowledge.database.writing` opened.
        now: with a time zone.

    Returns:
        how many.
    """
    long_ago = now.astimezone(dt.UTC) - KEPT
    begun = col(Outgoing.begun_at) < long_ago
    rows = select(Outgoing).where(Outgoing.state == OutgoingState.UNCERTAIN, begun)
    found = database.exec(rows).all()
    for row in found:
        settle(database, row.id or 0, OutgoingState.REFUSED)
    return len(found)


def withdraw(database: Session, chat: str) -> None:
    """Send nothing more to a chat, and forget what it waited for; the caller commits."""
    database.exec(delete(Waiting).where(col(Waiting.chat) == chat))
    rows = database.exec(select(Outgoing).where(Outgoing.chat == chat)).all()
    for row in rows:
        settle(database, row.id or 0, OutgoingState.REFUSED)


def _waiting(face: str, chat: str) -> SelectOfScalar[Outgoing]:
    mine = Outgoing.chat == chat if chat else col(Outgoing.chat).startswith(f"{face}:", autoescape=True)
    query = select(Outgoing).where(Outgoing.state == OutgoingState.WAITING, mine)
    return query.order_by(col(Outgoing.id))
