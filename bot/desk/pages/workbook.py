"""The workbook: the whole knowledge base out as Excel, and back in after a dry run.

HOOK: `knowledge.exchange` is built on a branch of its own. While it is not here the page is not in the menu.
"""

import hashlib
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import get_locale
from starlette_admin.routing import route

from bot.desk.errors import explain
from bot.desk.page import Desk, Page
from bot.desk.wording import say
from knowledge.database import KnowledgeError
from knowledge.models import StaffRole

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHOWN = 200
"""Rows of each sort that a preview shows."""


def has_exchange() -> bool:
    """Whether there is something that writes and reads workbooks."""
    return find_spec("knowledge.exchange") is not None


def _exchange() -> Any:  # noqa: ANN401 - a module that may not be here
    return import_module("knowledge.exchange")


class Workbook(Page):
    """Out and in."""

    path = "/workbook"
    name = "workbook"
    icon = "fa-solid fa-table"
    role = StaffRole.PUBLISHER

    def __init__(self, desk: Desk) -> None:
        """Args: what it works with."""
        super().__init__(desk)
        self._previewed: dict[str, bytes] = {}

    @route("")
    async def index(self, request: Request) -> Response:
        """The two buttons."""
        return self.render(request, "workbook.html")

    @route("/export")
    async def export(self, request: Request) -> Response:
        """The workbook."""
        content: bytes = await self.look(_exchange().export_workbook)
        headers = {"Content-Disposition": 'attachment; filename="knowledge.xlsx"'}
        return Response(content, media_type=XLSX, headers=headers)

    @route("/preview", methods=["POST"])
    async def preview(self, request: Request) -> Response:
        """What an import would do; nothing is changed."""
        async with request.form() as form:
            file = form.get("file")
            content = await file.read() if isinstance(file, UploadFile) else b""
        if not content:
            return self.go(request, self.path, say("workbook.none_chosen"), "error")
        try:
            plan = await self.look(lambda database: _exchange().plan_import(database, content))
        except KnowledgeError as error:
            return self.go(request, self.path, explain(error), "error")
        # One preview a person: whoever chooses another file means that one.
        self._previewed[self.person(request).name] = content
        digest = hashlib.sha256(content).hexdigest()
        told = _exchange().describe(plan, get_locale(), SHOWN)
        return self.render(request, "workbook.html", plan=plan, digest=digest, told=told)

    @route("/apply", methods=["POST"])
    async def apply_workbook(self, request: Request) -> Response:
        """Import what was previewed, all or nothing."""
        form, person = await request.form(), self.person(request)
        content = self._previewed.get(person.name, b"")
        if hashlib.sha256(content).hexdigest() != form.get("digest"):
            return self.go(request, self.path, say("workbook.stale"), "error")

        def deed(database: Session) -> Any:  # noqa: ANN401 - of a module that may not be here
            plan, reviewer = _exchange().plan_import(database, content), self.reviewer(database, request)
            return _exchange().apply_plan(database, plan, reviewer, reason=str(form.get("reason", "")))

        try:
            decided = await self.write(deed)
        except KnowledgeError as error:
            return self.go(request, self.path, explain(error), "error")
        del self._previewed[person.name]
        if decided.second:
            return self.handed_in(request, "/drafts", decided)
        if decided.change is None:
            return self.go(request, self.path, say("workbook.applied_nothing"), "info")
        change = decided.change.id
        return self.go(request, f"/changes/{change}", say("workbook.applied", found=change))
