"""Serving the desk, alone or beside another face in the same process."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.settings import ConfigurationError, Settings

LOG = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds that a request may still take when the desk stops."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def running(desk: ASGIApp, settings: Settings) -> AsyncIterator[None]:
    """The desk is served while the block runs.

    Args:
        desk: see `bot.desk.application`.
        settings: where it listens.

    Raises:
        ConfigurationError: it cannot listen there.
    """
    host, port = settings.desk_listens
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigurationError(
            f"DESK_HOST is {host!r} and DESK_PORT is '{port}'; there the desk cannot listen "
            f"({error.strerror or error}); allowed is a port that no other program uses."
        ) from error
    config = uvicorn.Config(
        desk, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=PATIENCE
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    LOG.info("The desk is at %s", settings.desk_address)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def serve(desk: ASGIApp, settings: Settings) -> None:
    """Serve the desk alone until SIGINT or SIGTERM.

    Args:
        desk: see `bot.desk.application`.
        settings: where it listens.

    Raises:
        ConfigurationError: it cannot listen there.
    """
    asyncio.run(_serve(desk, settings))


async def _serve(desk: ASGIApp, settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with running(desk, settings):
        await stopping.wait()
        LOG.info("Stopping")
