"""Requests to the Bot API: what is known of one that got no answer, and what is told of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.telegram.request import ApiRequest, is_doubtful, unsent
from tests.bot.browser import free_port

TOKEN = "1:secret"

Respond = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def going() -> None:
    """Nothing to wait for."""


async def fail(address: str) -> NetworkError:
    """What a request ends with."""
    request = ApiRequest(going, lambda: None)
    async with request:
        bot = Bot(TOKEN, base_url=f"{address}/bot", request=request, get_updates_request=request)
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(1, "hi", read_timeout=0.2)
    return caught.value


@asynccontextmanager
async def server(respond: Respond) -> AsyncIterator[str]:
    done = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await respond(reader, writer)
        writer.close()
        await writer.wait_closed()
        done.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as serving:
        yield f"http://127.0.0.1:{serving.sockets[0].getsockname()[1]}"
        await done.wait()


async def hang_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


def test_what_could_not_leave_was_not_sent() -> None:
    error = asyncio.run(fail(f"http://127.0.0.1:{free_port()}"))

    assert unsent(error)
    assert not is_doubtful(error)


@pytest.mark.parametrize("respond", [hang_up, cut, silence])
def test_what_left_without_an_answer_may_have_come(respond: Respond) -> None:
    async def run() -> NetworkError:
        async with server(respond) as address:
            return await fail(address)

    error = asyncio.run(run())

    assert is_doubtful(error)
    assert not unsent(error)
    assert isinstance(error, TimedOut) == (respond is silence)


def test_goes_by_the_proxy_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def note(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))

    async def run() -> None:
        async with server(note) as address:
            monkeypatch.setenv("http_proxy", address)
            monkeypatch.delenv("no_proxy", raising=False)
            await fail("http://telegram.invalid")

    asyncio.run(run())

    assert asked[0].startswith(b"POST http://telegram.invalid/bot1:secret/sendMessage ")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://:0", "none"])
def test_an_error_does_not_tell_the_token(address: str) -> None:
    assert TOKEN not in str(asyncio.run(fail(address)))
