"""«Which chains have X in their name?»: a list by how the names in it are written."""

import re

from knowledge.asking.answer import Outcome
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part, any_of
from knowledge.asking.library import LIST_TOPICS, Library
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse

_QUOTES = "\"'“”‘’「」『』"

_WORD = rf"[{_QUOTES}]*+(?P<word>[^{_QUOTES},，。?？]{{1,20}}?)[{_QUOTES}]*+"
"""What is looked for in the names, with or without quotation marks; as little as may be."""

_END = r"$|[,，。?？]"


class Containing:
    """Finds entities by a piece of their names."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Args: the published knowledge, the words in which people ask for it."""
        self._library = library
        self._lexicon = lexicon
        before, letters, having = map(any_of, (lexicon.named_with, lexicon.letters, lexicon.having))
        behind = any_of((*lexicon.letters, *lexicon.copulas, *lexicon.having))
        self._patterns = [
            re.compile(rf"(?:{before})\s*+{_WORD}\s*+(?:{behind}|{_END})"),
            re.compile(rf"(?:{having})\s*+{_WORD}\s*+(?:{letters})"),
        ]

    def decide(self, parse: Parse) -> Decision | None:
        """List what is named so.

        Args:
            parse: the question.

        Returns:
            those of the kind asked for; None where nothing is asked by name, or none is named so.
        """
        topics = {self._lexicon.kinds[kind] for kind in parse.values(Part.KIND)}
        topics &= set(LIST_TOPICS.values())
        found = next((match for one in self._patterns if (match := one.search(parse.question.text))), None)
        home = self._library.home
        if found is None or len(topics) != 1:
            return None
        (topic,) = topics
        word = found["word"].strip()
        fitting = [
            Candidate(record, home, topic, support=1.0)
            for record in self._library.of_entity[home].get(topic, ())
            if record.id in self._library.entities and word in self._written(record.id)
        ]
        return Decision(Outcome.ANSWERED, home, topic, chosen=fitting) if fitting else None

    def _written(self, id: str) -> str:
        entity = self._library.entities[id]
        return f"{entity.name}\n{entity.name_en}".lower()
