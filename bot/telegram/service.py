"""Serving Telegram: start, wait for the network, take updates in and handle them, stop."""

import asyncio
import logging
from collections.abc import Sequence

from sqlalchemy import Engine
from starlette.routing import BaseRoute
from telegram import Update
from telegram.error import InvalidToken, TelegramError

from bot.conversation import Conversation
from bot.flood import FloodControl
from bot.monitoring.counts import CONTACT, UPDATES
from bot.pausing import pause
from bot.push.courier import Courier, Draw
from bot.settings import ConfigurationError, Settings
from bot.staff.desk import Rules, StaffDesk
from bot.telegram.application import ALLOWED_UPDATES, AnyApplication, build_application
from bot.telegram.inbox import Inbox
from bot.telegram.kinds import kind_of
from bot.telegram.menus import MENUS, menu
from bot.telegram.pace import PER_SECOND, EndedError, Pace
from bot.telegram.polling import Poller
from bot.telegram.postman import Postman
from bot.telegram.pushes import TelegramSender
from bot.telegram.reach import FIRST, LONGEST, Reach
from bot.telegram.request import is_doubtful, unsent
from bot.telegram.webhook import Webhook
from knowledge.keys import shared_key
from knowledge.locks import Role, lock

LOG = logging.getLogger(__name__)

UNSENT, DOUBTFUL, REFUSED = 1000, 1, 7
"""How often a reply is tried again, each time after Telegram has answered something: one that did not leave
this machine; one that may have come; one that Telegram has answered with a fault of its own, which may be
the reply's.
"""


class Telegram:
    """The bot on Telegram: its updates, and what it sends of its own accord."""

    def __init__(
        self,
        settings: Settings,
        conversation: Conversation,
        desk: StaffDesk,
        engine: Engine,
        rules: Rules,
        draw: Draw,
    ) -> None:
        """Begin.

        Args:
            settings: token, address and limits.
            conversation: what answers.
            desk: what talks with staff.
            engine: where what is to be sent waits.
            rules: when the bureau wants to be reminded.
            draw: draws the pictures of announcements.

        Raises:
            ConfigurationError: the token cannot be one.
        """
        token = settings.telegram_bot_token.get_secret_value()
        self._base_url = settings.telegram_base_url
        flood = FloodControl(settings.flood_messages, settings.flood_seconds)
        self._pace = pace = Pace(settings.push_per_second, thinking=lambda: self._inbox.busy)
        try:
            self._application = build_application(
                token, self._base_url, conversation, flood, desk, pace, self._done, self._failed
            )
        except InvalidToken:
            raise self._unknown() from None
        bot = self._application.bot
        self._reach = Reach(bot)
        self._inbox = Inbox(engine, bot, lambda: self._reach.there)
        self._webhook = (
            Webhook(bot, settings.webhook_url, shared_key(engine, "webhook"), self._inbox.put)
            if settings.webhook_url
            else None
        )
        self._poller = Poller(bot, self._reach, lock(engine, Role.POLLER), ALLOWED_UPDATES, self._inbox.put)
        sender = TelegramSender(bot, pace, paid=settings.push_per_second > PER_SECOND, reach=self._reach)
        self._services = (
            self._reach,
            Postman(engine, bot, rules, self._reach),
            Courier(engine, sender, lock(engine, Role.SENDER), rules.hours.zone, draw),
        )

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Where Telegram reaches it, if it does."""
        return self._webhook.routes if self._webhook else []

    async def run(self, ending: asyncio.Event) -> None:
        """Serve until told to end; what was begun is finished.

        Raises:
            ConfigurationError: Telegram does not know the token.
        """
        application, ready = self._application, asyncio.Event()
        handling = asyncio.create_task(self._inbox.run(application.update_queue.put, ready, ending))
        # Should it fail, nobody would be answered any more: rather end, and be started anew.
        handling.add_done_callback(lambda _: ending.set())
        working: list[asyncio.Task[None]] = []
        try:
            if not await self._connect(ending):
                return
            await application.start()
            ready.set()
            LOG.info("Serving Telegram as @%s", application.bot.username)
            await _set_menus(application)
            working = [asyncio.create_task(service.run(ending)) for service in self._services]
            if self._webhook is None:
                await self._poller.run(ending)
            await ending.wait()
        except InvalidToken:
            raise self._unknown() from None
        finally:
            ending.set()
            # What would have to wait for its turn is left to the next start.
            self._pace.end()
            # First what was taken is handled; then nothing is left for the application to do.
            await handling
            if application.running:
                await application.stop()
            await asyncio.gather(*working)
            await application.shutdown()

    async def _connect(self, ending: asyncio.Event) -> bool:
        """Wait until Telegram can be reached, and tell it whether it will be asked for updates.

        Returns:
            False if the bot was told to end before.

        Raises:
            InvalidToken: Telegram does not know the token.
        """
        wait = FIRST
        while not ending.is_set():
            try:
                await self._application.initialize()
                if self._webhook:
                    await self._webhook.announce(ALLOWED_UPDATES)
                else:
                    # What was asked while the bot was away is answered.
                    await self._application.bot.delete_webhook(drop_pending_updates=False)
            except InvalidToken:
                raise
            except TelegramError as error:
                CONTACT.failed()
                LOG.warning("Telegram cannot be reached (%s). Trying again in %.0f s.", error, wait)
            else:
                CONTACT.reached()
                return True
            await pause(ending, wait)
            wait = min(LONGEST, wait * 2)
        return False

    def _done(self, update: Update) -> None:
        UPDATES.labels(kind_of(update)).inc()
        self._inbox.done(update)

    def _failed(self, update: Update, error: TelegramError, *, begun: bool) -> bool:
        """A reply was not sent, or Telegram did not answer; whether the update is handled again."""
        if isinstance(error, EndedError):
            # Of a reply that has begun rather the first message twice than the rest never.
            return self._inbox.again(update, UNSENT)
        self._reach.failed(error)
        return not begun and self._inbox.again(update, _tries(error))

    def _unknown(self) -> ConfigurationError:
        return ConfigurationError(
            f"TELEGRAM_BOT_TOKEN is not known at {self._base_url}; allowed is the token that "
            "@BotFather shows on Telegram (send it /mybots, or /newbot for a new one)."
        )


def _tries(error: TelegramError) -> int:
    """How often a reply is tried again that Telegram did not take, for all that is known."""
    if unsent(error):
        return UNSENT
    return DOUBTFUL if is_doubtful(error) else REFUSED


async def _set_menus(application: AnyApplication) -> None:
    for code, language in MENUS.items():
        try:
            await application.bot.set_my_commands(menu(language), language_code=code or None)
        except TelegramError as error:
            LOG.warning("The command menu could not be set: %s", error)
