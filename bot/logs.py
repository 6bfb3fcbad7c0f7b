"""Logging to the standard error, in which a token can never stand."""

import logging


class RedactingFormatter(logging.Formatter):
    """Writes a record, tracebacks included, with a secret blotted out."""

    def __init__(self, secret: str) -> None:
        """Args: what must not be written; empty for nothing."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines, of a record."""
        text = super().format(record)
        return text.replace(self._secret, "<token>") if self._secret else text


def configure_logs(level: str, secret: str = "") -> None:
    """Log to the standard error.

    Args:
        level: from which level on.
        secret: what must never be written.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # They write a line for every request or migration; and the token is part of each address.
    for name in ("httpx", "httpcore", "alembic", "apscheduler", "asyncio", "starlette_admin", "uvicorn"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
