"""The chat page's addresses: the page, what is asked, what is new, and its files."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

import anyio
from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.flood import Verdict
from bot.reply import Reply
from bot.settings import Settings
from bot.texts import say
from bot.web.shield import Shield
from bot.webchat.address import Address
from bot.webchat.gate import Gate, is_form, is_own
from bot.webchat.news import awaits, look
from bot.webchat.showing import Asset, Showing
from bot.webchat.speaking import spoken
from bot.webchat.visitor import FIELD, Visitor, find_visitor, forget_visitor, new_visitor
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import session
from knowledge.personal_data import kept
from knowledge.unseen import visible

if TYPE_CHECKING:
    from bot.conversation import Conversation

Endpoint = Callable[[Request], Awaitable[Response]]

PAGE = "Chat-Page"
"""The header by which the page's script says that it only wants the reply."""

AWAITS = "Chat-Awaits"
"""The header that says whether a reply of staff may still come."""

LARGEST = 64 * 1024
"""Bytes of a request: the longest question that is read, as a form writes Chinese."""

THINKING = 2
"""Questions that are thought about at the same time; more would only wait for each other."""

SHOWN = 20
"""So many replies at most a page says it has shown."""

FORGET = "/forget"

_YEAR, _HOUR = 31_536_000, 3600


class WebChat:
    """The conversation on the web."""

    def __init__(
        self, engine: Engine, asker: Asker, conversation: "Conversation", settings: Settings
    ) -> None:
        """Args: the database, who answers, what talks, and where the page is."""
        self._engine = engine
        self._asker = asker
        self._conversation = conversation
        self._address = Address.of(settings)
        self._showing = Showing(self._address, settings.bureau_colour)
        self._gate = Gate(settings.flood_messages, settings.flood_seconds)
        self._thinking = anyio.CapacityLimiter(THINKING)

    @property
    def routes(self) -> list[BaseRoute]:
        """Its addresses: at the path of CHAT_URL, and at none for a proxy that takes the path away."""
        shield = Middleware(
            Shield,
            {"Content-Security-Policy": self._policy()},
            https=self._address.https,
            largest=LARGEST,
            too_large=say(Language.HANS, "webchat", "large"),
        )
        places: list[tuple[str, Endpoint, str]] = []
        for path in dict.fromkeys((self._address.path, "")):
            places += [
                *([(path, self._page, "GET")] if path else []),
                (f"{path}/", self._page, "GET"),
                (f"{path}/messages", self._messages, "POST"),
                (f"{path}/news", self._news, "POST"),
            ]
            places += [
                (f"{path}/{name}", partial(self._file, asset), "GET")
                for name, asset in self._showing.assets.items()
            ]
        return [Route(place, end, methods=[method], middleware=[shield]) for place, end, method in places]

    def _policy(self) -> str:
        frames = " ".join(["'self'", *self._address.sites])
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
        )

    async def _page(self, request: Request) -> Response:
        """The page with a welcome; nobody gets a number for only looking."""
        visitor, language = find_visitor(request, self._address), spoken(request)
        chat = visitor.chat if visitor else ""
        welcome = await run_sync(lambda: self._conversation.command(chat, "start", "", language))
        return await self._whole(language, [welcome])

    async def _messages(self, request: Request) -> Response:
        """A question, a command or a pressed button."""
        if not is_own(request, self._address):
            return PlainTextResponse(say(spoken(request), "webchat", "foreign"), status_code=403)
        if not is_form(request):
            return PlainTextResponse(say(spoken(request), "webchat", "foreign"), status_code=415)
        form = {name: visible(str(value)) for name, value in (await request.form()).items()}
        language = spoken(request, form.get("lang", ""))
        found = find_visitor(request, self._address, form.get(FIELD, ""))
        visitor = found or new_visitor()
        verdict = self._gate.judge(request, visitor.chat)
        if verdict is not Verdict.ANSWER:
            flood = self._conversation.flood(language)
            return await self._answer(request, language, flood, found, form, status=429)
        text, pressed = form.get("text", "").strip(), form.get("press")

        def answer() -> Reply:
            if pressed is not None:
                return self._conversation.press(visitor.chat, pressed, language)
            return self._conversation.typed(visitor.chat, text, language)

        reply = await run_sync(answer, limiter=self._thinking)
        if text.lower() == FORGET and not await run_sync(self._kept, visitor.chat):
            response = await self._answer(request, language, reply, None, form)
            forget_visitor(response, self._address)
            return response
        response = await self._answer(request, language, reply, visitor, form)
        visitor.mark(response, self._address)
        return response

    async def _news(self, request: Request) -> Response:
        """What staff replied; the page says what of it was shown before."""
        if not is_own(request, self._address) or not is_form(request):
            return Response(status_code=403)
        visitor = find_visitor(request, self._address)
        if visitor is None:
            return Response(status_code=204)
        if not self._gate.may_look(request, visitor.chat):
            # The page looks again by itself; what is owed stays owed.
            return Response(status_code=429)
        shown = [str(one) for one in (await request.form()).getlist("shown")][:SHOWN]
        numbers = [int(one) for one in shown if one.isascii() and one.isdigit() and len(one) < 16]
        news = await run_sync(look, self._engine, visitor.chat, numbers)
        text = "".join(self._showing.message(reply, number) for number, reply in news.replies.items())
        response = HTMLResponse(text) if text else Response(status_code=204)
        response.headers[AWAITS] = str(int(news.awaited))
        return response

    async def _file(self, asset: Asset, request: Request) -> Response:
        """A file of the page, or the line that another site holds."""
        fixed = request.query_params.get("v") == asset.version
        age = f"public, max-age={_YEAR}, immutable" if fixed else f"public, max-age={_HOUR}"
        headers = {"Cache-Control": age, "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(asset.content, media_type=asset.type, headers=headers)

    async def _answer(
        self,
        request: Request,
        language: Language,
        reply: Reply,
        visitor: Visitor | None,
        form: dict[str, str],
        status: int = 200,
    ) -> Response:
        """A reply for the page's script, or in a page of its own for a browser without."""
        if PAGE not in request.headers:
            token = visitor.secret if visitor and not visitor.kept else ""
            return await self._whole(language, [reply], form.get("text", ""), token, status)
        response = HTMLResponse(self._showing.message(reply), status_code=status)
        if visitor:
            response.headers[AWAITS] = str(int(await run_sync(self._awaits, visitor.chat)))
        return response

    async def _whole(
        self, language: Language, replies: list[Reply], asked: str = "", token: str = "", status: int = 200
    ) -> Response:
        name = await run_sync(self._asker.bureau, language)
        bureau = say(language, "picture", "bureau", bureau=name)
        return HTMLResponse(self._showing.page(language, bureau, replies, asked, token), status_code=status)

    def _kept(self, chat: str) -> bool:
        with session(self._engine) as database:
            return bool(kept(database, chat))

    def _awaits(self, chat: str) -> bool:
        with session(self._engine) as database:
            return awaits(database, chat)
