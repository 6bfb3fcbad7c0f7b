"""The buttons under a reply: what to choose, what to browse, what comes next, and the way back."""

from bot.reply import Button, Press, Rows, arrange
from bot.texts import say
from knowledge.asking.answer import Answer, Language, Outcome, Suggestion
from knowledge.asking.asker import Asker
from knowledge.asking.library import LIST_TOPICS
from knowledge.models import Kind

MENU = Press("menu", "open")

MAP = "map"
"""What is asked of a chain by the button that opens its map."""

PAGE = 10
"""Buttons of a list that are shown at once."""

SUGGESTIONS = 3
"""At most so many things are offered next."""

LISTS: dict[str, tuple[str, ...]] = {
    "chains": ("chains",),
    "parks": ("parks",),
    "policies": ("policies",),
    "projects": ("projects",),
    "signings": ("signings",),
    "contacts": ("people", "contact"),
}
"""The menu's lists, and the topics of the home zone that may hold each, the best first."""

CARD = ("chain_leader", "leader", "parks", "companies", "projects", "policies", "contact")
"""What an entity's card offers beside what it is."""


def lists_menu(language: Language) -> Rows:
    """A button for each list."""
    return arrange(
        [Button.of(say(language, "topics", name), Press("menu", name, language)) for name in LISTS]
    )


def open_list(asker: Asker, name: str, language: Language) -> Answer:
    """One of the menu's lists.

    Args:
        asker: who answers.
        name: one of `LISTS`.
        language: what to answer in.
    """
    answers = (asker.open(Press(asker.home(), topic).intent, language=language) for topic in LISTS[name])
    found = next((answer for answer in answers if answer.outcome is Outcome.ANSWERED), None)
    return found or asker.open(Press(asker.home(), name).intent, language=language)


def is_map(press: Press) -> bool:
    """Whether a button opens the map of a chain, if there is one of this id."""
    return press.topic == MAP and press.entity.startswith(f"{Kind.CHAIN}.")


def map_button(asker: Asker, answer: Answer) -> Button | None:
    """What opens a chain's map under the answer that says what the chain is; None under any other."""
    press = Press(answer.entity, MAP, answer.language)
    there = answer.outcome is Outcome.ANSWERED and answer.topic == "overview" and is_map(press)
    if not there or not asker.has_map(answer.entity):
        return None
    return Button.of(say(answer.language, "topics", MAP), press)


def reply_rows(answer: Answer, last: Button | None = None) -> Rows:
    """The buttons under the answer to a question.

    Readings to choose from stand one a row, a list's entries two a row, and what comes next in a row.

    Args:
        answer: what was said.
        last: a button that comes after what may be asked next, of which it then takes a place.
    """
    language = answer.language
    if answer.outcome is Outcome.CHOOSE:
        return tuple((_button(option, language),) for option in answer.options)
    if answer.options:
        topics = answer.context.topics
        here = Press(answer.context.entities[0], topics[0], language) if len(topics) == 1 else None
        return list_rows(answer, 0, here)
    room = SUGGESTIONS - (1 if last else 0)
    buttons = [_button(item, language) for item in answer.suggestions[:room]]
    buttons += [last] if last else []
    return arrange(buttons, columns=14)


def list_rows(answer: Answer, page: int = 0, here: Press | None = None) -> Rows:
    """A page of a list's entries, two a row, and a button for the next page.

    Args:
        answer: whose options are listed.
        page: from 0.
        here: what opens this list; without it there is only the first page.
    """
    options = answer.options[page * PAGE : (page + 1) * PAGE]
    rows = arrange([_button(option, answer.language) for option in options])
    if here is None or len(answer.options) <= (page + 1) * PAGE:
        return rows
    following = Press(here.entity, here.topic, answer.language, page + 1)
    return (*rows, (Button.of(say(answer.language, "buttons", "more"), following),))


def card_rows(asker: Asker, entity: str, language: Language, last: Button | None = None) -> Rows:
    """What can be opened of an entity, two a row; only what there is.

    Args:
        asker: who answers.
        entity: its id.
        language: what the buttons are written in.
        last: a button that comes after them.
    """
    presses = [Press(entity, topic, language) for topic in CARD]
    there = [
        press for press in presses if asker.open(press.intent, language=language).outcome is Outcome.ANSWERED
    ]
    if any(press.topic == "chain_leader" for press in there):
        there = [press for press in there if press.topic != "leader"]
    buttons = [Button.of(say(language, "topics", press.topic), press) for press in there]
    return arrange([*buttons, *([last] if last else [])])


def back_row(asker: Asker, press: Press, language: Language) -> tuple[Button, ...]:
    """The way up from what a button opened: topic → entity → its list → menu."""
    menu = Button.of(say(language, "buttons", "menu"), Press(MENU.entity, MENU.topic, language))
    if press.entity in {MENU.entity, asker.home()}:
        return (menu,)
    if press.topic != "overview":
        above = Press(press.entity, "overview", language)
    else:
        kind = press.entity.partition(".")[0]
        name = LIST_TOPICS[Kind(kind)] if kind in set(LIST_TOPICS) else ""
        name = "contacts" if name == "people" else name
        if name not in LISTS:
            return (menu,)
        above = Press(MENU.entity, name, language)
    return (Button.of(say(language, "buttons", "back"), above), menu)


def _button(item: Suggestion, language: Language) -> Button:
    return Button.of(item.label, Press(item.intent.entity, item.intent.topic, language))
