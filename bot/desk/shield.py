"""What stands before every page: no more than may be sent, and headers that keep a browser safe."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.wording import DEFAULT, texts

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""No script but the desk's own files. The charts of the library set styles, so that those are allowed."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

LARGEST = 64 * 1024 * 1024
"""Bytes of a request: some files of the largest size that is read."""


class Shield:
    """Passes requests on to the desk."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        """Args: the desk; whether staff reach it by https, maybe through a proxy that speaks http to us."""
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request; see https://asgi.readthedocs.io."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._https:
            scope["scheme"] = "https"
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > LARGEST or _chunked(scope):
            refusal = PlainTextResponse(texts(DEFAULT)["errors.too_large"], status_code=413)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, self._safe(scope, send))

    def _safe(self, scope: Scope, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self._https:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
                if "/static/" not in scope["path"]:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return sending


def _chunked(scope: Scope) -> bool:
    """Whether a request does not say how long it is; browsers' forms do."""
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])
