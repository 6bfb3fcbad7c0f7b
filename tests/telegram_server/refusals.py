"""What Telegram answers instead of a result."""


class Refused(Exception):
    """A request is refused, with Telegram's code and words."""

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """The JSON that Telegram answers with."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": max(1, round(self.retry_after))}
        return body


def bad(description: str) -> Refused:
    """A request that is wrong in itself."""
    return Refused(400, f"Bad Request: {description}")
