"""All that is kept of a chat: counted, shown, deleted."""

import datetime as dt
import json
from typing import Any

from sqlmodel import Session, col, func, select

from knowledge.announcing.subscriptions import find_subscription, interests
from knowledge.announcing.subscriptions import forget as forget_subscription
from knowledge.models import (
    Announcement,
    Chat,
    Enquiry,
    Mention,
    Outgoing,
    Push,
    Question,
    Staff,
    Waiting,
)
from knowledge.outbox import withdraw


def kept(database: Session, chat: str) -> dict[str, int]:
    """What is kept of a chat that `forget` deletes, and how much of it; without what there is none of.

    Args:
        database: a session.
        chat: e.g. `telegram:42`.

    Returns:
        by kind: conversation, language, questions, enquiries, messages, subscription, pushes.
    """
    row = database.get(Chat, chat)
    counts = {
        "conversation": int(row is not None),
        "language": int(bool(row and row.language)),
        "questions": len(row.recent.split()) if row else 0,
        "enquiries": database.exec(select(func.count(col(Waiting.id))).where(Waiting.chat == chat)).one(),
        "messages": database.exec(select(func.count(col(Outgoing.id))).where(Outgoing.chat == chat)).one(),
        "subscription": int(find_subscription(database, chat) is not None),
        "pushes": database.exec(select(func.count(col(Push.id))).where(Push.chat == chat)).one(),
    }
    return {kind: count for kind, count in counts.items() if count}


def forget(database: Session, chat: str) -> dict[str, int]:
    """Delete all that is kept of a chat, and what it waits for; who is staff stays so.

    What is left of it, that a question was asked and that a message was sent, names nobody.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        chat: e.g. `telegram:42`.

    Returns:
        what was deleted; see `kept`.
    """
    held = kept(database, chat)
    row = database.get(Chat, chat)
    if row is not None:
        database.delete(row)
    withdraw(database, chat)
    forget_subscription(database, chat)
    return held


def forget_unseen(database: Session, face: str, since: dt.datetime) -> int:
    """Delete what is kept of chats that nobody has used for long; see `forget`.

    Args:
        database: a session that `knowledge.database.writing` opened; the caller commits.
        face: whose chats, e.g. `web`.
        since: those last used before it go; with a time zone.

    Returns:
        how many.
    """
    mine = col(Chat.id).startswith(f"{face}:", autoescape=True)
    old = database.exec(select(Chat.id).where(mine, col(Chat.seen_at) < since.astimezone(dt.UTC))).all()
    for chat in old:
        forget(database, chat)
    return len(old)


def export(database: Session, chat: str) -> dict[str, Any]:
    """All that is kept of a chat, as values that JSON has; times are in ISO 8601.

    Args:
        database: a session.
        chat: e.g. `telegram:42`.
    """
    row = database.get(Chat, chat)
    numbers = [int(number) for number in row.recent.split()] if row else []
    questions = select(Question).where(col(Question.id).in_(numbers)).order_by(col(Question.id))
    subscription = find_subscription(database, chat)
    waiting = select(Waiting, Enquiry.state).join(Enquiry, col(Enquiry.id) == col(Waiting.enquiry_id))
    waiting = waiting.where(Waiting.chat == chat).order_by(col(Waiting.id))
    messages = select(Outgoing).where(Outgoing.chat == chat).order_by(col(Outgoing.id))
    pushes = select(Push).where(Push.chat == chat).order_by(col(Push.id))
    staff = database.exec(select(Staff).where(Staff.chat == chat)).first()
    data = {
        "chat": chat,
        "conversation": row
        and {
            "language": row.language,
            "context": json.loads(row.context or "null"),
            "seen_at": row.seen_at,
            "questions": [question.model_dump() for question in database.exec(questions).all()],
        },
        "waiting": [
            one.model_dump(exclude={"chat"}) | {"state": state} for one, state in database.exec(waiting).all()
        ],
        "messages": [one.model_dump(exclude={"chat"}) for one in database.exec(messages).all()],
        "subscription": subscription
        and {
            **subscription.model_dump(exclude={"chat"}),
            "interests": interests(database, [chat])[chat],
        },
        "pushes": [
            one.model_dump(exclude={"chat"}) | {"signings": _signings(database, one)}
            for one in database.exec(pushes).all()
        ],
        "staff": staff and {"name": staff.name, "role": staff.role},
    }
    found: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False, default=dt.datetime.isoformat))
    return found


def _signings(database: Session, push: Push) -> list[str]:
    query = (
        select(Announcement.signing_id)
        .join(Mention, col(Mention.announcement_id) == col(Announcement.id))
        .where(Mention.push_id == push.id)
        .order_by(col(Mention.id))
    )
    return list(database.exec(query).all())
