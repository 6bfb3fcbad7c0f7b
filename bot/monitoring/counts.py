"""What this worker counts while it works; each count is one call where it happens."""

import time

from prometheus_client import Counter, Histogram
from sqlalchemy import Engine, event

LATENCIES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; most answers take some milliseconds."""

UPDATES = Counter("investbot_updates", "Updates that were handled", ["kind"])
ANSWERS = Counter("investbot_answers", "Questions, by what became of them", ["face", "outcome"])
FAILED = Counter("investbot_failed_turns", "Turns that ended in an error of ours", ["face"])
SECONDS = Histogram("investbot_turn_seconds", "Until a reply is made", ["face"], buckets=LATENCIES)
PUSHES = Counter("investbot_push_attempts", "Pushes, by what came of an attempt", ["fate"])
FAULTS = Counter("investbot_database_errors", "Statements that the database did not do", ["kind"])


class Contact:
    """Whether Telegram is reached."""

    def __init__(self) -> None:
        self._lost: float | None = None

    def reached(self) -> None:
        """Telegram has answered."""
        self._lost = None

    def failed(self) -> None:
        """Telegram could not be reached."""
        if self._lost is None:
            self._lost = time.monotonic()

    def lost_for(self) -> float:
        """Seconds for which it could not be reached; 0 where it is."""
        return 0.0 if self._lost is None else time.monotonic() - self._lost


CONTACT = Contact()
"""This worker's."""


def watch(engine: Engine) -> None:
    """Count what a database does not do."""

    def count(context: object) -> None:
        error = getattr(context, "sqlalchemy_exception", None)
        FAULTS.labels(type(error).__name__).inc()

    event.listen(engine, "handle_error", count)
