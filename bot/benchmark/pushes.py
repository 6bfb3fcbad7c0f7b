"""How a push to many goes, by the running bot: how fast, how often twice, and whether anybody is left out."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Engine
from sqlmodel import delete, insert

from bot.benchmark.folder import own_folder
from bot.benchmark.stub import Manner, Stub, stub
from bot.benchmark.workers import Workers
from knowledge.announcing.announcements import announce
from knowledge.announcing.content import Content, Told
from knowledge.announcing.pushes import Progress, progress
from knowledge.asking.answer import Language, Source
from knowledge.asking.signings import Particulars
from knowledge.database import session, writing
from knowledge.models import Announcement, Interest, Mention, Pace, Push, Subscription
from knowledge.people import SHELL

ASKERS = 10_000_000
"""The number of the first chat of those who ask meanwhile."""

ASKING = 5.0
"""Questions a second that are asked meanwhile."""

OUTAGE = 60.0
"""Seconds for which the Bot API is not there."""

STOPPED = 120.0
"""Seconds after which a push that does not get on has failed."""

WARM = 20.0
"""Seconds of questions that are not counted, and at least so many that are."""

KILLS = 20
"""So often workers are killed."""

LOOK = 0.05
"""Seconds between two looks at how far it is, where something is to be done at some point of it."""

LAST_LOOK = 2.0
"""Seconds between two looks at whether it is done; a look takes time that the workers would have."""


@dataclass(frozen=True)
class Row:
    """What came of a push.

    Attributes:
        run: what was done to it.
        subscribers: to how many.
        seconds: from the first message to the last.
        limit: seconds that it takes at the limit, blocked chats with it, without what was done to it.
        busiest: messages of the busiest second.
        refused: how often the Bot API answered 429.
        lost: how many got nothing who should have.
        repeats: how many messages came once more.
        doubtful: of how many messages nobody knew whether they had come, so that they were sent again.
        sent, blocked, failed: as the bot counts.
        alone_p99, answer_p99: milliseconds until a question is answered, before the push and while it goes;
            0 where nothing was asked.
    """

    run: str
    subscribers: int
    seconds: float
    limit: float
    busiest: int
    refused: int
    lost: int
    repeats: int
    doubtful: int
    sent: int
    blocked: int
    failed: int
    alone_p99: float = 0.0
    answer_p99: float = 0.0

    def public(self) -> dict[str, object]:
        """As data."""
        found = {
            key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(self).items()
        }
        return found | {"of_limit": round(self.limit / self.seconds, 4) if self.seconds else 0.0}


class Field:
    """A database with subscribers, and the workers that send to them."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        """Args: a built database, and who serves it."""
        self._engine = engine
        self.workers = workers

    def subscribe(self, count: int) -> None:
        """Let there be so many subscribers and no announcement."""
        now = dt.datetime.now(dt.UTC)
        row = {"language": Language.HANS, "pace": Pace.AT_ONCE, "time_zone": "UTC", "quiet": "", "least": 0.0}
        with writing(self._engine) as database:
            for table in (Mention, Push, Announcement, Interest, Subscription):
                database.exec(delete(table))
            rows = [row | {"chat": f"telegram:{number}", "made_at": now} for number in range(1, count + 1)]
            database.execute(insert(Subscription), rows)
            database.commit()

    def announce(self) -> int:
        """Announce a signing; the announcement's number."""
        with writing(self._engine) as database:
            row = announce(database, "signing.bench", content_of_bench(), SHELL, dt.datetime.now(dt.UTC))
            database.commit()
            return row.id or 0

    def progress(self, announcement: int) -> Progress:
        """How far it is."""
        with session(self._engine) as database:
            return progress(database, announcement)


def measure(
    engine: Engine,
    runs: Sequence[str],
    subscribers: int,
    fewer: int,
    per_second: int,
    questions: Sequence[str],
    seed: int = 1,
) -> Iterator[Row]:
    """Push, and do to it what is asked for.

    Args:
        engine: a built database whose subscriptions may be thrown away.
        runs: of `RUNS`.
        subscribers: of the runs to which nothing is done.
        fewer: of the others.
        per_second: the limit of the Bot API.
        questions: what people ask meanwhile.
        seed: where chance begins.
    """
    with own_folder() as folder:
        for name in runs:
            count = subscribers if name in CALM else fewer
            chance = random.Random(seed)  # noqa: S311 - it is to be repeated, not to be secret
            with stub(questions, 1_000_000, 10_000, ASKERS) as server:
                workers = Workers(engine, server, folder, PUSH_PER_SECOND=str(per_second))
                try:
                    yield _run(name, Field(engine, workers), server, count, per_second, chance)
                finally:
                    workers.stop()


def _run(name: str, field: Field, server: Stub, count: int, per_second: int, chance: random.Random) -> Row:
    asks = name == "answers"
    server.order(per_second=per_second, asking=ASKING, left=Manner.left if asks else 0)
    field.subscribe(count)
    field.workers.start()
    alone: list[float] = []
    if asks:
        time.sleep(WARM)
        server.report(clear=True)
        time.sleep(max(WARM, count / per_second / 3))
        alone = server.report(clear=True).waits
    number = field.announce()

    def far() -> float:
        found = field.progress(number)
        return (found.all - found.waiting) / count

    RUNS[name](field, server, far, chance)
    _wait(field, number, count)
    report, found, manner = server.report(), field.progress(number), server.manner()
    due = [chat for chat in range(1, count + 1) if not manner.blocks(chat)]
    return Row(
        run=name,
        subscribers=count,
        seconds=report.last - report.first,
        limit=(count - 1) / per_second,
        busiest=report.busiest,
        refused=report.refused,
        lost=sum(not report.taken[chat] for chat in due),
        repeats=sum(report.taken[chat] - 1 for chat in due if report.taken[chat]),
        doubtful=found.unsure,
        sent=found.sent,
        blocked=found.blocked,
        failed=found.failed,
        alone_p99=_milliseconds(alone),
        answer_p99=_milliseconds(report.waits) if asks else 0.0,
    )


def _wait(field: Field, number: int, count: int) -> None:
    """Wait until nothing waits; give up where nothing moves."""
    moved, before = time.monotonic(), -1
    while time.monotonic() - moved < STOPPED:
        found = field.progress(number)
        if found.all >= count and not found.waiting:
            return
        if (done := found.all - found.waiting) != before:
            moved, before = time.monotonic(), done
        time.sleep(LAST_LOOK)


def _killed(field: Field, _server: Stub, far: Callable[[], float], chance: random.Random) -> None:
    for until in sorted(chance.random() * 0.95 for _ in range(KILLS)):
        _until(far, until)
        field.workers.kill()
        field.workers.start()


def _in_turn(field: Field, _server: Stub, far: Callable[[], float], chance: random.Random) -> None:
    field.workers.start()
    for until in sorted(chance.random() * 0.95 for _ in range(KILLS)):
        _until(far, until)
        field.workers.kill()
        field.workers.start()


def _outage(_field: Field, server: Stub, far: Callable[[], float], _chance: random.Random) -> None:
    _until(far, 0.3)
    server.down(True)
    time.sleep(OUTAGE)
    server.down(False)


def _storm(_field: Field, server: Stub, far: Callable[[], float], _chance: random.Random) -> None:
    _until(far, 0.2)
    server.order(storm=0.5)
    time.sleep(10)
    server.order(storm=0.0)


def _until(far: Callable[[], float], part: float) -> None:
    end = time.monotonic() + STOPPED
    while far() < part and time.monotonic() < end:
        time.sleep(LOOK)


def _milliseconds(waits: Sequence[float]) -> float:
    """The 99th percentile of sorted seconds."""
    return 1000 * waits[min(len(waits) - 1, int(len(waits) * 0.99))] if waits else 0.0


def content_of_bench() -> Content:
    """What is announced."""
    particulars = Particulars("bench", "", "", (), (), 0, ())
    source = Source("bench", "bench.txt", "bench", "bench", dt.date(2026, 1, 1), "", "bench", 0, 5)
    told = Told(
        "2026年1月1日集中签约", ("总投资：100亿元", "签约项目：20个"), source, "来源：bench", particulars
    )
    return Content(dict.fromkeys(Language, told), (), 1e10)


Act = Callable[[Field, Stub, Callable[[], float], random.Random], None]
"""What is done to a push: with the workers, with the Bot API; told how far it is, 0 to 1."""

RUNS: dict[str, Act] = {
    "plain": lambda *_: None,
    "answers": lambda *_: None,
    "killed": _killed,
    "in_turn": _in_turn,
    "outage": _outage,
    "storm": _storm,
    "blocked": lambda _, server, *__: server.order(blocked=0.05),
    "slow": lambda _, server, *__: server.order(slow=2.0),
    "lost": lambda _, server, *__: server.order(lost=0.02),
}
"""What can be done to a push: nothing; questions asked meanwhile; the worker killed 20 times, or two in turn;
the Bot API gone for a minute; every other message answered with 429 for ten seconds; one in twenty chats
blocked; two seconds until each reply; one in fifty replies lost."""

CALM = frozenset({"plain", "answers"})


def describe(rows: Sequence[Row]) -> str:
    """A table for a person."""
    head = (
        *("run", "to", "s", "limit", "of it", "busiest", "429", "lost", "twice", "doubt"),
        *("sent", "blocked", "failed"),
    )
    lines: list[tuple[str, ...]] = [head]
    for row in rows:
        part = f"{row.limit / row.seconds:.1%}" if row.seconds else "-"
        counts = (
            row.busiest,
            row.refused,
            row.lost,
            row.repeats,
            row.doubtful,
            row.sent,
            row.blocked,
            row.failed,
        )
        lines.append(
            (row.run, str(row.subscribers), f"{row.seconds:.1f}", f"{row.limit:.1f}", part, *map(str, counts))
        )
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    table = ["  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in lines]
    asked = [row for row in rows if row.answer_p99]
    table += [
        f"A question is answered in {row.answer_p99:.1f} ms (p99) meanwhile, {row.alone_p99:.1f} ms before: "
        f"{row.answer_p99 / row.alone_p99:.2f} times."
        for row in asked
        if row.alone_p99
    ]
    return "\n".join(table)
