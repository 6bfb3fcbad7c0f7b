"""Connections that somebody opens to hold them, at every address that listens."""

import asyncio
import socket
import time

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web import patience
from bot.web.listening import Listener, listening
from tests.bot.desk.conftest import free_port
from tests.security.conftest import Premises

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "sent", [b"", HEAD, HEAD + b"Content-Length: 5\r\n\r\nab"], ids=["nothing", "half a head", "half a body"]
)
def test_who_keeps_others_waiting_is_hung_up_on(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    limit = 0.3
    monkeypatch.setattr(patience, "_LIMITS", dict.fromkeys(patience._LIMITS, limit))

    async def echo(request: Request) -> PlainTextResponse:
        try:
            return PlainTextResponse(await request.body())
        except ClientDisconnect:
            return PlainTextResponse("")

    async def serve() -> tuple[bytes, float]:
        port = free_port()
        listener = Listener("a test", "127.0.0.1", port, ("A", "B"), "")
        async with listening(Starlette(routes=[Route("/", echo, methods=["POST"])]), listener):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            began = time.monotonic()
            writer.write(sent)
            # To its end: until the other side hangs up.
            found = await asyncio.wait_for(reader.read(), 10)
            writer.close()
            return found, time.monotonic() - began

    found, took = asyncio.run(serve())

    assert found.startswith(b"HTTP/1.1 408")
    assert took >= limit * 0.9


def test_who_sends_at_once_is_answered(premises: Premises) -> None:
    with socket.create_connection(("127.0.0.1", int(premises.desk.rsplit(":", 1)[1]))) as visitor:
        visitor.sendall(b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert visitor.recv(100).startswith(b"HTTP/1.1 200")


def test_a_form_whose_sender_goes_away_is_no_fault(premises: Premises) -> None:
    before = premises.log
    for path in ("/login", "/documents/add"):
        with socket.create_connection(("127.0.0.1", int(premises.desk.rsplit(":", 1)[1]))) as leaving:
            head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
            leaving.sendall((head + "Content-Type: application/x-www-form-urlencoded\r\n\r\nlink=x").encode())
    assert premises.lives()

    assert "Traceback" not in premises.log.removeprefix(before)
