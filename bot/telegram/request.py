"""Requests to the Bot API, by aiohttp: they take less than half of the work that they do by httpx."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.request import getproxies

import aiohttp
from httpx import create_ssl_context
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 256
"""To the Bot API at the same time, as the library has it."""

KEPT = 5.0
"""Seconds for which a connection that is not used is kept, as by httpx."""

CONNECT, POOL, READ, WRITE, WRITE_FILES = 5.0, 1.0, 5.0, 5.0, 20.0
"""Seconds until a connection is made, until one is free, between two pieces of an answer, and until a request
or one with files has left; as the library has them."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
"""What is sent where there are no files."""

UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""What happens before a request leaves this machine."""

Seconds = object
"""A time as the library gives it: seconds, None for any, or its sign for «as usual»."""


class ApiRequest(BaseRequest):
    """Sends the library's requests."""

    def __init__(self, going: Callable[[], Awaitable[None]], arrived: Callable[[], None]) -> None:
        """Args: what a request waits for before it goes; what is told as soon as it is answered."""
        self._going = going
        self._arrived = arrived
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """See the library."""
        return READ

    async def initialize(self) -> None:
        """See the library."""
        if self._session is None:
            # Whom httpx trusts: not every machine has certificates of its own.
            connector = aiohttp.TCPConnector(
                limit=CONNECTIONS, keepalive_timeout=KEPT, ssl=create_ssl_context()
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                # Asked once: aiohttp would look through the environment for a proxy with every request.
                trust_env=bool(getproxies()),
            )

    async def shutdown(self) -> None:
        """See the library."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See the library."""
        if self._session is None:
            raise RuntimeError("it is not initialized")
        files = bool(request_data and request_data.contains_files)
        read, connect = _seconds(read_timeout, READ), _seconds(connect_timeout, CONNECT)
        write = _seconds(write_timeout, WRITE_FILES if files else WRITE)
        free = _seconds(pool_timeout, POOL)
        limits = aiohttp.ClientTimeout(connect=_sum(free, connect), sock_connect=connect, sock_read=read)
        body = _body(request_data)
        await self._going()
        try:
            # aiohttp waits for ever for a request to leave.
            async with asyncio.timeout(_sum(free, connect, write, read)):
                answer = await self._session.request(
                    method,
                    url,
                    data=body,
                    headers=FORM if isinstance(body, bytes) else None,
                    timeout=limits,
                    allow_redirects=False,
                )
            self._arrived()
            async with answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.InvalidURL:
            # The token is part of it.
            raise NetworkError("The address of the Bot API is none") from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error


def unsent(error: TelegramError) -> bool:
    """Whether an error happened before the request left this machine, so that nothing can have come of it."""
    return isinstance(error.__cause__, UNSENT)


def is_doubtful(error: TelegramError) -> bool:
    """Whether Telegram may have done all the same what it was asked: the request left, and no answer came."""
    return isinstance(error.__cause__, aiohttp.ClientError | TimeoutError) and not unsent(error)


def _body(data: RequestData | None) -> aiohttp.FormData | bytes:
    if data is None:
        return b""
    if not data.contains_files:
        return data.url_encoded_parameters().encode()
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _seconds(given: Seconds, usual: float) -> float | None:
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else usual


def _sum(*seconds: float | None) -> float | None:
    """Seconds in all; None where one of them may take any time."""
    known = [one for one in seconds if one is not None]
    return sum(known) if len(known) == len(seconds) else None
