"""The wiring of the library: what it would keep of people, and the bot does not."""

import datetime as dt

from telegram import Chat, Message, Update, User
from telegram.ext import Application

from bot.telegram.application import Forgetful

SEEN = ("_chat_ids_to_be_updated_in_persistence", "_user_ids_to_be_updated_in_persistence")
"""Where the library notes whom it has seen."""


def notes(kind: type[Application]) -> list[int]:  # type: ignore[type-arg]
    """How many chats and people an application has noted after one message."""
    application = Application.builder().token("1:a").application_class(kind).build()
    chat, user = Chat(5, "private"), User(5, "A", is_bot=False)
    update = Update(1, message=Message(1, dt.datetime.now(dt.UTC), chat, from_user=user))
    application._mark_for_persistence_update(update=update)
    return [len(getattr(application, name)) for name in SEEN]


def test_nobody_is_noted_by_the_library() -> None:
    assert notes(Application) == [1, 1]
    assert notes(Forgetful) == [0, 0]
