"""Entries of an invented country's investment portal: as many as asked for, all different, from one seed."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_TOPICS: Mapping[str, Sequence[str]] = _WORDS["topics"]
_TAILS: Mapping[str, Sequence[str]] = _WORDS["tails"]

_HELD = 0.6
"""The share of an entity's topics that have an entry; the others are asked as near-misses."""

_KINDS = ("company", "company", "company", "park", "project", "project", "policy", "chain", "year", "person")


@dataclass(frozen=True)
class Entry:
    """One entry: the slots it is made of, in the order they are written, and what is asked."""

    slots: tuple[tuple[str, str], ...]
    topic: str

    @property
    def entity(self) -> str:
        """What it is about."""
        return "".join(value for _, value in self.slots)

    @property
    def text(self) -> str:
        """As written."""
        return self.entity + self.topic

    @property
    def turned(self) -> str:
        """As somebody who begins with the question would write it."""
        return f"{self.topic}，{self.entity}"


class Portal:
    """Entries, near-misses of them, and questions of another world."""

    def __init__(self, size: int, seed: int = 1) -> None:
        """Args: how many entries; where chance begins."""
        self._chance = Random(seed)
        self._places = sorted(
            {a + b + tail for a in _WORDS["place"] for b in _WORDS["place"] if a != b for tail in "市县区"}
        )
        self._chance.shuffle(self._places)
        self._places = self._places[:400]
        self.entries: list[Entry] = []
        self._texts: set[str] = set()
        self._fill(size)

    def near_misses(self, count: int, chance: Random) -> Iterator[tuple[str, str]]:
        """Questions like an entry's but for one slot, that no entry has: the slot and the question."""
        while count:
            entry = chance.choice(self.entries)
            made = self._miss(entry, chance)
            if made and made[1] not in self._texts:
                yield made
                count -= 1

    def foreign(self, count: int, chance: Random) -> Iterator[str]:
        """Questions that no investment portal is asked."""
        for _ in range(count):
            yield "".join(chance.choice(_WORDS["foreign"][part]) for part in ("how", "who", "what"))

    def _fill(self, size: int) -> None:
        while len(self.entries) < size:
            kind = self._chance.choice(_KINDS)
            slots = self._slots(kind)
            for topic in _TOPICS[kind]:
                entry = Entry(slots, topic)
                if len(self.entries) == size:
                    return
                if self._chance.random() < _HELD and entry.text not in self._texts:
                    self._texts.add(entry.text)
                    self.entries.append(entry)

    def _slots(self, kind: str) -> tuple[tuple[str, str], ...]:
        chance = self._chance
        place = ("place", chance.choice(self._places))
        industry = ("industry", chance.choice(_WORDS["industry"]))
        brand = ("brand", "".join(chance.sample(_WORDS["brand"], chance.choice((2, 2, 3)))))
        if kind in {"company", "park"}:
            return (place, brand, industry, ("tail", chance.choice(_TAILS[kind])))
        if kind == "project":
            return (brand, industry, ("tail", chance.choice(_TAILS[kind])))
        year = ("year", f"{chance.randrange(1998, 2027)}年")
        if kind == "policy":
            return (place, year, ("tail", "促进"), industry, ("tail", "发展" + chance.choice(_TAILS[kind])))
        if kind == "chain":
            return (place, industry, ("tail", "产业链"))
        if kind == "year":
            return (place, year, industry, ("tail", "领域"))
        person = chance.choice(_WORDS["family"]) + "".join(
            chance.sample(_WORDS["given"], chance.choice((1, 2, 2)))
        )
        return (place, industry, ("tail", "专班的"), ("person", person))

    def _miss(self, entry: Entry, chance: Random) -> tuple[str, str] | None:
        kinds = [kind for kind, _ in entry.slots if kind != "tail"] + ["topic"]
        kind = chance.choice(kinds)
        if kind == "topic":
            choices = next(topics for topics in _TOPICS.values() if entry.topic in topics)
            return kind, Entry(entry.slots, chance.choice(choices)).text
        other = dict(chance.choice(self.entries).slots).get(kind)
        if other is None:
            return None
        slots = tuple((name, other if name == kind else value) for name, value in entry.slots)
        return kind, Entry(slots, entry.topic).text
