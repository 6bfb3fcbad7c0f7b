"""Logging to the standard error, in which no secret of the settings can stand."""

import logging


class RedactingFormatter(logging.Formatter):
    """Writes a record, tracebacks included, with secrets blotted out."""

    def __init__(self, *secrets: str) -> None:
        """Args: what must not be written; empty ones count for nothing."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines, of a record."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "<secret>")
        return text


def configure_logs(level: str, *secrets: str) -> None:
    """Log to the standard error.

    Args:
        level: from which level on.
        secrets: what must never be written.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # They write a line for every request or migration; and the token is part of each address.
    for name in ("httpx", "httpcore", "alembic", "apscheduler", "asyncio", "starlette_admin", "uvicorn"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
