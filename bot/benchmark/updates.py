"""How many updates a second the running bot answers, and how soon, beside a loop that answers one word."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice

from sqlalchemy import Engine

from bot.benchmark.bare import bare, free_port
from bot.benchmark.folder import own_folder
from bot.benchmark.stub import Stub, stub
from bot.benchmark.workers import Workers
from bot.browsing import open_list
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker

CHATS = 500
"""Different people who ask; each asks again before the one before is a minute old."""

WARM = 200
"""Updates before those that count, as people ask; then everybody asks twice at full speed, by when what is
needed seldom has been needed."""

MANY = 100_000
"""Different people where it is memory that counts: more than anything in memory is kept of."""

PARTS = 10
"""So often on the way memory is looked at."""

LOOK = 0.1
"""Seconds between two looks at how far it is."""

EASY = 9
"""Questions that are answered by their words, to each that is not."""

TOLD = (
    "是做什么的?",
    "在哪里?",
    "有什么企业?",
    "谁负责?",
    "投资多少?",
    "有哪些项目?",
    "怎样?",
    "有哪些政策?",
)
"""What people ask of chains and parks."""

UNTOLD = ("食堂", "班车", "空气", "停车位", "房租", "风景", "夜景", "宿舍", "口碑", "交通")
"""What a bureau's documents do not tell of them."""

BEGINNINGS = ("", "请问", "您好,", "想问一下,", "麻烦问下,", "你好,请问")
"""How people begin."""

ENDLESS = 1_000_000_000
"""More updates than are ever asked for."""

STOPPED = 60.0
"""Seconds after which a bot that does not get on has failed."""

WAYS = ("polling", "webhook")
"""How updates reach the bot."""


BARE, OURS = "python-telegram-bot", "investbot"
"""The bots that are measured."""


@dataclass(frozen=True)
class Rate:
    """What one way of running comes to.

    Attributes:
        bot: `OURS`; or `BARE`: python-telegram-bot alone, with a word for each update.
        way: polling or webhook.
        database: the kind of database; empty for none.
        workers: how many processes.
        second: updates answered a second.
        p50, p99: milliseconds until an answer, at half of the bare bot's updates a second.
    """

    bot: str
    way: str
    database: str
    workers: int
    second: float
    p50: float
    p99: float

    def public(self) -> dict[str, object]:
        """As data."""
        return {
            key: round(value, 1) if isinstance(value, float) else value for key, value in asdict(self).items()
        }


def measure(
    engine: Engine, questions: Sequence[str], updates: int, workers: int, ways: Sequence[str] = WAYS
) -> Iterator[Rate]:
    """Measure, with a stub of the Bot API in a process of its own.

    Args:
        engine: a built database; questions are logged in it.
        questions: what people ask, in turn.
        updates: how many are sent in each run.
        workers: how many processes answer.
        ways: of `WAYS`.

    Yields:
        of each way the bare bot's first.
    """
    for way in ways:
        with stub(questions, ENDLESS, CHATS) as server, bare(server, way):
            server.order(left=0)
            alone = Rate(BARE, way, "", 1, *_measured(server, updates))
        yield alone
        with _running(engine, questions, CHATS, workers, way) as (server, _):
            measured = _measured(server, updates, alone.second / 2)
        yield Rate(OURS, way, engine.dialect.name, workers, *measured)


def grow(
    engine: Engine, questions: Sequence[str], updates: int, workers: int, way: str
) -> Iterator[tuple[int, float]]:
    """How much memory the bot holds while it answers, the longer the more people.

    Args:
        engine, questions, updates, workers: see `measure`.
        way: of `WAYS`.

    Yields:
        at the beginning and after each of `PARTS`: how many updates were answered, and megabytes.
    """
    with _running(engine, questions, MANY, workers, way) as (server, running):
        _ask(server, WARM, asking=WARM / 10)
        yield 0, running.memory()
        for part in range(1, PARTS + 1):
            _ask(server, updates // PARTS)
            yield updates // PARTS * part, running.memory()


def find_questions(asker: Asker) -> list[str]:
    """Questions that the knowledge base can answer, whatever it holds."""
    return ["有哪些产业链?", "有哪些园区?", *(f"{name}是做什么的?" for name in _names(asker))]


def find_varied(asker: Asker) -> list[str]:
    """Questions of which none is asked again before it is forgotten, every tenth one that no words answer.

    Only such a one goes the whole way, to where its meaning is looked up.
    """
    names = ("这里", *_names(asker))
    easy = cycle(f"{begin}{name}{asked}" for begin in BEGINNINGS for asked in TOLD for name in names)
    hard = [f"{begin}{name}的{thing}怎么样?" for begin in BEGINNINGS for thing in UNTOLD for name in names]
    return [question for one in hard for question in (*islice(easy, EASY), one)]


def _names(asker: Asker) -> list[str]:
    return [
        option.label
        for name in ("chains", "parks")
        for option in open_list(asker, name, Language.HANS).options
    ]


def describe(rates: Sequence[Rate]) -> str:
    """A table for a person."""
    head = ("bot", "way", "database", "workers", "a second", "of bare", "p50 ms", "p99 ms")
    lines: list[tuple[str, ...]] = [head]
    bare = rates[0].second
    for rate in rates:
        bare = rate.second if rate.bot == BARE else bare
        shown = [f"{number:.0f}" for number in (rate.second, rate.second / bare * 100, rate.p50, rate.p99)]
        shown[1] += "%"
        lines.append((rate.bot, rate.way, rate.database, str(rate.workers), *shown))
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in lines
    )


@contextmanager
def _running(
    engine: Engine, questions: Sequence[str], chats: int, workers: int, way: str
) -> Iterator[tuple[Stub, Workers]]:
    """So many workers that are asked nothing yet, by so many people, and the stub of their Bot API."""
    with own_folder() as folder, stub(questions, ENDLESS, chats) as server:
        running = Workers(engine, server, folder, **_settings(way))
        server.order(left=0)
        for _ in range(workers):
            running.start()
        try:
            yield server, running
        finally:
            running.stop()


def _settings(way: str) -> dict[str, str]:
    settings = {"PUSH_PER_SECOND": "1000", "FLOOD_SECONDS": "1"}
    if way == "webhook":
        port = free_port()
        settings |= {"WEB_PORT": str(port), "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram"}
    return settings


def _measured(server: Stub, updates: int, half: float = 0.0) -> tuple[float, float, float]:
    """Updates a second, and p50 and p99 at that load; at half of the found rate where none is given."""
    _ask(server, WARM, asking=WARM / 10)
    _ask(server, 2 * CHATS)
    second = _ask(server, updates)
    _ask(server, updates, asking=half or second / 2)
    waits = server.report().waits
    return second, 1000 * waits[len(waits) // 2], 1000 * waits[int(len(waits) * 0.99)]


def _ask(server: Stub, updates: int, asking: float = 0.0) -> float:
    """Let so many be asked, and wait until they are answered; answers a second."""
    server.report(clear=True)
    server.order(left=updates, asking=asking)
    _wait(server, updates)
    return _second(server)


def _second(server: Stub) -> float:
    report = server.report()
    return (report.taken.total() - 1) / (report.last - report.first)


def _wait(server: Stub, updates: int) -> None:
    """Wait until so many are answered since the stub's report was cleared."""
    moved, before = time.monotonic(), -1
    while (done := server.report().taken.total()) < updates:
        if done != before:
            moved, before = time.monotonic(), done
        if time.monotonic() - moved > STOPPED:
            raise TimeoutError(f"the bot has stopped after {done} answers")
        time.sleep(LOOK)
