"""Misses: what was asked and not answered, the same together; staff answer once, and everybody has it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk import show
from bot.desk.errors import explain
from bot.desk.page import Page
from bot.desk.wording import language
from bot.numbers import whole
from bot.staff.answering import take_answer
from bot.staff.misses import said
from knowledge.database import KnowledgeError
from knowledge.enquiries import close, count_open, open_enquiries, take_charge, waiting_for, wordings
from knowledge.history import latest
from knowledge.models import Enquiry, StaffRole, Waiting

SHOWN = 30
"""So many enquiries are shown at once; the next come up as these are answered."""


@dataclass(frozen=True)
class Shown:
    """An enquiry as staff see it.

    Attributes:
        enquiry: as stored.
        wordings: the other ways in which it was asked.
        before: what those who wait had asked before.
        waiting: who waits for the reply.
        told: the facts that were no answer: their ids, and each in a line.
        late: its deadline has passed.
    """

    enquiry: Enquiry
    wordings: list[str]
    before: list[str]
    waiting: list[Waiting]
    told: list[tuple[str, str]]
    late: bool


class Misses(Page):
    """What the documents do not say yet."""

    path = "/misses"
    name = "misses"
    icon = "fa-solid fa-circle-question"

    @route("")
    async def index(self, request: Request) -> Response:
        """The open enquiries: by deadline where somebody waits, then the most asked."""
        return await self._page(request)

    @route("/{id:number}/answer", methods=["POST"])
    async def answer(self, request: Request) -> Response:
        """Take an answer, as it is taken in Telegram; one that is refused stays in its field."""
        form = await request.form()
        id, text = request.path_params["id"], str(form.get("text", ""))
        person, now, tongue = self.person(request), self.desk.now(), language()
        person.require(StaffRole.EDITOR)
        try:
            done = await run_sync(
                lambda: take_answer(self.desk.engine, self.desk.asker, id, text, person, now)
            )
        except KnowledgeError as error:
            return await self._page(request, code=400, fault=explain(error), refused=id, text=text)
        return self.go(request, self.path, "\n".join(said(done, tongue)))

    @route("/{id:number}/charge", methods=["POST"])
    async def charge(self, request: Request) -> Response:
        """Take charge of an enquiry."""
        id, person = request.path_params["id"], self.person(request)
        return await self.do(
            request, lambda database: take_charge(database, id, person).owner, "misses.charged", self.path
        )

    @route("/{id:number}/close", methods=["POST"])
    async def close(self, request: Request) -> Response:
        """Say that an enquiry needs no answer."""
        id, person, now = request.path_params["id"], self.person(request), self.desk.now()
        return await self.do(
            request, lambda database: close(database, id, person, now).text, "misses.closed", self.path
        )

    async def _page(self, request: Request, code: int = 200, **refused: Any) -> Response:  # noqa: ANN401
        """The page.

        Args:
            request: what was asked for.
            code: the status of HTTP.
            refused: an answer that could not be taken: `fault`, `refused` (its enquiry's id), `text`.
        """
        start, now = whole(request.query_params.get("from", "")), self.desk.now()

        def find(database: Session) -> dict[str, Any]:
            rows = open_enquiries(database)[start : start + SHOWN]
            names = show.names_of(database)
            return {
                "enquiries": [_shown(database, row, now, names) for row in rows],
                "total": count_open(database),
                "names": names,
            }

        found = await self.look(find)
        listed = any(one.enquiry.id == refused.get("refused") for one in found["enquiries"])
        return self.render(
            request, "misses.html", code=code, start=start, shown=SHOWN, listed=listed, **found, **refused
        )


def _shown(database: Session, enquiry: Enquiry, now: dt.datetime, names: show.Names) -> Shown:
    waiting = waiting_for(database, enquiry.id or 0)
    earlier = dict.fromkeys(text for row in waiting for text in row.before.splitlines())
    others = [text for text in wordings(database, enquiry, waiting) if text != enquiry.text]
    late = enquiry.due_at is not None and enquiry.due_at < now
    held = latest(database, enquiry.facts.split())
    told = [(id, show.headline(one.entry, names)) for id, one in held.items() if one.entry]
    return Shown(enquiry, others, list(earlier), waiting, told, late)
