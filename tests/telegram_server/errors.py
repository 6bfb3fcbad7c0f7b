"""What the Bot API refuses, and with which words."""

from typing import Any

Json = dict[str, Any]
"""A JSON object."""


class ApiError(Exception):
    """A refusal, as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        """Args: the HTTP status, the description, the fields of `parameters`."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> Json:
        """The answer as JSON."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(Exception):
    """A test ordered what no person could do; the text says why."""


def bad_request(words: str) -> ApiError:
    """A refusal with status 400."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """A refusal with status 403."""
    return ApiError(403, f"Forbidden: {words}")


def too_many(retry_after: int) -> ApiError:
    """A refusal with status 429."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
