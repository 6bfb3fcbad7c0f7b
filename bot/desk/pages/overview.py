"""The first page: what waits."""

from typing import Any

from sqlmodel import Session, col, func, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin.routing import route

from bot.desk import show
from bot.desk.page import Page
from bot.desk.wording import DEFAULT, LOCALES
from knowledge.enquiries import count_open, open_enquiries
from knowledge.expiring import expiring
from knowledge.history import changes, latest
from knowledge.models import Document, Draft, DraftState
from knowledge.question_log import count_questions
from knowledge.review import waiting_drafts
from knowledge.searching import count_facts

SHOWN = 5
"""So many of each are shown on the first page."""

DUE_SHOWN = 20
"""So many facts that are to be confirmed are shown at once."""

WEEK = 7


class Overview(Page):
    """What waits, what grows old, what was done."""

    path = "/"
    name = "overview"
    icon = "fa-solid fa-house"

    @route("")
    async def index(self, request: Request) -> Response:
        """The page."""
        return self.render(request, "overview.html", **await self.look(self._find))

    @route("/confirm", methods=["POST"])
    async def confirm(self, request: Request) -> Response:
        """Say that facts are still so."""
        form = await request.form()
        ids = [str(id) for id in form.getlist("id")]
        today = self.desk.now().date()

        def deed(database: Session) -> object:
            reviewer = self.reviewer(database, request)
            return len([reviewer.confirm(id, today) for id in ids])

        return await self.do(request, deed, "overview.confirmed", "/#due")

    @route("/language", methods=["POST"])
    async def language(self, request: Request) -> Response:
        """Choose the desk's language."""
        form = await request.form()
        chosen = str(form.get("language"))
        response = RedirectResponse(request.scope.get("root_path", "") + "/", status_code=303)
        response.set_cookie(
            "language",
            chosen if chosen in LOCALES else DEFAULT,
            max_age=365 * 86_400,
            httponly=True,
            samesite="lax",
            secure=self.desk.https,
        )
        return response

    def _find(self, database: Session) -> dict[str, Any]:
        names = show.names_of(database)
        now = self.desk.now()
        drafts = waiting_drafts(database)
        due = expiring(database, now.date(), self.desk.settings.confirm_after_days)
        entries = latest(database, {one.fact.id for one in due[:DUE_SHOWN]})
        shown = [(one, entries[one.fact.id].entry) for one in due[:DUE_SHOWN] if one.fact.id in entries]
        return {
            "drafts": len(drafts),
            "due": [(one, show.headline(entry, names)) for one, entry in shown if entry],
            "due_count": len(due),
            "missed": open_enquiries(database, SHOWN),
            "missed_count": count_open(database),
            "asked": count_questions(database, now, WEEK),
            "changes": changes(database, limit=SHOWN),
            "facts": count_facts(database),
            "documents": database.exec(select(func.count(col(Document.sha256)))).one(),
            "unread": database.exec(
                select(Document.file, Document.sha256, Document.title, func.count(col(Draft.id)))
                .join(Draft, col(Draft.document_sha256) == col(Document.sha256))
                .where(Draft.state == DraftState.WAITING)
                .group_by(col(Document.sha256))
                .limit(SHOWN)
            ).all(),
        }
