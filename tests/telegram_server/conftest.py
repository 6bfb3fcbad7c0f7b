"""A stand-in for the tests of it."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.telegram_server.client import Person, StandIn, stand_in

NUMBERS = count(1000)


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    """One for each module."""
    with stand_in(threaded=True) as running:
        yield running


@pytest.fixture
def fresh() -> Iterator[StandIn]:
    """One for a test that counts updates."""
    with stand_in(threaded=True) as running:
        yield running


@pytest.fixture
def person(server: StandIn) -> Person:
    """Somebody new for each test, who has started the bot."""
    someone = server.user(next(NUMBERS))
    someone.say("/start")
    return someone
