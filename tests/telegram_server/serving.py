"""The stand-in at an address: in this process, in a thread of it, or as a process of its own."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from aiohttp import web

from tests.telegram_server.account import TOKEN

ROOT = Path(__file__).parents[2]
START = 30
"""Seconds until it has to be up."""


@asynccontextmanager
async def serving(port: int = 0, token: str = TOKEN) -> AsyncIterator[str]:
    """Serve here; the address. Port 0 is any free one."""
    # Imported late: it reads the whole schema, which who only starts a process does not need.
    from tests.telegram_server.app import Server

    runner = web.AppRunner(Server(token).application(), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextmanager
def in_thread(token: str = TOKEN) -> Iterator[str]:
    """Serve in a thread of this process; the address."""
    address: Future[str] = Future()
    loop = asyncio.new_event_loop()
    stopping = asyncio.Event()

    async def serve() -> None:
        try:
            async with serving(token=token) as found:
                address.set_result(found)
                await stopping.wait()
        except Exception as error:
            if address.done():
                raise
            address.set_exception(error)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    try:
        yield address.result(START)
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(START)
        loop.close()


@contextmanager
def as_process(token: str = TOKEN) -> Iterator[str]:
    """Serve as a process of its own; the address."""
    arguments = [sys.executable, "-m", "tests.telegram_server", "--token", token]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
