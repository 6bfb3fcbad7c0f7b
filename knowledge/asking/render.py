"""A fact as a line of a reply, in the investor's language."""

from knowledge.asking import formats
from knowledge.asking.answer import Language
from knowledge.asking.lexicon import Lexicon
from knowledge.asking.library import LIST_TOPICS, Library, Record
from knowledge.asking.texts import say
from knowledge.asking.translated import translated
from knowledge.models import Figure, Kind, Link, Post, Statement

_WHOLE_SENTENCE = frozenset({Kind.STATEMENT})


class Renderer:
    """Turns facts into words."""

    def __init__(self, library: Library, lexicon: Lexicon, language: Language) -> None:
        """Args: the knowledge, the labels of topics, the language to write in."""
        self._library = library
        self._lexicon = lexicon
        self.language = language

    def name(self, entity: str) -> str:
        """An entity's name; a translated one is followed by its own, which people on the spot know."""
        own, name = self._library.entities[entity].name, self.short(entity)
        return name if name == own else f"{name} ({own})"

    def short(self, entity: str) -> str:
        """An entity's name in the language alone, where it has one."""
        return translated(self._library.entities[entity].row, "name", self.language)

    def topic(self, topic: str) -> str:
        """A topic's label."""
        return self._lexicon.label(topic, self.language.words)

    def line(self, record: Record, entity: str, topic: str) -> str:
        """One fact in one line, as an answer about an entity on a topic."""
        row = record.row
        if isinstance(row, Statement):
            return translated(row, "text", self.language)
        if isinstance(row, Figure):
            return self.figure(row, entity)
        if isinstance(row, Post):
            return self.post(row, "post")
        if isinstance(row, Link):
            return self._link(row, entity, topic)
        if topic == "overview":
            return self._is_a(row.id)
        posts = [held.row for held in self._library.of_entity.get(row.id, {}).get("post", ())]
        first = next((post for post in posts if isinstance(post, Post)), None)
        return self.post(first, "ask") if first else self.name(row.id)

    def _is_a(self, entity: str) -> str:
        """What an entity is, where the documents describe it no further."""
        labels = self._lexicon.kind_labels.get(self._library.entities[entity].kind, {})
        return f"{self.name(entity)}{self._note(labels.get(self.language.words, ''))}"

    def figure(self, row: Figure, entity: str) -> str:
        """A figure with what it counts, as a line of an answer about an entity."""
        colon = say(self.language, "answer", "colon")
        return f"{self.counted(row, entity)}{colon}{formats.amount(row, self.language)}"

    def counted(self, row: Figure, entity: str) -> str:
        """What a figure counts, when, and whether it is reached yet."""
        label = translated(row, "label", self.language)
        if row.subject_id != entity:
            label = (
                f"{self.name(row.subject_id)} {label}"
                if self.language is Language.EN
                else f"{self.name(row.subject_id)}{label}"
            )
        elif self.language is Language.EN:
            label = label[:1].upper() + label[1:]
        notes = [formats.period(row.period, self.language), formats.nature(row, self.language)]
        return label + self._note(say(self.language, "answer", "joiner").join(filter(None, notes)))

    def post(self, row: Post, form: str) -> str:
        """A person with their post.

        Args:
            row: the post.
            form: the text to put it in, `post` or `ask`.
        """
        title = translated(row, "title", self.language)
        if row.organization_id:
            organization = self._library.entities[row.organization_id]
            if self.language is Language.EN:
                if organization.name_en and organization.name_en.lower() not in title.lower():
                    title = f"{title}, {organization.name_en}"
            elif not any(name in title for name in (organization.name, *organization.aliases)):
                title = f"{organization.name}{title}"
        return say(self.language, "answer", form, person=self.name(row.person_id), title=title)

    def _link(self, row: Link, entity: str, topic: str) -> str:
        other = row.object_id if row.subject_id == entity else row.subject_id
        note = translated(row, "note", self.language)
        if topic in LIST_TOPICS.values():
            return self.name(other) + self._note(note)
        label = self.topic(topic)
        # What the link consists in may be what is asked: 链主企业.
        text = self.name(other) + (self._note(note) if note.lower() != label.lower() else "")
        return f"{label}{say(self.language, 'answer', 'colon')}{text}"

    def _note(self, text: str) -> str:
        return say(self.language, "answer", "note", note=text) if text else ""

    def listing(self, topic: str) -> bool:
        """Whether a topic's answer is a list of entities."""
        return topic in LIST_TOPICS.values()
