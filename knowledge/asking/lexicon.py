"""The words in which people ask, by language: topics, question words, kinds, fillers, synonyms."""

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.asking.normalize import stem
from knowledge.database import KnowledgeError

FOLDER = Path(__file__).parent / "lexicon"


class Part(StrEnum):
    """What a phrase contributes to a question."""

    ENTITY = "entity"
    TOPIC = "topic"
    KIND = "kind"
    QUESTION = "question"
    SWITCH = "switch"
    PRONOUN = "pronoun"
    HOME = "home"
    MORE = "more"
    FORGET = "forget"
    REFUSAL = "refusal"
    GREETING = "greeting"
    FILLER = "filler"
    TERM = "term"
    RANK = "rank"


BOTH = "both"
"""What a pronoun stands for that means the two which were spoken of last."""

DENYING = "denying"
"""Of a switch: what follows is not what is asked, «not the park, …»."""

AMOUNTS = frozenset({"how_many", "how_much"})
"""Question words that a figure answers."""

PRECISE = frozenset({"who", "when", "where", "how_many", "how_much"})
"""Question words to which nothing else is an answer."""


@dataclass(frozen=True, order=True)
class Target:
    """What a phrase stands for: its part, and the id of the entity, topic, kind …"""

    part: Part
    value: str


@dataclass
class Topic:
    """Something that can be asked of an entity: its label by language, and the topics that may stand in."""

    labels: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass
class Industry:
    """An industry: what its chain's name holds, and what is made in it; of all languages together."""

    names: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()


@dataclass
class Lexicon:
    """All languages together.

    Attributes:
        versions: by language; raised with each change, shown by `explain`.
        equivalents: names of an industry that mean the same: whoever has one has all.
        units: what can be counted or measured; those of one group mean the same.
        openers: how a clause begins in which somebody tells of themselves.
        placing: words that ask at which place of a list something stands.
        pointing: words before a number of what was told already, «those 259», by which none is claimed.
        standing_for: words behind a number that ask what it stands for; numbers: what it is called there.
        comparing: adjectives by which two things are compared.
        confirming, affirming: words with which a question begins, or ends, that asks whether something is so.
        doubting: words by which somebody tells that they know otherwise: «I remember 150».
        either: words between two things of which one is so.
        copulas: words between «which» and what is asked for.
        saying: verbs by which somebody is quoted.
        details: nouns of which the answer to «where» has to hold one of the same group: which road?
        periods: words for «each day», «each month»; those of one group mean the same.
        among: words after a list that tell that it is not all.
        others: words that ask for what was not told yet.
        excepting: words before a name that leave it out: besides.
        named_with: words before a piece of a name by which a list is asked for.
        asides: fillers that say which, right before a kind of thing.
        negations: words that deny; seeming: such as have one of them in it and deny nothing of a fact.
        now: words that ask for what is so already, which no plan answers.
        naming: words that ask for a name, which no number and no description answers.
        letters: words behind such a piece; having: words that may stand before it then.
        phases: what the parts of a plan are called, which follow one another.
        closings: formulas with which a letter ends, before its writer's name.
        inquiring: words by which such a clause asks all the same.
        limits: what makes a number a limit: `over`, `under` before it, `over_after`, `under_after` behind;
            `first` and `last` before it: how many of a list, unless `time` is counted behind it.
        arithmetic: words that ask for what comes out of two figures, by operation.
        calendar: words that ask for a year, a month or a day; clock: for the time of day.
        finished: words for what is done; past: words for what was before.
        own: words by which somebody speaks of themselves.
        making: verbs by which somebody tells what they make; fitting: words that ask where it belongs.
        industries: what belongs where.
        titles: what the holder of a post is called behind the surname, by how the post ends.
        digest: sha256 of all files.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    kind_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    phrases: list[tuple[str, Target]] = field(default_factory=list)
    synonyms: dict[str, frozenset[str]] = field(default_factory=dict)
    equivalents: list[frozenset[str]] = field(default_factory=list)
    units: list[frozenset[str]] = field(default_factory=list)
    openers: tuple[str, ...] = ()
    inquiring: tuple[str, ...] = ()
    saying: tuple[str, ...] = ()
    copulas: tuple[str, ...] = ()
    confirming: tuple[str, ...] = ()
    affirming: tuple[str, ...] = ()
    doubting: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    comparing: tuple[str, ...] = ()
    placing: tuple[str, ...] = ()
    pointing: tuple[str, ...] = ()
    standing_for: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    details: list[frozenset[str]] = field(default_factory=list)
    periods: list[frozenset[str]] = field(default_factory=list)
    among: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    excepting: tuple[str, ...] = ()
    named_with: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    seeming: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    making: tuple[str, ...] = ()
    fitting: tuple[str, ...] = ()
    industries: dict[str, Industry] = field(default_factory=dict)
    limits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    arithmetic: dict[str, tuple[str, ...]] = field(default_factory=dict)
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""

    def is_title(self, text: str) -> bool:
        """Whether a word is what the holder of a post is called: 主任, 村主任."""
        return text.endswith(tuple(self.titles))

    def label(self, topic: str, language: str) -> str:
        """A topic's short name; its id where the language has none."""
        topic_labels = self.topics[topic].labels if topic in self.topics else {}
        return topic_labels.get(language) or topic


class LexiconError(KnowledgeError):
    """A lexicon file is not as it should be."""


Stamp = tuple[tuple[str, int], ...]


def lexicon_stamp(folder: Path = FOLDER) -> Stamp:
    """What changes whenever a lexicon file does: names and times of change in nanoseconds."""
    with os.scandir(folder) as files:
        lexica = (file for file in files if file.name.endswith(".toml"))
        return tuple(sorted((file.name, file.stat().st_mtime_ns) for file in lexica))


def read_lexicon(folder: Path = FOLDER) -> Lexicon:
    """What every `<language>.toml` of a folder says; the same for all who ask, until a file changes.

    Raises:
        LexiconError: a file is no TOML or lacks a key; it names the file and the key.
    """
    return _read(folder, lexicon_stamp(folder))


@lru_cache(maxsize=2)
def _read(folder: Path, _: Stamp) -> Lexicon:
    lexicon = Lexicon()
    for path in sorted(folder.glob("*.toml")):
        try:
            raw = path.read_bytes()
            lexicon.digest = hashlib.sha256(lexicon.digest.encode() + raw).hexdigest()
            data = tomllib.loads(raw.decode("utf-8"))
            _merge(lexicon, data)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconError(f"The lexicon {path.name} cannot be read: {error}.") from error
        except KeyError as error:
            raise LexiconError(f"The lexicon {path.name} lacks the key {error}.") from error
    return lexicon


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; of none it matches nothing."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"


def any_by_script(words: Iterable[str]) -> tuple[str, str]:
    """Patterns for any of some words, see `any_of`: of the Chinese ones, and of those of letters."""
    words = tuple(words)
    return any_of(word for word in words if not word.isascii()), any_of(filter(str.isascii, words))


@lru_cache(maxsize=100)
def whole_words(words: frozenset[str] | tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of some words; those of letters are no pieces of longer ones."""
    chinese, english = any_by_script(words)
    return re.compile(rf"(?:{chinese})|\b(?:{english})\b")


_WORDS = (
    "openers",
    "inquiring",
    "comparing",
    "placing",
    "pointing",
    "standing_for",
    "numbers",
    "confirming",
    "affirming",
    "doubting",
    "either",
    "copulas",
    "saying",
    "among",
    "others",
    "excepting",
    "named_with",
    "asides",
    "negations",
    "seeming",
    "now",
    "naming",
    "letters",
    "having",
    "phases",
    "closings",
    "calendar",
    "clock",
    "finished",
    "past",
    "own",
    "making",
    "fitting",
)
"""Lists of a file that are taken over as they are."""

_GROUPS = ("equivalents", "units", "details", "periods")
"""Lists of words that mean the same."""


def _merge(lexicon: Lexicon, data: dict[str, Any]) -> None:
    language = data["language"]
    lexicon.versions[language] = data["version"]
    for name, entry in data.get("topics", {}).items():
        topic = lexicon.topics.setdefault(name, Topic())
        topic.labels[language] = entry["label"]
        topic.also = tuple(dict.fromkeys((*topic.also, *entry.get("also", ()))))
    for name, entry in data.get("questions", {}).items():
        lexicon.questions[name] = tuple(dict.fromkeys((*lexicon.questions.get(name, ()), *entry["topics"])))
    for name, entry in data.get("kinds", {}).items():
        lexicon.kinds[name] = entry["topic"]
        lexicon.kind_labels.setdefault(name, {})[language] = entry["label"]
        topic = lexicon.topics.setdefault(entry["topic"], Topic())
        topic.labels.setdefault(language, entry["label"])
    lexicon.phrases.extend(_phrases(data))
    for name in _WORDS:
        setattr(lexicon, name, (*getattr(lexicon, name), *data.get(name, ())))
    for name in _GROUPS:
        getattr(lexicon, name).extend(frozenset(group) for group in data.get(name, ()))
    for table in ("limits", "arithmetic"):
        lists: dict[str, tuple[str, ...]] = getattr(lexicon, table)
        for name, wordings in data.get(table, {}).items():
            lists[name] = (*lists.get(name, ()), *wordings)
    for name, entry in data.get("industries", {}).items():
        industry = lexicon.industries.setdefault(name, Industry())
        industry.names = (*industry.names, *entry["names"])
        industry.makes = (*industry.makes, *entry["makes"])
    for ending, forms in data.get("titles", {}).items():
        # As the word of a question is held against it: by its stem, where it is English.
        ending = stem(ending) if ending.isascii() else ending
        lexicon.titles[ending] = (*lexicon.titles.get(ending, ()), *forms)
    for group in data.get("synonyms", ()):
        for word in group:
            lexicon.synonyms[word] = lexicon.synonyms.get(word, frozenset()) | frozenset(group)


def _phrases(data: dict[str, Any]) -> Iterator[tuple[str, Target]]:
    tables = {
        "topics": Part.TOPIC,
        "kinds": Part.KIND,
        "questions": Part.QUESTION,
        "refusals": Part.REFUSAL,
    }
    for table, part in tables.items():
        for name, entry in data.get(table, {}).items():
            for wording in entry["wordings"]:
                yield wording, Target(part, name)
    for kind, wordings in data.get("referring", {}).items():
        for wording in wordings:
            yield wording, Target(Part.PRONOUN, kind)
    for name, wordings in data.get("ranks", {}).items():
        for wording in wordings:
            yield wording, Target(Part.RANK, name)
    for name in ("greetings", "thanks", "goodbye"):
        for wording in data.get(name, {}).get("wordings", ()):
            yield wording, Target(Part.GREETING, name)
    lists = {
        "switch": Part.SWITCH,
        DENYING: Part.SWITCH,
        "fillers": Part.FILLER,
        "terms": Part.TERM,
        "pronouns": Part.PRONOUN,
        BOTH: Part.PRONOUN,
        "home": Part.HOME,
        "more": Part.MORE,
        "forget": Part.FORGET,
    }
    for name, part in lists.items():
        for wording in data.get(name, ()):
            yield wording, Target(part, name)
