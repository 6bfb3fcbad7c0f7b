"""The server: routes, the token, long polling, the webhook, the log of requests."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.telegram_server.control import Control
from tests.telegram_server.faults import Faults, refusal
from tests.telegram_server.methods import METHODS
from tests.telegram_server.refusals import Refused
from tests.telegram_server.schema import read_request
from tests.telegram_server.state import Json, Telegram

WEBHOOK_PAUSE = 0.05

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
"""What the earlier of two requests for updates gets."""


class Server:
    """The Bot API for one token."""

    def __init__(self, token: str) -> None:
        """Args: the token that is known."""
        self._token = token
        self._telegram = Telegram()
        self._faults = Faults()
        self._log: list[Json] = []
        self._poll = 0
        self._verbs = Control(self._telegram, self._faults, self._log).verbs()

    def application(self) -> web.Application:
        """As a web application."""
        application = web.Application(client_max_size=50_000_000)
        application.router.add_post("/control/{verb}", self._control)
        application.router.add_route("*", "/bot{token}/{method}", self._method)
        application.cleanup_ctx.append(self._deliver)
        return application

    async def _control(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        try:
            return web.json_response(self._verbs[verb](await request.json()))
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"{verb}: {type(error).__name__}: {error}"}, status=400)

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = await _fields(request)
        entry: Json = {"method": method, "fields": fields, "at": time.time()}
        self._log.append(entry)
        fault = None
        try:
            if request.match_info["token"] != self._token:
                raise Refused(401, "Unauthorized")
            plain = read_request(method, fields)
            fault = self._faults.take(method)
            if fault and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            elif fault and fault.kind != "lost":
                raise refusal(fault)
            self._faults.count(method, plain.get("chat_id"))
            result = (
                await self._updates(plain) if method == "getUpdates" else _call(self._telegram, method, plain)
            )
        except Refused as refused:
            entry |= {"ok": False, "answer": refused.description}
            return web.json_response(refused.body(), status=refused.code)
        entry |= {"ok": True, "answer": result}
        if fault and fault.kind == "lost":
            # Telegram has done it, and the line breaks before it can say so.
            if request.transport:
                request.transport.abort()
            raise web.HTTPInternalServerError
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, fields: Json) -> list[Json]:
        if self._telegram.webhook:
            raise Refused(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
            )
        self._poll += 1
        mine = self._poll
        self._telegram.arrived.set()
        await asyncio.sleep(0)
        waiting = self._telegram.updates
        offset = fields.get("offset") or 0
        if offset < 0:
            while len(waiting) > -offset:
                waiting.popleft()
        while waiting and waiting[0]["update_id"] < offset:
            waiting.popleft()
        end = time.monotonic() + (fields.get("timeout") or 0)
        while not waiting and time.monotonic() < end:
            self._telegram.arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._telegram.arrived.wait(), end - time.monotonic())
            if self._poll != mine:
                raise Refused(409, CONFLICT)
        allowed = set(fields.get("allowed_updates") or ())
        kept = [update for update in waiting if not allowed or allowed & set(update)]
        return kept[: fields.get("limit") or 100]

    async def _deliver(self, _application: web.Application) -> Any:  # noqa: ANN401 - an async generator
        """Send updates to the webhook, while one is set; what is not taken is sent again."""

        async def deliver() -> None:
            async with ClientSession() as client:
                while True:
                    await asyncio.sleep(WEBHOOK_PAUSE)
                    hook, waiting = self._telegram.webhook, self._telegram.updates
                    if not hook or not waiting:
                        continue
                    secret = hook.get("secret_token")
                    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
                    try:
                        async with client.post(hook["url"], json=waiting[0], headers=headers) as answer:
                            if answer.status == 200:
                                waiting.popleft()
                    except (ClientError, TimeoutError):
                        continue

        task = asyncio.create_task(deliver())
        yield
        task.cancel()


def _call(telegram: Telegram, method: str, fields: Json) -> Any:  # noqa: ANN401 - a method's result
    if method not in METHODS:
        raise Refused(404, "Not Found: this stand-in does not know the method yet")
    return METHODS[method](telegram, fields)


async def _fields(request: web.Request) -> Json:
    if request.content_type == "application/json":
        body = await request.text()
        return dict(json.loads(body)) if body else {}
    return {**request.query, **dict((await request.post()).items())}
