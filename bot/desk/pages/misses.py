"""Misses: what was asked and not answered, the same together."""

import datetime as dt

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk import show
from bot.desk.page import Page
from knowledge.question_log import Missed, missed_questions

DAYS = 30
"""So far back misses are shown."""


class Misses(Page):
    """What the documents do not say yet."""

    path = "/misses"
    name = "misses"
    icon = "fa-solid fa-circle-question"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list, the most frequent first."""
        since = dt.datetime.now(dt.UTC) - dt.timedelta(days=DAYS)

        def find(database: Session) -> tuple[list[Missed], dict[str, str]]:
            return missed_questions(database, since), show.names_of(database)

        missed, names = await self.look(find)
        return self.render(request, "misses.html", missed=missed, names=names, days=DAYS)
