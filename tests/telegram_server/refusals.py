"""What Telegram answers instead of a result."""

from typing import Any

Json = dict[str, Any]
"""A JSON object."""


class Refused(Exception):
    """A request is refused, with Telegram's code and words."""

    def __init__(
        self, code: int, description: str, retry_after: float | None = None, moved_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to

    def body(self) -> Json:
        """The JSON that Telegram answers with."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": max(1, round(self.retry_after))}
        if self.moved_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.moved_to}
        return body


def bad(description: str) -> Refused:
    """A request that is wrong in itself."""
    return Refused(400, f"Bad Request: {description}")


def forbidden(description: str) -> Refused:
    """A chat that the bot may not write to."""
    return Refused(403, f"Forbidden: {description}")


def migrated(chat: int) -> Refused:
    """A group that is another chat now."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, words, moved_to=chat)


def conflict(description: str) -> Refused:
    """Updates are asked for in two ways at once."""
    return Refused(409, f"Conflict: {description}")
