"""A push to a million, without sending it: what it takes to write it down, to keep it, to look after it."""

import datetime as dt
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

from sqlalchemy import Engine, insert, text

from bot.benchmark.pushes import content_of_bench
from knowledge.announcing.announcements import announce
from knowledge.announcing.pushes import Outcome, progress, settle, take
from knowledge.announcing.release import release
from knowledge.asking.answer import Language
from knowledge.database import session, writing
from knowledge.models import Pace, PushState, Subscription
from knowledge.people import SHELL

PORTION = 20_000

TAKEN = 500
"""So many are taken and settled, to see how long each takes among so many."""

FREE, PAID = 30, 1000
"""Messages a second that Telegram takes of a bot, and of one that pays
(https://core.telegram.org/bots/api#paid-broadcasts)."""

Found = TypeVar("Found")


@dataclass(frozen=True)
class Planned:
    """What a push to so many takes.

    Attributes:
        subscribers: to how many.
        written: seconds until all its messages are written down.
        longest: seconds for which others wait for the database meanwhile, at most.
        kept: bytes of the database a subscriber, with the message.
        memory: megabytes of this process at most.
        taken: milliseconds to take and settle a message.
        counted: milliseconds to tell how far it is.
        hours, paid: hours to send it at Telegram's limit, and at that of paid broadcasts.
    """

    subscribers: int
    written: float
    longest: float
    kept: float
    memory: float
    taken: float
    counted: float
    hours: float
    paid: float

    def public(self) -> dict[str, float]:
        """As data."""
        return {key: round(value, 3) for key, value in asdict(self).items()}

    def describe(self) -> str:
        """For a person."""
        return (
            f"{self.subscribers} subscribers: written down in {self.written:.0f} s, nobody waits longer than "
            f"{self.longest:.2f} s;\n{self.kept:.0f} bytes each, {self.memory:.0f} MB of memory; "
            f"{self.taken:.2f} ms to take and settle one, {self.counted:.0f} ms to count.\n"
            f"At {FREE} a second it takes {self.hours:.1f} h; at {PAID}, paid for, {self.paid:.1f} h."
        )


def simulate(engine: Engine, subscribers: int) -> Planned:
    """Write down a push to so many.

    Args:
        engine: a migrated database with nobody subscribed, to be thrown away.
        subscribers: to how many.
    """
    now = dt.datetime.now(dt.UTC)
    before = _size(engine)
    row = {
        "language": Language.HANS,
        "pace": Pace.AT_ONCE,
        "time_zone": "Asia/Shanghai",
        "quiet": "",
        "least": 0.0,
    }
    for first in range(1, subscribers + 1, PORTION):
        numbers = range(first, min(first + PORTION, subscribers + 1))
        with writing(engine) as database:
            rows = [row | {"chat": f"telegram:{number}", "made_at": now} for number in numbers]
            database.execute(insert(Subscription), rows)
            database.commit()
    with writing(engine) as database:
        number = announce(database, "signing.bench", content_of_bench(), SHELL, now).id or 0
        database.commit()
    began, longest, more = time.perf_counter(), 0.0, True
    while more:
        at = time.perf_counter()
        with writing(engine) as database:
            more = release(database, now)
            database.commit()
        longest = max(longest, time.perf_counter() - at)
    written = time.perf_counter() - began
    took, _ = _timed(lambda: _send(engine, now))
    with session(engine) as database:
        counted, found = _timed(lambda: progress(database, number))
    if found.all != subscribers:
        raise RuntimeError(f"{found.all} messages were written down for {subscribers} subscribers")
    return Planned(
        subscribers,
        written,
        longest,
        (_size(engine) - before) / subscribers,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        took / TAKEN * 1000,
        counted * 1000,
        subscribers / FREE / 3600,
        subscribers / PAID / 3600,
    )


def _send(engine: Engine, now: dt.datetime) -> None:
    for _ in range(TAKEN):
        with writing(engine) as database:
            jobs = take(database, "telegram", now, 1)
            database.commit()
        with writing(engine) as database:
            settle(database, [Outcome(job, PushState.SENT, message="1", form="text") for job in jobs], now)
            database.commit()


def _timed(deed: Callable[[], Found]) -> tuple[float, Found]:
    began = time.perf_counter()
    found = deed()
    return time.perf_counter() - began, found


def _size(engine: Engine) -> int:
    with session(engine) as database:
        if engine.dialect.name != "sqlite":
            return int(
                database.connection().execute(text("select pg_database_size(current_database())")).scalar()
                or 0
            )
        pages = database.connection().execute(text("pragma page_count")).scalar() or 0
        return int(pages) * int(database.connection().execute(text("pragma page_size")).scalar() or 0)
