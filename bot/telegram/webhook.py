"""What Telegram sends by itself: updates, at an address of ours, with a secret that only it was told."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot

from bot.telegram.updates import Received, read_update

LOG = logging.getLogger(__name__)

PATH = "/telegram"
"""Where the webhook is too, whatever its address says: a proxy may take off the path under which it is."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
"""See https://core.telegram.org/bots/api#setwebhook."""

LARGEST = 1_000_000
"""Bytes of an update; a message has some thousands."""

PATIENCE = 10.0
"""Seconds in which an update has to have come."""

Put = Callable[[Sequence[Received]], Awaitable[None]]
"""Keeps updates, and comes back when they are kept."""

CONNECTIONS = 40
"""Updates that Telegram sends at the same time, at most: its default."""


class Webhook:
    """Takes updates in."""

    def __init__(self, bot: Bot, url: str, secret: str, put: Put) -> None:
        """Args: whose updates they are; the webhook's address; its secret; what keeps them."""
        self._bot = bot
        self._url = url
        self._secret = secret
        self._put = put

    @property
    def routes(self) -> list[Route]:
        """Where it is reached."""
        paths = sorted({PATH, urlsplit(self._url).path or "/"})
        return [Route(path, self.receive, methods=["POST"]) for path in paths]

    async def announce(self, wanted: Sequence[str]) -> None:
        """Tell Telegram where it is.

        Args:
            wanted: which kinds of updates.

        Raises:
            TelegramError: Telegram cannot be reached, or does not take the address.
        """
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=wanted,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )

    async def receive(self, request: Request) -> Response:
        """One update; it has been written down when the answer says so."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            LOG.warning("Somebody who is not Telegram has called the webhook.")
            return _refusal(403)
        body = b""
        try:
            async with asyncio.timeout(PATIENCE):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST:
                        return _refusal(413)
        except (TimeoutError, ClientDisconnect):
            return _refusal(408)
        try:
            received = read_update(json.loads(body), self._bot)
        except Exception as error:
            # It would be sent again for a day.
            LOG.error("Telegram has sent what is no update: %s", type(error).__name__)
            return Response()
        await self._put([received])
        return Response()


def _refusal(status: int) -> Response:
    """A refusal, after which nothing more is heard of whoever is refused."""
    return Response(status_code=status, headers={"Connection": "close"})
