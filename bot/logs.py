"""Logging to the standard error, in which neither a secret stands nor what a person wrote.

What went wrong is logged with its place. The words of an error are logged only where they come from the
system, the database or the network: any other may repeat what somebody wrote.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

FORMATS = ("text", "json")

QUIET = (
    "httpx",
    "httpcore",
    "alembic",
    "apscheduler",
    "asyncio",
    "starlette_admin",
    "uvicorn",
    "telegram",
    "python_multipart",
)
"""They write a line for every request, or what is in it; and the token is part of each address."""

_KNOWN = {"sqlalchemy", "sqlite3", "psycopg", "telegram", "aiohttp", "httpx", "httpcore"}
"""Whose errors say what is wrong, not what was written."""

_DETAIL = re.compile(r"^\s*(DETAIL|CONTEXT|HINT):.*$", re.MULTILINE)
"""Where PostgreSQL shows the values of a row."""

_CHAT = re.compile(r"\b(telegram|web):-?[\w-]+")


class RedactingFormatter(logging.Formatter):
    """Writes a record as a line, with its traceback below."""

    def __init__(self, *secrets: str) -> None:
        """Args: what must not be written; empty ones count for nothing."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        encoded = {form for one in filter(None, secrets) for form in (one, quote(one, safe=""))}
        # The longest first: one may be part of another.
        words = "|".join(re.escape(one) for one in sorted(encoded, key=len, reverse=True))
        self._secrets = re.compile(words, re.IGNORECASE) if words else None

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines, of a record."""
        return self._redacted(super().format(record))

    def formatException(self, ei: object) -> str:
        """Where it went wrong, and what."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_tell(error)) if isinstance(error, BaseException) else ""

    def _redacted(self, text: str) -> str:
        text = _CHAT.sub(r"\1:<chat>", text)
        return self._secrets.sub("<secret>", text) if self._secrets else text


class JsonFormatter(RedactingFormatter):
    """Writes a record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record: time, level, logger, message; exception if there is one."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        # Before it is put into JSON, in which a secret may be written otherwise.
        return json.dumps({key: self._redacted(value) for key, value in said.items()}, ensure_ascii=False)


def configure_logs(level: str, *secrets: str, form: str = "text") -> None:
    """Log to the standard error.

    Args:
        level: from which level on.
        secrets: what must never be written.
        form: one of `FORMATS`.
    """
    handler = logging.StreamHandler()
    handler.setFormatter((JsonFormatter if form == "json" else RedactingFormatter)(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    # What a proxy says in Telegram's place is no JSON; that Telegram is away is told by who asked it.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)


def _tell(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _tell(before)
        yield "which led to:"
    for frame in traceback.format_tb(error.__traceback__):
        yield frame.rstrip()
    kind = type(error)
    known = isinstance(error, OSError) or kind.__module__.partition(".")[0] in _KNOWN
    words = _DETAIL.sub("", str(error)).strip() if known else ""
    yield f"{kind.__module__}.{kind.__qualname__}" + (f": {words}" if words else "")
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _tell(one)
