"""Who asks: a random number that their browser keeps, and nothing else.

In the frame of another site a browser may keep no cookie. Then the page holds the number for as long as it is
open, and sends it with each question.
"""

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from bot.webchat.address import Address
from knowledge.personal_data import forget_unseen

FACE = "web"

TOKEN = "Chat-Token"  # noqa: S105 - a header's name
"""The header in which the page sends the number, and in which it is told what to hold: nothing, where the
browser keeps the cookie."""

FORGOTTEN = "Chat-Forgotten"
"""The header that tells the page to forget too what it shows."""

FIELD = "token"
"""The same in a form."""

LIFE = dt.timedelta(days=30)
"""So long after the last message a browser keeps the number, and we what belongs to it."""

_BYTES = 16


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks.

    Attributes:
        secret: their number, 128 bits in hexadecimal digits; never in an address, a log or the database.
        kept: whether their browser keeps it.
    """

    secret: str
    kept: bool = False

    @property
    def chat(self) -> str:
        """The key of their chat, from which nobody can find the number."""
        return f"{FACE}:{hashlib.sha256(self.secret.encode()).hexdigest()[: _BYTES * 2]}"

    def mark(self, response: Response, address: Address) -> None:
        """Let the browser keep the number from now on; the page holds it until that is seen to work."""
        response.headers.append("Set-Cookie", _cookie(address, self.secret, int(LIFE.total_seconds())))
        response.headers[TOKEN] = "" if self.kept else self.secret


def new_visitor() -> Visitor:
    """Somebody who has not asked before."""
    return Visitor(secrets.token_hex(_BYTES))


def find_visitor(request: Request, address: Address, field: str = "") -> Visitor | None:
    """Who asks; None for somebody new.

    Args:
        request: with their cookie, or the number that the page holds.
        address: where the chat is.
        field: the number that a form holds.
    """
    cookie = request.cookies.get(_name(address), "")
    if _is_number(cookie):
        return Visitor(cookie, kept=True)
    held = request.headers.get(TOKEN, "") or field
    return Visitor(held) if _is_number(held) else None


def forget_visitor(response: Response, address: Address) -> None:
    """Let browser and page keep nothing any more."""
    response.headers.append("Set-Cookie", _cookie(address, "", 0))
    response.headers[TOKEN] = ""
    response.headers[FORGOTTEN] = "1"


def forget_gone(database: Session, now: dt.datetime) -> int:
    """Forget visitors who have not come for long: their browser has forgotten them too.

    Args:
        database: see `knowledge.database.writing`; the caller commits.
        now: with a time zone.

    Returns:
        how many.
    """
    return forget_unseen(database, FACE, now - LIFE)


def _is_number(text: str) -> bool:
    return re.fullmatch(rf"[0-9a-f]{{{_BYTES * 2}}}", text, re.ASCII) is not None


def _name(address: Address) -> str:
    # With this prefix no neighbouring name of the same domain can set it.
    return "__Host-investbot-chat" if address.https else "investbot-chat"


def _cookie(address: Address, value: str, age: int) -> str:
    # In another site's frame only one of its own for that site is sent (https://github.com/privacycg/CHIPS).
    where = "Secure; SameSite=None; Partitioned" if address.https else "SameSite=Lax"
    return f"{_name(address)}={value}; Max-Age={age}; Path=/; HttpOnly; {where}"
