"""python-telegram-bot alone, one word for each update: what the running bot is compared with.

It polls as its documentation starts it; a webhook is served as in its example of a custom one, by the same
server and framework as the running bot's, so that what those cost counts for both.
"""

import asyncio
import multiprocessing
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.benchmark.stub import TOKEN, Stub
from bot.telegram.order import ByChat

_Bot = Application[Any, Any, Any, Any, Any, Any]


@contextmanager
def bare(server: Stub, way: str) -> Iterator[None]:
    """Run it in a process of its own until the block ends.

    Args:
        server: the Bot API.
        way: polling or webhook.
    """
    context = multiprocessing.get_context("spawn")
    # Whoever holds the other end is gone, however it ended: then this ends too.
    mine, its = context.Pipe()
    process = context.Process(target=_run, args=(its, server.address, way), daemon=True)
    process.start()
    its.close()
    try:
        yield
    finally:
        mine.close()
        process.join()


def free_port() -> int:
    """A port of this machine at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _run(held: Connection, address: str, way: str) -> None:
    asyncio.run(_serve(held, address, way))


async def _serve(held: Connection, address: str, way: str) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(held.fileno(), ended.set)
    bot = Application.builder().token(TOKEN).base_url(address).concurrent_updates(ByChat()).build()
    bot.add_handler(MessageHandler(filters.ALL, _word))
    receiving = {"polling": _polling, "webhook": _webhook}[way]
    async with bot:
        await bot.start()
        async with receiving(bot):
            await ended.wait()
        await bot.stop()


async def _word(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message:
        await update.effective_message.reply_text("ok")


@asynccontextmanager
async def _polling(bot: _Bot) -> AsyncIterator[None]:
    if bot.updater is None:
        raise TypeError("built without an updater")
    await bot.updater.start_polling()
    yield
    await bot.updater.stop()


@asynccontextmanager
async def _webhook(bot: _Bot) -> AsyncIterator[None]:
    async def take(request: Request) -> Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return Response()

    port = free_port()
    web = Starlette(routes=[Route("/telegram", take, methods=["POST"])])
    config = uvicorn.Config(web, "127.0.0.1", port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await bot.bot.set_webhook(f"http://127.0.0.1:{port}/telegram", secret_token="bench")  # noqa: S106 - the stub's
    yield
    server.should_exit = True
    await serving
