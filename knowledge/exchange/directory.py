"""Who is who in a workbook: entities by id and by name, those that are there and those a workbook adds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from knowledge.entries import Entry
from knowledge.exchange.problems import CellError
from knowledge.models import Kind
from knowledge.unseen import visible

_WITH_ID = re.compile(r"^(?P<name>.*?)(?<!\s)\s*+[((](?P<id>[a-z_]+\.[a-z0-9-]+)[))]$", re.DOTALL)

LONGEST = 100
"""A name longer than this is cut where it is referred to; the id says whose it is."""

SHOWN = 6
"""So many of several candidates are named."""


class Directory:
    """Names and ids of everything that can be referred to."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        """Begin with the facts that are there.

        Args:
            entries: by id.
        """
        self.names: dict[str, list[str]] = {}
        self._ids: dict[str, list[str]] = defaultdict(list)
        for id, entry in entries.items():
            self.add(id, names_of(entry))

    def add(self, id: str, names: Sequence[str]) -> None:
        """Know a fact by further names; the first of them is what it is called from now on."""
        known = [*names, *(name for name in self.names.get(id, ()) if name not in names)]
        for name in known:
            if id not in self._ids[_folded(name)]:
                self._ids[_folded(name)].append(id)
        self.names[id] = known

    def __contains__(self, id: str) -> bool:
        return id in self.names

    def shown(self, id: str) -> str:
        """A reference as a person reads it: «name (id)»."""
        names = self.names.get(id)
        if not names:
            return id
        name = " ".join(names[0].split())
        return f"{name if len(name) <= LONGEST else name[:LONGEST] + '…'} ({id})"

    def find(self, text: str, kinds: Sequence[Kind]) -> str:
        """The id that somebody means.

        Args:
            text: «name (id)», an id, a name or another name.
            kinds: what it should be, where names are alike.

        Raises:
            CellError: nothing is called so, or several are, or name and id are not the same one's.
        """
        text = text.strip()
        if text in self.names:
            return text
        given = _WITH_ID.match(text)
        if given is None:
            return self._by_name(text, kinds)
        id, name = given["id"], given["name"]
        if id not in self.names:
            raise CellError("unknown_id", "reference", id=id)
        others = self._ids.get(_folded(name), [])
        if others and id not in others:
            raise CellError("another_name", "reference", name=name, id=id, other=self.shown(others[0]))
        return id

    def called(self, name: str, kind: Kind) -> list[str]:
        """The ids of what is called so and is of a kind."""
        return [id for id in self._ids.get(_folded(name), []) if id.startswith(f"{kind}.")]

    def _by_name(self, text: str, kinds: Sequence[Kind]) -> str:
        found = self._ids.get(_folded(text), [])
        if len(found) > 1:
            found = _narrowed(found, kinds) or found
        if len(found) > 1:
            # Its own name goes before another's second one.
            found = [id for id in found if _folded(self.names[id][0]) == _folded(text)] or found
        if not found:
            raise CellError("unknown_name", "reference", name=text)
        if len(found) > 1:
            several = "; ".join(self.shown(id) for id in found[:SHOWN])
            raise CellError("several", "one_of", name=text, several=several)
        return found[0]


def names_of(entry: Entry) -> list[str]:
    """The names of a fact: its own first; none for one that is no entity."""
    return [entry["name"], *entry.get("aliases", ())] if "name" in entry else []


def _narrowed(ids: Iterable[str], kinds: Sequence[Kind]) -> list[str]:
    return [id for id in ids if any(id.startswith(f"{kind}.") for kind in kinds)]


def _folded(name: str) -> str:
    return re.sub(r"\s", "", visible(name)).lower()
