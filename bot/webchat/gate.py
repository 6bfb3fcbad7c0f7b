"""Which requests are answered: those of the chat page itself, and not too many of them."""

import ipaddress

from starlette.requests import Request

from bot.flood import FloodControl, Verdict
from bot.webchat.address import Address

SHARING = 5
"""So many times what one visitor may ask is answered to one network address, which an office shares."""

LOOKS, MINUTE = 120, 60
"""So many times in so many seconds a visitor's pages may look for news: each looks four times a minute, and
somebody may have many open.
"""

FORM = "application/x-www-form-urlencoded"


class Gate:
    """Counts what is asked, by visitor and by where they come from."""

    def __init__(self, messages: int, seconds: int) -> None:
        """Args: so many messages of one visitor in so many seconds."""
        self._visitors = FloodControl(messages, seconds)
        self._places = FloodControl(messages * SHARING, seconds)
        self._looking = FloodControl(LOOKS, MINUTE)
        self._looking_places = FloodControl(LOOKS * SHARING, MINUTE)

    def judge(self, request: Request, chat: str) -> Verdict:
        """Count a message and say what becomes of it.

        Args:
            request: from where.
            chat: whose.
        """
        # What is not answered does not count for those who share the address.
        verdict = self._visitors.judge(hash(chat))
        return self._places.judge(hash(_place(request))) if verdict is Verdict.ANSWER else verdict

    def may_look(self, request: Request, chat: str) -> bool:
        """Count a look for news and say whether it is granted; see `judge`."""
        counts = (self._looking, hash(chat)), (self._looking_places, hash(_place(request)))
        return all(count.judge(who) is Verdict.ANSWER for count, who in counts)


def is_own(request: Request, address: Address) -> bool:
    """Whether a form comes from the chat page: browsers say where a request was made, and no script can
    change that.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "").lower() == address.origin


def is_form(request: Request) -> bool:
    """Whether what is sent is a form without files."""
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == FORM


def _place(request: Request) -> str:
    """A network address; of IPv6 the part that one household or office has to itself."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if found.version == 4:
        return host
    return str(ipaddress.ip_network((int(found), 64), strict=False))
