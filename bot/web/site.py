"""The public addresses of a bureau, put together as one ASGI application."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp


def build_site(routes: Sequence[BaseRoute]) -> ASGIApp:
    """The site.

    Args:
        routes: of everything that is reached from outside: the webhook, the chat page.
    """
    return Starlette(routes=list(routes))
