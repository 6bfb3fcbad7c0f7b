"""Serving Telegram: start, wait for the network, poll, stop."""

import asyncio
import logging
from functools import partial

from sqlalchemy import Engine
from telegram.error import InvalidToken, TelegramError

from bot.conversation import Conversation
from bot.flood import FloodControl
from bot.push.courier import Courier, Draw
from bot.push.leader import leadership
from bot.settings import ConfigurationError, Settings
from bot.staff.desk import Rules, StaffDesk
from bot.telegram.application import ALLOWED_UPDATES, AnyApplication, build_application, updater_of
from bot.telegram.menus import MENUS, menu
from bot.telegram.pace import PER_SECOND, Pace
from bot.telegram.postman import Postman
from bot.telegram.pushes import TelegramSender

LOG = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds between two attempts to reach Telegram, at most."""


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
        pace = Pace(settings.push_per_second)
        try:
            self._application = build_application(token, self._base_url, conversation, flood, desk, pace)
        except InvalidToken:
            raise self._unknown() from None
        bot = self._application.bot
        sender = TelegramSender(bot, pace, paid=settings.push_per_second > PER_SECOND)
        self._services = (
            Postman(engine, bot, rules),
            Courier(engine, sender, leadership(engine), rules.hours.zone, draw),
        )

    async def run(self, ending: asyncio.Event) -> None:
        """Serve until told to end; what was begun is finished.

        Raises:
            ConfigurationError: Telegram does not know the token.
        """
        application = self._application
        try:
            if not await _connect(application, ending):
                return
            await application.start()
            LOG.info("Serving Telegram as @%s", application.bot.username)
            await _set_menus(application)
            working = [asyncio.create_task(service.run(ending)) for service in self._services]
            await ending.wait()
            await updater_of(application).stop()
            await application.stop()
            await asyncio.gather(*working)
        except InvalidToken:
            raise self._unknown() from None
        finally:
            await application.shutdown()

    def _unknown(self) -> ConfigurationError:
        return ConfigurationError(
            f"TELEGRAM_BOT_TOKEN is not known at {self._base_url}; allowed is the token that "
            "@BotFather shows on Telegram (send it /mybots, or /newbot for a new one)."
        )


def _report(application: AnyApplication, error: TelegramError) -> None:
    """Hand an error of polling, which belongs to no update, to the error handler."""
    application.create_task(application.process_error(None, error))


async def _connect(application: AnyApplication, ending: asyncio.Event) -> bool:
    """Wait until Telegram can be reached, and begin to poll.

    Returns:
        False if the bot was told to end before.

    Raises:
        InvalidToken: Telegram does not know the token.
    """
    wait = 1.0
    while not ending.is_set():
        try:
            await application.initialize()
            await updater_of(application).start_polling(
                allowed_updates=ALLOWED_UPDATES,
                # What was asked while the bot was away is answered.
                drop_pending_updates=False,
                error_callback=partial(_report, application),
            )
        except InvalidToken:
            raise
        except TelegramError as error:
            LOG.warning("Telegram cannot be reached (%s). Trying again in %.0f s.", error, wait)
        else:
            return True
        try:
            await asyncio.wait_for(ending.wait(), wait)
        except TimeoutError:
            wait = min(LONGEST_WAIT, wait * 2)
    return False


async def _set_menus(application: AnyApplication) -> None:
    for code, language in MENUS.items():
        try:
            await application.bot.set_my_commands(menu(language), language_code=code or None)
        except TelegramError as error:
            LOG.warning("The command menu could not be set: %s", error)
