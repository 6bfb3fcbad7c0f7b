"""Coming in: by a one-time link, once; then by a cookie, for a working day."""

import logging
from dataclasses import dataclass

from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.auth.base import AdminUser, BaseAuthProvider, login_not_required
from starlette_admin.routing import route

from bot.desk.page import Desk, Page
from bot.desk.wording import say
from bot.flood import FloodControl
from knowledge.database import session, writing
from knowledge.models import LinkPurpose
from knowledge.people import SESSION_LIFE, Person, close_session, open_session, staff_of_session, use_link

LOG = logging.getLogger(__name__)

COOKIE = "investbot_desk"

TRIES, SECONDS = 10, 300
"""So many attempts to log in may fail from one address in so many seconds."""


@dataclass
class Member(AdminUser):
    """A member of staff at the desk."""

    person: Person | None = None


class Access(BaseAuthProvider):
    """Knows staff by their cookie."""

    def __init__(self, engine: Engine) -> None:
        """Args: a migrated database."""
        super().__init__()
        self._engine = engine

    async def authenticate(self, request: Request) -> AdminUser | None:
        """Who it is; nobody without a valid cookie, or if they are not staff any more."""
        secret = request.cookies.get(COOKIE, "")
        person = await run_sync(self._find, secret) if secret else None
        return Member(username=person.name, person=person) if person else None

    def _find(self, secret: str) -> Person | None:
        with session(self._engine) as database:
            return staff_of_session(database, secret)


class Login(Page):
    """The way in and out."""

    path = "/login"
    name = "login"
    add_to_menu = False

    def __init__(self, desk: Desk) -> None:
        """Args: what it works with."""
        super().__init__(desk)
        self._failed = FloodControl(TRIES, SECONDS)

    def is_accessible(self, request: Request) -> bool:
        """Everybody may knock."""
        return True

    @route("", name="login")
    @login_not_required
    async def index(self, request: Request) -> Response:
        """A button that uses the link: whatever looks at a link before a person does only sees the button."""
        return self.render(request, "login.html", link=request.query_params.get("link", ""))

    @route("", methods=["POST"], name="login-use")
    @login_not_required
    async def use(self, request: Request) -> Response:
        """Use the link."""
        host = request.client.host if request.client else ""
        if self._failed.is_full(hash(host)):
            return self.render(request, "login.html", code=429, fault=say("login.too_many"))
        form = await request.form()
        secret = await run_sync(self._open, str(form.get("link", "")))
        if secret is None:
            self._failed.judge(hash(host))
            if self._failed.is_full(hash(host)):
                # From where, is for the proxy's log to say: an address is somebody's.
                LOG.warning("Too many attempts to log in failed; where they come from is refused for a while")
            return self.render(request, "login.html", code=403, fault=say("login.refused"))
        response = self.go(request, "/")
        response.set_cookie(
            COOKIE,
            secret,
            max_age=int(SESSION_LIFE.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self.desk.https,
        )
        return response

    @route("/out", methods=["POST"], name="logout")
    @login_not_required
    async def leave(self, request: Request) -> Response:
        """Forget the cookie."""
        secret = request.cookies.get(COOKIE, "")
        await run_sync(self._close, secret)
        response = self.go(request, "/login")
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self.desk.https)
        return response

    def _open(self, link: str) -> str | None:
        with writing(self.desk.engine) as database:
            staff = use_link(database, link, LinkPurpose.DESK)
            if staff is None:
                return None
            secret = open_session(database, staff.name)
            database.commit()
            return secret

    def _close(self, secret: str) -> None:
        with writing(self.desk.engine) as database:
            close_session(database, secret)
            database.commit()
