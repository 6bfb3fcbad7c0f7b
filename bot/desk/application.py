"""The desk as one ASGI application: its pages, who comes in, and what stands before them."""

import logging
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp
from starlette_admin.base import BaseAdmin
from starlette_admin.i18n import I18nConfig
from starlette_admin.security.csrf import CSRFMiddleware
from starlette_admin.theme import DefaultTheme, TablerSettings

from bot.desk import show
from bot.desk.access import Access, Login
from bot.desk.errors import explain
from bot.desk.page import Desk
from bot.desk.pages import all_pages
from bot.desk.pages.overview import Overview
from bot.desk.wording import DEFAULT, known, label, say, texts
from bot.settings import Settings
from bot.web.shield import Shield
from knowledge.asking.asker import Asker
from knowledge.database import KnowledgeError
from knowledge.keys import shared_key

LOG = logging.getLogger(__name__)

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""No script but the desk's own files. The charts of the library set styles, so that those are allowed."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}

LARGEST = 64 * 1024 * 1024
"""Bytes of a request: some files of the largest size that is read."""


class DeskTheme(DefaultTheme):
    """The library's look, with the desk's layout and words."""

    name = "desk"
    package = "bot.desk"

    def __init__(self, zone: ZoneInfo) -> None:
        """Args: where the clocks hang by which moments are told."""
        super().__init__(TablerSettings(base="slate", primary="blue"))
        self._moment = partial(show.moment, zone=zone)

    def template_globals(self) -> dict[str, Any]:
        """What every template can say and show."""
        return {"say": say, "label": label, "show": show, "moment": self._moment}


class Admin(BaseAdmin):
    """The library's admin, with errors in plain words."""

    def _init_csrf(self) -> None:
        self.middlewares.append(Middleware(PlainCSRF, secret_key=self.secret_key or "", admin=self))

    def fault(self, request: Request, message: str, status: int) -> Response:
        """A page that says what is wrong."""
        exception = HTTPException(status, message)
        context = {"exc": exception, "title": say("errors.title"), "root": request.scope.get("root_path", "")}
        return self._template_response(
            request=request, name="error.html", context=context, status_code=status
        )

    async def _render_error(self, request: Request, exc: Exception = HTTPException(500)) -> Response:  # noqa: B008
        status = exc.status_code if isinstance(exc, HTTPException) else 500
        key = f"errors.status_{status}"
        return self.fault(request, say(key if known(key) else "errors.status_500"), status)


class PlainCSRF(CSRFMiddleware):
    """The library's check that a form is the desk's own, with a refusal that a person understands."""

    def __init__(self, app: ASGIApp, secret_key: str, admin: Admin) -> None:
        """See the library; and the admin that shows the refusal."""
        super().__init__(app, secret_key)
        self._admin = admin

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """See the library."""
        passed = False

        async def passing(inner: Request) -> Response:
            nonlocal passed
            passed = True
            return await call_next(inner)

        response = await super().dispatch(request, passing)
        if not passed and response.status_code == 403:
            return self._admin.fault(request, say("errors.form_expired"), 403)
        return response

    async def _get_submitted_token(self, request: Request) -> str | None:
        try:
            token = await super()._get_submitted_token(request)
        except (ClientDisconnect, HTTPException):
            # Half a form, whose sender has gone, or what is none: refused like one without a token.
            return None
        # The files that were read with it; the page reads them for itself.
        await request.close()
        return token


def build_desk(engine: Engine, asker: Asker, settings: Settings) -> ASGIApp:
    """The desk.

    Args:
        engine: a database that has been built.
        asker: who answers.
        settings: its address, and the bureau's rules.
    """
    desk = Desk(engine, asker, settings)
    admin = Admin(
        title=texts(DEFAULT)["desk.title"],
        base_url=desk.prefix,
        route_name="desk",
        theme=DeskTheme(desk.zone),
        index_view=Overview(desk),
        auth_provider=Access(engine),
        secret_key=shared_key(engine, "desk"),
        i18n_config=I18nConfig(default_locale=DEFAULT, language_header_name=None),
        timezone_config=None,
        templates_dir="/nonexistent",
    )
    login = Login(desk)
    admin.add_view(login)
    for page in all_pages(desk):
        admin.add_view(page)
    outer = Starlette()
    admin.mount_to(outer)

    async def refuse(request: Request, error: Exception) -> Response:
        return admin.fault(request, explain(error), 400)

    async def fail(request: Request, error: Exception) -> Response:
        LOG.error("A page of the desk failed: %s", request.url.path, exc_info=error)
        return admin.fault(request, say("errors.status_500"), 500)

    admin.app.add_exception_handler(KnowledgeError, refuse)
    admin.app.add_exception_handler(Exception, fail)
    return Shield(
        TrustedHostMiddleware(outer, allowed_hosts=desk.hosts),
        HEADERS,
        https=desk.https,
        largest=LARGEST,
        too_large=texts(DEFAULT)["errors.too_large"],
    )
