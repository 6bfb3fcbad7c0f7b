"""The clock of a running bot is set: nobody is told twice, or at night, or never; questions are answered."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from knowledge.announcing.quiet_hours import is_quiet
from tests.bot.telegram.clock import WrongClock
from tests.bot.telegram.conftest import wait_until
from tests.bot.telegram.test_outage import PUSHED, announce_spring, subscribe, texts, unsent
from tests.bot.telegram.test_workers import ASKED, TOLD, open_updates
from tests.databases import execute
from tests.telegram_server.client import Person, StandIn

HOUR, DAY, YEAR = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=365)

NIGHT = "22:00-08:00"

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def clock(tmp_path: Path) -> WrongClock:
    return WrongClock(tmp_path / "clock")


def pushed(person: Person) -> int:
    return sum(PUSHED in text for text in texts(person))


def due(home: Path) -> Iterator[dt.datetime]:
    """When the pushes go that wait."""
    rows = execute(home / "var" / "investbot.db", "select due_at from push where state = 'waiting'")
    for (found,) in rows:
        moment = dt.datetime.fromisoformat(found) if isinstance(found, str) else found
        yield moment.replace(tzinfo=moment.tzinfo or dt.UTC)


def test_whatever_the_clock_shows_questions_are_answered_and_remembered(
    fresh: StandIn, home: Path, clock: WrongClock
) -> None:
    with clock.serving(fresh, home) as bot:
        person = bot.someone()
        assert TOLD[0] in person.ask(ASKED[0]).text
        for ahead in (HOUR, -HOUR, DAY, -DAY, YEAR, -YEAR, dt.timedelta()):
            clock.set(ahead)
            assert TOLD[1] in person.ask(ASKED[1]).text
            # Of what was spoken before the clock was set.
            assert "500亩" in person.ask("那占地多少").text
        wait_until(lambda: open_updates(home) == 0)
        questions = execute(home / "var" / "investbot.db", "select count(*) from question")[0][0]
        assert questions == 15
        assert person.stays_silent()
        assert "Traceback" not in bot.log


def test_a_push_is_neither_lost_nor_sent_twice_whatever_the_clock_shows(
    fresh: StandIn, home: Path, clock: WrongClock
) -> None:
    """Announced, and planned for the morning, by a clock that was a year ahead; then it is set right."""
    with clock.serving(fresh, home) as bot:
        awake, asleep = bot.someone(), bot.someone()
        for person in (awake, asleep):
            person.ask(ASKED[0])
        subscribe(home, awake)
        # For whom it is night, by whatever clock.
        now = dt.datetime.now(ROME)
        quiet = f"{now - HOUR:%H:%M}-{now + 2 * HOUR:%H:%M}"
        subscribe(home, asleep, quiet, "Europe/Rome")
        clock.set(YEAR)
        announce_spring(home, clock.now())
        wait_until(lambda: pushed(awake) == 1)
        wait_until(lambda: any(moment > clock.now() for moment in due(home)))
        clock.set(dt.timedelta())
        wait_until(lambda: all(moment < clock.now() + 2 * HOUR for moment in due(home)))
        clock.set(2 * HOUR)
        wait_until(lambda: pushed(asleep) == 1)
        for ahead in (-HOUR, DAY, -YEAR, dt.timedelta()):
            clock.set(ahead)
            person = bot.someone()
            person.ask(ASKED[0])
        assert (pushed(awake), pushed(asleep)) == (1, 1)
        assert unsent(home) == (0, 0)


def test_what_was_announced_for_at_once_goes_at_once_by_a_clock_set_back(
    fresh: StandIn, home: Path, clock: WrongClock
) -> None:
    with clock.serving(fresh, home) as bot:
        person = bot.someone()
        person.ask(ASKED[0])
        subscribe(home, person)
        clock.set(-YEAR)
        announce_spring(home)
        wait_until(lambda: pushed(person) == 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # An evening whose next hour is quiet.
        (dt.datetime(2026, 6, 10, 21, 30, tzinfo=ROME), dt.datetime(2026, 6, 10, 22, 30, tzinfo=ROME)),
        # The nights in which the clocks of a place are set forward, and back.
        (dt.datetime(2026, 3, 28, 21, 30, tzinfo=ROME), dt.datetime(2026, 3, 29, 3, 30, tzinfo=ROME)),
        (dt.datetime(2026, 10, 24, 21, 30, tzinfo=ROME), dt.datetime(2026, 10, 25, 2, 30, tzinfo=ROME)),
    ],
)
def test_who_sleeps_when_the_clock_has_been_set_is_not_woken(
    fresh: StandIn, home: Path, clock: WrongClock, before: dt.datetime, after: dt.datetime
) -> None:
    """A push that was due at once is so no more, once it is night; in the morning it comes."""
    with clock.serving(fresh, home) as bot:
        person = bot.someone()
        person.ask(ASKED[0])
        subscribe(home, person, NIGHT, "Europe/Rome")
        clock.show(before)
        # It is tried, and is to be tried again.
        fresh.fault("sendMessage", "429", seconds=3)
        announce_spring(home, before)
        wait_until(lambda: any(entry.get("ok") is False for entry in fresh.log("sendMessage")))
        clock.show(after)
        wait_until(lambda: any(moment > after + HOUR for moment in due(home)))
        (moment,) = due(home)
        assert pushed(person) == 0
        assert not is_quiet(moment, ROME, NIGHT)
        assert moment.astimezone(ROME).hour == 8
        clock.show(moment)
        wait_until(lambda: pushed(person) == 1)


def test_one_of_two_workers_sends_and_asks_whatever_their_clocks_show(
    fresh: StandIn, home: Path, clock: WrongClock, tmp_path: Path
) -> None:
    other = WrongClock(tmp_path / "other")
    with clock.serving(fresh, home) as bot, other.serving(fresh, home):
        people = [bot.someone() for _ in range(5)]
        for person in people:
            person.ask(ASKED[0])
            subscribe(home, person)
        clock.set(YEAR)
        other.set(-HOUR)
        announce_spring(home)
        # What is written down as sent is in no doubt when its sender is killed.
        wait_until(lambda: all(map(pushed, people)) and unsent(home) == (0, 0))
        bot.process.kill()
        # The other takes over at once, not when some hour has passed.
        latecomer = bot.someone()
        assert TOLD[1] in latecomer.ask(ASKED[1]).text
        assert [pushed(person) for person in people] == [1] * 5
