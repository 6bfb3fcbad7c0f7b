"""Somebody at the desk without a browser: what can be sent to it, by the letter."""

import re
from html import unescape
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import httpx

TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


class Visitor:
    """Sends requests and keeps cookies, as a browser does."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def enter(self, link: str) -> httpx.Response:
        """Open a link and press the button."""
        page = self.client.get(link)
        secret = parse_qs(urlsplit(link).query)["link"][0]
        return self.post("/login", page, link=secret)

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def post(self, path: str, page: httpx.Response | None = None, /, **fields: str) -> httpx.Response:
        """Send a form; its token comes from a page."""
        token = TOKEN.search((page or self.get("/")).text)
        return self.client.post(path, data={"csrftoken": unescape(token[1]) if token else "", **fields})


def words(response: httpx.Response) -> str:
    """What can be read on a page."""
    return " ".join(unescape(TAGS.sub(" ", response.text)).split())
