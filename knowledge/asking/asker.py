"""The door to the knowledge: a question and its context in, an answer out."""

import logging
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from knowledge.asking.answer import NO_CONTEXT, Answer, Context, Intent, Language, Outcome
from knowledge.asking.chains import ChainMap, ChainTeller
from knowledge.asking.claims import asks_for_a_trade
from knowledge.asking.compose import Composer
from knowledge.asking.contacts import find_contact
from knowledge.asking.counted import lacks_number
from knowledge.asking.dates import lacks_dates, says_when
from knowledge.asking.decide import Decider
from knowledge.asking.decision import Decision
from knowledge.asking.explain import describe, trace
from knowledge.asking.finished import lacks_finished
from knowledge.asking.focus import focused
from knowledge.asking.industries import Industries, may_tell
from knowledge.asking.kept import Shelf, index_folder
from knowledge.asking.lexicon import AMOUNTS, Lexicon, LexiconError, Part, Stamp, lexicon_stamp, read_lexicon
from knowledge.asking.library import LIST_TOPICS, Library
from knowledge.asking.limits import Limits, read_limits
from knowledge.asking.meaning import Meaning
from knowledge.asking.mentions import Mentions
from knowledge.asking.nameless import lacks_names
from knowledge.asking.negated import is_denied, with_whole
from knowledge.asking.normalize import Normalized, normalize
from knowledge.asking.parse import parse
from knowledge.asking.passages import PassageIndex
from knowledge.asking.phases import is_other_phase
from knowledge.asking.rank import SOMEBODY, Candidate
from knowledge.asking.rates import lacks_rate
from knowledge.asking.references import MEASURES
from knowledge.asking.render import Renderer
from knowledge.asking.rewriting import answers, rewritings
from knowledge.asking.sentences import Sentences
from knowledge.asking.several import joined, questions
from knowledge.asking.signature import without_signature
from knowledge.asking.signings import Particulars, Scope, SigningTeller
from knowledge.asking.slips import Slips, may_have_slipped
from knowledge.asking.spans import Parse
from knowledge.asking.thought import Thought, Watched
from knowledge.asking.verifier import NOTHING, Trees, Verifier, Weighed, is_vetoed, read_trees
from knowledge.asking.vocabulary import Vocabulary, open_vocabulary
from knowledge.database import newest_revision, session
from knowledge.models import Kind, Passage, Revision
from knowledge.models.entity import EntityBase

LOG = logging.getLogger(__name__)

LONGEST_QUESTION = 500
"""Characters of a question that are looked at; nobody's question is longer."""

RECALLED = 1000
"""So many of the latest questions are not thought about anew, where they are asked again in the same way."""

_Asked = tuple[int, Stamp, str, Language | None, Context | None]
"""A question and what its answer depends on: the revision, the words that are known, the language to answer
in, and the conversation; None where that was not looked at.
"""

_GOING_ON = frozenset({"contact"})
"""Topics besides measures that are asked of what another part of a message is about: «…, and whom to ask?»"""

_POSTS = frozenset({"post"})
"""What is told of a person alone."""

_BARE = frozenset({Part.QUESTION, Part.HOME})
"""Parts of a question that ask for nothing by themselves."""

EXPLAINED = 0.95
"""The share of a question from which on an answer by its words needs nobody to have written it."""

_SUM = re.compile(
    r"\A[-\d.\s()]+[+*×÷=][-+*/×÷=\d.\s()]*(几|多少)?[?？]?"
    r"|\A[\d一二两三四五六七八九十百]{1,9}(?:加上?|减去?|乘以?|除以)[\d一二两三四五六七八九十百]{1,9}(?:=|等于?|是).*"
)
"""A sum, «1+1=?», whose numbers are nobody's; «2021-01-28» is none."""


@dataclass
class _State:
    """Everything derived from one revision of the knowledge."""

    number: int
    words: Stamp
    library: Library
    lexicon: Lexicon
    limits: Limits
    vocabulary: Vocabulary
    shelf: Shelf
    before: Callable[[], Meaning | None] = lambda: None

    @cached_property
    def decider(self) -> Decider:
        """Decides over this revision's facts."""
        mentions = Mentions(self.library, self.shelf)
        return Decider(self.library, self.lexicon, mentions, self.passages, self.limits)

    @cached_property
    def industries(self) -> Industries:
        """Knows to which of this revision's chains a product belongs."""
        return Industries(self.library, self.lexicon)

    @cached_property
    def slips(self) -> Slips:
        """Reads questions otherwise, by the topics of this revision."""
        return Slips(self.lexicon, self.library.topics)

    @cached_property
    def passages(self) -> PassageIndex:
        """Finds this revision's passages."""
        return PassageIndex(self.library, self.lexicon, self.shelf)

    @cached_property
    def sentences(self) -> Sentences:
        """Finds what this revision's documents say besides its facts."""
        return Sentences(self.library, self.lexicon, self.passages)

    @cached_property
    def meaning(self) -> Meaning:
        """Finds this revision's facts by what a question means."""
        return Meaning(self.library, self.lexicon, self.shelf, self.before())

    @cached_property
    def verifier(self) -> Verifier:
        """Tells which of the facts near to a question answers it."""
        return Verifier(self.library, self.lexicon, self.decider.ranker, self.meaning)

    @cached_property
    def charted(self) -> frozenset[str]:
        """The chains of which a map shows more than the name."""
        teller = ChainTeller(self.library, self.lexicon, Language.HANS)
        chains = [id for id, entity in self.library.entities.items() if entity.kind is Kind.CHAIN]
        return frozenset(id for id in chains if not teller.tell(id).bare)

    def last_meaning(self) -> Meaning | None:
        """The newest that was made, of this revision or of an earlier one: most of it is still true."""
        made: Meaning | None = self.__dict__.get("meaning")
        return made or self.before()

    def parse(self, text: str) -> Parse:
        """A question in spans."""
        asked = without_signature(text[:LONGEST_QUESTION], self.lexicon.closings)
        return self.read(normalize(asked, self.vocabulary.english))

    def read(self, question: Normalized) -> Parse:
        """A question in spans, from its units."""
        library = self.library
        return parse(
            question,
            self.vocabulary.index,
            library.home,
            library.topics,
            self.lexicon.either,
            self.lexicon.asides,
            self.lexicon.naming,
        )

    def placed(self, passage: Passage) -> tuple[str, str]:
        """The file and the text of a passage."""
        return self.library.documents[passage.document_sha256].file, passage.text


class Asker:
    """Answers questions. Safe to use from several threads."""

    def __init__(self, engine: Engine, limits: Limits | None = None, trees: Trees | None = None) -> None:
        """Start to answer.

        Args:
            engine: a database that has been built.
            limits: others than those in force, to try them.
            trees: others than those in force, to try them.
        """
        self.limits = limits or read_limits()
        self._trees = trees
        self._engine = engine
        self._lock = Lock()
        self._held: _State | None = None
        self._fixed = False
        self._cut_off = False
        self._recalled: OrderedDict[_Asked, Thought] = OrderedDict()

    def limited(self, limits: Limits, trees: Trees | None = None) -> "Asker":
        """One that answers from the same database within other limits, or by other trees."""
        return Asker(self._engine, limits, trees or self._trees)

    def within(self, database: Session) -> "Asker":
        """One that answers from what a session sees now, committed or not, and goes on doing so.

        Args:
            database: a session; all that is needed is read here, and nothing is written beside the database.
        """
        base = self._state()
        library = Library(database)
        return self._beside(base, library, base.lexicon, base.vocabulary.updated(library, base.lexicon))

    def worded(self, lexicon: Lexicon) -> "Asker":
        """One that answers from what is known now by other words, and goes on doing so.

        Args:
            lexicon: the words that it understands.
        """
        base = self._state()
        return self._beside(base, base.library, lexicon)

    def unasked(self) -> "Asker":
        """One that answers as if no reviewer had written a question to any fact, as to first documents."""
        base = self._state()
        with session(self._engine) as database:
            library = Library(database)
        for record in library.records:
            record.questions = record.near_misses = ()
        return self._beside(base, library, base.lexicon)

    def _beside(
        self, base: _State, library: Library, lexicon: Lexicon, vocabulary: Vocabulary | None = None
    ) -> "Asker":
        nowhere = Shelf(None, "")
        vocabulary = vocabulary or open_vocabulary(library, lexicon, nowhere)
        other = Asker(self._engine, self.limits, self._trees)
        other._held = held = _State(
            number=base.number,
            words=base.words,
            library=library,
            lexicon=lexicon,
            limits=self.limits,
            vocabulary=vocabulary,
            shelf=nowhere,
            before=lambda: base.meaning,
        )
        other._fixed = True
        # The encoder is not needed for most questions, and needs nothing more from the session.
        _ = vocabulary.index, held.decider
        return other

    def ask(self, text: str, context: Context = NO_CONTEXT, language: Language | None = None) -> Answer:
        """Answer a question.

        Args:
            text: as typed.
            context: what the conversation is about.
            language: what to answer in; None for the question's own.
        """
        state = self._state()
        # It stays the same as long as nothing is published and no word is added.
        asked = state.number, state.words, text, language
        thought = self._recalled.get((*asked, None)) or self._recalled.get((*asked, context))
        if thought is None:
            watched = Watched(context)
            thought = _thought(*self._ask(state, text, watched, language))
            self._recalled[*asked, context if watched.seen else None] = thought
            if len(self._recalled) > RECALLED:
                self._recalled.popitem(last=False)
        return thought.told(context)

    def open(self, intent: Intent, context: Context = NO_CONTEXT, language: Language | None = None) -> Answer:
        """Answer a tapped button.

        Args:
            intent: the entity and topic it carries.
            context: what the conversation is about.
            language: what to answer in; None for Chinese.
        """
        state = self._state()
        records = state.library.of_entity.get(intent.entity, {}).get(intent.topic, [])
        chosen = [Candidate(record, intent.entity, intent.topic, support=1.0) for record in records]
        known = intent.entity in state.library.entities
        outcome = Outcome.ANSWERED if chosen else Outcome.MISSING if known else Outcome.UNKNOWN
        decision = Decision(outcome, intent.entity if known else "", intent.topic, chosen=chosen)
        answer = Composer(state.library, state.lexicon, language or Language.HANS).compose(decision)
        return replace(answer, context=answer.context.after(context))

    def prepare(self) -> None:
        """Derive and keep now what the first question would have to wait for."""
        state = self._state()
        _ = state.vocabulary.index, state.decider, state.meaning, state.industries, state.slips
        _ = self._trees or read_trees()

    def home(self) -> str:
        """The id of the zone that the bureau serves; empty where the documents name none."""
        return self._state().library.home

    def bureau(self, language: Language = Language.HANS) -> str:
        """The name of that zone."""
        state = self._state()
        return Composer(state.library, state.lexicon, language).bureau()

    def contact(self, entity: str, topic: str = "", language: Language = Language.HANS) -> str:
        """Whom to ask about an entity; see `Composer.contact`."""
        state = self._state()
        known = entity if entity in state.library.entities else ""
        return Composer(state.library, state.lexicon, language).contact(known, topic)

    def name(self, entity: str, language: Language = Language.HANS) -> str:
        """The name of an entity; empty where there is none of this id."""
        state = self._state()
        known = entity in state.library.entities
        return Renderer(state.library, state.lexicon, language).name(entity) if known else ""

    def signing(self, id: str, language: Language = Language.HANS) -> Answer:
        """A signing as it is announced.

        Args:
            id: of a signing that is published; see `find_entity`.
            language: what to tell it in.
        """
        state = self._state()
        return SigningTeller(state.library, state.lexicon, language).tell(id)

    def particulars(self, id: str, language: Language = Language.HANS) -> Particulars:
        """A signing piece by piece; see `signing`."""
        state = self._state()
        return SigningTeller(state.library, state.lexicon, language).particulars(id)

    def chain_map(self, id: str, language: Language = Language.HANS) -> ChainMap:
        """A chain with its leader and all that stands in it.

        Args:
            id: of a chain that is published; see `find_entity`.
            language: what to tell it in.
        """
        state = self._state()
        return ChainTeller(state.library, state.lexicon, language).tell(id)

    def has_map(self, id: str) -> bool:
        """Whether there is more to show of a chain than its name, by what is known already."""
        return id in (self._held or self._state()).charted

    def scope(self, id: str) -> Scope:
        """What a signing is about; see `signing`."""
        state = self._state()
        return SigningTeller(state.library, state.lexicon, Language.HANS).scope(id)

    def words(self, text: str) -> list[str]:
        """The words of a question that say what is asked, without the names of what we know.

        Args:
            text: as typed.
        """
        parsed = self._state().parse(text)
        telling = {Part.TOPIC, Part.KIND, None}
        spans = [span for span in parsed.spans if span.part in telling]
        return list(dict.fromkeys(parsed.question.words(span.start, span.end) for span in spans))

    def called(self, text: str) -> str:
        """The longest run of words in a question that name nothing known: what its writer calls something.

        Args:
            text: as typed.
        """
        parsed = self._state().parse(text)
        runs: list[tuple[int, int]] = []
        for span in parsed.spans:
            follows = bool(runs) and runs[-1][1] == span.start
            if follows and span.part in {None, Part.KIND}:
                runs[-1] = (runs[-1][0], span.end)
            elif span.part is None:
                runs.append((span.start, span.end))
        longest = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
        return parsed.question.words(*longest)

    def find_entity(self, entity: str) -> bool:
        """Whether there is an entity of this id."""
        return entity in self._state().library.entities

    def passages(self) -> list[tuple[str, str]]:
        """Every passage: its document's file and its text."""
        state = self._state()
        return [state.placed(passage) for passage in state.library.passages]

    def find_passages(self, text: str, limit: int = 3) -> list[tuple[str, str]]:
        """The passages nearest to a question, whether or not they answer it: file and text, the best first.

        Args:
            text: as typed.
            limit: how many at most.
        """
        state = self._state()
        return [state.placed(passage) for passage in state.passages.rank(state.parse(text), limit)]

    def trace(
        self, text: str, context: Context = NO_CONTEXT, language: Language | None = None
    ) -> dict[str, Any]:
        """The whole decision on a question, as data; by the same path as `ask`."""
        traced = trace(*self._ask(self._state(), text, context, language))
        return traced | {
            "limit": self.limits.missing,
            "plausible": self.limits.plausible,
            "despite": self.limits.despite,
            "lexicon": self._state().lexicon.versions,
        }

    def explain(self, text: str, context: Context = NO_CONTEXT, language: Language | None = None) -> str:
        """The whole decision on a question, in words for staff."""
        return describe(self.trace(text, context, language), self._state().library)

    def weigh(self, text: str, context: Context = NO_CONTEXT) -> tuple[Weighed, list[Answer]]:
        """What may answer a question whose words alone lead to no answer, to learn which does.

        Args:
            text: as typed.
            context: what the conversation is about.

        Returns:
            the candidates with what is known of each, and the answer that each would be; none where they do.
        """
        state = self._state()
        parsed, decision = self._by_words(state, text, context)
        if not _is_open(decision):
            return NOTHING, []
        weighed = _weigh(state, parsed, decision, context, text)
        composer = Composer(state.library, state.lexicon, parsed.question.language)
        return weighed, [composer.compose(_of(one)) for one in weighed.candidates]

    def _ask(
        self, state: _State, text: str, context: Context, language: Language | None
    ) -> tuple[Answer, Parse, Decision]:
        alone = _, parsed, decision = self._alone(state, text, context, language)
        if not _is_open(decision) or state.decider.named(parsed):
            return alone
        language = language or parsed.question.language
        for full in rewritings(parsed, state.decider.implied(parsed, context), context, state.library):
            answer, read, told = self._alone(state, full.text, NO_CONTEXT, language)
            if answers(told, full, state.library):
                return answer, read, replace(told, rewritten=full.text)
        return alone

    def _alone(
        self, state: _State, text: str, context: Context, language: Language | None
    ) -> tuple[Answer, Parse, Decision]:
        parsed, decision = self._by_words(state, text, context)
        composer = Composer(state.library, state.lexicon, language or parsed.question.language)
        if written := _as_written(state, parsed, decision, text):
            written.candidates = decision.candidates
            return composer.compose(written), parsed, written
        if asks_for_a_trade(parsed, state.lexicon) and not _tells_kind(state.library, parsed, decision):
            decision = replace(_without_trade(state.lexicon, parsed, decision), trade=True)
        elif _is_open(decision):
            verified = self._verified(state, parsed, decision, context, text) or _said(
                state, parsed, decision
            )
            decision = verified or _offer(state, parsed, decision, context, text)
        decision = replace(decision, chosen=with_whole(parsed, decision.chosen, state.library, state.lexicon))
        if _is_beside(state, parsed, decision, text):
            decision = _without_answer(decision)
        if decision.outcome is Outcome.MISSING:
            decision = replace(
                decision, mentioned=frozenset(filter(state.passages.mentions, decision.strange))
            )
        answer = composer.compose(decision)
        if decision.outcome is Outcome.ANSWERED and lacks_dates(parsed, answer, state.lexicon):
            dated = self._verified(state, parsed, decision, context, text, says_when(parsed, state.lexicon))
            decision = dated or _without_answer(decision)
            answer = composer.compose(decision)
        return answer, parsed, decision

    def _verified(
        self,
        state: _State,
        parsed: Parse,
        decision: Decision,
        context: Context,
        text: str,
        fits: Callable[[Candidate], bool] = lambda _: True,
    ) -> Decision | None:
        """A fact that fits and answers a question by what it means, where its words did not lead to it."""
        weighed = _weigh(state, parsed, decision, context, text)
        pointed = _pointed_at(state, parsed, context)
        fitting = [
            place
            for place, one in enumerate(weighed.candidates)
            if fits(one) and (not pointed or pointed & {one.entity, *one.record.entities})
        ]
        if not fitting:
            return None
        likely = (self._trees or read_trees()).probability(weighed.rows)
        best = max(fitting, key=lambda place: float(likely[place]))
        against = weighed.against[best]
        least = self.limits.despite if against else self.limits.plausible
        if likely[best] < least or is_vetoed(parsed, weighed.candidates[best], against):
            return None
        found = _of(weighed.candidates[best])
        return replace(found, probability=float(likely[best]), candidates=decision.candidates)

    def _by_words(self, state: _State, text: str, context: Context) -> tuple[Parse, Decision]:
        """A question, and what its words lead to."""
        parsed = state.parse(text)
        belonging = state.industries.belonging(parsed) if may_tell(parsed, state.lexicon) else None
        if belonging:
            decision = state.decider.decide(belonging.parse, context)
            return belonging.parse, replace(decision, products=belonging.products)
        decision = _special(parsed) or state.decider.decide(parsed, context)
        if may_have_slipped(parsed, decision):
            mended = state.slips.mended(
                parsed, decision, state.read, lambda read: state.decider.decide(read, context)
            )
            parsed, decision = mended or (parsed, decision)
        if _is_open(decision):
            parsed, decision = _in_short(state, parsed, context) or (parsed, decision)
        if not decision.refusal:
            parts = _in_parts(state, parsed, context)
            decision = parts if parts and _tells_more(parts, decision) else decision
        decision = replace(decision, somebody=_asks_for_somebody(parsed, state.lexicon))
        return parsed, _ask_contact(state.library, parsed, decision)

    def _state(self) -> _State:
        if self._fixed and self._held is not None:
            return self._held
        words = lexicon_stamp()
        try:
            number = newest_revision(self._engine)
            held = self._held
            if held is None or (held.number, held.words) != (number, words):
                held = self._renewed(words)
            self._cut_off = False
        except SQLAlchemyError as error:
            held = self._held
            if held is None:
                raise
            # What was known is still known, though nobody can say whether it is the newest.
            if not self._cut_off:
                LOG.error("The knowledge cannot be read: %s", getattr(error, "orig", error))
            self._cut_off = True
        return held

    def _renewed(self, words: Stamp) -> _State:
        """The state that is the newest now, by whichever thread it is read."""
        with self._lock, session(self._engine) as database:
            revision = database.exec(select(Revision).order_by(col(Revision.number).desc())).first()
            number = revision.number or 0 if revision else 0
            held = self._held
            if held is not None and (held.number, held.words) == (number, words):
                return held
            library, lexicon = Library(database), self._lexicon(words)
            vocabulary = held.vocabulary.updated(library, lexicon) if held else None
            # A change seen in passing is not written down: that is for the next start.
            shelf = Shelf.of(None if vocabulary else index_folder(self._engine.url), revision)
            if vocabulary is None:
                vocabulary = open_vocabulary(library, lexicon, shelf)
            before = held.last_meaning() if held else None
            self._held = _State(
                number, words, library, lexicon, self.limits, vocabulary, shelf, lambda: before
            )
            return self._held

    def _lexicon(self, words: Stamp) -> Lexicon:
        """The words as they are now; those from before where somebody is in the middle of a change."""
        if self._held and self._held.words == words:
            return self._held.lexicon
        try:
            return read_lexicon()
        except LexiconError as error:
            if self._held is None:
                raise
            LOG.warning("The words from before stay in force: %s", error)
            return self._held.lexicon


def _thought(answer: Answer, parsed: Parse, decision: Decision) -> Thought:
    lists = decision.topic in LIST_TOPICS.values() and not parsed.wants_more
    return Thought(answer, lists=lists, forgets=bool(parsed.of(Part.FORGET)))


def _asks_for_somebody(parsed: Parse, lexicon: Lexicon) -> bool:
    """Whether a person is asked for: «who», «the director's name»."""
    titled = any(lexicon.is_title(span.text) for span in parsed.left)
    return titled or "who" in parsed.values(Part.QUESTION) or bool(parsed.values(Part.TOPIC) & SOMEBODY)


def _offer(state: _State, parsed: Parse, decision: Decision, context: Context, text: str) -> Decision:
    """What may have been meant, where words were not understood; what is known to be missing stays so."""
    words = [span for span in decision.unexplained if span.part is None]
    business = any(span.part in {Part.ENTITY, Part.TOPIC, Part.KIND} for span in parsed.spans)
    if not words or not (business or len(parsed.left) > 1) or parsed.of(Part.REFUSAL):
        return decision
    if any(span.tag in {"name", "number"} or parsed.qualifies(span) for span in words):
        # Another place, year or industry: nothing of ours is near it.
        return decision
    named, _, texts = _meant(state, parsed, context, text)
    offers = state.meaning.offers(texts[-1:], named)
    if decision.somebody:
        # A name that is offered would be taken for the answer.
        offers = [offer for offer in offers if state.library.entities[offer[0]].kind is not Kind.PERSON]
    return replace(decision, alternatives=offers)


def _is_open(decision: Decision) -> bool:
    """Whether what a question means may lead on, where its words do not."""
    silent = decision.outcome in {Outcome.MISSING, Outcome.UNKNOWN}
    return silent and not decision.refusal and not decision.settled


def _meant(state: _State, parsed: Parse, context: Context, text: str) -> tuple[list[str], str, list[str]]:
    """The entities a question names, the one it implies, and its texts; see `Meaning.nearest`."""
    named = state.decider.named(parsed)
    implied = "" if named else next(iter(state.decider.implied(parsed, context)), "")
    texts = [text, f"{state.library.entities[implied].name} {text}"] if implied else [text]
    return named, implied, texts


def _pointed_at(state: _State, parsed: Parse, context: Context) -> frozenset[str]:
    """What a pronoun that says of which kind can stand for: «when was this policy issued?» means no other."""
    kinds = parsed.values(Part.PRONOUN) & set(Kind)
    if not parsed.values(Part.TOPIC) & _POSTS:
        # «When was his firm founded?» is told of the firm.
        kinds -= {Kind.PERSON}
    if not kinds or state.decider.named(parsed):
        return frozenset()
    implied = state.decider.implied(parsed, context)
    return frozenset(id for id in implied if state.library.entities[id].kind in kinds)


def _weigh(state: _State, parsed: Parse, decision: Decision, context: Context, text: str) -> Weighed:
    named, implied, texts = _meant(state, parsed, context, text)
    return state.verifier.weigh(parsed, decision, texts, named, implied)


def _said(state: _State, parsed: Parse, decision: Decision) -> Decision | None:
    """What a sentence says that has all that is asked, if it says more than the facts that rest on it."""
    hit = state.sentences.find(parsed)
    return replace(decision, outcome=Outcome.ANSWERED, hit=hit, owed=[]) if hit else None


def _as_written(state: _State, parsed: Parse, decision: Decision, text: str) -> Decision | None:
    """The facts for which somebody has written a question, to the letter, unless its words say it all."""
    answered = decision.outcome is Outcome.ANSWERED and decision.confidence >= EXPLAINED
    if answered and decision.entity in state.decider.named(parsed):
        return None
    records = [record for record in state.library.answering(text) if record.asked]
    if not records or state.library.denies(text):
        return None
    own = ([pair for pair in record.asked if pair[0] == decision.entity] for record in records)
    found = [
        Candidate(record, *(pairs or record.asked)[0], support=1.0)
        for record, pairs in zip(records, own, strict=True)
    ]
    first = found[0]
    return Decision(Outcome.ANSWERED, first.entity, first.topic, chosen=found, written=True)


def _is_beside(state: _State, parsed: Parse, decision: Decision, text: str) -> bool:
    """Whether what was found is no answer after all: it lacks what is asked for, or this is a near-miss."""
    chosen, lexicon = decision.chosen, state.lexicon
    return (
        lacks_names(parsed, chosen, state.library, lexicon)
        or lacks_finished(parsed, chosen, lexicon)
        or lacks_number(parsed, chosen)
        or is_other_phase(parsed, chosen, lexicon)
        or (not _denies_itself(decision) and _is_not_said(parsed, decision, lexicon))
        or (not decision.implied and state.library.denies(text))
    )


def _denies_itself(decision: Decision) -> bool:
    """Whether an answer need not rest on a fact that denies something.

    What was worked out stands in no fact; of what is claimed, or not in a list, it is said that it is not.
    """
    return decision.worked is not None or bool(decision.claimed or decision.outside)


def _is_not_said(parsed: Parse, decision: Decision, lexicon: Lexicon) -> bool:
    """Whether no fact says for which period, or denies what is denied, where a question does."""
    chosen = decision.chosen
    return lacks_rate(parsed, chosen, lexicon) or is_denied(parsed, chosen, decision.hit, lexicon)


def _tells_kind(library: Library, parsed: Parse, decision: Decision) -> bool:
    """Whether something of the kind that is asked for is told: a chain or a park."""
    kinds, told = parsed.values(Part.KIND), (id for one in decision.chosen for id in one.record.entities)
    return any(library.entities[id].kind in kinds for id in told) or decision.outcome is Outcome.CHOOSE


def _without_trade(lexicon: Lexicon, parsed: Parse, decision: Decision) -> Decision:
    """That there is none of a trade; what a name has of the trade is no answer, 美锦氢能源 for 氢能产业链."""
    if _is_open(decision):
        return decision
    topic = lexicon.kinds[min(parsed.values(Part.KIND))]
    return Decision(Outcome.MISSING, topic=topic, unexplained=list(parsed.left))


def _without_answer(decision: Decision) -> Decision:
    """The same where what was found does not answer after all; it may be asked for as what it is."""
    near = [(decision.entity, decision.topic)] if decision.chosen and decision.topic else []
    return replace(decision, outcome=Outcome.MISSING, chosen=[], hit=None, owed=[], alternatives=near)


def _of(candidate: Candidate) -> Decision:
    """That a fact is the answer."""
    return Decision(Outcome.ANSWERED, candidate.entity, candidate.topic, chosen=[candidate])


def _in_short(state: _State, parsed: Parse, context: Context) -> tuple[Parse, Decision] | None:
    """What a message asks apart from what its writer tells, where that alone is answered."""
    short = focused(parsed, state.lexicon)
    if short is None:
        return None
    decision = state.decider.decide(short, context)
    return (short, decision) if decision.outcome is Outcome.ANSWERED else None


def _in_parts(state: _State, parsed: Parse, context: Context) -> Decision | None:
    """What each question of a message is answered with, where not all of them together are."""
    decisions: list[Decision] = []
    by_chance: list[int] = []
    for question in questions(parsed, state.lexicon):
        decision = state.decider.decide(question, context)
        if _counts_unasked(question, decision):
            # «Crews come here; what is the subsidy for rooms?»: nobody asks how many have come.
            decision = replace(decision, outcome=Outcome.UNKNOWN)
        named = question.of(Part.HOME) or question.of(Part.ENTITY)
        home = state.library.home
        bare = all(span.part in _BARE or home in span.values for span in question.content)
        if bare and decisions and decisions[-1].outcome is not Outcome.ANSWERED:
            # «Has it patents? How many?» asks for what is not known.
            decision = replace(decision, outcome=Outcome.UNKNOWN)
        if not named and decision.entity not in set(context.entities) - {state.library.home}:
            by_chance.append(len(decisions))
            measured = question.values(Part.TOPIC) <= MEASURES | _GOING_ON and bool(decisions)
            if not question.of(Part.KIND) and measured and decisions[-1].outcome is not Outcome.ANSWERED:
                # «…, how many years?», «how large?» goes on with what was asked before.
                decision = replace(decision, outcome=Outcome.UNKNOWN)
        decisions.append(decision)
        context = Context((_told_of(decision), *context.entities)) if decision.entity else context
    return joined(decisions, by_chance) if decisions else None


def _counts_unasked(question: Parse, decision: Decision) -> bool:
    """Whether a part of a message without a question word is answered with how many there are."""
    counted = bool(decision.chosen) and decision.chosen[0].topic == "count"
    return counted and not question.of(Part.QUESTION)


def _told_of(decision: Decision) -> str:
    """The entity that a decision tells of: the one in a list of one, else whose list it is."""
    chosen = decision.chosen
    alone = len(chosen) == 1 and isinstance(chosen[0].record.row, EntityBase)
    return chosen[0].record.id if alone else decision.entity


def _tells_more(parts: Decision, whole: Decision) -> bool:
    """Whether the questions of a message are better answered one by one, since the whole lacks some."""
    if whole.outcome is not Outcome.ANSWERED:
        return True
    told, known = ({one.record.id for one in decision.chosen} for decision in (parts, whole))
    return not parts.lacking and not parts.owed and known < told


def _special(parsed: Parse) -> Decision | None:
    """Greetings, thanks and what is none of our business, where nothing else is asked."""
    business = [span for span in parsed.content if span.part is not Part.QUESTION]
    refusals = parsed.of(Part.REFUSAL)
    if refusals and not any(span.part in {Part.TOPIC, Part.KIND} for span in business):
        # «Shall I buy its shares? – Where does it sit?»: it stays spoken of.
        named = next((id for span in parsed.of(Part.ENTITY) for id in sorted(span.values)), "")
        return Decision(Outcome.UNKNOWN, named, refusal=sorted(refusals[0].values)[0])
    if _SUM.fullmatch(parsed.question.text.strip()):
        return Decision(Outcome.UNKNOWN, settled=True)
    greetings = parsed.of(Part.GREETING)
    if greetings and not parsed.content:
        return Decision(Outcome.UNKNOWN, refusal=sorted(greetings[0].values)[0])
    return None


def _ask_contact(library: Library, parsed: Parse, decision: Decision) -> Decision:
    """«Who is in charge of this?» is answered by whoever is responsible for what the entity stands in."""
    strange = any(
        span.part is None
        or (span.part is Part.TOPIC and "contact" not in span.values)
        or (span.part is Part.QUESTION and span.values <= AMOUNTS)
        for span in decision.unexplained
    )
    if decision.topic != "contact" or strange or not decision.entity or library.foreign(decision.entity):
        return decision
    contact = find_contact(library, decision.entity, [span.text for span in parsed.left])
    # A company answers for itself; whoever is responsible for its chain does not lead it.
    company = library.entities[decision.entity].kind is Kind.COMPANY
    if contact is None or company or not (contact.own or decision.entity == library.home):
        return decision
    chosen = [Candidate(record, decision.entity, "contact", support=0.8) for record in contact.records]
    return replace(decision, outcome=Outcome.ANSWERED, topic="contact", chosen=chosen)
