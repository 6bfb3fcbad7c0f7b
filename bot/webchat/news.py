"""What staff replied meanwhile, for a page that asks after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.reply import Reply, notice
from bot.webchat.visitor import FACE
from knowledge.asking.answer import Language
from knowledge.database import session, writing
from knowledge.enquiries import waiting_in
from knowledge.models import Outgoing, OutgoingState
from knowledge.outbox import any_waiting, settle, take


@dataclass(frozen=True)
class News:
    """What is new for a visitor.

    Attributes:
        replies: by the number under which the page says that it has shown it.
        awaited: whether there is something that may still come.
    """

    replies: dict[int, Reply]
    awaited: bool


def look(engine: Engine, chat: str, shown: Sequence[int] = ()) -> News:
    """What is new; each reply comes once. One that the page never says it has shown is uncertain after a
    while, and still found under /enquiries.

    Args:
        engine: a migrated database.
        chat: whose.
        shown: what the page has shown.
    """
    with session(engine) as database:
        # Whoever only asks does not make those wait who write.
        if not _own(database, chat, shown) and not any_waiting(database, FACE, chat):
            return News({}, awaits(database, chat))
    with writing(engine) as database:
        for number in _own(database, chat, shown):
            settle(database, number, OutgoingState.SENT)
        replies: dict[int, Reply] = {}
        while (row := take(database, FACE, chat)) is not None:
            replies[row.id or 0] = notice(Language(row.language), *row.text.splitlines(), title=row.title)
        awaited = awaits(database, chat)
        database.commit()
    return News(replies, awaited)


def awaits(database: Session, chat: str) -> bool:
    """Whether a visitor waits for a reply."""
    return bool(waiting_in(database, chat))


def _own(database: Session, chat: str, shown: Sequence[int]) -> list[int]:
    """Those of the messages that are to this visitor."""
    rows = select(Outgoing.id).where(Outgoing.chat == chat, col(Outgoing.id).in_(shown))
    return [number for number in database.exec(rows).all() if number is not None]
