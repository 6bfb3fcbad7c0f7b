"""Whether a question asks for names that the facts found for it do not give.

«Their 80 new projects, what are they called?» is not answered with 80; nor is «the name of the brand» with
that there is one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.asking.answer import Language
from knowledge.asking.lexicon import AMOUNTS, Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, LISTS, WIDE, Entity, Library
from knowledge.asking.normalize import fold_text, stem
from knowledge.asking.rank import Candidate
from knowledge.asking.spans import Parse
from knowledge.models import Figure, Kind, Statement
from knowledge.numerals import value

_TITLED = ("、", "《")
"""What stands in a sentence that names something: an enumeration, a title."""

_MEMBERS = frozenset({Kind.COMPANY, Kind.PROJECT, Kind.WORK, Kind.PARK, Kind.ORGANIZATION, Kind.PERSON})
"""Kinds of what is counted and named."""

_QUOTED = re.compile(r"“([^“”]+)”")

_WORD = re.compile(r"[a-z]+|\d+")


def lacks_names(parse: Parse, chosen: Sequence[Candidate], library: Library, lexicon: Lexicon) -> bool:
    """Whether names are asked for and no fact gives one that the question does not have.

    Args:
        parse: the question.
        chosen: the facts that would answer it.
        library: what is known.
        lexicon: the words that ask for names.
    """
    if not chosen or parse.values(Part.QUESTION) & AMOUNTS:
        return False
    asking = (*parse.of(Part.FILLER), *parse.of(Part.QUESTION), *parse.left)
    named = any(span.text in lexicon.naming for span in asking)
    # A sentence of a list that names no member says nothing of «which».
    listed = all(isinstance(one.record.row, Statement) and one.topic in LISTS for one in chosen)
    if not named and not (listed and _asks_which(parse, lexicon)):
        return False
    return not any(_gives(candidate, parse, library) for candidate in chosen)


def _asks_which(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether «which» stands beside what is asked for: 上市公司是哪一家, not 上市公司补的是哪一环."""
    said = [span for span in parse.spans if span.text not in lexicon.copulas]
    return any(
        "which" in {*one.values, *other.values}
        and {one.part, other.part} <= {Part.QUESTION, Part.TOPIC, Part.KIND}
        for one, other in pairwise(said)
    )


def _gives(candidate: Candidate, parse: Parse, library: Library) -> bool:
    row = candidate.record.row
    asked = parse.values(Part.KIND)
    known = {id for span in parse.of(Part.ENTITY) for id in span.values}
    subject = library.entities[candidate.entity]
    if candidate.topic == "overview" and subject.id not in {*known, library.home}:
        # «Number 4 on the list»: its name stands above what is told of it.
        return True
    texts = [evidence.quote for evidence in candidate.record.evidence]
    if isinstance(row, Statement):
        texts.append(row.text)
    if _enumerates(texts) or _quotes(texts, subject, parse) or _names(texts, candidate, known, library):
        return True
    # Of what a number or a list is told is no member of it; it may be what is asked for.
    own = subject.kind in asked and subject.id not in known
    if isinstance(row, Figure):
        # «A list of the 50 projects» has the number already.
        return own and row.value not in {value(span.text) for span in parse.left}
    apart = isinstance(row, Statement) and candidate.topic in LISTS
    entities = {library.entities[id] for id in candidate.record.entities - {library.home}}
    return (own and subject in entities) or any(
        (entity.kind not in WIDE or entity.kind in asked or _is_listed(entity, candidate))
        and _is_news(entity, known, parse, library)
        for entity in entities - ({subject} if apart else set())
    )


def _enumerates(texts: Sequence[str]) -> bool:
    """Whether sentences name several things, or a document."""
    return any(mark in text for text in texts for mark in _TITLED)


def _quotes(texts: Sequence[str], subject: Entity, parse: Parse) -> bool:
    """Whether sentences have a name in quotation marks that is neither their subject's nor said already."""
    known = fold_text(f"{subject.name}{parse.question.text}")
    return any(fold_text(quoted) not in known for text in texts for quoted in _QUOTED.findall(text))


def _names(texts: Sequence[str], candidate: Candidate, known: set[str], library: Library) -> bool:
    """Whether sentences name anything that is neither their subject, nor a part of its name, nor known."""
    subject = library.entities[candidate.entity].name
    return any(
        one.name in text
        for one in library.entities.values()
        if (one.kind in _MEMBERS or _is_listed(one, candidate))
        and one.id not in known
        and one.name not in subject
        for text in texts
    )


def _is_listed(entity: Entity, candidate: Candidate) -> bool:
    """Whether an entity is of the kind that a fact lists."""
    return LIST_TOPICS.get(entity.kind) == candidate.topic


def _is_news(entity: Entity, known: set[str], parse: Parse, library: Library) -> bool:
    """Whether the name of an entity has more than a question says, and than what it belongs to is called."""
    if entity.kind is Kind.PERSON or entity.id not in known:
        return True
    english = parse.question.language is Language.EN
    rest = fold_text(entity.name_en if english else entity.name)
    others = {
        fold_text(name) for id, other in library.entities.items() if id != entity.id for name in other.names
    }
    for name in sorted((name for name in others if name in rest), key=len, reverse=True):
        rest = rest.replace(name, " ")
    said = f"{parse.question.text} {' '.join(span.meant for span in parse.spans)}"
    return not set(_pieces(rest, english)) <= set(_pieces(said, english))


def _pieces(text: str, english: bool) -> list[str]:
    """The stems of an English text, the characters of a Chinese one."""
    return [stem(word) for word in _WORD.findall(text)] if english else [*text.replace(" ", "")]
