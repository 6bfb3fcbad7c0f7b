"""A decision in words: the answer on top, its source under it, at most three things to ask next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.asking import formats
from knowledge.asking.answer import (
    NO_CONTEXT,
    Answer,
    Context,
    Intent,
    Language,
    Outcome,
    Source,
    Suggestion,
)
from knowledge.asking.contacts import find_contact
from knowledge.asking.decision import Decision
from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.library import LIST_TOPICS, Library, Record
from knowledge.asking.normalize import to_traditional
from knowledge.asking.passages import Hit
from knowledge.asking.rank import Candidate
from knowledge.asking.render import Renderer
from knowledge.asking.texts import has, say
from knowledge.asking.translated import translated
from knowledge.models import Evidence, Figure, Kind, Link, Post, Statement

NEXT = (
    "chain_leader",
    "leader",
    "contact",
    "parks",
    "projects",
    "companies",
    "policies",
    "investment",
    "progress",
    "capacity",
    "actions",
    "support",
)
"""What to offer next, the likeliest first; whatever else an entity has comes after."""

OVERVIEW_LINES = 3
"""How many figures an overview adds to what the entity is."""

MENTIONED = 4
"""So many entities that an answer speaks of can be referred to in the next question."""

_PERIODICALS = ("报", "刊", "周刊", "杂志", "网")
"""How the names of publications end, which are written in 《》; those of offices are not."""

_PERSONAL = frozenset({"chain_leader", "leader", "people", "post", "credits", "executive"})
"""Topics where naming a person to ask would read as the answer."""


class Composer:
    """Writes answers in one language."""

    def __init__(self, library: Library, lexicon: Lexicon, language: Language) -> None:
        """Args: the knowledge, the labels of topics, the language to answer in."""
        self._library = library
        self._lexicon = lexicon
        self._language = language
        self._renderer = Renderer(library, lexicon, language)

    def compose(self, decision: Decision) -> Answer:
        """Put a decision into words."""
        match decision.outcome:
            case Outcome.ANSWERED if decision.hit:
                answer = self._quoted(decision.hit)
            case Outcome.ANSWERED:
                answer = self._answered(decision)
            case Outcome.CHOOSE:
                answer = self._choose(decision)
            case Outcome.MISSING:
                answer = self._missing(decision)
            case _:
                answer = self._unknown(decision)
        strange = tuple(dict.fromkeys(span.written for span in decision.unexplained if span.part is None))
        answer = replace(
            answer, entity=decision.entity, topic=decision.topic, strange=strange, refusal=decision.refusal
        )
        return self._in_script(replace(answer, confidence=round(decision.confidence, 3)))

    def told(self, entity: str, title: str, lines: Sequence[str], records: Sequence[Record]) -> Answer:
        """What nobody asked for, with its evidence.

        Args:
            entity: what it is about.
            title, lines: what is told.
            records: the facts that are told by it.
        """
        sources = self._sources(records)
        return self._in_script(
            Answer(
                Outcome.ANSWERED,
                self._language,
                title=title,
                lines=tuple(lines),
                sources=tuple(sources),
                credit=self._credit(sources),
                confidence=1.0,
                context=Context((entity,)),
                entity=entity,
                facts=tuple(dict.fromkeys(record.id for record in records)),
            )
        )

    def contact(self, entity: str, topic: str = "") -> str:
        """Whom to ask about an entity, as a reply names them; empty where the documents name nobody.

        Args:
            entity: its id; empty for the home zone.
            topic: what is asked of it.
        """
        return self._contact(entity or self._library.home, topic)

    def bureau(self) -> str:
        """Whose bot this is: the home zone's name, or a word for it where the documents name none."""
        home = self._library.home
        return self._renderer.name(home) if home else say(self._language, "bureau", "unnamed")

    def _answered(self, decision: Decision) -> Answer:
        chosen = self._with_figures(decision)
        entity, topic = decision.entity, decision.topic
        topics = list(dict.fromkeys(candidate.topic for candidate in chosen))
        title = self._renderer.topic(topic) if _several(chosen) else self._title(entity, topics)
        denied = {"claimed": decision.claimed, "outside": decision.outside}
        lines = [say(self._language, "answer", key, said=said) for key, said in denied.items() if said]
        lines += self._lines(chosen, decision)
        lines += [self._not_mentioned(*owed) for owed in decision.owed]
        lines += [self._what_is_missing(other) for other in decision.lacking]
        if decision.worked:
            lines.insert(0, formats.worked(decision.worked, self._language))
        if decision.compared:
            kind = self._renderer.topic(topic)
            key = "compared" if decision.compared > 1 else "alone"
            lines.append(say(self._language, "answer", key, topic=kind, count=decision.compared))
        if decision.products:
            lines.append(say(self._language, "answer", "belongs", said=decision.products))
        records = [candidate.record for candidate in chosen]
        sources = self._sources(records)
        browse = self._renderer.listing(topic)
        listed = self._listed(chosen) if browse else []
        return Answer(
            Outcome.ANSWERED,
            self._language,
            title=title,
            lines=tuple(lines),
            sources=tuple(sources),
            quotes=2 if decision.worked else 1,
            credit=self._credit(sources),
            options=tuple(self._browse(listed)),
            suggestions=tuple(self._next(entity, topics)),
            context=Context(
                (entity, *self._others(records, entity)),
                tuple(topics),
                tuple(record.id for record in records),
            ),
            facts=tuple(dict.fromkeys(record.id for record in records)),
        )

    def _others(self, records: Sequence[Record], entity: str) -> list[str]:
        """What else «she» or «this company» may mean after an answer."""
        others = [id for record in records for id in sorted(record.entities)]
        return [id for id in dict.fromkeys(others) if id not in {entity, self._library.home}][:MENTIONED]

    def _quoted(self, hit: Hit) -> Answer:
        """A passage in the document's own words; the quote is the answer."""
        passage = hit.passage
        row = self._library.documents[passage.document_sha256]
        people = [
            one.id
            for one in self._library.entities.values()
            if one.kind is Kind.PERSON and one.name in passage.text
        ]
        source = self._source(
            Evidence(
                fact_id="",
                document_sha256=passage.document_sha256,
                start=passage.start,
                end=passage.end,
                quote=passage.text,
            )
        )
        return Answer(
            Outcome.ANSWERED,
            self._language,
            title=row.title,
            sources=(source,),
            credit=self._credit([source]),
            suggestions=tuple(self._home_lists()),
            # «What is her post?» asks about the one person that the passage names.
            context=Context(tuple(people)) if len(people) == 1 else NO_CONTEXT,
        )

    def _with_figures(self, decision: Decision) -> list[Candidate]:
        """An overview says what the entity is and gives its first figures."""
        chosen = decision.chosen
        if decision.topic != "overview" or decision.entity == self._library.home:
            return chosen
        topics = self._library.of_entity[decision.entity]
        spoken = {candidate.record.id for candidate in chosen}
        added: list[Candidate] = []
        bare = not any(isinstance(candidate.record.row, Statement) for candidate in chosen)
        for topic in NEXT:
            for record in topics.get(topic, ()):
                short = bare or isinstance(record.row, Figure)
                if short and record.id not in spoken and len(added) < OVERVIEW_LINES:
                    added.append(Candidate(record, decision.entity, topic))
                    spoken.add(record.id)
        return [*chosen, *added]

    def _title(self, entity: str, topics: Sequence[str]) -> str:
        name = self._renderer.name(entity)
        if len(topics) == 1 and self._renderer.listing(topics[0]):
            return say(
                self._language, "answer", "list_title", owner=name, kind=self._renderer.topic(topics[0])
            )
        return name

    def _lines(self, chosen: Sequence[Candidate], decision: Decision) -> list[str]:
        lines: list[str] = []
        listed = [candidate for candidate in chosen if self._is_item(candidate)]
        several = _several(chosen)
        headed = ""
        places: dict[str, int] = {}
        for candidate in chosen:
            if several and candidate.entity != headed:
                headed = candidate.entity
                lines.append(say(self._language, "answer", "heading", entity=self._renderer.name(headed)))
            line = self._renderer.line(candidate.record, candidate.entity, candidate.topic)
            if decision.standing and candidate.record.place:
                line = say(self._language, "answer", "standing", place=candidate.record.place, line=line)
            bullet = candidate in listed and len(listed) > 1
            line = f"· {line}" if bullet else line
            place = len(lines)
            if bullet:
                # What two facts list is one item, told by the one that says more.
                place = places.setdefault(f"{candidate.entity} {self._listed([candidate])[0]}", place)
            lines[place : place + 1] = [max([*lines[place : place + 1], line], key=len)]
        lines = list(dict.fromkeys(lines))
        if len(listed) > 1:
            first = next(place for place, line in enumerate(lines) if line.startswith("· "))
            count = sum(line.startswith("· ") for line in lines)
            headline = "list_rest" if decision.rest else "list_piece" if decision.piece else "list_count"
            lines.insert(first, say(self._language, "answer", headline, count=count))
        return lines

    def _is_item(self, candidate: Candidate) -> bool:
        row = candidate.record.row
        return self._renderer.listing(candidate.topic) and (
            isinstance(row, Link) or row.id in self._library.entities
        )

    def _listed(self, chosen: Sequence[Candidate]) -> list[str]:
        ids: list[str] = []
        for candidate in chosen:
            row = candidate.record.row
            if isinstance(row, Link):
                ids.append(row.object_id if row.subject_id == candidate.entity else row.subject_id)
            elif row.id in self._library.entities:
                ids.append(row.id)
        return list(dict.fromkeys(ids))

    def _browse(self, entities: Iterable[str]) -> list[Suggestion]:
        return [Suggestion(self._renderer.short(id), Intent(id, "overview")) for id in entities]

    def _next(self, entity: str, shown: Sequence[str]) -> list[Suggestion]:
        has_topics = self._library.of_entity.get(entity, {})
        order = [topic for topic in NEXT if topic in has_topics]
        order += [topic for topic in has_topics if topic not in order and topic in self._lexicon.topics]
        told = {record.id for topic in shown for record in has_topics.get(topic, ())}
        free: list[str] = []
        for topic in order:
            fresh = {record.id for record in has_topics[topic]} - told
            if fresh and topic not in shown and topic != "overview":
                free.append(topic)
                told |= fresh
        return [Suggestion(self._renderer.topic(topic), Intent(entity, topic)) for topic in free[:3]]

    def _missing(self, decision: Decision) -> Answer:
        lines = [self._not_mentioned(*owed) for owed in decision.owed] or [self._what_is_missing(decision)]
        suggestions = self._readings(decision)
        entity = decision.entity
        if suggestions:
            lines += self._offer("missing", "maybe", suggestions)
        elif entity and not self._library.foreign(entity):
            suggestions = self._next(entity, [] if self._tells(entity, decision.topic) else [decision.topic])
            if suggestions:
                joiner = say(self._language, "answer", "joiner")
                topics = joiner.join(suggestion.label for suggestion in suggestions)
                lines.append(say(self._language, "missing", "known", topics=topics))
        elif not entity and decision.topic in LIST_TOPICS.values():
            lines += self._what_there_is(decision.topic)
        contact = self._contact(entity or self._library.home, decision.topic, decision.somebody)
        if contact:
            lines.append(say(self._language, "missing", "contact", contact=contact))
        return Answer(
            Outcome.MISSING,
            self._language,
            lines=tuple(lines),
            suggestions=tuple(suggestions or self._home_lists()),
            context=Context((entity,) if entity else (), (decision.topic,) if decision.topic else ()),
        )

    def _what_is_missing(self, decision: Decision) -> str:
        entity = decision.entity
        if decision.compared:
            topic = self._renderer.topic(decision.topic)
            return say(self._language, "missing", "none_fits", topic=topic, count=decision.compared)
        if entity and self._library.foreign(entity):
            return say(
                self._language, "missing", "foreign", entity=self._renderer.name(entity), bureau=self.bureau()
            )
        if decision.exhausted:
            return say(self._language, "missing", "exhausted", topic=self._renderer.topic(decision.topic))
        strange, joiner = decision.strange, say(self._language, "answer", "joiner")
        words = joiner.join(strange)
        if entity and decision.topic and not strange:
            return self._not_mentioned(entity, decision.topic, decision.asked)
        if entity:
            asked = [span.text for span in decision.unexplained if span.part is Part.QUESTION]
            asked = asked if not decision.topic and self._language is not Language.EN else []
            words = words or next(iter(asked), "") or self._renderer.topic(decision.topic)
            if not words:
                return self._not_mentioned(entity, "overview", "")
            return say(self._language, "missing", "entity", entity=self._renderer.name(entity), words=words)
        words = words or self._renderer.topic(decision.topic)
        if not words:
            return say(self._language, "missing", "unclear")
        if decision.piece:
            return say(self._language, "missing", "unordered", kind=self._renderer.topic(decision.topic))
        if decision.trade and self._what_there_is(decision.topic):
            kind = self._renderer.topic(decision.topic)
            return say(self._language, "missing", "trade", kind=kind, words=words)
        if decision.settled and not strange:
            return say(self._language, "missing", "whose", topic=words)
        unheard = [word for word in strange if word not in decision.mentioned]
        if not unheard and (strange or decision.topic in self._library.topics):
            return say(self._language, "missing", "mentioned", words=words)
        return say(self._language, "missing", "home", words=joiner.join(unheard) or words)

    def _tells(self, entity: str, topic: str) -> bool:
        """Whether anything is known of an entity on a topic, though it is no answer."""
        return topic in self._library.of_entity.get(entity, {})

    def _not_mentioned(self, entity: str, topic: str, asked: str) -> str:
        if self._tells(entity, topic):
            name = self._renderer.name(entity)
            return say(self._language, "missing", "else", entity=name, topic=self._renderer.topic(topic))
        label = asked if asked and self._language is not Language.EN else self._renderer.topic(topic)
        return say(self._language, "missing", "topic", entity=self._renderer.name(entity), topic=label)

    def _what_there_is(self, topic: str) -> list[str]:
        kind = next(kind for kind, listed in LIST_TOPICS.items() if listed == topic)
        entities = [entity for entity in self._library.of_kind(kind) if not self._library.foreign(entity.id)]
        if not entities or topic == "people":
            return []
        names = say(self._language, "answer", "joiner").join(
            self._renderer.short(entity.id) for entity in entities[:12]
        )
        return [say(self._language, "missing", "list", kind=self._renderer.topic(topic), names=names)]

    def _contact(self, entity: str, topic: str, somebody: bool = False) -> str:
        contact = find_contact(self._library, entity) if entity else None
        if contact is None:
            return ""
        posts = [record.row for record in contact.records if isinstance(record.row, Post)]
        if posts and topic not in _PERSONAL and not (somebody and topic != "contact"):
            joiner = say(self._language, "answer", "joiner")
            return joiner.join(self._renderer.post(row, "ask") for row in posts[:2])
        offices = [contact.organization, *(row.organization_id or "" for row in posts)]
        office = next(filter(None, offices), "")
        if office:
            return self._renderer.name(office)
        # Nobody's office is known who answers for it: that of the home zone.
        home = self._library.home
        return self._contact(home, topic, somebody=True) if entity != home else ""

    def _unknown(self, decision: Decision) -> Answer:
        refused = decision.refusal and has("refusal", decision.refusal)
        section, key = ("refusal", decision.refusal) if refused else ("unknown", "text")
        lines = [
            say(self._language, section, key, bureau=self.bureau()),
            say(self._language, "unknown", "can", bureau=self.bureau()),
        ]
        readings = self._readings(decision)
        if readings:
            lines = [lines[0], *self._offer("missing", "maybe", readings)]
        if decision.refusal in {"greetings", "thanks", "goodbye", "chat", "more"}:
            lines = [lines[0], say(self._language, "unknown", "empty")]
        return Answer(
            Outcome.UNKNOWN,
            self._language,
            lines=tuple(lines),
            suggestions=tuple(readings or self._home_lists()),
            context=Context((decision.entity,) if decision.entity else ()),
        )

    def _choose(self, decision: Decision) -> Answer:
        options = self._readings(decision)
        lines = self._offer("choose", "text", options)
        return Answer(Outcome.CHOOSE, self._language, lines=tuple(lines), options=tuple(options))

    def _offer(self, section: str, key: str, readings: Sequence[Suggestion]) -> list[str]:
        """A sentence, and what can be tapped under it."""
        return [say(self._language, section, key), *(f"· {reading.label}" for reading in readings)]

    def _readings(self, decision: Decision) -> list[Suggestion]:
        """What a question may have meant, for a tap each."""
        return [
            Suggestion(
                f"{self._renderer.short(entity)} · {self._renderer.topic(topic)}", Intent(entity, topic)
            )
            for entity, topic in decision.alternatives
        ]

    def _home_lists(self) -> list[Suggestion]:
        home = self._library.home
        topics = [
            topic
            for topic in ("chains", "parks", "policies")
            if topic in self._library.of_entity.get(home, {})
        ]
        return [Suggestion(self._renderer.topic(topic), Intent(home, topic)) for topic in topics]

    def _sources(self, records: Iterable[Record]) -> list[Source]:
        found: dict[tuple[str, int, int], Source] = {}
        for record in records:
            for evidence in record.evidence:
                found.setdefault(
                    (evidence.document_sha256, evidence.start, evidence.end), self._source(evidence)
                )
        return list(found.values())

    def _source(self, evidence: Evidence) -> Source:
        row = self._library.documents[evidence.document_sha256]
        return Source(
            document=row.title,
            file=row.file,
            publisher=row.publisher,
            publisher_en=row.publisher_en,
            date=row.date,
            page=row.page,
            quote=evidence.quote,
            start=evidence.start,
            end=evidence.end,
        )

    def _credit(self, sources: Iterable[Source]) -> str:
        items: list[str] = []
        for source in sources:
            date = formats.day(source.date, self._language) if source.date else ""
            parts = (self._publisher(source), date, formats.page(source.page, self._language))
            items.append(say(self._language, "answer", "source_part").join(filter(None, parts)))
        joined = say(self._language, "answer", "source_join").join(dict.fromkeys(items))
        return say(self._language, "answer", "source", sources=joined)

    def _publisher(self, source: Source) -> str:
        spoken = translated(source, "publisher", self._language)
        if spoken != source.publisher:
            return f"{spoken} ({source.publisher})"
        name = source.publisher or source.document
        printed = name.endswith(_PERIODICALS) and not name.startswith("《")
        named = not source.publisher or self._language is Language.EN or not printed
        return name if named else f"《{name}》"

    def _in_script(self, answer: Answer) -> Answer:
        if answer.language is not Language.HANT:
            return answer
        return replace(
            answer,
            title=to_traditional(answer.title),
            lines=tuple(map(to_traditional, answer.lines)),
            credit=to_traditional(answer.credit),
            options=tuple(replace(option, label=to_traditional(option.label)) for option in answer.options),
            suggestions=tuple(replace(item, label=to_traditional(item.label)) for item in answer.suggestions),
        )


def _several(chosen: Sequence[Candidate]) -> bool:
    """Whether facts of more than one entity are told."""
    return len({candidate.entity for candidate in chosen}) > 1
