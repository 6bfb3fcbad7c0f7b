"""Changes: who did what, when and why; each as a difference, each can be taken back."""

from typing import Any

from sqlmodel import Session, col, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk import show
from bot.desk.errors import explain
from bot.desk.page import Page
from bot.desk.wording import say
from knowledge.database import KnowledgeError
from knowledge.entries import parse
from knowledge.history import changes, find_change, versions
from knowledge.models import Change

SHOWN = 100
"""Facts of one change that are shown at once."""


class Changes(Page):
    """The history; nobody edits it."""

    path = "/changes"
    name = "changes"
    icon = "fa-solid fa-clock-rotate-left"

    @route("")
    async def index(self, request: Request) -> Response:
        """The latest changes."""
        return self.render(request, "changes.html", changes=await self.look(changes))

    @route("/{id:number}")
    async def change(self, request: Request) -> Response:
        """A change, field by field."""
        id = request.path_params["id"]
        return self.render(request, "change.html", **await self.look(lambda database: _one(database, id)))

    @route("/{id:number}/undo", methods=["POST"])
    async def undo(self, request: Request) -> Response:
        """Take a change back."""
        id, form = request.path_params["id"], await request.form()
        reason = str(form.get("reason", ""))
        try:
            decided = await self.write(lambda database: self.reviewer(database, request).undo(id, reason))
        except KnowledgeError as error:
            return self.go(request, f"{self.path}/{id}", explain(error), "error")
        if decided.second:
            return self.handed_in(request, f"{self.path}/{id}", decided)
        if decided.change is None:
            return self.go(request, f"{self.path}/{id}", say("changes.nothing"), "info")
        return self.go(request, f"{self.path}/{decided.change.id}", say("changes.undone", found=id))


def _one(database: Session, id: int) -> dict[str, Any]:
    try:
        change = find_change(database, id)
    except KnowledgeError as error:
        raise HTTPException(404) from error
    made = versions(database, id)
    names = show.names_of(database)
    rows = []
    for version in made[:SHOWN]:
        before, after = parse(version.before), parse(version.after)
        entry = after or before or {}
        rows.append((version, show.headline(entry, names), show.changed(before, after, names)))
    undone = database.exec(select(Change).where(Change.undoes == id).order_by(col(Change.id).desc())).first()
    return {"change": change, "rows": rows, "count": len(made), "undone": undone}
