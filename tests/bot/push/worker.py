"""A process that sends pushes and does nothing else, until it is told to stop or killed."""

import asyncio
import signal
from collections.abc import Callable
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from telegram.ext import ExtBot

from bot.push.courier import Courier
from bot.telegram.pace import Lane, Pace
from bot.telegram.pushes import TelegramSender
from knowledge.announcing.quiet_hours import read_zone
from knowledge.database import open_engine
from knowledge.locks import Role, lock

ZONE: ZoneInfo = read_zone("Asia/Shanghai")


def work(database_url: str, base_url: str, token: str, per_second: int) -> None:
    """Send until SIGTERM."""
    asyncio.run(_work(database_url, base_url, token, per_second))


async def _work(database_url: str, base_url: str, token: str, per_second: int) -> None:
    engine = open_engine(database_url)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await send(engine, base_url, token, per_second, lambda courier: courier.run(stopping))
    engine.dispose()


async def send(
    engine: Engine, base_url: str, token: str, per_second: int, use: Callable[[Courier], object]
) -> None:
    """A courier within a block: what `use` makes of it is awaited."""
    pace = Pace(per_second)
    bot: ExtBot[Lane] = ExtBot(token, base_url=base_url, rate_limiter=pace)
    async with bot:
        courier = Courier(engine, TelegramSender(bot, pace), lock(engine, Role.SENDER), ZONE)
        awaited = use(courier)
        assert asyncio.iscoroutine(awaited)
        await awaited
