"""The server: routes, the token, the order of things in a request, the log."""

import asyncio
import inspect
import time
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from tests.telegram_server.control import Control
from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.methods import METHODS
from tests.telegram_server.reading import read_fields, shown
from tests.telegram_server.refusals import Json, Refused
from tests.telegram_server.schema import SPELLING, read_request
from tests.telegram_server.state import Telegram
from tests.telegram_server.webhook import deliver

LARGEST = 50_000_000
"""Bytes of an upload."""


class Server:
    """The Bot API for one token."""

    def __init__(self, token: str) -> None:
        """Args: the token that is known."""
        self._token = token
        self._telegram = Telegram()
        self._faults = Faults()
        self._log: list[Json] = []
        self._verbs = Control(self._telegram, self._faults, self._log).verbs()
        self._running: set[asyncio.Task[web.StreamResponse]] = set()

    def application(self) -> web.Application:
        """As a web application."""
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post("/control/{verb}", self._control)
        application.router.add_route("*", "/bot{token}/{method}", self._bot)
        application.router.add_get("/file/bot{token}/{path:.+}", self._file)
        application.cleanup_ctx.append(self._background)
        return application

    async def _control(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        try:
            found = self._verbs[verb](await request.json())
            return web.json_response(await found if inspect.isawaitable(found) else found)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"{verb}: {type(error).__name__}: {error}"}, status=400)

    async def _file(self, request: web.Request) -> web.Response:
        file = self._telegram.files.at(request.match_info["path"])
        if request.match_info["token"] != self._token or file is None:
            return web.json_response(Refused(404, "Not Found").body(), status=404)
        return web.Response(body=file.data)

    async def _bot(self, request: web.Request) -> web.StreamResponse:
        spoken = request.match_info["method"]
        method = SPELLING.get(spoken.lower(), spoken)
        entry: Json = {"method": method, "fields": {}, "at": time.time()}
        self._log.append(entry)
        if method == "getUpdates":
            # Who hangs up while waiting for updates does not wait any more …
            return await self._answer(request, method, entry)
        # … but what was asked for is done, whether or not somebody still listens.
        task = asyncio.create_task(self._answer(request, method, entry))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _answer(self, request: web.Request, method: str, entry: Json) -> web.StreamResponse:
        fault: Fault | None = None
        try:
            if request.match_info["token"] != self._token:
                raise Refused(401, "Unauthorized")
            fields = await read_fields(request)
            entry["fields"] = shown(fields)
            fields = read_request(method, fields)
            fault = self._faults.take(method)
            if fault and fault.kind == "dropped":
                return _hang_up(request)
            if fault and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            if fault and (refusal := fault.refusal()):
                raise refusal
            self._faults.count(method, fields.get("chat_id"))
            result = await self._do(method, fields)
        except Refused as refused:
            entry |= {"ok": False, "answer": refused.description}
            return web.json_response(refused.body(), status=refused.code)
        entry |= {"ok": True, "answer": result}
        if fault and fault.kind == "lost":
            return _hang_up(request)
        return web.json_response({"ok": True, "result": result})

    async def _do(self, method: str, fields: Json) -> Any:  # noqa: ANN401 - JSON
        if method == "getUpdates":
            updates = self._telegram.updates
            updates.allow(fields.get("allowed_updates"))
            return await updates.fetch(
                fields.get("offset", 0), fields.get("limit", 100), fields.get("timeout", 0)
            )
        if method not in METHODS:
            raise Refused(404, "Not Found: this stand-in does not know the method yet")
        return METHODS[method](self._telegram, fields)

    async def _background(self, _application: web.Application) -> AsyncIterator[None]:
        delivery = asyncio.create_task(deliver(self._telegram.updates))
        yield
        ended = (delivery, *self._running)
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)


def _hang_up(request: web.Request) -> web.Response:
    """The line breaks; nobody gets this reply."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)
