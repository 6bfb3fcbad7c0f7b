"""How many updates a second the bot answers, beside the same loop with handlers that do less."""

import asyncio
import itertools
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, TypeHandler, filters

from bot.benchmark.stub import TOKEN, stub
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

CHATS = 500
"""Different people who ask; each asks again before the one before is a minute old."""

UNLIMITED = 1_000_000
"""Messages a second: more than there will be."""


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
            with stub(questions, updates, CHATS) as server:
                if handler is None:
                    pace = Pace(UNLIMITED)
                    bot = build_application(TOKEN, server.address, conversation, flood, pace=pace)
                else:
                    bot = (
                        Application.builder()
                        .token(TOKEN)
                        .base_url(server.address)
                        .concurrent_updates(ByChat())
                        .build()
                    )
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
