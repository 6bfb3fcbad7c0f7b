"""Noticing that the clock was set: it went on by more, or by less, than the time that passed."""

import time
from collections.abc import Callable

Seconds = Callable[[], float]


class Clock:
    """The machine's clock, beside the time since it was started, which nobody sets."""

    def __init__(self, least: float, wall: Seconds = time.time, steady: Seconds = time.monotonic) -> None:
        """Args: by so many seconds it has to be set to be noticed; the two clocks, in seconds."""
        self._least = least
        self._wall = wall
        self._steady = steady
        self._ahead = wall() - steady()

    def set_by(self) -> float:
        """By how many seconds it was set since this was last asked; 0 where it was not.

        While a machine sleeps no time passes for it: when it wakes up, its clock was set forwards.
        """
        ahead = self._wall() - self._steady()
        by, self._ahead = ahead - self._ahead, ahead
        return by if abs(by) >= self._least else 0.0
