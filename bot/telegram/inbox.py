"""Updates on their way to the handlers: written down before Telegram is told that they have come."""

import asyncio
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from telegram import Bot, Update

from bot.pausing import pause
from bot.telegram.order import CONCURRENT, REMEMBERED, Repeats
from bot.telegram.updates import Received
from knowledge import inbox
from knowledge.database import session, writing
from knowledge.inbox import Arrival
from knowledge.locks import Lock, Role, lock

LOG = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks at what others have taken in."""

APART = 0.02
"""Seconds between two transactions, at least: what comes and is done while many ask is written together."""

TEND = 2.0
"""Seconds between two looks at what workers that are no more have left."""

READ = 1000
"""So many updates that wait are held as they were read; others are read again when their turn comes."""

WORKERS = 1000
"""More workers than one bureau has."""

Handle = Callable[[Update], Awaitable[None]]
"""Hands an update to the handlers, and comes back before they are done with it."""


class Inbox:
    """The updates that this worker takes in, and those that it handles.

    Where the database cannot be written, what comes is handled all the same, out of memory.
    """

    def __init__(self, engine: Engine, bot: Bot, reached: Callable[[], bool] = lambda: True) -> None:
        """Args: where updates wait, the bot they are for, and whether a reply can be sent at all."""
        self._engine = engine
        self._bot = bot
        self._reached = reached
        self._lock: Lock | None = None
        self._worker = 0
        self._arriving: list[tuple[Arrival, Update, asyncio.Future[None]]] = []
        self._parsed: OrderedDict[int, Update] = OrderedDict()
        self._begun: set[int] = set()
        self._done: list[int] = []
        self._settling: asyncio.TimerHandle | None = None
        self._again: set[int] = set()
        self._tries: OrderedDict[int, int] = OrderedDict()
        self._stirred = asyncio.Event()
        self._unwritten = Repeats()
        self._failing = False
        self._tended = float("-inf")

    @property
    def busy(self) -> bool:
        """Whether an update is on its way to the handlers, or with them."""
        return bool(self._arriving or self._begun)

    async def put(self, updates: Sequence[Received]) -> None:
        """Take updates in; when this comes back they are not lost any more."""
        loop = asyncio.get_running_loop()
        taken = []
        for one in updates:
            kept: asyncio.Future[None] = loop.create_future()
            self._arriving.append((_arrival(one), one.update, kept))
            taken.append(kept)
        self._stirred.set()
        await asyncio.gather(*taken)

    def again(self, update: Update, most: int) -> bool:
        """The reply to an update did not come; said before it is done.

        Args:
            update: which.
            most: so often it is handled again.

        Returns:
            whether it is.
        """
        tries = self._tries.pop(update.update_id, 0) + 1
        if tries > most:
            return False
        self._tries[update.update_id] = tries
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)
        self._again.add(update.update_id)
        return True

    def done(self, update: Update) -> None:
        """The handlers are done with an update."""
        self._begun.discard(update.update_id)
        self._done.append(update.update_id)
        if self._settling is None:
            self._settling = asyncio.get_running_loop().call_later(APART, self._stirred.set)

    async def run(self, handle: Handle, ready: asyncio.Event, ending: asyncio.Event) -> None:
        """Hand updates to the handlers until told to end, and all that were taken are handled.

        Args:
            handle: see `Handle`; whoever handles calls `done`.
            ready: set when there is somebody to handle them; until then they are kept for others.
            ending: set when no more are to be taken.
        """
        while not ending.is_set() or self._begun or self._arriving or (self._done and not self._failing):
            self._stirred.clear()
            taking = ready.is_set() and not ending.is_set() and self._reached()
            due = time.monotonic() + APART
            await self._exchange(handle, CONCURRENT - len(self._begun) if taking else 0)
            await pause(self._stirred, LOOK)
            if self._begun:
                await asyncio.sleep(due - time.monotonic())
        if self._lock:
            await asyncio.to_thread(self._lock.leave)

    async def _exchange(self, handle: Handle, room: int) -> None:
        """One transaction: what came is written down, what was handled is settled, the next is taken."""
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        arriving, self._arriving = self._arriving, []
        done, self._done = self._done, []
        for arrival, update, _ in arriving[: max(0, READ - len(self._parsed))]:
            self._parsed[arrival.id] = update
        try:
            taken = await asyncio.to_thread(self._write, [one for one, _, _ in arriving], done, room)
            self._failing = False
        except Exception as error:
            self._say(error)
            self._done = done + self._done
            taken = [one for one, _, _ in arriving if not self._unwritten.seen(one.id)]
        for _, _, kept in arriving:
            if not kept.done():
                kept.set_result(None)
        # Others have taken those before, or will, or their chat is being answered.
        while taken and self._parsed and next(iter(self._parsed)) < taken[0].id:
            self._parsed.popitem(last=False)
        for arrival in taken:
            read = self._parsed.pop(arrival.id, None) or self._read(arrival)
            if read is None:
                self._done.append(arrival.id)
            else:
                self._begun.add(arrival.id)
                await handle(read)

    def _write(self, arrivals: Sequence[Arrival], done: Sequence[int], room: int) -> list[Arrival]:
        self._take_number()
        now = time.monotonic()
        tend = now - self._tended >= TEND
        if not (arrivals or done or tend or self._any_waiting()):
            return []
        with writing(self._engine, alone=False) as database:
            if tend:
                self._tended = now
                self._tend(database)
            inbox.receive(database, arrivals)
            again = self._again.intersection(done)
            inbox.settle(database, self._worker, [one for one in done if one not in again])
            inbox.put_back(database, self._worker, again)
            taken = inbox.take(database, self._worker, room) if room > 0 else []
            database.commit()
        self._again -= again
        return taken

    def _take_number(self) -> None:
        """Be the worker of a number that no other has, and keep it."""
        if self._lock and self._lock.take():
            return
        for number in range(1, WORKERS):
            free = lock(self._engine, Role.WORKER, number)
            if free.take():
                self._lock, self._worker = free, number
                with writing(self._engine, alone=False) as database:
                    _report(*inbox.give_back(database, number))
                    database.commit()
                return
        raise RuntimeError(f"there are {WORKERS} workers already")

    def _tend(self, database: Session) -> None:
        """Let wait again what other workers have left that are no more."""
        for number in inbox.holders(database):
            its = lock(self._engine, Role.WORKER, number)
            if number != self._worker and its.take():
                try:
                    _report(*inbox.give_back(database, number))
                finally:
                    its.leave()

    def _any_waiting(self) -> bool:
        with session(self._engine) as database:
            return inbox.any_waiting(database)

    def _read(self, arrival: Arrival) -> Update | None:
        try:
            return Update.de_json(json.loads(arrival.content), self._bot)
        except Exception:
            LOG.exception("An update could not be read")
            return None

    def _say(self, error: Exception) -> None:
        if not self._failing:
            shown = None if isinstance(error, SQLAlchemyError) else error
            LOG.error("Updates are handled out of memory: %s", getattr(error, "orig", error), exc_info=shown)
        self._failing = True


def _arrival(received: Received) -> Arrival:
    chat = received.update.effective_chat
    return Arrival(received.update.update_id, str(chat.id) if chat else "", received.content)


def _report(waiting: int, failed: int) -> None:
    if waiting:
        LOG.warning("%d updates were taken by a worker that is no more; they are handled again.", waiting)
    if failed:
        LOG.error("%d updates have ended %d workers; they are left out.", failed, inbox.ATTEMPTS)
