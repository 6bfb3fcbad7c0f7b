"""The language in which the page speaks to somebody before they have written a word."""

from starlette.requests import Request

from bot.languages import find_tag, read_tag
from knowledge.asking.answer import Language


def spoken(request: Request, chosen: str = "") -> Language:
    """The language chosen on the page, else that of its address, else that of the browser, else Chinese.

    Args:
        request: with the browser's languages.
        chosen: what a form says.
    """
    tag = chosen or request.query_params.get("lang", "") or _preferred(request)
    return read_tag(tag) or Language.HANS


def _preferred(request: Request) -> str:
    """The first of the browser's languages that the bot speaks, else its first; empty where it names none."""
    weighed: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "").split(","):
        tag, _, weight = part.partition(";q=")
        try:
            weighed.append((float(weight or 1), tag.strip()))
        except ValueError:
            continue
    tags = [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]
    return next((tag for tag in tags if find_tag(tag)), tags[0] if tags else "")
