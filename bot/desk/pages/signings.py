"""Signings: each ceremony with what was signed, and what subscribers are told of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from anyio.to_thread import run_sync
from sqlmodel import Session, col, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette_admin.routing import route

from bot.desk import show
from bot.desk.announcing import bubbles, counts, reasons
from bot.desk.errors import explain
from bot.desk.page import Page
from bot.desk.wording import language, say
from bot.moments import read_moment
from bot.numbers import whole
from bot.pictures.card import draw_announced
from bot.pictures.palette import Palette
from bot.push import words
from bot.push.view import View, view
from knowledge.announcing import announcements
from knowledge.announcing.content import Content
from knowledge.announcing.errors import AnnouncementError, ChangedError
from knowledge.announcing.pushes import Progress
from knowledge.announcing.reports import progress_by
from knowledge.asking.answer import Language
from knowledge.database import KnowledgeError
from knowledge.history import latest
from knowledge.models import Announcement, Figure, Link, Relation
from knowledge.people import Person

UNSEEN = "unseen"
"""In place of the digest of a form that has none: nobody was shown anything."""

Deed = Callable[[Session, int, Person, dt.datetime], int]


class Signings(Page):
    """The ceremonies, the latest first, and the page of each from which it is announced."""

    path = "/signings"
    name = "signings"
    icon = "fa-solid fa-handshake"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list."""
        now, tongue = self.desk.now(), language()
        signings = await self.look(lambda database: _find(database, now, tongue))
        return self.render(request, "signings.html", signings=signings)

    @route("/{id}")
    async def signing(self, request: Request) -> Response:
        """A signing: its preview and whom it would reach; once it is announced, how far that is."""
        return await self._page(request)

    @route("/{id}/progress")
    async def progress(self, request: Request) -> Response:
        """How far its announcement is, as data for the page that shows it."""
        return JSONResponse(counts(await self._view(request)))

    @route("/{id}/picture/{kind}")
    async def picture(self, request: Request) -> Response:
        """The picture that would go with its announcement, in the language of whoever looks."""
        found, kind, tongue = await self._view(request), request.path_params["kind"], language()
        if found.content is None:
            raise HTTPException(404)
        palette = Palette.of(self.desk.settings.bureau_colour)
        drawn = await run_sync(draw_announced, self.desk.asker, found.content, kind, tongue, palette)
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, no-cache"})

    @route("/{id}/announce", methods=["POST"])
    async def announce(self, request: Request) -> Response:
        """Announce it, if it is still what was shown."""
        id, form = request.path_params["id"], await request.form()
        now, person = self.desk.now(), self.person(request)
        picture, seen = str(form.get("picture", "")), str(form.get("seen", ""))
        try:
            at = read_moment(str(form.get("at", "")), self.desk.zone) if form.get("when") == "at" else None
        except ValueError:
            return await self._page(request, code=400, fault=say("signings.no_moment"))

        def deed(database: Session) -> None:
            content = Content.of(self.desk.asker, id, seen or UNSEEN)
            chosen = picture if picture in announcements.PICTURES else ""
            announcements.announce(database, id, content, person, now, at=at, picture=chosen)

        try:
            await self.write(deed)
        except ChangedError as error:
            return await self._page(request, code=409, fault=explain(error))
        except KnowledgeError as error:
            return self.go(request, f"{self.path}/{id}", explain(error), "error")
        return self.go(
            request, f"{self.path}/{id}", say("signings.scheduled" if at else "signings.announced")
        )

    @route("/{id}/correct")
    async def difference(self, request: Request) -> Response:
        """What a correction would change."""
        found = await self._view(request)
        if found.row is None or found.content is None or not found.differs:
            return self.go(request, f"{self.path}/{found.signing}", say("signings.same"), "info")
        old = Content.decode(found.row.content)
        rows = [(one, words.difference(old, found.content, one)) for one in Language]
        return self.render(
            request, "signing_correct.html", one=found, title=found.title(language()), rows=rows
        )

    @route("/{id}/correct", methods=["POST"], name="correct-signing")
    async def correct(self, request: Request) -> Response:
        """Let the messages say what the facts say now, if that is still what was shown."""
        id, form = request.path_params["id"], await request.form()
        seen = str(form.get("seen", ""))

        def deed(database: Session, number: int, person: Person, now: dt.datetime) -> int:
            content = Content.of(self.desk.asker, id, seen or UNSEEN)
            return announcements.correct(database, number, content, person, now)

        return await self._do(request, deed, "signings.corrected")

    @route("/{id}/cancel", methods=["POST"])
    async def cancel(self, request: Request) -> Response:
        """Send it to nobody any more."""
        return await self._do(request, announcements.cancel, "signings.cancelled")

    @route("/{id}/recall", methods=["POST"])
    async def recall(self, request: Request) -> Response:
        """Take back what was sent."""
        return await self._do(request, announcements.recall, "signings.recalled")

    @route("/{id}/again", methods=["POST"])
    async def again(self, request: Request) -> Response:
        """Send once more what failed."""
        return await self._do(request, announcements.send_again, "signings.again")

    async def _do(self, request: Request, deed: Deed, done: str) -> Response:
        """Do something with the announcement that the form is about."""
        number = whole(str((await request.form()).get("number", "")))
        person, now, id = self.person(request), self.desk.now(), request.path_params["id"]
        return await self.do(
            request, lambda database: deed(database, number, person, now), done, f"{self.path}/{id}"
        )

    async def _page(self, request: Request, code: int = 200, fault: str = "") -> Response:
        found, tongue = await self._view(request), language()
        return self.render(
            request,
            "signing.html",
            code=code,
            fault=fault,
            one=found,
            title=found.title(tongue),
            standing=found.standing(tongue),
            bubbles=bubbles(found),
            reasons=reasons(found),
            button=words.send_label(found.audience, tongue) if found.audience else "",
            languages=words.by_language(found.audience, tongue) if found.audience else "",
            pictures=announcements.PICTURES,
            zone=self.desk.zone.key,
        )

    async def _view(self, request: Request) -> View:
        id, now = request.path_params["id"], self.desk.now()
        try:
            return await self.look(lambda database: view(database, self.desk.asker, id, now))
        except AnnouncementError as error:
            raise HTTPException(404) from error


def _find(database: Session, now: dt.datetime, tongue: Language) -> list[dict[str, Any]]:
    names = show.names_of(database)
    rows = announcements.published(database)
    ids = [row.id for row in rows]
    links = database.exec(
        select(Link).where(col(Link.object_id).in_(ids), Link.relation == Relation.SIGNED_AT)
    ).all()
    figures = database.exec(select(Figure).where(col(Figure.subject_id).in_(ids))).all()
    entries = latest(database, {figure.id for figure in figures})
    held = {
        row.signing_id: row
        for row in database.exec(select(Announcement).order_by(col(Announcement.id))).all()
    }
    progress = progress_by(database, [row.id or 0 for row in held.values()])

    def standing(id: str) -> str:
        row = held.get(id)
        return words.standing(row, progress.get(row.id or 0, Progress()) if row else Progress(), now, tongue)

    return [
        {
            "row": row,
            "standing": standing(row.id),
            "open": row.id not in held or held[row.id].state not in announcements.STANDING,
            "signed": [
                (link.subject_id, names.get(link.subject_id, ""))
                for link in links
                if link.object_id == row.id
            ],
            "figures": [
                (figure.label, show.amount(held_entry.entry))
                for figure in figures
                if figure.subject_id == row.id and (held_entry := entries.get(figure.id)) and held_entry.entry
            ],
        }
        for row in rows
    ]
