"""Addresses of the desk that are sent to staff."""

from urllib.parse import urlencode

from bot.settings import Settings


def login_address(settings: Settings, secret: str) -> str:
    """The address that a one-time link opens.

    Args:
        settings: where the desk is.
        secret: of the link.
    """
    return f"{settings.desk_address}/login?{urlencode({'link': secret})}"
