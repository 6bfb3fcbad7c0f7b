"""Signings: each ceremony with what was signed."""

from typing import Any

from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk import show
from bot.desk.page import Page
from knowledge.history import latest
from knowledge.models import Fact, Figure, Link, Relation, Signing, Status


class Signings(Page):
    """The ceremonies, the latest first."""

    path = "/signings"
    name = "signings"
    icon = "fa-solid fa-handshake"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list."""
        return self.render(request, "signings.html", signings=await self.look(_find))


def _find(database: Session) -> list[dict[str, Any]]:
    names = show.names_of(database)
    query = (
        select(Signing)
        .join(Fact, col(Fact.id) == col(Signing.id))
        .where(Fact.status == Status.PUBLISHED)
        .order_by(col(Signing.date).desc().nulls_last())
    )
    rows = database.exec(query).all()
    ids = [row.id for row in rows]
    links = database.exec(
        select(Link).where(col(Link.object_id).in_(ids), Link.relation == Relation.SIGNED_AT)
    ).all()
    figures = database.exec(select(Figure).where(col(Figure.subject_id).in_(ids))).all()
    entries = latest(database, {figure.id for figure in figures})
    return [
        {
            "row": row,
            "signed": [
                (link.subject_id, names.get(link.subject_id, ""))
                for link in links
                if link.object_id == row.id
            ],
            "figures": [
                (figure.label, show.amount(held.entry))
                for figure in figures
                if figure.subject_id == row.id and (held := entries.get(figure.id)) and held.entry
            ],
        }
        for row in rows
    ]
