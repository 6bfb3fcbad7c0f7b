"""What a button of staff carries: a verb, a number, and what it was shown with. Others' start otherwise."""

import hashlib
import re
from dataclasses import dataclass

from bot.numbers import whole
from bot.reply import Button, Rows, shorten
from bot.texts import say
from knowledge.asking.answer import Language

_DATA = re.compile(r"^staff\|([a-z_]{1,16})\|(\S{1,40}?)(?:\|([0-9a-f]{8}))?$")


@dataclass(frozen=True)
class Pressed:
    """A pressed button.

    Attributes:
        verb: what is to be done.
        about: a number, or a fact's id.
        seen: digest of what stood in the message; empty where that does not matter.
    """

    verb: str
    about: str
    seen: str = ""

    @property
    def number(self) -> int:
        """What it is about as a number; 0 where it is none."""
        return whole(self.about)

    @classmethod
    def decode(cls, data: str) -> "Pressed | None":
        """Read callback data; None where no button of staff carries this."""
        found = _DATA.match(data)
        return cls(found[1], found[2], found[3] or "") if found else None


def button(label: str, verb: str, about: object, seen: str = "") -> Button:
    """A button of staff; see `Pressed`."""
    return Button(shorten(label), "|".join(filter(None, ("staff", verb, str(about), seen))))


def digest(text: str) -> str:
    """A short digest of what a message shows, to see that it is still so."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def up_row(language: Language, verb: str, after: object = "") -> Rows:
    """The row by which staff go on: to the next of a list, where there is one, and back to what waits."""
    up = button(say(language, "staff", "up"), "overview", 0)
    if after in ("", None):
        return ((up,),)
    return ((up, button(say(language, "staff", "next"), verb, after)),)
