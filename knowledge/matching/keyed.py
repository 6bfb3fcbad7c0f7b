"""A text as it is compared with another."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Keyed:
    """A text as compared: its characters, its sounds (a character each), and the weight of each place."""

    signs: str
    sounds: str
    weights: Sequence[float]

    def turned(self, at: int) -> "Keyed":
        """The same text begun at some place."""
        weights = [*self.weights[at:], *self.weights[:at]]
        return Keyed(self.signs[at:] + self.signs[:at], self.sounds[at:] + self.sounds[:at], weights)
