"""Replies and pages as HTML, and the files that go with them."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.languages import LANGUAGES
from bot.pictures.palette import Palette
from bot.reply import Reply
from bot.texts import say
from bot.webchat.address import Address
from bot.webchat.visitor import FIELD
from knowledge.asking.answer import Language

LONG_QUOTE = 100
"""Characters from which on a quote is folded away until it is asked for."""

_FOLDER = Path(__file__).parent / "templates"

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Asset:
    """A file of the page: its content and its type."""

    content: str
    type: str

    @property
    def version(self) -> str:
        """What changes when it does."""
        return hashlib.sha256(self.content.encode()).hexdigest()[:12]


class Showing:
    """Makes HTML; everything that is not a template is escaped."""

    def __init__(self, address: Address, colour: str) -> None:
        """Args: where the chat is, and the bureau's colour."""
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["inline"] = _inline
        self._templates.filters["language_of"] = _language_of
        light, dark = Palette.of(colour), Palette.dark(colour)
        self._templates.globals |= {
            "say": say,
            "base": address.path,
            "languages": LANGUAGES,
            "light": light,
            "dark": dark,
            "long_quote": LONG_QUOTE,
            "field": FIELD,
        }
        labels = {
            language: {key: say(language, "webchat", key) for key in ("open", "close", "news")}
            for language in Language
        }
        colours = {"brand": light.brand, "on": light.on_brand}
        self.assets = {
            "chat.css": Asset(self._render("chat.css"), "text/css"),
            "chat.js": Asset((_FOLDER / "chat.js").read_text("utf-8"), "text/javascript"),
            "widget.js": Asset(self._render("widget.js", labels=labels, colours=colours), "text/javascript"),
        }
        self._templates.globals["versions"] = {name: one.version for name, one in self.assets.items()}

    def page(
        self, language: Language, bureau: str, replies: list[Reply], asked: str = "", token: str = ""
    ) -> str:
        """The page.

        Args:
            language: in which it speaks.
            bureau: whose it is.
            replies: shown in it.
            asked: the question before them; empty for none.
            token: what its forms hold where the browser keeps no cookie.
        """
        given = {"language": language, "bureau": bureau, "replies": replies, "asked": asked, "token": token}
        return self._render("page.html", **given)

    def message(self, reply: Reply, number: int = 0) -> str:
        """A reply; with the number under which the page says that it has shown it."""
        return self._render("message.html", reply=reply, number=number, token="")

    def _render(self, name: str, **given: Any) -> str:  # noqa: ANN401 - whatever templates show
        return self._templates.get_template(name).render(**given)


def _inline(content: bytes | str, type: str) -> str:
    """A file as an address that holds it: so the worker that is asked next need not know of it."""
    given = content.encode() if isinstance(content, str) else content
    return f"data:{type};base64,{base64.b64encode(given).decode()}"


def _language_of(text: str) -> str:
    """The language of a quote, which is that of its document."""
    return "zh" if _CHINESE.search(text) else "en"
