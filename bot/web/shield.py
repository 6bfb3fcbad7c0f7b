"""What stands before every page: no more than may be sent, and headers that keep a browser safe."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""What every answer says."""


class Shield:
    """Passes requests on to an application."""

    def __init__(
        self, app: ASGIApp, headers: Mapping[str, str], *, https: bool, largest: int, too_large: str
    ) -> None:
        """Begin.

        Args:
            app: what is shielded.
            headers: of every answer that does not say otherwise, beside `SAFE`.
            https: whether people reach it by https, maybe through a proxy that speaks http to us.
            largest: bytes of a request.
            too_large: what is said to somebody who sends more.
        """
        self._app = app
        self._headers = SAFE | dict(headers)
        if https:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"
        self._https = https
        self._largest = largest
        self._too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request; see https://asgi.readthedocs.io."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._https:
            scope["scheme"] = "https"
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._largest or _chunked(scope):
            refusal = PlainTextResponse(self._too_large, status_code=413)
            await refusal(scope, receive, self._safe(send))
            return
        await self._app(scope, receive, self._safe(send, keep="/static/" in scope["path"]))

    def _safe(self, send: Send, *, keep: bool = False) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if not keep:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return sending


def _chunked(scope: Scope) -> bool:
    """Whether a request does not say how long it is; browsers' forms do."""
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])
