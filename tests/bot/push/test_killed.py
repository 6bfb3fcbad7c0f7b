"""Whatever is killed, nobody is left out; and only what was on its way may come twice."""

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.context import ForkServerProcess

import pytest

from tests.bot.push.conftest import Field
from tests.bot.push.worker import work
from tests.telegram_server.client import TOKEN, Person

KILLS = 20

PER_SECOND = 100


def start(field: Field) -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.bot.push.worker"])
    url = field.engine.url.render_as_string(hide_password=False)
    process = context.Process(target=work, args=(url, field.server.base_url, TOKEN, PER_SECOND), daemon=True)
    process.start()
    return process


def kill(worker: ForkServerProcess) -> None:
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()


def finish(field: Field, number: int, workers: list[ForkServerProcess]) -> None:
    """Let workers go on until nobody waits, and stop them."""
    end = time.monotonic() + 60
    while not field.idle() or field.progress(number).waiting:
        assert time.monotonic() < end, field.progress(number)
        time.sleep(0.05)
    for worker in workers:
        worker.terminate()
        worker.join()


def check(field: Field, number: int, people: list[Person]) -> None:
    """Everybody has it; it came twice only where it was begun when its worker was killed."""
    came = [len(person.messages()) for person in people]
    found = field.progress(number)
    assert min(came) == 1
    assert found.sent == len(people)
    assert sum(came) - len(people) <= found.unsure


def test_killed_at_any_moment(pushing: Field) -> None:
    chance = random.Random(6)
    people = pushing.subscribe(150)
    number = pushing.announce()
    for _ in range(KILLS):
        worker = start(pushing)
        time.sleep(chance.uniform(0.0, 0.5))
        kill(worker)
    finish(pushing, number, [start(pushing)])
    check(pushing, number, people)


@pytest.mark.every_database
def test_two_workers_killed_in_turn(pushing: Field) -> None:
    """Whichever of the two sends, the other goes on."""
    chance = random.Random(7)
    people = pushing.subscribe(150)
    number = pushing.announce()
    workers = [start(pushing), start(pushing)]
    for _ in range(KILLS // 2):
        time.sleep(chance.uniform(0.1, 0.4))
        kill(workers.pop(0))
        workers.append(start(pushing))
    finish(pushing, number, workers)
    check(pushing, number, people)
