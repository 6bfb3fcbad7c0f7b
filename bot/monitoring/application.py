"""`/health` and `/metrics`, as an ASGI application of their own: they are for the machine, not for people."""

import asyncio
from importlib.metadata import version

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.monitoring.counts import CONTACT, watch
from bot.monitoring.state import DatabaseState, revision
from bot.settings import METRICS_PORTS, Settings
from bot.web.listening import Listener
from knowledge.database import session

PATIENCE = 5.0
"""Seconds that the database may take to be well."""

LOST = 120.0
"""Seconds for which Telegram may not be reached until that is a fault of ours too."""


def build_monitoring(engine: Engine) -> ASGIApp:
    """The application.

    Args:
        engine: a migrated database; what it does not do is counted from now on.
    """
    watch(engine)
    REGISTRY.register(DatabaseState(engine))

    def state() -> int:
        with session(engine) as database:
            return revision(database)

    async def health(_request: Request) -> Response:
        try:
            number: int | None = await asyncio.wait_for(asyncio.to_thread(state), PATIENCE)
        except (SQLAlchemyError, TimeoutError):
            number = None
        lost = CONTACT.lost_for()
        well = number is not None and lost <= LOST
        told = {
            "ok": well,
            "version": version("investbot"),
            "database": {"ok": number is not None, "revision": number},
            "telegram": {"ok": lost <= LOST, "lost_for_seconds": round(lost)},
        }
        return JSONResponse(told, 200 if well else 503)

    async def metrics(_request: Request) -> Response:
        text = await asyncio.to_thread(generate_latest, REGISTRY)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return Starlette(routes=[Route("/health", health), Route("/metrics", metrics)])


def monitoring_listener(settings: Settings, port: int) -> Listener:
    """Where it listens.

    Args:
        settings: the host.
        port: the first of those that it may take.
    """
    host = settings.metrics_host
    return Listener(
        "metrics",
        host,
        port,
        ("METRICS_HOST", "METRICS_PORT"),
        f"http://{host}:{{port}}/metrics",
        ports=METRICS_PORTS,
    )
