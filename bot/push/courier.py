"""Sends pushes: one process takes what is due, sends it in time, writes down what came of it."""

import asyncio
import datetime as dt
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.monitoring.counts import PUSHES
from bot.pausing import pause
from bot.push.message import compose
from bot.push.sender import Fate, Result, Sender
from bot.reply import Reply
from knowledge.announcing.pushes import Job, Outcome, hasten, is_due, recover, settle, take
from knowledge.announcing.release import release, to_release
from knowledge.asking.answer import Language
from knowledge.database import session, writing
from knowledge.locks import Lock
from knowledge.models import Announcement, PushState

LOG = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks at what is due, while nothing is."""

BEGUN = 8
"""So many are taken at once, while fewer stand ready: a disk that is slow for a moment holds up nobody. What
stands ready is in doubt should this process be killed."""

FLYING = 100
"""So many are on their way at the same time, however slow the face is to reply."""

ASIDE = 3.0
"""After writing down a portion of those who hear, others have the machine for so many times as long."""

ATTEMPTS = 8
"""So often a push is begun of which the face does not say what became of it, until it has failed."""

BACKOFF = 2.0
"""Seconds until a push is tried again, twice as long each time."""

LONGEST = 300.0
"""Seconds between two attempts, at most."""

OUTAGE = 3
"""From so many failures one after the other on, it is the face that has failed, not a push."""

LONGEST_OUTAGE = 20.0
"""Seconds between two attempts to reach the face, at most."""

FRESH = dt.timedelta(seconds=20)
"""For so long what was taken may be begun; later it is looked at anew whether anybody may be disturbed."""

SET = 10.0
"""Seconds by which the clock has to be set for what waits to be looked at anew."""

LOOKED_AT = 500
"""So many are then looked at in one go."""

Draw = Callable[[Announcement, Language], bytes | None]
"""Draws the card of an announcement; None for none."""


class Courier:
    """Sends pushes on one face, if no other process does."""

    def __init__(
        self,
        engine: Engine,
        sender: Sender,
        lock: Lock,
        zone: ZoneInfo,
        draw: Draw = lambda _announcement, _language: None,
    ) -> None:
        """Begin.

        Args:
            engine: where pushes wait.
            sender: the face.
            lock: who of all processes sends.
            zone: where the bureau's clocks hang.
            draw: draws cards.
        """
        self._engine = engine
        self._sender = sender
        self._lock = lock
        self._zone = zone
        self._draw = draw
        self._clock = Clock(SET)
        self._ready: deque[tuple[Job, dt.datetime]] = deque()
        self._flying: set[asyncio.Task[None]] = set()
        self._outcomes: list[Outcome] = []
        self._settling = asyncio.Lock()
        self._failures = 0
        self._said = lru_cache(maxsize=256)(self._compose)

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until told to stop; what is on its way is waited for."""
        while not stopping.is_set():
            try:
                if await asyncio.to_thread(self._lead):
                    await self._send_due(stopping)
            except SQLAlchemyError as error:
                LOG.error("Pushes could not be read or written: %s", getattr(error, "orig", error))
                await self._land()
                await asyncio.to_thread(self._lock.leave)
            except Exception:
                LOG.exception("Pushes could not be sent")
                await self._land()
                await asyncio.to_thread(self._lock.leave)
            await pause(stopping, LOOK)
        await self._land()
        await asyncio.to_thread(self._lock.leave)

    def _lead(self) -> bool:
        """Whether this process is the one that sends; whoever begins to be so looks what was left behind."""
        by = self._clock.set_by()
        if self._lock.held():
            if by:
                LOG.warning("The clock was set by %+.0f s; when pushes go is looked at anew.", by)
                self._hasten()
            return True
        if not self._lock.take():
            return False
        with writing(self._engine) as database:
            left = recover(database, self._sender.face)
            database.commit()
        if left:
            LOG.warning("%d pushes were begun and not settled; they are sent again.", left)
        self._hasten()
        return True

    def _hasten(self) -> None:
        """Let nothing wait for longer than it would by the clock as it is now."""
        last: int | None = 0
        while last is not None:
            with writing(self._engine) as database:
                last = hasten(
                    database, self._sender.face, _now(), dt.timedelta(seconds=LONGEST), last, LOOKED_AT
                )
                database.commit()

    async def _send_due(self, stopping: asyncio.Event) -> None:
        """Send until nothing is due; what is to be released is, meanwhile."""
        releasing = asyncio.create_task(self._release_due(stopping))
        taking: asyncio.Task[list[tuple[Job, dt.datetime]]] | None = None
        try:
            while not stopping.is_set() and self._sender.there:
                if taking is None and len(self._ready) < BEGUN and len(self._flying) < FLYING:
                    taking = asyncio.create_task(asyncio.to_thread(self._take))
                if self._ready:
                    await self._begin(*self._ready.popleft(), stopping)
                elif taking is not None:
                    await asyncio.wait({taking})
                else:
                    await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
                if taking is None or not taking.done():
                    continue
                taken, taking = taking.result(), None
                self._ready.extend(taken)
                if taken or self._ready:
                    continue
                if releasing.done() and not self._flying:
                    return
                if not await asyncio.to_thread(self._lock.held):
                    return
                await asyncio.wait({releasing, *self._flying}, timeout=LOOK / 10)
        finally:
            if taking is not None:
                self._ready.extend(await taking)
            if not self._sender.there:
                await self._land()
            await releasing

    async def _release_due(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            began = time.monotonic()
            if not await asyncio.to_thread(self._release):
                return
            await pause(stopping, ASIDE * (time.monotonic() - began))

    async def _begin(self, job: Job, taken_at: dt.datetime, stopping: asyncio.Event) -> None:
        wait = self._sender.wait(job)
        if wait > 0 or stopping.is_set():
            await self._give_back(job, wait)
            return
        while len(self._flying) >= FLYING:
            await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
        reply, picture = await asyncio.to_thread(self._message, job)
        await self._sender.place(job)
        if stopping.is_set() or abs(_now() - taken_at) > FRESH:
            await self._give_back(job)
            return
        flight = asyncio.create_task(self._fly(job, reply, picture))
        self._flying.add(flight)
        flight.add_done_callback(self._flying.discard)
        if self._failures >= OUTAGE:
            # One at a time until one comes through, so that few are in doubt.
            await asyncio.wait({flight})
            if self._failures:
                await pause(stopping, min(LONGEST_OUTAGE, 2.0 ** (self._failures - OUTAGE)))

    async def _give_back(self, job: Job, wait: float = 0.0) -> None:
        again_at = _now() + dt.timedelta(seconds=wait)
        await self._settle(Outcome(job, PushState.WAITING, again_at=again_at, begun=False))

    async def _fly(self, job: Job, reply: Reply, picture: bytes | None) -> None:
        try:
            result = await self._sender.deliver(job, reply, picture)
        except Exception as error:
            LOG.exception("A push could not be made")
            result = Result(Fate.REFUSED, reason=type(error).__name__)
        PUSHES.labels(result.fate.value).inc()
        self._failures = self._failures + 1 if result.fate in {Fate.UNREACHED, Fate.UNSURE} else 0
        try:
            await self._settle(_outcome(job, result))
        except SQLAlchemyError as error:
            # It stays begun; whoever leads next looks after it.
            LOG.error("What became of a push could not be written: %s", getattr(error, "orig", error))
            await asyncio.to_thread(self._lock.leave)

    async def _settle(self, outcome: Outcome) -> None:
        """Write down what became of a push, together with what others have brought meanwhile."""
        self._outcomes.append(outcome)
        async with self._settling:
            held, self._outcomes = self._outcomes, []
            if held:
                await asyncio.to_thread(self._write, held)

    async def _land(self) -> None:
        """Wait for what is on its way, and give back what was not begun."""
        if self._flying:
            await asyncio.wait(self._flying)
        back = [Outcome(job, PushState.WAITING, again_at=_now(), begun=False) for job, _ in self._ready]
        self._ready.clear()
        if back:
            try:
                await asyncio.to_thread(self._write, back)
            except SQLAlchemyError as error:
                LOG.error("Pushes could not be given back: %s", getattr(error, "orig", error))

    def _message(self, job: Job) -> tuple[Reply, bytes | None]:
        key = tuple((one.id, one.revision, one.state) for one in job.mentions)
        return self._said(_Said(job.mentions, key, Language(job.language), bool(job.message)))

    def _compose(self, said: "_Said") -> tuple[Reply, bytes | None]:
        now = dt.datetime.now(self._zone)
        reply = compose(said.announcements, said.language, now, sent=said.sent)
        first = said.announcements[0]
        alone = len(said.announcements) == 1 and first.picture
        return reply, self._draw(first, said.language) if alone else None

    def _release(self) -> bool:
        with session(self._engine) as database:
            if to_release(database, _now()) is None:
                return False
        with writing(self._engine) as database:
            more = release(database, _now())
            database.commit()
        return more

    def _take(self) -> list[tuple[Job, dt.datetime]]:
        with session(self._engine) as database:
            if not is_due(database, self._sender.face, _now()):
                return []
        with writing(self._engine) as database:
            now = _now()
            jobs = take(database, self._sender.face, now, BEGUN)
            database.commit()
        return [(job, now) for job in jobs]

    def _write(self, outcomes: Sequence[Outcome]) -> None:
        with writing(self._engine) as database:
            settle(database, outcomes, _now())
            database.commit()


class _Said:
    """What a message says, to be recognised by what it depends on."""

    def __init__(
        self, announcements: tuple[Announcement, ...], key: object, language: Language, sent: bool
    ) -> None:
        self.announcements, self.language, self.sent = announcements, language, sent
        self._key = (key, language, sent)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def _outcome(job: Job, result: Result) -> Outcome:
    """What is written down of a result."""
    match result.fate:
        case Fate.DONE:
            return Outcome(job, PushState.SENT, result.message, result.form, reason=result.reason)
        case Fate.BLOCKED:
            return Outcome(job, PushState.BLOCKED, reason=result.reason)
        case Fate.REFUSED:
            return Outcome(job, PushState.FAILED, reason=result.reason)
        case Fate.MOVED:
            return Outcome(job, PushState.WAITING, begun=False, chat=result.chat)
        case Fate.LATER:
            again_at = _now() + dt.timedelta(seconds=result.seconds)
            return Outcome(job, PushState.WAITING, again_at=again_at, begun=False, reason=result.reason)
        case Fate.UNREACHED:
            return Outcome(job, PushState.WAITING, begun=False, reason=result.reason)
    unsure = not job.message
    if job.attempts >= ATTEMPTS:
        return Outcome(job, PushState.FAILED, unsure=unsure, reason=result.reason)
    wait = min(LONGEST, BACKOFF**job.attempts)
    return Outcome(
        job,
        PushState.WAITING,
        again_at=_now() + dt.timedelta(seconds=wait),
        unsure=unsure,
        reason=result.reason,
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
