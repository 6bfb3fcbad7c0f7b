"""What somebody is offered who wants fewer messages like one."""

from bot.push.message import STOP
from bot.reply import Button, Press, Reply, notice
from bot.subscribing.changes import Change
from bot.subscribing.pages import LISTS, PAGES, Pages
from bot.texts import keys, say
from knowledge.announcing.content import Content
from knowledge.models import Pace

LESS, UNDO = "less", "undo"
"""What buttons carry before a change that was offered, and before what takes it back."""

MOST = 6
"""So many chains and parks are offered."""


def offer(pages: Pages, content: Content | None) -> Reply:
    """What would make fewer messages like one come.

    Args:
        pages: of the subscription.
        content: what the message told; None for several, or for one that nobody knows any more.
    """
    changes = [*_entities(pages, content), *_size(pages, content), *_paces(pages)]
    rows = [(Button.of(_label(pages, change, "offer"), _press(pages, LESS, change)),) for change in changes]
    stop = Button.of(say(pages.language, "push", "stop"), Press(PAGES, STOP, pages.language))
    said = _say(pages, "fewer" if changes else "fewest")
    return notice(pages.language, said, rows=(*rows, (_mine(pages), stop)), beside=True)


def offered(pages: Pages, change: Change) -> bool:
    """Whether a change would make fewer messages come: one who wants a single chain would get all without."""
    wanted = {entity for entity, wants in pages.named.items() if wants}
    return not (change.value == "no" and wanted == {change.entity})


def done(pages: Pages, change: Change) -> Reply:
    """That a change was made, and how to take it back."""
    undo = Button.of(_say(pages, "undo"), _press(pages, UNDO, change.undone))
    return notice(pages.language, _label(pages, change, "done"), rows=((undo, _mine(pages)),))


def undone(pages: Pages) -> Reply:
    """That a change was taken back."""
    return notice(pages.language, _say(pages, "undone"), rows=((_mine(pages),),))


def _entities(pages: Pages, content: Content | None) -> list[Change]:
    held = {True: "yes", None: ""}
    entities = [
        entity
        for entity in (content.entities if content else ())
        if entity.partition(".")[0] in LISTS and pages.named.get(entity) is not False
    ]
    changes = [Change(entity, "no", held[pages.named.get(entity)]) for entity in entities[:MOST]]
    return [change for change in changes if offered(pages, change)]


def _size(pages: Pages, content: Content | None) -> list[Change]:
    least = max(pages.row.least, content.investment if content else 0.0)
    larger = next((size for size in keys("sizes") if float(size) > least), None)
    return [Change("least", larger, pages.value("least"))] if larger else []


def _paces(pages: Pages) -> list[Change]:
    rarer = list(Pace)[list(Pace).index(pages.row.pace) + 1 :]
    return [Change("pace", pace, pages.value("pace")) for pace in rarer]


def _label(pages: Pages, change: Change, key: str) -> str:
    if change.entity:
        return _say(pages, f"{key}_entity", name=pages.name(change.entity))
    return _say(pages, f"{key}_{change.what}", value=pages.label(change.what, change.value))


def _press(pages: Pages, verb: str, change: Change) -> Press:
    return Press(verb, change.encode(), pages.language)


def _mine(pages: Pages) -> Button:
    return Button.of(_say(pages, "mine"), Press(PAGES, "main", pages.language))


def _say(pages: Pages, key: str, **values: object) -> str:
    return say(pages.language, "subscription", key, **values)
