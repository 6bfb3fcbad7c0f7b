"""What every page of the desk has: who looks, the knowledge, its templates, and how a deed is answered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from anyio.to_thread import run_sync
from babel.support import LazyProxy
from markupsafe import Markup
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin.flash import flash, get_flashed_messages
from starlette_admin.views import CustomView
from starlette_admin.widgets import ChartWidget, render_widget

from bot.desk.errors import explain
from bot.desk.wording import say
from bot.numbers import DIGITS
from bot.settings import Settings
from knowledge.asking.asker import Asker
from knowledge.database import KnowledgeError, snapshot, writing
from knowledge.models import StaffRole
from knowledge.people import Person
from knowledge.review import Decided, Reviewer

Found = TypeVar("Found")

SAID = 400
"""Characters of a message that travels to the next page in a cookie."""


@dataclass(frozen=True)
class Desk:
    """What the pages work with."""

    engine: Engine
    asker: Asker
    settings: Settings

    @property
    def prefix(self) -> str:
        """The path under which the desk stands at its address; empty for none."""
        return urlsplit(self.settings.desk_address).path.rstrip("/")

    @property
    def hosts(self) -> list[str]:
        """The names under which a browser may ask for the desk."""
        return [urlsplit(self.settings.desk_address).hostname or "", "127.0.0.1", "localhost"]

    @property
    def zone(self) -> ZoneInfo:
        """Where the bureau's clocks hang."""
        return self.settings.working_hours.zone

    def now(self) -> dt.datetime:
        """The time, where the bureau is."""
        return dt.datetime.now(self.zone)

    @property
    def https(self) -> bool:
        """Whether staff reach the desk by https."""
        return self.settings.desk_address.startswith("https://")


class Page(CustomView):
    """A page of the desk.

    Attributes:
        name: under which its texts stand, and its route.
        role: who may see it.
    """

    name: ClassVar[str]
    role: ClassVar[StaffRole] = StaffRole.VIEWER

    def __init__(self, desk: Desk) -> None:
        """Args: what it works with."""
        self.desk = desk
        # Said anew for each page: every reader has a language of their own.
        label = LazyProxy(lambda: say(f"menu.{self.name}"), enable_cache=False)
        super().__init__(menu_label=cast(str, label))
        self.route_name = self.name

    def title(self, request: Request) -> str:
        """What stands in the browser's tab."""
        return say(f"menu.{self.name}")

    def is_active(self, request: Request) -> bool:
        """Whether this page or one below it is shown."""
        here = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        return bool(here == self.path or (self.path != "/" and here.startswith(f"{self.path}/")))

    def is_accessible(self, request: Request) -> bool:
        """Whether whoever looks may see this page."""
        person = self.find_person(request)
        return person is not None and person.role.rank >= self.role.rank

    def find_person(self, request: Request) -> Person | None:
        """Who looks; nobody before they came in."""
        return getattr(getattr(request.state, "admin_user", None), "person", None)

    def person(self, request: Request) -> Person:
        """Who looks, on a page that only staff see."""
        person = self.find_person(request)
        if person is None:
            raise KnowledgeError(say("errors.left"))
        return person

    def reviewer(self, database: Session, request: Request) -> Reviewer:
        """Who looks, as somebody who changes facts."""
        return Reviewer(database, self.person(request), two_persons=self.desk.settings.review_two_persons)

    def render(self, request: Request, template: str, *, code: int = 200, **context: Any) -> Response:  # noqa: ANN401
        """The page.

        Args:
            request: what was asked for.
            template: in `templates/`.
            code: the status of HTTP.
            context: what the template shows.
        """
        if self.templates is None:
            raise RuntimeError("the page belongs to no desk yet")
        given = {
            "title": self.title(request),
            "flashed_messages": get_flashed_messages(request),
            "person": self.find_person(request),
            "root": request.scope.get("root_path", ""),
            "page": self,
        }
        return self.templates.TemplateResponse(request, template, given | context, status_code=code)

    async def chart(self, request: Request, chart: ChartWidget) -> Markup:
        """A chart as it stands in a page."""
        if self.templates is None:
            raise RuntimeError("the page belongs to no desk yet")
        return await render_widget(chart, request, self.templates.env)

    async def look(self, find: Callable[[Session], Found]) -> Found:
        """Read from the database as it is at one moment, beside the others who are served."""

        def run() -> Found:
            with snapshot(self.desk.engine) as database:
                return find(database)

        return await run_sync(run)

    async def write(self, deed: Callable[[Session], Found]) -> Found:
        """Change something, all or nothing."""

        def run() -> Found:
            with writing(self.desk.engine) as database:
                found = deed(database)
                database.commit()
                return found

        return await run_sync(run)

    async def do(
        self, request: Request, deed: Callable[[Session], object], done: str, to: str, fault_to: str = ""
    ) -> Response:
        """Change something, and go on to a page that says that it was done, or why it was not.

        Args:
            request: what was asked for.
            deed: what is done; what it gives back is put into `{}` of the sentence.
            done: the text that says that it was done, by key.
            to: where to go then.
            fault_to: where to go if it was not done; by default the same.
        """
        try:
            found = await self.write(deed)
        except KnowledgeError as error:
            return self.go(request, fault_to or to, explain(error), "error")
        if isinstance(found, Decided) and found.second:
            return self.handed_in(request, to, found)
        return self.go(request, to, say(done, found=found))

    def handed_in(self, request: Request, to: str, decided: Decided) -> Response:
        """Go on to a page that says that a change waits for another person."""
        return self.go(request, to, say("desk.handed_in", count=len(decided.second)), "info")

    def go(self, request: Request, to: str, message: str = "", category: str = "success") -> Response:
        """Go on to another page.

        Args:
            request: what was asked for.
            to: its path at the desk.
            message: said there.
            category: success, warning, error or info.
        """
        if message:
            flash(request, message if len(message) <= SAID else message[:SAID] + "…", category)
        return RedirectResponse(request.scope.get("root_path", "") + to, status_code=303)


class _Number(IntegerConvertor):
    """A number in an address; see `bot.numbers`."""

    regex = f"[0-9]{{1,{DIGITS}}}"


register_url_convertor("number", _Number())
