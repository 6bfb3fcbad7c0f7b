"""What one worker serves, by its settings: Telegram, the desk, the public site; beside each other."""

import asyncio
import gc
import logging
import signal
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.checkpointing import Checkpointer
from bot.housekeeping import Chore, Housekeeper
from bot.presence import Presence
from bot.settings import ConfigurationError, Settings
from bot.startup import Tell, open_built, open_conversation
from bot.web.listening import Listener, listening
from knowledge import inbox, outbox
from knowledge.asking import dictionary, encoder, english, tokens
from knowledge.asking.asker import Asker
from knowledge.retention import Retention, forget_old

if TYPE_CHECKING:
    from bot.telegram.service import Telegram

LOG = logging.getLogger(__name__)

Served = tuple[ASGIApp, Listener]
"""A web application and where it listens."""

# What a face needs is imported only where it is served.


class Service(Protocol):
    """Something that works until it is told to end, and then finishes what it took."""

    async def run(self, ending: asyncio.Event) -> None:
        """Work."""


def serve(settings: Settings, tell: Tell, *, renew: bool, desk_only: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; what was begun is finished first.

    Args:
        settings: what is served, and where.
        tell: see `bot.startup.open_built`.
        renew: whether the knowledge is brought up to date with the documents first.
        desk_only: whether only the desk is served, wherever else could be.

    Raises:
        ConfigurationError: nothing is set that could be served, or it cannot be; or the database is being
            replaced.
        KnowledgeError: see `bot.startup.open_built`.
    """
    token = settings.telegram_bot_token.get_secret_value()
    if not (token or settings.desk_wanted or settings.chat_url or desk_only):
        raise ConfigurationError(
            "TELEGRAM_BOT_TOKEN is empty; allowed is a token as @BotFather gives it on Telegram (send it "
            "/newbot). Set it in the environment or in .env, or talk here: investbot chat"
        )
    engine = open_built(settings, tell, renew=renew)
    presence = Presence(engine)
    presence.begin()
    asker = Asker(engine)
    asker.prepare()
    encoder.load()
    dictionary.load()
    english.load()
    tokens.load()
    # What is known from now on stays; looking through it for garbage would let everybody wait.
    gc.collect()
    gc.freeze()
    served: list[Served] = []
    if settings.desk_wanted or desk_only:
        served.append(_desk(engine, asker, settings))
    retention = Retention(settings.keep_chats_days, settings.keep_questions_days)
    chores: list[Chore] = [partial(forget_old, retention=retention), outbox.forget_old, inbox.forget_old]
    services: list[Service] = [presence, Checkpointer(engine)]
    routes: list[BaseRoute] = []
    if token and not desk_only:
        telegram = _telegram(engine, asker, settings)
        services.append(telegram)
        routes.extend(telegram.routes)
    if settings.chat_url and not desk_only:
        chores.append(_visitors())
        routes.extend(_chat(engine, asker, settings))
    services.append(Housekeeper(engine, chores))
    if routes:
        served.append(_site(routes, settings))
    if settings.metrics_port:
        served.append(_monitoring(engine, settings, settings.metrics_port))
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        runner.run(_serve(served, services))


def _new_loop() -> asyncio.AbstractEventLoop:
    """The fastest loop that there is for this machine."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _serve(served: Sequence[Served], services: Sequence[Service]) -> None:
    stopping, ending = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    working = [asyncio.create_task(service.run(ending)) for service in services]
    # One that fails, since its settings are wrong, ends the others.
    for task in working:
        task.add_done_callback(lambda _: stopping.set())
    try:
        async with AsyncExitStack() as stack:
            for app, listener in served:
                await stack.enter_async_context(listening(app, listener))
            await stopping.wait()
            LOG.info("Stopping")
            # First nothing more comes in; then what came in is finished.
    finally:
        ending.set()
        await asyncio.gather(*working)


def _telegram(engine: Engine, asker: Asker, settings: Settings) -> "Telegram":
    from bot.pictures.card import draw_announced
    from bot.pictures.palette import Palette
    from bot.staff.desk import Rules, StaffDesk
    from bot.telegram.service import Telegram
    from knowledge.announcing.content import Content
    from knowledge.asking.answer import Language
    from knowledge.models import Announcement

    rules = Rules(
        settings.working_hours,
        settings.review_two_persons,
        settings.confirm_after_days,
        settings.desk_url.rstrip("/"),
    )
    palette = Palette.of(settings.bureau_colour)

    def draw(announcement: Announcement, language: Language) -> bytes | None:
        content = Content.decode(announcement.content)
        return draw_announced(asker, content, announcement.picture, language, palette)

    conversation = open_conversation(engine, asker, settings, "telegram")
    return Telegram(settings, conversation, StaffDesk(engine, asker, rules), engine, rules, draw)


def _desk(engine: Engine, asker: Asker, settings: Settings) -> Served:
    from bot.desk.address import desk_listener
    from bot.desk.application import build_desk

    return build_desk(engine, asker, settings), desk_listener(settings)


def _visitors() -> Chore:
    from bot.webchat.visitor import forget_gone

    return forget_gone


def _chat(engine: Engine, asker: Asker, settings: Settings) -> Sequence[BaseRoute]:
    from bot.webchat.application import WebChat
    from bot.webchat.visitor import FACE

    conversation = open_conversation(engine, asker, settings, FACE)
    return WebChat(engine, asker, conversation, settings).routes


def _site(routes: Sequence[BaseRoute], settings: Settings) -> Served:
    from bot.web.site import build_site, site_listener

    return build_site(routes), site_listener(settings)


def _monitoring(engine: Engine, settings: Settings, port: int) -> Served:
    from bot.monitoring.application import build_monitoring, monitoring_listener

    return build_monitoring(engine), monitoring_listener(settings, port)
