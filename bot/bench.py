"""How many updates a second the bot answers, beside the same loop with handlers that do less."""

import asyncio
import itertools
import json
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, TypeHandler, filters

from bot.browsing import open_list
from bot.conversation import Conversation
from bot.flood import FloodControl
from bot.memory import DatabaseMemory
from bot.telegram.application import AnyApplication, build_application, updater_of
from bot.telegram.order import ByChat
from bot.telegram.pace import Pace
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import migrate, open_engine

TOKEN = "1:bench"  # noqa: S105 - for the stub, which asks for none
CHATS = 500
"""Different people who ask; each asks again before the one before is a minute old."""

UNLIMITED = 1_000_000
"""Messages a second: more than there will be."""

BATCH = 100
"""Updates of one getUpdates, as Telegram gives them."""


@dataclass(frozen=True)
class Result:
    """Updates a second.

    Attributes:
        updates: how many were sent.
        bot: answered by the bot, one reply each.
        fixed: answered with a fixed word by the same loop, which shows what the replies alone cost.
        empty: taken by a handler that does nothing.
    """

    updates: int
    bot: float
    fixed: float
    empty: float

    def public(self) -> dict[str, float]:
        """As data; the ratios are of the bot to the other two."""
        row = {key: round(value, 1) for key, value in asdict(self).items()}
        return row | {
            "ratio_to_fixed": round(self.bot / self.fixed, 3),
            "ratio_to_empty": round(self.bot / self.empty, 3),
        }

    def describe(self) -> str:
        """For a person."""
        return "\n".join(
            [
                f"{self.updates} updates, a second:",
                f"  {self.bot:8.0f}  the bot, one reply each",
                f"  {self.fixed:8.0f}  a fixed reply each ({self.bot / self.fixed:.0%})",
                f"  {self.empty:8.0f}  an empty handler, no reply ({self.bot / self.empty:.0%})",
            ]
        )


def measure(asker: Asker, updates: int) -> Result:
    """Measure, with a stub of the Bot API in a process of its own and a database that is thrown away.

    Args:
        asker: who answers.
        updates: how many are sent in each of the three runs.
    """

    async def fixed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_message:
            await update.effective_message.reply_text("ok")

    async def empty(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        return

    questions = find_questions(asker)
    asker.ask(questions[0])  # What is made at the first question only is not measured.
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(engine)
        conversation = Conversation(asker, DatabaseMemory(engine), "bench")
        flood = FloodControl(updates, 1)
        rates = []
        for handler in (None, fixed, empty):
            with _stub(questions, updates) as address:
                if handler is None:
                    pace = Pace(UNLIMITED)
                    bot = build_application(TOKEN, address, conversation, flood, pace=pace)
                else:
                    builder = Application.builder().token(TOKEN).base_url(address)
                    bot = builder.concurrent_updates(ByChat()).build()
                    bot.add_handler(MessageHandler(filters.ALL, handler))
                rates.append(updates / asyncio.run(_run(bot, updates)))
        engine.dispose()
    return Result(updates, *rates)


def find_questions(asker: Asker) -> list[str]:
    """Questions that the knowledge base can answer, whatever it holds."""
    names = [
        option.label
        for name in ("chains", "parks")
        for option in open_list(asker, name, Language.HANS).options
    ]
    return ["有哪些产业链?", "有哪些园区?", *(f"{name}是做什么的?" for name in names)]


async def _run(bot: AnyApplication, updates: int) -> float:
    """Seconds until so many updates are through."""
    through = asyncio.Event()
    counted = itertools.count(1)

    async def count(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if next(counted) == updates:
            through.set()

    # A later group comes when the earlier ones are done with an update.
    bot.add_handler(TypeHandler(Update, count), group=1)
    async with bot:
        await bot.start()
        began = time.perf_counter()
        await updater_of(bot).start_polling()
        await through.wait()
        took = time.perf_counter() - began
        await updater_of(bot).stop()
        await bot.stop()
    return took


@contextmanager
def _stub(questions: list[str], updates: int) -> Iterator[str]:
    """A Bot API in a process of its own, so that it takes no time of the bot's."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_serve_stub, args=(its, questions, updates), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{mine.recv()}/bot"
    finally:
        process.terminate()
        process.join()


def _serve_stub(port: Connection, questions: list[str], updates: int) -> None:
    waiting = iter([_update(number, questions[number % len(questions)]) for number in range(updates)])

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = int(head.partition("content-length:")[2].split("\r\n")[0] or 0)
                await reader.readexactly(length)
                body = json.dumps({"ok": True, "result": await answer(head.split()[1].rpartition("/")[2])})
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(method: str) -> object:
        if method == "getme":
            return {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
        if method == "getupdates":
            batch = list(itertools.islice(waiting, BATCH))
            await asyncio.sleep(0 if batch else 0.2)
            return batch
        return _message(1, 1, "") if method == "sendmessage" else True

    async def serve() -> None:
        server = await asyncio.start_server(respond, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def _update(number: int, text: str) -> dict[str, Any]:
    return {"update_id": number + 1, "message": _message(number + 1, number % CHATS + 1, text)}


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "bench", "language_code": "zh"}
    where = {"id": chat, "type": "private", "first_name": "bench"}
    return {"message_id": number, "date": 1_700_000_000, "chat": where, "from": person, "text": text}
