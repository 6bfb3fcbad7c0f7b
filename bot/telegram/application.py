"""The wiring: which handler gets which update."""

from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.conversation import Conversation
from bot.flood import FloodControl
from bot.staff.desk import StaffDesk
from bot.telegram.address import Addressed, Wordless
from bot.telegram.handlers import Failed, Handlers
from bot.telegram.order import ByChat
from bot.telegram.pace import Pace
from bot.telegram.request import ApiRequest

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.CHANNEL_POST,
    Update.MY_CHAT_MEMBER,
]
"""What the bot wants to hear of."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Forgetful(AnyApplication):
    """Keeps nothing of whom it has seen: the library notes each chat and person for a store that is not used.

    It empties its notes only where there is one, so they would grow with every new person.
    """

    def _mark_for_persistence_update(self, **_: object) -> None:
        pass


def build_application(
    token: str,
    base_url: str,
    conversation: Conversation,
    flood: FloodControl,
    desk: StaffDesk | None = None,
    pace: Pace | None = None,
    done: Callable[[Update], None] = lambda _: None,
    failed: Failed | None = None,
) -> AnyApplication:
    """The bot, ready to be started.

    Args:
        token, base_url: of the Bot API.
        conversation: what answers.
        flood: how much one person may ask.
        desk: what talks with staff; None where there is no staff.
        pace: what keeps Telegram's limits; None for limits of its own.
        done: is told of each update that was handled.
        failed: is told where Telegram could not be reached with a reply; None where nobody is.
    """
    pace = pace or Pace()
    request = ApiRequest(pace.going, pace.arrived)
    application = (
        Application.builder()
        .application_class(Forgetful)
        .token(token)
        .base_url(base_url)
        .base_file_url(file_address(base_url))
        .request(request)
        .get_updates_request(request)
        .rate_limiter(pace)
        .concurrent_updates(ByChat(done))
        .updater(None)
        .build()
    )
    handlers = Handlers(conversation, flood, desk, failed)
    addressed = filters.UpdateType.MESSAGES & Addressed()
    application.add_handler(CallbackQueryHandler(handlers.press))
    application.add_handler(ChatMemberHandler(handlers.member, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, handlers.move))
    posted = filters.UpdateType.CHANNEL_POST & filters.COMMAND & Addressed()
    application.add_handler(MessageHandler(posted, handlers.post))
    application.add_handler(MessageHandler(filters.COMMAND & addressed, handlers.command))
    application.add_handler(MessageHandler(filters.Document.ALL & addressed, handlers.document))
    application.add_handler(MessageHandler((filters.TEXT | filters.CAPTION) & addressed, handlers.text))
    application.add_handler(MessageHandler(Wordless() & addressed, handlers.media))
    application.add_error_handler(handlers.failed)
    return application


def file_address(base_url: str) -> str:
    """Where files are fetched, by where the Bot API is: …/bot → …/file/bot."""
    root, found, rest = base_url.rpartition("/bot")
    return f"{root}/file/bot{rest}" if found else f"{base_url}/file"
