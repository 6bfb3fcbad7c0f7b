"""Serving Telegram: start, wait for the network, poll, stop."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from typing import Protocol

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


def serve(
    settings: Settings,
    conversation: Conversation,
    desk: StaffDesk,
    engine: Engine,
    rules: Rules,
    draw: Draw,
    beside: AbstractAsyncContextManager[None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; what was begun is finished first.

    Args:
        settings: token, address and limits.
        conversation: what answers.
        desk: what talks with staff.
        engine: where what is to be sent waits.
        rules: when the bureau wants to be reminded.
        draw: draws the pictures of announcements.
        beside: what else is served in this process meanwhile.

    Raises:
        ConfigurationError: there is no token, or Telegram does not know it.
    """
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        raise ConfigurationError(
            "TELEGRAM_BOT_TOKEN is empty; allowed is a token as @BotFather gives it on Telegram (send it "
            "/newbot). Set it in the environment or in .env, or talk here: investbot chat"
        )
    flood = FloodControl(settings.flood_messages, settings.flood_seconds)
    try:
        pace = Pace(settings.push_per_second)
        application = build_application(token, settings.telegram_base_url, conversation, flood, desk, pace)
        postman = Postman(engine, application.bot, rules)
        sender = TelegramSender(application.bot, pace, paid=settings.push_per_second > PER_SECOND)
        courier = Courier(engine, sender, leadership(engine), rules.hours.zone, draw)
        asyncio.run(_serve(application, (postman, courier), beside or nullcontext()))
    except InvalidToken:
        raise ConfigurationError(
            f"TELEGRAM_BOT_TOKEN is not known at {settings.telegram_base_url}; allowed is the token that "
            "@BotFather shows on Telegram (send it /mybots, or /newbot for a new one)."
        ) from None


class Service(Protocol):
    """Something that works beside the bot, until it is told to stop."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Work."""


async def _serve(
    application: AnyApplication, services: Sequence[Service], beside: AbstractAsyncContextManager[None]
) -> None:
    async with beside:
        await _serve_telegram(application, services)


async def _serve_telegram(application: AnyApplication, services: Sequence[Service]) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    try:
        if not await _connect(application, stopping):
            return
        await application.start()
        LOG.info("Serving Telegram as @%s", application.bot.username)
        await _set_menus(application)
        working = [asyncio.create_task(service.run(stopping)) for service in services]
        await stopping.wait()
        LOG.info("Stopping")
        await updater_of(application).stop()
        await application.stop()
        await asyncio.gather(*working)
    finally:
        await application.shutdown()


def _report(application: AnyApplication, error: TelegramError) -> None:
    """Hand an error of polling, which belongs to no update, to the error handler."""
    application.create_task(application.process_error(None, error))


async def _connect(application: AnyApplication, stopping: asyncio.Event) -> bool:
    """Wait until Telegram can be reached, and begin to poll.

    Returns:
        False if the bot was told to stop before.

    Raises:
        InvalidToken: Telegram does not know the token.
    """
    wait = 1.0
    while not stopping.is_set():
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
            await asyncio.wait_for(stopping.wait(), wait)
        except TimeoutError:
            wait = min(LONGEST_WAIT, wait * 2)
    return False


async def _set_menus(application: AnyApplication) -> None:
    for code, language in MENUS.items():
        try:
            await application.bot.set_my_commands(menu(language), language_code=code or None)
        except TelegramError as error:
            LOG.warning("The command menu could not be set: %s", error)
