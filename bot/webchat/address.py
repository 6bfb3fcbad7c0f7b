"""Where the chat page is, and which sites may show it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import Settings


@dataclass(frozen=True)
class Address:
    """Where people reach the page.

    Attributes:
        url: CHAT_URL, without a slash at its end.
        sites: those that may show it in a frame.
    """

    url: str
    sites: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> "Address":
        """As the settings have it."""
        return cls(settings.chat_url.rstrip("/"), tuple(settings.chat_sites.split()))

    @property
    def path(self) -> str:
        """Its path; empty for none."""
        return urlsplit(self.url).path

    @property
    def origin(self) -> str:
        """Scheme, name and port, as browsers say where a request comes from."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def https(self) -> bool:
        """Whether people reach it by https."""
        return self.url.startswith("https://")
