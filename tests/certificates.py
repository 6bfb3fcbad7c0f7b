"""The authorities that clients trust in tests: one, where a machine has a hundred and more.

Every client of HTTP reads them all when it is made, also to talk without TLS, as everybody does here. So that
was a tenth of all the work of the tests.
"""

import os
import tempfile
from pathlib import Path

import certifi

VARIABLE = "SSL_CERT_FILE"
"""Where clients look for them; see https://www.python-httpx.org/advanced/ssl/."""

_END = "-----END CERTIFICATE-----"

_MADE: list[Path] = []
"""Files of ours. What the environment named before is the machine's, and nothing is done to it."""


def begin() -> bool:
    """Name a file of ours in the environment; whether nobody had done so for this run."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return False
    first, end, _ = certifi.contents().partition(_END)
    with tempfile.NamedTemporaryFile("w", prefix="investbot-", suffix=".pem", delete=False) as file:
        file.write(first + end)
    _MADE.append(Path(file.name))
    os.environ[VARIABLE] = file.name
    return True


def end() -> None:
    """Remove what `begin` made."""
    while _MADE:
        _MADE.pop().unlink()
