"""Somebody at the chat page without a browser: what can be sent to it, by the letter."""

import httpx

from tests.bot.desk.visitor import words

__all__ = ["Visitor", "words"]

OWN = {"Sec-Fetch-Site": "same-origin"}


class Visitor:
    """Sends requests as the page does; keeps cookies or not."""

    def __init__(self, url: str, *, cookies: bool = True) -> None:
        self.url = url
        self.cookies = cookies
        self.token = ""
        self.client = httpx.Client(timeout=30)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> httpx.Response:
        """Send a form as the page's script does."""
        given = OWN | {"Chat-Page": "1"} | ({"Chat-Token": self.token} if self.token else {})
        response = self.client.post(
            self.url + path, data=fields, headers=given if headers is None else headers
        )
        if not self.cookies:
            self.client.cookies.clear()
        self.token = response.headers.get("Chat-Token", self.token)
        return response

    def ask(self, text: str) -> httpx.Response:
        return self.post("/messages", text=text)

    def press(self, data: str) -> httpx.Response:
        return self.post("/messages", press=data)

    def news(self, shown: int | None = None) -> httpx.Response:
        return self.post("/news", shown=str(shown or ""))
