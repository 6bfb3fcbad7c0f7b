"""A document in, drafts of facts out: every finder's proposals, through the gate, each once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from knowledge.models.fact import Kind
from knowledge.models.post import Role
from knowledge.reading.clean import Cleaned
from knowledge.reading.extract.chains import find_chains
from knowledge.reading.extract.figures import find_figures
from knowledge.reading.extract.gate import refused
from knowledge.reading.extract.links import find_links, project_status
from knowledge.reading.extract.listed import find_listed
from knowledge.reading.extract.mention import Mention
from knowledge.reading.extract.merge import merged
from knowledge.reading.extract.names import find_names
from knowledge.reading.extract.page import Page
from knowledge.reading.extract.people import Holder, find_holders
from knowledge.reading.extract.policies import find_policies
from knowledge.reading.extract.proposal import Proposal, Quote
from knowledge.reading.extract.rules import rules
from knowledge.reading.extract.signings import find_signings
from knowledge.reading.extract.signings import proposals as signing_proposals
from knowledge.reading.extract.subjects import Cast
from knowledge.reading.extract.zones import find_zones, home_zone
from knowledge.reading.metadata import Metadata

LONGEST_QUOTE = 500
"""A quote that would be longer says too little of where its fact stands; such a draft is dropped."""

LOWEST = 0.3
"""What is less sure is not proposed."""


def extract(cleaned: Cleaned, about: Metadata, further: Iterable[Proposal] = ()) -> list[Proposal]:
    """Read the facts of a document.

    Args:
        cleaned: the document as cleaned, with its map to the original.
        about: its title, publisher and day; relative dates are resolved against the day.
        further: drafts of another reader, with `span` in the cleaned text, for the same gate.

    Returns:
        Drafts in the order of the text. Every quote stands in the document and holds the draft's names and
        figures; the same content is one draft. Empty for a text that states nothing.
    """
    page = Page(cleaned.text, about)
    if not page.sentences:
        return []
    drafts = (
        evidenced for draft in (*_read(page), *further) for evidenced in _evidenced(page, cleaned, draft)
    )
    return merged(drafts)


def _read(page: Page) -> Iterator[Proposal]:
    names = _named(page)
    zones = find_zones(page)
    home = home_zone(page, zones)
    signings = find_signings(page, names)
    cast = Cast(names, signings, zones, home)
    links = list(find_links(page, cast))
    if home:
        yield Proposal(Kind.ZONE, {"name": home.name}, (), 0.6, (home.start, home.end))
    yield from find_chains(page)
    yield from find_policies(page, home.name if home else "")
    for mention in names:
        yield _entity(page, mention, links)
    for holder in find_holders(page):
        yield from _held(holder)
    yield from signing_proposals(page, signings)
    yield from find_figures(page, cast)
    yield from links


def _named(page: Page) -> list[Mention]:
    """Names by their ending and by lists; of two readings of the same characters the surer one."""
    best: dict[tuple[int, int, Kind], Mention] = {}
    for mention in (*find_names(page), *find_listed(page)):
        key = mention.start, mention.end, mention.kind
        if key not in best or best[key].sure < mention.sure:
            best[key] = mention
    for mention in list(best.values()):
        for place in _again(page, mention):
            key = place, place + len(mention.name), mention.kind
            best.setdefault(key, replace(mention, start=place, end=key[1]))
    found = [_unplaced(mention, best.values()) for mention in best.values()]
    kept = [mention for mention in found if not any(_covers(other, mention) for other in found)]
    return sorted(kept, key=lambda mention: (mention.start, -mention.end))


def _again(page: Page, mention: Mention) -> Iterator[int]:
    """Where else a name stands that only a list told to be one."""
    if mention.kind not in {Kind.PROJECT, Kind.PARK} or mention.sure < 0.8 or len(mention.name) < 4:
        return
    place = page.text.find(mention.name)
    while place >= 0:
        yield place
        place = page.text.find(mention.name, place + 1)


def _covers(outer: Mention, inner: Mention) -> bool:
    """Whether a longer name of the same kind begins or ends where this one does."""
    if outer.kind is not inner.kind or len(outer.name) <= len(inner.name) or outer.sure < 0.75:
        return False
    begins = outer.start == inner.start and inner.end < outer.end and inner.kind is Kind.PARK
    return begins or (outer.end == inner.end and outer.start < inner.start)


def _unplaced(mention: Mention, others: Iterable[Mention]) -> Mention:
    """Without the village or district before it, where the page also calls it by its own name alone."""
    shorter = {
        other.name
        for other in others
        if other.kind is mention.kind and mention.name.endswith(other.name) and other.name != mention.name
    }
    for name in shorter:
        if mention.name.removesuffix(name).endswith(tuple("镇村乡区县市省园街")):
            return replace(mention, start=mention.end - len(name), name=name)
    return mention


def _entity(page: Page, mention: Mention, links: list[Proposal]) -> Proposal:
    fields: dict[str, Any] = {"name": mention.name}
    if mention.form:
        fields["form"] = mention.form
    if mention.kind is Kind.PROJECT:
        fields["status"] = project_status(page, mention).value
    return Proposal(mention.kind, fields, (), mention.sure, (mention.start, mention.end))


def _held(holder: Holder) -> Iterator[Proposal]:
    span = holder.start, holder.end
    yield Proposal(Kind.PERSON, {"name": holder.name}, (), holder.sure, (holder.place, holder.end))
    if holder.title.endswith("产业链链长"):
        return
    fields = {"person": holder.name, "title": holder.title, "role": Role.POST.value}
    organization = _organization(holder.title)
    if organization:
        name, form, kind = organization
        fields["organization"] = name
        named = {"name": name, "form": form} if form else {"name": name}
        yield Proposal(kind, named, (), 0.75, (holder.start, holder.start + len(holder.title)))
    yield Proposal(Kind.POST, fields, (), holder.sure, span)


def _organization(title: str) -> tuple[str, str, Kind] | None:
    """The body in which a post is held, where the title names it in full: 某某管委会 of 某某管委会副主任."""
    last = title.replace(",", "、").replace("，", "、").split("、")[0]
    names = rules("names")
    for word in sorted(rules("posts")["roles"], key=len, reverse=True):
        if last.endswith(word):
            body = last.removesuffix(word)
            break
    else:
        return None
    if any(body.endswith(ending) for ending in names["company"]["strong"]):
        return body, "", Kind.COMPANY
    forms: dict[str, str] = names["organization"]
    ending = next((word for word in sorted(forms, key=len, reverse=True) if body.endswith(word)), None)
    if ending is None or len(body) < len(ending) + 3:
        return None
    return body, forms[ending], Kind.ORGANIZATION


def _evidenced(page: Page, cleaned: Cleaned, draft: Proposal) -> Iterator[Proposal]:
    """The draft with its quote: the whole sentences of its span; nothing if they do not bear it."""
    if draft.confidence < LOWEST or draft.span[1] <= draft.span[0]:
        return
    start = page.sentence(draft.span[0]).start
    end = page.sentence(draft.span[1] - 1).end
    if end - start > LONGEST_QUOTE:
        start, end = draft.span
        start, end = page.clause(start).start, page.clause(end - 1).end
    while start < end and page.text[start].isspace():
        start += 1
    while start < end and page.text[end - 1].isspace():
        end -= 1
    text = page.text[start:end]
    if end - start > LONGEST_QUOTE or refused(draft.kind, draft.fields, text):
        return
    first, last = cleaned.to_original(start, end)
    yield replace(draft, evidence=(Quote(first, last, text),))
