"""A bot that is told to end ends soon, whatever waits for its turn, and nothing is lost."""

import time
from pathlib import Path

from bot.telegram.pace import PER_GROUP
from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.bot.telegram.test_workers import ASKED, TOLD, open_updates, told
from tests.telegram_server.client import StandIn

QUICK = 5.0
"""Seconds; it takes less than one, but for machines that have much to do."""


def stop(bot: Bot) -> float:
    """Tell a bot to end; the seconds that it takes."""
    began = time.monotonic()
    bot.process.terminate()
    assert bot.process.wait(20) == 0
    return time.monotonic() - began


def test_a_full_groups_answers_hold_up_no_stop_and_come_once_at_the_next_start(
    fresh: StandIn, home: Path
) -> None:
    asked = [f"@bureau_test_bot {question}" for question in ASKED * 6]
    with serving(fresh, home) as bot:
        member = bot.someone().within(fresh.group(-1002))
        for question in asked:
            member.say(question)
        wait_until(lambda: len(member.messages()) == PER_GROUP)
        assert stop(bot) < QUICK
        assert len(member.messages()) == PER_GROUP < len(asked)
    with serving(fresh, home):
        wait_until(lambda: len(member.messages()) == len(asked))
        wait_until(lambda: open_updates(home) == 0)
    assert told(member) == [*range(len(ASKED))] * 6


def test_an_answer_that_telegram_puts_off_holds_up_no_stop_and_comes_once_at_the_next_start(
    fresh: StandIn, home: Path
) -> None:
    with serving(fresh, home) as bot:
        person = bot.someone()
        fresh.fault("sendMessage", "429", seconds=60)
        person.say(ASKED[0])
        wait_until(lambda: bool(fresh.log("sendMessage")))
        assert stop(bot) < QUICK
    with serving(fresh, home):
        assert TOLD[0] in person.reply().text
        assert person.stays_silent()
