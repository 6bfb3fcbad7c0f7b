"""What is kept of somebody, in their own hands: sent to them, and deleted."""

import json

from bot.browsing import MENU
from bot.memory import Memory
from bot.reply import Attachment, Button, Press, Reply, notice
from bot.texts import say
from knowledge.asking.answer import Language

COMMANDS = frozenset({"forget", "export"})

OWN = "own"
"""What the button carries that deletes all."""

FILE = "my-data.json"


def forget(memory: Memory, chat: str, language: Language, *, confirmed: bool = False) -> Reply:
    """Delete what is kept of a chat, and say what it was; a subscription is not lost without being asked.

    Args:
        memory: where it is kept.
        chat: whose.
        language: to answer in.
        confirmed: whether they know that the subscription goes too.
    """
    held = memory.kept(chat)
    if "subscription" in held and not confirmed:
        button = Button.of(_say(language, "delete"), Press(OWN, "forget", language))
        menu = Button.of(say(language, "buttons", "menu"), Press(MENU.entity, MENU.topic, language))
        items = [*_items(held, language), _say(language, "export_first")]
        return notice(language, *items, title=_say(language, "to_delete"), rows=((button,), (menu,)))
    held = memory.forget(chat)
    staff = [_say(language, "staff")] if memory.export(chat).get("staff") else []
    if not held:
        return notice(language, _say(language, "nothing"), *staff)
    return notice(language, *_items(held, language), *staff, title=_say(language, "deleted"))


def export(memory: Memory, chat: str, language: Language) -> Reply:
    """All that is kept of a chat, as a file; see `forget`."""
    data = memory.export(chat)
    if not any(value for key, value in data.items() if key != "chat"):
        return notice(language, _say(language, "nothing"))
    content = json.dumps(data, ensure_ascii=False, indent=2)
    return notice(language, _say(language, "export"), attachment=Attachment(FILE, content))


def _items(held: dict[str, int], language: Language) -> list[str]:
    told = [say(language, "kept", kind, count=count) for kind, count in held.items()]
    return [_say(language, "item", what=one) for one in told]


def _say(language: Language, key: str, **values: object) -> str:
    return say(language, "own", key, **values)
