"""Drafts: looked at, corrected, published with a look ahead, or rejected."""

from typing import Any

from anyio.to_thread import run_sync
from sqlmodel import Session, col, select
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk import forms
from bot.desk.cards import Card, cards
from bot.desk.errors import explain
from bot.desk.page import Page
from bot.desk.wording import say
from bot.numbers import whole
from knowledge.corrections import is_details
from knowledge.database import KnowledgeError
from knowledge.entries import parse
from knowledge.evaluation import Row, read_questions
from knowledge.forms import FormError
from knowledge.models import Draft, DraftState, Kind, StaffRole
from knowledge.publishing import Edit
from knowledge.replay import Replay, replay
from knowledge.review import Decided, edit_of

SHOWN = 50
"""Drafts on a page."""


class Drafts(Page):
    """What waits for a decision."""

    path = "/drafts"
    name = "drafts"
    icon = "fa-solid fa-inbox"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list, the surest first."""
        kind = request.query_params.get("kind", "")
        start = whole(request.query_params.get("from", ""))
        found = await self.look(lambda database: _find(database, kind, start))
        return self.render(request, "drafts.html", kind=kind, start=start, shown=SHOWN, **found)

    @route("/decide", methods=["POST"])
    async def decide(self, request: Request) -> Response:
        """Reject some, or look ahead at what publishing some would do."""
        form = await request.form()
        ids = _ids(form)
        back = _back(form)
        if not ids:
            return self.go(request, back, say("drafts.none_chosen"), "error")
        if form.get("deed") == "reject":
            reason = str(form.get("reason", ""))

            def deed(database: Session) -> object:
                self.reviewer(database, request).reject(ids, reason)
                return len(ids)

            return await self.do(request, deed, "drafts.rejected", back)
        return await self._ahead(request, ids, back)

    @route("/publish", methods=["POST"])
    async def publish(self, request: Request) -> Response:
        """Publish drafts, after a look ahead."""
        form = await request.form()
        ids, back = _ids(form), _back(form)
        reason = str(form.get("reason", ""))
        try:
            decided = await self.write(lambda database: self.reviewer(database, request).accept(ids, reason))
        except KnowledgeError as error:
            return self.go(request, back, explain(error), "error")
        return self.go(request, back, *_told(decided))

    @route("/{id:number}")
    async def draft(self, request: Request) -> Response:
        """A draft to be corrected."""
        return await self._form(request, request.path_params["id"])

    @route("/{id:number}", methods=["POST"], name="revise")
    async def revise(self, request: Request) -> Response:
        """Correct it."""
        id, form = request.path_params["id"], await request.form()
        given = {key: text for key, text in form.items() if isinstance(text, str)}

        def deed(database: Session) -> None:
            draft = _waiting(database, id)
            entry = forms.read(Kind(draft.fact_id.split(".")[0]), given, parse(draft.entry) or {})
            self.reviewer(database, request).revise(id, entry)

        try:
            await self.write(deed)
        except KnowledgeError as error:
            return await self._form(request, id, given, error)
        return self.go(request, f"{_back(form)}#d{id}", say("drafts.revised"))

    async def _form(
        self, request: Request, id: int, given: forms.Given | None = None, error: KnowledgeError | None = None
    ) -> Response:
        fault = explain(error) if error else ""
        field = error if isinstance(error, FormError) else None

        def find(database: Session) -> dict[str, Any]:
            draft = database.get(Draft, id)
            if draft is None:
                raise HTTPException(404)
            if is_details(draft.fact_id):
                # What is said of a document is edited on its own page.
                raise HTTPException(404)
            (card,) = cards(database, [draft])
            kind = Kind(draft.fact_id.split(".")[0])
            filled = given if given is not None else forms.filled(card.entry)
            return {"card": card, "inputs": forms.inputs(database, kind, filled, field, fault)}

        found = await self.look(find)
        back = (given or {}).get("back") or request.query_params.get("back", "")
        return self.render(
            request,
            "draft.html",
            code=400 if error else 200,
            fault=fault,
            back=back if back.startswith("/") else self.path,
            **found,
        )

    async def _ahead(self, request: Request, ids: list[int], back: str) -> Response:
        """What publishing would change, and which replies with it."""
        self.person(request).require(StaffRole.PUBLISHER)

        def find(database: Session) -> tuple[list[Edit], list[Card]]:
            drafts = self.reviewer(database, request).accepting(ids)
            return [edit_of(draft) for draft in drafts], cards(database, drafts[:SHOWN])

        try:
            edits, shown = await self.look(find)
            ahead: Replay = await run_sync(
                replay, self.desk.engine, self.desk.asker, edits, self._questions()
            )
        except KnowledgeError as error:
            return self.go(request, back, explain(error), "error")
        return self.render(
            request, "ahead.html", cards=shown, count=len(edits), ids=ids, ahead=ahead, back=back
        )

    def _questions(self) -> list[Row]:
        path = self.desk.settings.questions
        return read_questions(path) if path else []


def _find(database: Session, kind: str, start: int) -> dict[str, Any]:
    query = select(Draft).where(Draft.state == DraftState.WAITING)
    ids = database.exec(select(Draft.fact_id).where(Draft.state == DraftState.WAITING)).all()
    kinds = sorted({id.split(".")[0] for id in ids})
    if kind in kinds:
        query = query.where(col(Draft.fact_id).startswith(f"{kind}."))
    rows = database.exec(query.order_by(col(Draft.confidence).desc(), col(Draft.id))).all()
    return {"cards": cards(database, rows[start : start + SHOWN]), "total": len(rows), "kinds": kinds}


def _told(decided: Decided) -> tuple[str, str]:
    if decided.second:
        return say("drafts.second", found=len(decided.second)), "info"
    if decided.change is None:
        return say("drafts.nothing"), "info"
    return say("drafts.published", found=decided.change.id), "success"


def _waiting(database: Session, id: int) -> Draft:
    draft = database.get(Draft, id)
    if draft is None or is_details(draft.fact_id):
        raise HTTPException(404)
    return draft


def _ids(form: FormData) -> list[int]:
    return [whole(id) for id in form.getlist("id") if isinstance(id, str)]


def _back(form: FormData) -> str:
    """Where to go then: only to a page of the desk."""
    back = str(form.get("back", ""))
    return back if back.startswith("/") and not back.startswith("//") else Drafts.path
