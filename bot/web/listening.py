"""Serving a web application beside what else this process does."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from bot.settings import ConfigurationError
from bot.web.patience import PatientProtocol

LOG = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds that a request may still take when the program stops."""


@dataclass(frozen=True)
class Listener:
    """A place where something listens.

    Attributes:
        name: what listens, as the log calls it.
        host, port: where.
        settings: the names of the settings that say so.
        address: under which people reach it.
        proxies: the addresses that are believed when they say for whom they ask; commas between.
    """

    name: str
    host: str
    port: int
    settings: tuple[str, str]
    address: str
    proxies: str = "127.0.0.1"


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(app: ASGIApp, listener: Listener) -> AsyncIterator[None]:
    """An application is served while the block runs; several workers of one bureau can share the port.

    Args:
        app: what is served.
        listener: where.

    Raises:
        ConfigurationError: it cannot listen there.
    """
    host, port = listener.host, listener.port
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.create_server((host, port), family=family, reuse_port=True)
        # Head and body go out as they are written; else the body waits 40 ms for the head to be confirmed.
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        (host_name, port_name) = listener.settings
        raise ConfigurationError(
            f"{host_name} is {host!r} and {port_name} is '{port}'; there {listener.name} cannot listen "
            f"({error.strerror or error}); allowed is a port that no other program uses."
        ) from error
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=listener.proxies,
        timeout_graceful_shutdown=PATIENCE,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    LOG.info("Serving %s at %s", listener.name, listener.address)
    try:
        yield
    finally:
        server.should_exit = True
        await serving
