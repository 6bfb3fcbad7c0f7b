"""A subscription in plain words, and a page for each thing that can be chosen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.browsing import MENU, PAGE, open_list
from bot.languages import LANGUAGES
from bot.push.message import STOP
from bot.reply import Button, Press, Reply, Rows, arrange, notice
from bot.subscribing.changes import Change
from bot.texts import has, keys, say
from knowledge.announcing.quiet_hours import read_zone
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.models import Pace, Subscription

PAGES, SET, PICK, AGAIN = "subs", "set", "pick", "again"
"""What buttons carry before a page's name, before what is chosen on one page or ticked on a list, and
before the time zone of whoever comes back."""

LISTS = {"chain": "chains", "park": "parks"}
"""The lists that can be ticked, by the kind of their entities."""

CHOICES = ("least", "pace", "quiet", "time_zone", "language")
"""What one of several can be chosen for."""

_SECTIONS = {"least": "sizes", "quiet": "quiet", "time_zone": "zones"}

_MARKS = {True: "✓ ", False: "✕ ", None: ""}


@dataclass(frozen=True)
class Pages:
    """The pages of one subscription.

    Attributes:
        asker: knows chains and parks.
        row: the subscription.
        named: the entities that it names, and whether it wants their signings.
        language: what the pages are written in.
    """

    asker: Asker
    row: Subscription
    named: Mapping[str, bool]
    language: Language

    def main(self, now: dt.datetime, said: str = "") -> Reply:
        """All that is chosen, and the way to change it.

        Args:
            now: with a time zone.
            said: what was just done.
        """
        topics = [self._open(say(self.language, "topics", name), name) for name in LISTS.values()]
        choices = [self._open(self._say(f"{name}_button"), name) for name in CHOICES]
        menu = Press(MENU.entity, MENU.topic, self.language)
        stop = self._open(say(self.language, "push", "stop"), STOP)
        return notice(
            self.language,
            *self._lines(now),
            title=said or self._say("title"),
            rows=(
                *arrange([*topics, *choices, stop]),
                (Button.of(say(self.language, "buttons", "menu"), menu),),
            ),
        )

    def choice(self, name: str) -> Reply:
        """What can be chosen for one thing, the chosen marked.

        Args:
            name: one of `CHOICES`.
        """
        chosen = self.value(name)
        buttons = [
            Button.of(
                _MARKS[value == chosen or None] + self.label(name, value),
                Press(SET, Change(name, value).encode(), self.language),
            )
            for value in dict.fromkeys((*_values(name), chosen))
        ]
        return notice(self.language, self._say(f"{name}_ask"), rows=(*arrange(buttons), self.back))

    def tick(self, name: str, page: int) -> Reply:
        """A page of the list of chains or parks, the wanted and the unwanted marked.

        Args:
            name: a value of `LISTS`.
            page: from 0.
        """
        options = open_list(self.asker, name, self.language).options
        listed = {option.intent.entity: option.label for option in options}
        held = [entity for entity in self.named if LISTS.get(entity.partition(".")[0]) == name]
        entities = [*listed, *(entity for entity in held if entity not in listed)]
        buttons = [
            Button.of(
                _MARKS[self.named.get(entity)] + (listed.get(entity) or self.name(entity)),
                Press(PICK, self._ticked(entity).encode(), self.language, page),
            )
            for entity in entities[page * PAGE : (page + 1) * PAGE]
        ]
        turns = [
            Button.of(say(self.language, "buttons", key), Press(PAGES, name, self.language, other))
            for key, other in (("less", page - 1), ("more", page + 1))
            if 0 <= other * PAGE < len(entities)
        ]
        rows: Rows = (*arrange(buttons), *((tuple(turns),) if turns else ()), self.back)
        return notice(self.language, self._say("tick_ask"), rows=rows)

    def value(self, name: str) -> str:
        """What is chosen for one thing, as a change has it."""
        value = getattr(self.row, name)
        return f"{value:.0f}" if isinstance(value, float) else str(value)

    def label(self, name: str, value: str) -> str:
        """What can be chosen for one thing, in words."""
        if name == "language":
            return LANGUAGES[Language(value)].name
        section = _SECTIONS.get(name, "paces")
        return say(self.language, section, value) if has(section, value) else value

    def name(self, entity: str) -> str:
        """The name of an entity, or its id where it is known no more."""
        return self.asker.name(entity, self.language) or entity

    @property
    def back(self) -> tuple[Button, ...]:
        """The way back to all that is chosen."""
        return (self._open(say(self.language, "buttons", "back"), "main"),)

    def _lines(self, now: dt.datetime) -> list[str]:
        wanted, unwanted = (
            say(self.language, "staff", "joiner").join(
                self.name(entity) for entity, wants in self.named.items() if wants is kind
            )
            for kind in (True, False)
        )
        local = now.astimezone(read_zone(self.row.time_zone))
        zone = self.label("time_zone", self.row.time_zone)
        lines = [self._say("wanted", names=wanted) if wanted else self._say("all")]
        lines += [self._say("unwanted", names=unwanted)] if unwanted else []
        lines += [
            self._say(f"{name}_line", value=self.label(name, self.value(name)))
            for name in ("least", "pace", "quiet")
        ]
        lines.append(self._say("time_zone_line", value=zone, time=f"{local:%H:%M}"))
        lines.append(self._say("language_line", value=self.label("language", self.row.language)))
        return lines

    def _ticked(self, entity: str) -> Change:
        return Change(entity, "" if entity in self.named else "yes")

    def _open(self, label: str, page: str) -> Button:
        return Button.of(label, Press(PAGES, page, self.language))

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, "subscription", key, **values)


def _values(name: str) -> tuple[str, ...]:
    if name == "pace":
        return tuple(Pace)
    return tuple(Language) if name == "language" else keys(_SECTIONS[name])
