"""The webhook: whoever sends, whatever they send, however slowly."""

import json
import socket
import time
from urllib.parse import urlsplit

import httpx
import pytest

from tests.security.conftest import UPDATES, Premises
from tests.telegram_server.webhook import SECRET

QUESTION, ANSWER = "低空经济的链长是谁", "周岚"

QUICKLY = 3.0
"""Seconds in which a refusal has to come."""


def test_only_the_whole_secret_opens(premises: Premises) -> None:
    person = premises.acquaintance()
    known = premises.secret
    guesses = [known[:-1], known + "0", known.upper(), f"{known}é", known * 100, "\x7f", "*"]
    for guess in guesses:
        answer = httpx.post(
            premises.webhook,
            json=premises.message(person, QUESTION),
            headers={SECRET.encode(): guess.encode()},
        )
        assert answer.status_code == 403, guess
    assert person.stays_silent()
    assert premises.send(premises.message(person, QUESTION)).status_code == 200
    assert ANSWER in person.reply().text


def test_a_secret_longer_than_any_header_is_refused(premises: Premises) -> None:
    try:
        refused = httpx.post(premises.webhook, json={}, headers={SECRET: "0" * 300_000}).status_code == 400
    except httpx.TransportError:
        # It hung up while the rest was being sent.
        refused = True

    assert refused
    assert premises.lives()


def test_the_secret_cannot_be_guessed(premises: Premises) -> None:
    assert len(bytes.fromhex(premises.secret)) == 32


def test_a_number_that_is_none_ends_nothing(premises: Premises) -> None:
    person = premises.acquaintance()
    numbers: list[object] = ["7", -1, True, 1.5, None, 2**63, 10**40, {}]
    for number in numbers:
        forged = {**premises.message(person, QUESTION), "update_id": number}
        assert premises.send(forged).status_code == 200
    assert person.stays_silent()
    assert premises.send(premises.message(person, QUESTION)).status_code == 200
    assert ANSWER in person.reply().text


def test_messages_within_messages_without_end(premises: Premises) -> None:
    person = premises.someone()
    update = premises.message(person, QUESTION)
    inner = json.dumps(update["message"])
    deep = inner
    for _ in range(600):
        deep = inner[:-1] + f', "reply_to_message": {deep}}}'
    body = f'{{"update_id": {next(UPDATES)}, "message": {deep}}}'

    answer = httpx.post(premises.webhook, content=body.encode(), headers={SECRET: premises.secret})

    assert answer.status_code == 200
    assert premises.lives()


STRANGE: list[dict[str, object]] = [
    {"text": 7},
    {"text": ["x"]},
    {"chat": {"id": "../../etc", "type": "private"}},
    {"chat": {"id": 2**70, "type": "private"}},
    {"from": {"id": "x", "is_bot": 0, "first_name": None}},
    {"entities": [{"type": "bot_command", "offset": -5, "length": 10**9}]},
    {"text": "/start", "entities": [{"type": "bot_command", "offset": 10**9, "length": 3}]},
    {"text": "\ud800\udfff\ud800 坏"},
    {"text": "a\0b' or 1=1"},
    {"text": "问" * 100_000},
]


def test_what_telegram_would_never_send_ends_nothing(premises: Premises) -> None:
    person = premises.acquaintance()
    for message in STRANGE:
        assert premises.send(premises.message(person, QUESTION, **message)).status_code == 200, message

    assert premises.lives()


def opened(address: str) -> socket.socket:
    where = urlsplit(address)
    return socket.create_connection((where.hostname or "", where.port or 0), timeout=30)


def head(premises: Premises, length: str) -> bytes:
    return (
        f"POST /telegram HTTP/1.1\r\nHost: localhost\r\n{SECRET}: {premises.secret}\r\n{length}\r\n\r\n"
    ).encode()


def test_a_body_that_never_ends_is_given_up(premises: Premises) -> None:
    began = time.monotonic()
    slow = [opened(premises.webhook) for _ in range(50)]
    for one in slow:
        one.sendall(head(premises, "Content-Length: 100") + b'{"update_id"')
    # Meanwhile everybody else is served.
    assert premises.lives()
    told = [one.recv(1000) for one in slow]
    for one in slow:
        one.close()

    assert all(answer.startswith(b"HTTP/1.1 408") for answer in told)
    assert time.monotonic() - began < 20


def test_a_body_without_a_length_is_cut_off(premises: Premises) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with opened(premises.webhook) as endless:
        endless.sendall(head(premises, "Transfer-Encoding: chunked"))
        with pytest.raises(OSError):  # noqa: PT012 - whichever of them finds that it was cut off
            for _ in range(2000):
                endless.sendall(chunk)
            raise AssertionError("128 MB were taken")

    assert premises.lives()


def test_whoever_does_not_know_the_secret_sends_nothing(premises: Premises) -> None:
    with opened(premises.webhook) as stranger:
        stranger.sendall(
            b"POST /telegram HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n" + b" " * 1000
        )
        began = time.monotonic()
        assert stranger.recv(1000).startswith(b"HTTP/1.1 403")

    assert time.monotonic() - began < QUICKLY


def test_nothing_but_updates_is_taken(premises: Premises) -> None:
    for method in ("GET", "PUT", "DELETE", "OPTIONS", "TRACE"):
        answer = httpx.request(method, premises.webhook, headers={SECRET: premises.secret})
        assert answer.status_code == 405, method


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/telegram/../../etc/passwd", "/telegram%2f..", "/.env", "//"]
)
def test_nothing_else_is_there(premises: Premises, path: str) -> None:
    where = urlsplit(premises.webhook)
    with opened(premises.webhook) as stranger:
        stranger.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nConnection: close\r\n\r\n".encode())
        told = stranger.recv(4000)

    assert told.startswith((b"HTTP/1.1 404", b"HTTP/1.1 405"))
