"""«Of A, B and C, which is not among them?»: what a list has not, of several things that are named."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part, any_by_script
from knowledge.asking.library import LISTS, Library, Record
from knowledge.asking.rank import LISTING, Candidate
from knowledge.asking.spans import Parse

_BETWEEN = re.compile(r"[\s,，、;；和跟与及或]+")
"""What stands between things that are named one after the other."""

_FEWEST = 2


class OddOneOut:
    """Finds what does not stand where others do."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the words that deny."""
        self._library = library
        chinese, _ = any_by_script(lexicon.negations)
        self._denial = re.compile(chinese)

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        """What each name stands for: few questions need it, and no start."""
        called: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self._library.entities.values():
            for name in entity.names:
                called[name.lower()].add(entity.id)
        return dict(called)

    def decide(self, parse: Parse) -> Decision | None:
        """Tell the list, and what of all that is named is not in it.

        Args:
            parse: the question.

        Returns:
            None where no such thing is asked, all stand in a list, or none does.
        """
        which = [span for span in parse.of(Part.QUESTION) if span.text and span.values & LISTING]
        if len(which) != 1:
            return None
        before, _, behind = parse.question.text.partition(which[0].text)
        said = {span.text for span in parse.of(Part.FILLER)}
        items = [item for item in _BETWEEN.split(before) if item and item not in said]
        if len(items) < _FEWEST or not self._denial.search(behind):
            return None
        owners = [span for span in parse.of(Part.ENTITY) if span.start >= which[0].end]
        ids = [id for span in owners for id in sorted(span.values)] or [self._library.home]
        found = [
            (inside, [item for item in items if item not in inside], id, topic, records)
            for id in ids
            for topic, records in self._library.of_entity.get(id, {}).items()
            if (inside := [item for item in items if self._is_in(item, records)])
        ]
        inside, outside, entity, topic, records = max(
            found, key=lambda one: (len(one[0]), one[3] in LISTS), default=([], [], "", "", [])
        )
        if not outside or len(inside) < _FEWEST:
            return None
        chosen = [Candidate(record, entity, topic, support=1.0) for record in records]
        return Decision(Outcome.ANSWERED, entity, topic, chosen=chosen, outside="、".join(outside))

    def _is_in(self, item: str, records: Sequence[Record]) -> bool:
        """Whether facts speak of something that is named, by its name or as what the name stands for."""
        ids = self._called.get(item, set())
        return any(ids & record.entities or (not ids and item in record.text) for record in records)
