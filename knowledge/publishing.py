"""Publishing reviewed facts: exactly those whose documents are here and bear them."""

import hashlib

from sqlmodel import Session, col, delete, select

from knowledge.database import KnowledgeError
from knowledge.models import Alias, Document, Evidence, Fact, Status
from knowledge.models.entity import EntityBase
from knowledge.reading.clean import clean
from knowledge.reviewed import FORMS, Place, Reviewed, ReviewedFact
from knowledge.verification import faults

Quotes = dict[tuple[str, Place], str]
"""The cleaned words at each evidence whose document is here, by fact id and place."""


class EvidenceError(KnowledgeError):
    """Reviewed facts and documents do not agree."""


def publish(database: Session, reviewed: Reviewed) -> int:
    """Make the published facts those that the documents in the database bear; write only what changed.

    Args:
        database: a session; the caller commits.
        reviewed: all reviewed facts, of every document.

    Returns:
        how many facts were new, changed or withdrawn.

    Raises:
        EvidenceError: an evidence is not found in its document, or does not hold its fact; all are named.
    """
    quotes = _quotes(database, reviewed)
    publishable = _publishable(reviewed, {fact for fact, _ in quotes})
    _verify(reviewed, quotes, publishable)
    kept = {row.id: row for row in database.exec(select(Fact)).all()}
    withdrawn = kept.keys() - publishable
    for id in withdrawn:
        database.delete(kept[id])
    database.flush()
    digests = {id: _digest(reviewed.facts[id], quotes) for id in publishable}
    renewed = [fact for id, fact in reviewed.facts.items() if id in publishable]
    renewed = [fact for fact in renewed if fact.id not in kept or kept[fact.id].digest != digests[fact.id]]
    for fact in renewed:
        common = fact.common.model_dump()
        database.merge(Fact(**common, kind=fact.kind, status=Status.PUBLISHED, digest=digests[fact.id]))
    database.flush()
    for fact in renewed:
        _write(database, fact, quotes)
    database.flush()
    return len(withdrawn) + len(renewed)


def _write(database: Session, fact: ReviewedFact, quotes: Quotes) -> None:
    _, table = FORMS[fact.kind]
    database.merge(table(**fact.row.model_dump()))
    database.exec(delete(Evidence).where(col(Evidence.fact_id) == fact.id))
    database.exec(delete(Alias).where(col(Alias.entity_id) == fact.id))
    for alias in dict.fromkeys(fact.aliases):
        database.add(Alias(text=alias, entity_id=fact.id))
    for place in fact.places:
        quote = quotes.get((fact.id, place))
        if quote is not None:
            row = Evidence(
                fact_id=fact.id,
                document_sha256=place.document,
                start=place.start,
                end=place.end,
                quote=quote,
            )
            database.add(row)


def _digest(fact: ReviewedFact, quotes: Quotes) -> str:
    held = [quotes.get((fact.id, place)) for place in fact.places]
    return hashlib.sha256(repr((fact.digest, held)).encode()).hexdigest()


def _quotes(database: Session, reviewed: Reviewed) -> Quotes:
    """The cleaned words at each evidence whose document is there."""
    found: Quotes = {}
    problems: list[str] = []
    for row in database.exec(select(Document)).all():
        cleaned = clean(row.original)
        for fact in reviewed.facts.values():
            for place in fact.places:
                if place.document != row.sha256:
                    continue
                if not 0 <= place.start < place.end <= len(row.original):
                    problems.append(f"{fact.id}: {place.start}–{place.end} lies outside {row.file}.")
                    continue
                start, end = cleaned.to_cleaned(place.start, place.end)
                quote = cleaned.text[start:end].strip()
                if place.quote is not None and place.quote != quote:
                    where = f"{place.start}–{place.end} of {row.file}"
                    problems.append(f"{fact.id}: «{place.quote}» does not stand at {where}.")
                    continue
                found[fact.id, place] = quote
    _refuse(problems)
    return found


def _publishable(reviewed: Reviewed, evident: set[str]) -> set[str]:
    """The facts that have evidence here and whose every reference has: taken away until it stands."""
    standing = set(evident)
    while True:
        falling = {
            id for id in standing if any(need not in standing for need in reviewed.facts[id].references())
        }
        if not falling:
            return standing
        standing -= falling


def _verify(reviewed: Reviewed, quotes: Quotes, publishable: set[str]) -> None:
    names = {
        id: [fact.row.name, *fact.aliases]
        for id, fact in reviewed.facts.items()
        if isinstance(fact.row, EntityBase)
    }
    by_document: dict[tuple[str, str], str] = {}
    for (id, place), quote in quotes.items():
        key = (id, place.document)
        by_document[key] = by_document.get(key, "") + quote
    problems = [
        f"{id}: its evidence in {document[:8]} does not hold {fault}: «{quote}»"
        for (id, document), quote in by_document.items()
        if id in publishable
        for fault in faults(reviewed.facts[id].row, quote, names)
    ]
    _refuse(problems)


def _refuse(problems: list[str]) -> None:
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems)
        raise EvidenceError(
            f"{len(problems)} reviewed facts do not agree with their documents; nothing was changed.\n"
            + listed
        )
