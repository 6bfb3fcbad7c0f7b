"""What the pictures show: a signing's card, a chain's map."""

import re
from dataclasses import asdict
from typing import Any

from bot.pictures.palette import Palette
from bot.pictures.typesetting import in_few_colours, set_picture, tallness
from bot.texts import say
from knowledge.announcing.content import Content, Told
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.asking.chains import ChainMap
from knowledge.database import KnowledgeError
from knowledge.models import Kind

PARTIES = 5
"""So many who signed are shown; how many more there are is said."""

ENTRIES = (12, 8, 4, 2)
"""So many of each branch of a chain are shown; fewer where their names make the picture too tall."""

TALLEST = 3
"""How many times as tall as wide a map may be. Telegram takes no photo whose sides add up to more than 10,000
pixels (https://core.telegram.org/bots/api#sendphoto), and makes smaller what is taller than 2,560."""

FIGURES = 4
"""So many figures are shown."""

_AMOUNT = re.compile(r"\A(?P<before>[^\d(]*)(?P<number>[\d,.]*\d)(?P<unit>[^(]*)(?P<beside>.*)", re.DOTALL)


class NoPictureError(KnowledgeError):
    """Of this nothing can be drawn; the message says of what."""


def draw(asker: Asker, id: str, language: Language, palette: Palette) -> bytes | None:
    """A published signing or chain as a picture; see `draw_signing` and `draw_chain`.

    Args:
        asker: who knows of it.
        id: its id.
        language: what the picture is written in.
        palette: its colours.

    Raises:
        NoPictureError: it is neither, or not published.
    """
    kind = id.partition(".")[0]
    if kind not in {Kind.CHAIN, Kind.SIGNING} or not asker.find_entity(id):
        raise NoPictureError(
            f"There is no published chain or signing {id!r}. «investbot export» writes down all ids."
        )
    if kind == Kind.CHAIN:
        return draw_chain(asker, id, language, palette)
    told = Content.of(asker, id).told[language]
    return draw_signing(told, asker.bureau(language), language, palette)


def draw_announced(
    asker: Asker, content: Content, picture: str, language: Language, palette: Palette
) -> bytes | None:
    """The picture that goes with an announcement: its card, or the map of the first chain it concerns.

    Args:
        asker: who knows of chains.
        content: what is announced.
        picture: signing or chain; empty for none.
        language: what the picture is written in.
        palette: its colours.

    Returns:
        a PNG; None where it has no picture, or what it should show cannot be drawn.
    """
    if picture == Kind.SIGNING:
        return draw_signing(content.told[language], asker.bureau(language), language, palette)
    chains = [id for id in content.entities if id.startswith(f"{Kind.CHAIN}.") and asker.find_entity(id)]
    return draw_chain(asker, chains[0], language, palette) if picture == Kind.CHAIN and chains else None


def draw_signing(told: Told, bureau: str, language: Language, palette: Palette) -> bytes | None:
    """A signing as a card.

    Args:
        told: what is announced of it, in that language.
        bureau: whose it is, in that language.
        language: what the card is written in.
        palette: its colours.

    Returns:
        a PNG, or None; see `bot.pictures.typesetting.set_picture`.
    """
    drawn = set_picture("signing", signing_data(told, bureau, language), language, palette)
    return in_few_colours(drawn) if drawn else None


def draw_chain(asker: Asker, chain: str, language: Language, palette: Palette) -> bytes | None:
    """A chain as a map: its leader, its figures, and what stands in it.

    Args:
        asker: who knows of it.
        chain: the id of a chain that is published.
        language: what the map is written in.
        palette: its colours.

    Returns:
        a PNG, or None; see `bot.pictures.typesetting.set_picture`.
    """
    held = asker.chain_map(chain, language)
    for most in ENTRIES:
        data = chain_data(held, asker.bureau(language), language, most)
        drawn = set_picture("chain", data, language, palette)
        if drawn is None or tallness(drawn) <= TALLEST:
            break
    return in_few_colours(drawn) if drawn else None


def signing_data(told: Told, bureau: str, language: Language) -> dict[str, Any]:
    """What stands on a signing's card, as its template takes it; see `draw_signing`."""
    held = told.particulars
    return {
        "bureau": say(language, "picture", "bureau", bureau=bureau),
        "name": held.name,
        "notes": [note for note in (held.native, held.date) if note],
        "figures": [_figure(*figure) for figure in held.figures[:FIGURES]],
        "signed": say(language, "picture", "signed"),
        "parties": [asdict(party) for party in held.parties[:PARTIES]],
        "more": _more(held.more + len(held.parties[PARTIES:]), language),
        "concerned": [{"label": label, "names": list(names)} for label, names in held.concerned],
        "source": told.credit,
    }


def chain_data(held: ChainMap, bureau: str, language: Language, most: int = ENTRIES[0]) -> dict[str, Any]:
    """What stands on a chain's map, as its template takes it; see `draw_chain`.

    Args:
        held: what is known of the chain, in that language.
        bureau: whose it is, in that language.
        language: what the map is written in.
        most: so many of each branch.
    """
    return {
        "bureau": say(language, "picture", "bureau", bureau=bureau),
        "kind": say(language, "topics", "map"),
        "name": held.chain.name,
        "notes": held.chain.notes,
        "leading": held.leading,
        "leaders": [asdict(entry) for entry in held.leaders],
        "figures": [_figure(*figure) for figure in held.figures[:FIGURES]],
        "branches": [
            {
                "label": branch.label,
                "count": str(len(branch.entries)),
                "entries": [asdict(entry) for entry in branch.entries[:most]],
                "more": _more(len(branch.entries) - most, language),
            }
            for branch in held.branches
        ],
        "source": held.answer.credit,
    }


def _more(count: int, language: Language) -> str:
    return say(language, "picture", "more", count=count) if count > 0 else ""


def _figure(label: str, amount: str) -> dict[str, str]:
    """A figure taken apart, for its number to be large: 超过 | 90 | 亿元."""
    parts = _AMOUNT.fullmatch(amount)
    if parts is None:
        return {"label": label, "before": "", "number": amount, "unit": "", "beside": ""}
    beside = parts["beside"].strip().removeprefix("(").removesuffix(")")
    return {
        "label": label,
        "before": parts["before"].strip(),
        "number": parts["number"],
        "unit": parts["unit"].strip(),
        "beside": beside,
    }
