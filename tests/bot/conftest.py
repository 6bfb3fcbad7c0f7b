"""What the tests of all faces share."""

from collections.abc import Iterator

import pytest

from tests.bot.browser import Browser, browsing


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a worker; each test comes in anew."""
    with browsing(tmp_path_factory.mktemp("browser")) as running:
        yield running
