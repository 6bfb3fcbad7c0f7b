"""What topics are called: the words for those that the lexicon knows, in Excel and at the desk."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from knowledge.asking.lexicon import Stamp, lexicon_stamp, read_lexicon


def topic_labels(language: str) -> Mapping[str, str]:
    """Every topic that people can ask for, and what it is called; a changed lexicon is in force at once.

    Args:
        language: "zh" or "en"; what has no label in it, or shares it with another, is called as data has it.
    """
    return _called(language, lexicon_stamp())


def topic_label(name: str, language: str) -> str:
    """What a topic is called; itself where nobody can ask for it."""
    return topic_labels(language).get(name, name)


def find_topic(words: str) -> str:
    """The topic that somebody wrote, by its label in any language, or as data has it.

    Args:
        words: as written; what is no topic's is a topic of its own.
    """
    return _meant(lexicon_stamp()).get(_folded(words), words)


@lru_cache(maxsize=4)
def _called(language: str, stamp: Stamp) -> dict[str, str]:
    labels = {name: topic.labels.get(language, name) for name, topic in read_lexicon().topics.items()}
    times = Counter(labels.values())
    return {name: label if times[label] == 1 else name for name, label in labels.items()}


@lru_cache(maxsize=1)
def _meant(stamp: Stamp) -> dict[str, str]:
    topics = read_lexicon().topics
    found = {
        _folded(label): name
        for language in {language for topic in topics.values() for language in topic.labels}
        for name, label in _called(language, stamp).items()
    }
    # What data has goes before what another topic is called.
    return found | {name: name for name in topics}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
