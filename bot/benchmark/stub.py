"""A Bot API in a process of its own, which takes none of the bot's time: strict, and at fault on order."""

import asyncio
import itertools
import json
import multiprocessing
import random
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "1:bench"  # noqa: S105 - for the stub, which asks for none

FIRST = time.time_ns() // 1_000_000
"""The number of the first update: later than that of every earlier run on the same database."""

BATCH = 100
"""Updates of one getUpdates, as Telegram gives them."""

SENDERS = 40
"""Updates that are on their way to a webhook at the same time, as Telegram has it."""

TRIES = 600
"""So often an update is sent that the webhook does not take."""

POLL = 0.2
"""Seconds that getUpdates waits for more, while there are none."""


@dataclass(frozen=True)
class Manner:
    """How the stub behaves.

    Attributes:
        per_second: messages in any second that it takes; 0 for any number.
        slow: seconds until it replies to a message.
        lost: the part of messages that it takes and replies nothing to.
        storm: the part of messages that it answers with 429, to come back in a second.
        blocked: the part of chats that have blocked the bot.
        asking: updates a second that people send it; 0 for all at once.
        left: so many updates more, then none.
    """

    per_second: int = 0
    slow: float = 0.0
    lost: float = 0.0
    storm: float = 0.0
    blocked: float = 0.0
    asking: float = 0.0
    left: int = 1 << 60

    def blocks(self, chat: int) -> bool:
        """Whether a chat has blocked the bot."""
        return chat % 1000 < self.blocked * 1000


@dataclass
class Report:
    """What the stub has seen.

    Attributes:
        taken: how often each chat got a message.
        first, last: when the first and the last message were taken, in seconds.
        busiest: messages of the busiest second.
        refused: how many it answered with 429.
        lost: how many it took and replied nothing to.
        waits: seconds from an update's being handed out to the reply to it, sorted.
    """

    taken: Counter[int] = field(default_factory=Counter)
    first: float = 0.0
    last: float = 0.0
    busiest: int = 0
    refused: int = 0
    lost: int = 0
    waits: list[float] = field(default_factory=list)


class Stub:
    """The stub as the benchmark uses it."""

    def __init__(self, address: str, port: Connection) -> None:
        """Args: where it serves, and how it is spoken to."""
        self.address = address
        self._port = port

    def order(self, **changes: Any) -> None:  # noqa: ANN401 - the values of `Manner`
        """Change its manner."""
        self._ask("order", changes)

    def manner(self) -> Manner:
        """How it behaves."""
        found: Manner = self._ask("manner", None)
        return found

    def down(self, down: bool) -> None:
        """Take no connections any more, or take them again at the same address."""
        self._ask("down", down)

    def report(self, *, clear: bool = False) -> Report:
        """What it has seen since it was last cleared."""
        found: Report = self._ask("report", clear)
        return found

    def _ask(self, verb: str, about: object) -> Any:  # noqa: ANN401 - as the verb gives
        self._port.send((verb, about))
        return self._port.recv()


@contextmanager
def stub(questions: Sequence[str] = (), updates: int = 0, chats: int = 500, first: int = 1) -> Iterator[Stub]:
    """Serve until the block ends.

    Args:
        questions: what people ask, in turn.
        updates: how many they send.
        chats: how many people they are; each asks again before the one before is a minute old.
        first: the number of the first one's chat.
    """
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_serve, args=(its, list(questions), updates, chats, first), daemon=True)
    process.start()
    try:
        yield Stub(f"http://127.0.0.1:{mine.recv()}/bot", mine)
    finally:
        process.kill()
        process.join()


def _serve(port: Connection, questions: list[str], updates: int, chats: int, first: int) -> None:
    waiting = (
        _update(number, first + number % chats, questions[number % len(questions)])
        for number in range(updates)
    )
    asyncio.run(_Server(port, waiting).serve())


class _Server:
    def __init__(self, port: Connection, waiting: Iterator[dict[str, Any]]) -> None:
        self._port = port
        self._waiting = waiting
        self._manner = Manner()
        self._report = Report()
        self._recent: deque[float] = deque()
        self._numbers = itertools.count(1)
        self._chance = random.Random(1)  # noqa: S311 - it is to be repeated, not to be secret
        self._asked: dict[int, float] = {}
        self._next = time.monotonic()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._listens = 0
        self._webhook: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        await self._listen()
        self._port.send(self._listens)
        loop = asyncio.get_running_loop()
        ordered = asyncio.Event()
        loop.add_reader(self._port.fileno(), ordered.set)
        # Whoever ordered is gone, however it ended: then this ends too.
        with suppress(EOFError, ConnectionError):
            while await ordered.wait():
                ordered.clear()
                while self._port.poll():
                    verb, about = self._port.recv()
                    self._port.send(await getattr(self, f"_do_{verb}")(about))

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._respond, "127.0.0.1", self._listens, backlog=1000)
        self._listens = self._server.sockets[0].getsockname()[1]

    async def _do_order(self, changes: dict[str, Any]) -> None:
        self._manner = replace(self._manner, **changes)
        self._next = time.monotonic()

    async def _do_manner(self, _about: None) -> Manner:
        return self._manner

    async def _do_down(self, down: bool) -> None:
        if not down:
            await self._listen()
        elif self._server is not None:
            self._server.close()
            for writer in list(self._open):
                writer.transport.abort()

    async def _do_report(self, clear: bool) -> Report:
        report = replace(self._report, waits=sorted(self._report.waits))
        if clear:
            self._report = Report()
        return report

    async def _respond(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = int(head.lower().partition("content-length:")[2].split("\r\n")[0] or 0)
                fields = await reader.readexactly(length)
                method = head.split()[1].rpartition("/")[2].lower()
                found = await self._answer(method, parse_qs(fields.decode()))
                if found is None:
                    writer.transport.abort()
                    return
                status, body = found
                text = json.dumps(body)
                writer.write(
                    f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n"
                    f"Content-Length: {len(text)}\r\n\r\n{text}".encode()
                )
                await writer.drain()
        self._open.discard(writer)
        writer.close()

    async def _answer(self, method: str, fields: dict[str, list[str]]) -> tuple[int, dict[str, Any]] | None:
        """Status and body; None for a line that breaks."""
        if method == "getme":
            return _done({"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot"})
        if method == "getupdates":
            return _done(await self._updates())
        if method == "sendmessage":
            return await self._message(int(fields["chat_id"][0]))
        if method == "setwebhook" and self._webhook is None:
            self._webhook = asyncio.create_task(self._send(fields["url"][0], fields["secret_token"][0]))
        return _done(True)

    async def _updates(self) -> list[dict[str, Any]]:
        """What people have asked by now, as it is handed out."""
        number, asking = BATCH, self._manner.asking
        if asking:
            await asyncio.sleep(max(0.0, min(POLL, self._next - time.monotonic())))
            late = time.monotonic() - self._next
            if late < 0:
                return []
            # What was not fetched for long is not made up for.
            number = 1 + min(BATCH - 1, int(late * asking))
            self._next = max(self._next, time.monotonic() - 1) + number / asking
        batch = list(itertools.islice(self._waiting, min(number, self._manner.left)))
        self._manner = replace(self._manner, left=self._manner.left - len(batch))
        await asyncio.sleep(0 if batch else POLL)
        for update in batch:
            self._asked[update["message"]["chat"]["id"]] = time.monotonic()
        return batch

    async def _send(self, url: str, secret: str) -> None:
        """Send updates to a webhook, several at the same time."""
        waiting: asyncio.Queue[str] = asyncio.Queue(SENDERS)
        senders = [asyncio.create_task(_deliver(url, secret, waiting)) for _ in range(SENDERS)]
        while not any(sender.done() for sender in senders):
            for update in await self._updates():
                await waiting.put(json.dumps(update))

    async def _message(self, chat: int) -> tuple[int, dict[str, Any]] | None:
        now, manner, report = time.monotonic(), self._manner, self._report
        if chat in self._asked:
            report.waits.append(now - self._asked.pop(chat))
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        full = manner.per_second and len(self._recent) >= manner.per_second
        if full or self._chance.random() < manner.storm:
            report.refused += 1
            wait = {"retry_after": 1}
            return 429, {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": wait,
            }
        self._recent.append(now)
        report.busiest = max(report.busiest, len(self._recent))
        if manner.blocks(chat):
            return 403, _refused(403, "Forbidden: bot was blocked by the user", {})
        report.taken[chat] += 1
        report.first, report.last = report.first or now, now
        await asyncio.sleep(manner.slow)
        if self._chance.random() < manner.lost:
            report.lost += 1
            return None
        return _done(_message(next(self._numbers), chat, ""))


async def _deliver(url: str, secret: str, waiting: asyncio.Queue[str]) -> None:
    """Send one update after the other, each until it is taken, over one connection as long as it holds."""
    where = urlsplit(url)
    kept: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    while True:
        body = (await waiting.get()).encode()
        head = (
            f"POST {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        for _ in range(TRIES):
            with suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = kept or await asyncio.open_connection(where.hostname, where.port)
                kept = None
                writer.write(head.encode() + body)
                answer = await reader.readuntil(b"\r\n\r\n")
                taken = answer.split()[1] == b"200"
                # What it answers has no body.
                if taken and b"connection: close" not in answer.lower():
                    kept = reader, writer
                else:
                    writer.close()
                if taken:
                    break
            await asyncio.sleep(POLL)


def _done(result: object) -> tuple[int, dict[str, Any]]:
    return 200, {"ok": True, "result": result}


def _refused(code: int, reason: str, parameters: dict[str, int]) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": reason, "parameters": parameters}


def _update(number: int, chat: int, text: str) -> dict[str, Any]:
    return {"update_id": FIRST + number, "message": _message(number + 1, chat, text)}


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "bench", "language_code": "zh"}
    where = {"id": chat, "type": "private", "first_name": "bench"}
    return {"message_id": number, "date": 1_700_000_000, "chat": where, "from": person, "text": text}
