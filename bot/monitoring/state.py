"""What the database knows of how things stand, read when somebody asks."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, col, func, select

from knowledge.database import session
from knowledge.models import (
    Enquiry,
    EnquiryState,
    Incoming,
    IncomingState,
    Outgoing,
    OutgoingState,
    Push,
    PushState,
    Revision,
)

STATES: dict[str, tuple[str, type[SQLModel], tuple[str, ...]]] = {
    "investbot_updates_open": (
        "Updates that wait or are being handled",
        Incoming,
        (IncomingState.WAITING, IncomingState.TAKEN, IncomingState.FAILED),
    ),
    "investbot_outbox": (
        "Messages that the bot owes",
        Outgoing,
        (OutgoingState.WAITING, OutgoingState.UNCERTAIN),
    ),
    "investbot_pushes": ("Pushes of signings", Push, tuple(PushState)),
    "investbot_enquiries": ("Questions to a person", Enquiry, tuple(EnquiryState)),
}
"""What is counted by its state: under which name, which table, which states."""


class DatabaseState(Collector):
    """Reads the database each time it is asked; where it cannot be read, that is all it says."""

    def __init__(self, engine: Engine) -> None:
        """Args: the database, migrated."""
        self._engine = engine

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: nobody else uses these names, and the database need not be asked to know it."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The state now."""
        try:
            with session(self._engine) as database:
                found = [*_counts(database), _revision(database)]
            up = 1
        except SQLAlchemyError:
            found, up = [], 0
        yield from found
        yield GaugeMetricFamily("investbot_database_up", "Whether the database can be read", value=up)


def revision(database: Session) -> int:
    """The number of the newest state of the knowledge; 0 where there is none."""
    return database.exec(select(func.max(Revision.number))).one() or 0


def _counts(database: Session) -> Iterator[GaugeMetricFamily]:
    for name, (told, table, states) in STATES.items():
        state = col(table.state)  # type: ignore[attr-defined]
        query = select(state, func.count()).where(state.in_(states)).group_by(state)
        counted = {str(one): number for one, number in database.exec(query).all()}
        family = GaugeMetricFamily(name, told, labels=["state"])
        for one in states:
            family.add_metric([str(one)], counted.get(str(one), 0))
        yield family


def _revision(database: Session) -> GaugeMetricFamily:
    return GaugeMetricFamily("investbot_revision", "State of the knowledge", value=revision(database))
