"""Serving a web application beside what else this process does."""

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

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
        address: under which people reach it; {port} stands for the port.
        proxies: the addresses that are believed when they say for whom they ask; commas between.
        ports: from so many, beginning with `port`, each worker takes one of its own; 1: all share it.
    """

    name: str
    host: str
    port: int
    settings: tuple[str, str]
    address: str
    proxies: str = "127.0.0.1"
    ports: int = 1


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def open_socket(listener: Listener, *, shared: bool = True) -> socket.socket:
    """Listen somewhere.

    Args:
        listener: where.
        shared: whether several workers of one bureau can.

    Raises:
        OSError: nobody can listen there, or somebody else does.
    """
    host = listener.host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, listener.port), family=family, reuse_port=shared)
    # Head and body go out as they are written; else the body waits 40 ms for the head to be confirmed.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def _open_first(listener: Listener) -> socket.socket:
    """Listen at the first port that can be had."""
    if listener.ports == 1:
        return open_socket(listener)
    for port in range(listener.port, listener.port + listener.ports - 1):
        try:
            return open_socket(replace(listener, port=port), shared=False)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    return open_socket(replace(listener, port=listener.port + listener.ports - 1), shared=False)


@asynccontextmanager
async def listening(app: ASGIApp, listener: Listener) -> AsyncIterator[None]:
    """An application is served while the block runs; several workers of one bureau can share the port.

    Args:
        app: what is served.
        listener: where.

    Raises:
        ConfigurationError: it cannot listen there.
    """
    try:
        opened = _open_first(listener)
    except OSError as error:
        (host_name, port_name) = listener.settings
        raise ConfigurationError(
            f"{host_name} is {listener.host!r} and {port_name} is '{listener.port}'; "
            f"there {listener.name} cannot listen "
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
    port = opened.getsockname()[1]
    LOG.info("Serving %s at %s", listener.name, listener.address.replace("{port}", str(port)))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
