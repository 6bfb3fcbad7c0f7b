"""Trying it out: a question asked as an investor would, with why it is answered so."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk.page import Page
from knowledge.asking.answer import Answer


class Trial(Page):
    """Asks; nothing of it stands in the log."""

    path = "/try"
    name = "trial"
    icon = "fa-solid fa-comments"

    @route("")
    async def index(self, request: Request) -> Response:
        """A question, its reply, and why."""
        text = request.query_params.get("text", "").strip()
        answer, why = await run_sync(self._ask, text) if text else (None, "")
        return self.render(request, "trial.html", text=text, answer=answer, why=why)

    def _ask(self, text: str) -> tuple[Answer, str]:
        return self.desk.asker.ask(text), self.desk.asker.explain(text)
