"""Where the desk is: for those who serve it, and in what is sent to staff."""

from urllib.parse import urlencode

from bot.settings import Settings
from bot.web.listening import Listener


def desk_listener(settings: Settings) -> Listener:
    """Where the desk listens."""
    host, port = settings.desk_listens
    return Listener("the desk", host, port, ("DESK_HOST", "DESK_PORT"), settings.desk_address)


def login_address(settings: Settings, secret: str) -> str:
    """The address that a one-time link opens.

    Args:
        settings: where the desk is.
        secret: of the link.
    """
    return f"{settings.desk_address}/login?{urlencode({'link': secret})}"
