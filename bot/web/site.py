"""The public addresses of a bureau, put together as one ASGI application."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.settings import Settings
from bot.web.listening import Listener


def build_site(routes: Sequence[BaseRoute]) -> ASGIApp:
    """The site.

    Args:
        routes: of everything that is reached from outside: the webhook, the chat page.
    """
    return Starlette(routes=list(routes))


def site_listener(settings: Settings) -> Listener:
    """Where the site listens."""
    address = settings.chat_url or settings.webhook_url
    host, port = settings.web_host, settings.web_port
    return Listener("the site", host, port, ("WEB_HOST", "WEB_PORT"), address, settings.web_proxies)
