"""From settings to something that can be talked to: the database opened, and built where need be."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import select

from bot.settings import Settings
from knowledge.database import migrate, open_engine, session, unusable
from knowledge.models import Revision

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from knowledge.asking.asker import Asker
    from knowledge.build import BuildReport

Tell = Callable[[str], None]

DELIVERING = frozenset({"telegram"})
"""The faces on which the bot can write of its own accord."""


def open_built(settings: Settings, tell: Tell, *, renew: bool = False) -> Engine:
    """Open the database, and build it from the documents if there is nothing in it yet.

    Args:
        settings: where database and documents are.
        tell: shown a few words at each step of a build, and whatever was refused.
        renew: also bring an existing one up to date with the documents.

    Raises:
        KnowledgeError: database, documents or facts cannot be used; the message says what to do.
    """
    engine = open_engine(settings.database_url)
    migrate(engine)
    if renew or not is_built(engine):
        for reason in build_into(engine, settings, tell).refused:
            tell(f"Refused: {reason}")
    return engine


def open_conversation(engine: Engine, asker: "Asker", settings: Settings, face: str) -> "Conversation":
    """A conversation that is kept in the database, in which a person can be asked, and signings be heard of.

    Args:
        engine: a migrated database.
        asker: who answers.
        settings: within how many working hours a person replies, where the bureau's clocks hang, its colour.
        face: its name for the question log; on one that delivers nothing nobody can
            subscribe, and who waits for a reply comes back for it.
    """
    from bot.conversation import Conversation
    from bot.enquiring import Enquiring, Promise
    from bot.memory import DatabaseMemory
    from bot.pictures.palette import Palette
    from bot.subscribing.talk import Subscribing

    promise = Promise(settings.working_hours, settings.answer_within_hours)
    kind = Conversation
    if settings.metrics_port:
        from bot.monitoring.measured import MeasuredConversation

        kind = MeasuredConversation
    return kind(
        asker,
        DatabaseMemory(engine),
        face,
        Enquiring(engine, asker, promise, sent=face in DELIVERING),
        Palette.of(settings.bureau_colour),
        Subscribing(engine, asker, settings.time_zone) if face in DELIVERING else None,
    )


def build_into(engine: Engine, settings: Settings, tell: Tell) -> "BuildReport":
    """Build the knowledge base; see `knowledge.build.build`.

    Raises:
        KnowledgeError: see `open_built`.
    """
    # Reading documents takes its time to import; most starts read none.
    from knowledge.asking.asker import Asker
    from knowledge.build import build

    try:
        report = build(engine, settings.documents, tell)
        Asker(engine).prepare()
    except (OperationalError, DatabaseError) as error:
        raise unusable(engine.url, error) from error
    return report


def is_built(engine: Engine) -> bool:
    """Whether there is a knowledge base in a migrated database."""
    try:
        with session(engine) as database:
            return database.exec(select(Revision.number)).first() is not None
    except (OperationalError, DatabaseError) as error:
        raise unusable(engine.url, error) from error
