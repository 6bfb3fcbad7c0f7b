"""Whatever is killed, nobody is left out; and only what was on its way may come twice."""

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.context import ForkServerProcess

from tests.bot.push.conftest import Field
from tests.bot.push.worker import work
from tests.telegram_server.client import TOKEN

KILLS = 20

PER_SECOND = 100


def start(field: Field) -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.bot.push.worker"])
    url = field.engine.url.render_as_string(hide_password=False)
    process = context.Process(target=work, args=(url, field.server.base_url, TOKEN, PER_SECOND), daemon=True)
    process.start()
    return process


def test_killed_at_any_moment(pushing: Field) -> None:
    chance = random.Random(6)
    people = pushing.subscribe(150)
    number = pushing.announce()
    for _ in range(KILLS):
        worker = start(pushing)
        time.sleep(chance.uniform(0.0, 0.5))
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
    worker = start(pushing)
    end = time.monotonic() + 60
    while not pushing.idle() or pushing.progress(number).waiting:
        assert time.monotonic() < end, pushing.progress(number)
        time.sleep(0.05)
    worker.terminate()
    worker.join()
    came = [len(person.messages()) for person in people]
    found = pushing.progress(number)
    assert min(came) == 1
    assert found.sent == 150
    # A repeat is one that was begun when its worker was killed.
    assert sum(came) - 150 <= found.unsure
