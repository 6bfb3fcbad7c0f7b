"""The conversation: a text, a command or a pressed button in, a reply out; the same for every face."""

import logging
from collections.abc import Callable
from dataclasses import replace

from bot import own_data
from bot.browsing import (
    LISTS,
    MENU,
    back_row,
    card_rows,
    is_map,
    list_rows,
    lists_menu,
    map_button,
    open_list,
    reply_rows,
)
from bot.enquiring import BUTTONS, Enquiring
from bot.languages import LANGUAGES
from bot.memory import Memory, State, Turn
from bot.pictures.palette import USUAL, Palette
from bot.reply import Button, Press, Reply, notice
from bot.subscribing import talk
from bot.subscribing.talk import Subscribing
from bot.texts import keys, say, say_all
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.asking.normalize import fold_text, to_traditional
from knowledge.unseen import visible

LOG = logging.getLogger(__name__)

LONGEST = 2000
"""Characters of a message; what is longer is no question."""

RESERVED_COMMANDS = own_data.COMMANDS | talk.COMMANDS

RESERVED_BUTTONS = talk.BUTTONS | {own_data.OWN}
"""Commands and buttons by which somebody decides for a whole chat; where it is not theirs alone, a face asks
only its administrators."""


class Conversation:
    """Talks with everybody. Safe to use from several threads; turns of one chat must come in order.

    No input makes a method raise: whatever goes wrong is logged, and the person gets a kind sentence.
    """

    def __init__(
        self,
        asker: Asker,
        memory: Memory,
        face: str,
        enquiring: Enquiring | None = None,
        palette: Palette | None = None,
        subscribing: Subscribing | None = None,
    ) -> None:
        """Begin.

        Args:
            asker: who answers.
            memory: where chats are kept.
            face: its name for the question log.
            enquiring: passes on to a person what is not answered; None where nobody could reply.
            palette: the colours of its pictures; None for the usual ones.
            subscribing: lets chats hear of signings; None where nothing could be sent to them.
        """
        self._asker = asker
        self._memory = memory
        self._face = face
        self._enquiring = enquiring
        self._palette = palette or Palette.of(USUAL)
        self._subscribing = subscribing

    def text(self, chat: str, text: str, hint: Language | None = None) -> Reply:
        """Answer something typed.

        Args:
            chat: the face and its own number, e.g. `telegram:42`.
            text: as typed.
            hint: the language of the person's program, for when they have neither chosen one nor
                written words.
        """
        return self._turn(hint, lambda: self._text(chat, visible(text), hint))

    def press(self, chat: str, data: str, hint: Language | None = None) -> Reply:
        """Answer a pressed button; see `text`.

        Args:
            data: what the button carries.
        """
        return self._turn(hint, lambda: self._press(chat, data, hint))

    def command(self, chat: str, name: str, argument: str = "", hint: Language | None = None) -> Reply:
        """Answer a command; see `text`.

        Args:
            name: without its slash.
            argument: what is written after it.
        """
        return self._turn(hint, lambda: self._command(chat, name.lower(), argument.strip(), hint))

    def typed(self, chat: str, line: str, hint: Language | None = None) -> Reply:
        """Answer a line on a face where commands are typed like everything else; see `text`.

        Args:
            line: a question, or `/name argument`.
        """
        if line.startswith("/"):
            name, _, argument = line[1:].partition(" ")
            return self.command(chat, name, argument, hint)
        return self.text(chat, line, hint)

    def media(self, chat: str, kind: str, hint: Language | None = None) -> Reply:
        """A kind word on a message that is no text; see `text`.

        Args:
            kind: sticker, photo, voice, video, document or other.
        """
        return self._turn(hint, lambda: self._notice(self._memory.load(chat), hint, "media", kind, menu=True))

    def reserved(self, hint: Language | None = None) -> Reply:
        """The kind sentence to somebody who may not decide for the chat they write in."""
        return notice(hint or Language.HANS, say(hint or Language.HANS, "chat", "reserved"))

    def leave(self, chat: str) -> None:
        """A chat has blocked the bot, or removed it: nothing more is sent to it."""
        if self._subscribing:
            self._subscribing.leave(chat)

    def move(self, old: str, new: str) -> None:
        """A group is another chat now."""
        if self._subscribing:
            self._subscribing.move(old, new)

    def error(self, hint: Language | None = None) -> Reply:
        """The kind sentence for when something went wrong."""
        return notice(hint or Language.HANS, say(hint or Language.HANS, "chat", "error"))

    def flood(self, hint: Language | None = None) -> Reply:
        """The one notice to somebody who writes too fast."""
        return notice(hint or Language.HANS, say(hint or Language.HANS, "chat", "flood"))

    def _turn(self, hint: Language | None, answer: Callable[[], Reply]) -> Reply:
        try:
            return answer()
        except Exception:
            LOG.exception("A turn failed")
            return self.error(hint)

    def _text(self, chat: str, text: str, hint: Language | None) -> Reply:
        state = self._memory.load(chat)
        fault = find_fault(text)
        if fault:
            return self._notice(state, hint, "input", fault, menu=fault == "wordless")
        question = text.strip()
        answer = self._asker.ask(question, state.context, state.language or written(question, hint))
        turn = Turn(self._face, question, answer)
        number = self._memory.save(chat, replace(state, context=answer.context), turn)
        said = self._enquiring.buttons(answer, number) if self._enquiring and number else ()
        if answer.missed:
            return Reply(answer, reply_rows(answer, *said))
        rows = reply_rows(answer, map_button(self._asker, answer))
        return Reply(answer, (*rows, *((said,) if said else ())))

    def _notice(
        self, state: State, hint: Language | None, section: str, key: str, *, menu: bool = False
    ) -> Reply:
        language = state.language or hint or Language.HANS
        text = say(language, section, key, limit=LONGEST)
        return notice(language, text, rows=lists_menu(language) if menu else ())

    def _press(self, chat: str, data: str, hint: Language | None) -> Reply:
        state = self._memory.load(chat)
        try:
            press = Press.decode(data)
        except ValueError:
            return self._stale(state, hint)
        if press.entity == "language":
            return self._set_language(chat, state, press.language)
        language = state.language or press.language or hint or Language.HANS
        if press.entity == own_data.OWN:
            return own_data.forget(self._memory, chat, language, confirmed=True)
        if press.entity in talk.BUTTONS and self._subscribing:
            details = self._subscribing.opens(press)
            if details is not None:
                return replace(self._show(chat, state, details, language), beside=True)
            said = self._subscribing.press(chat, press, language)
            return said or self._stale(state, language)
        if press.entity in BUTTONS and self._enquiring:
            passed = self._enquiring.press(chat, press, language)
            return passed or self._stale(state, language)
        return self._show(chat, state, press, language)

    def _show(self, chat: str, state: State, press: Press, language: Language) -> Reply:
        if press.entity == MENU.entity:
            if press.topic not in LISTS:
                return self._menu(language)
            return self._list(chat, state, press.topic, language, press.page)
        if not self._asker.find_entity(press.entity):
            return self._stale(state, language)
        if is_map(press):
            return self._map(press.entity, language)
        return self._open(chat, state, press, language)

    def _map(self, chain: str, language: Language) -> Reply:
        """A chain's map, beside the message whose button asked for it; in words where it cannot be drawn."""
        # What draws is not needed for an answer in words.
        from bot.pictures.card import draw_chain

        held = self._asker.chain_map(chain, language)
        label = say(language, "topics", "map")
        answer = replace(
            held.answer, title=say(language, "picture", "title", name=held.answer.title, map=label)
        )
        drawn = None if held.bare else draw_chain(self._asker, chain, language, self._palette)
        return Reply(answer, beside=True, picture=drawn)

    def _stale(self, state: State, language: Language | None) -> Reply:
        return self._notice(state, language, "input", "stale", menu=True)

    def _open(self, chat: str, state: State, press: Press, language: Language) -> Reply:
        answer = self._asker.open(press.intent, state.context, language)
        self._memory.save(chat, replace(state, context=answer.context))
        if press.topic == "overview" and press.entity != self._asker.home():
            rows = card_rows(self._asker, press.entity, language, map_button(self._asker, answer))
        elif answer.options:
            rows = list_rows(answer, press.page, press)
        else:
            rows = reply_rows(answer)
        return Reply(answer, (*rows, back_row(self._asker, press, language)))

    def _list(self, chat: str, state: State, name: str, language: Language, page: int = 0) -> Reply:
        answer = open_list(self._asker, name, language)
        self._memory.save(chat, replace(state, context=answer.context))
        here = Press(MENU.entity, name, language)
        rows = list_rows(answer, page, here) if answer.options else reply_rows(answer)
        return Reply(answer, (*rows, back_row(self._asker, here, language)))

    def _command(self, chat: str, name: str, argument: str, hint: Language | None) -> Reply:
        state = self._memory.load(chat)
        language = state.language or hint or Language.HANS
        if name == "start":
            return self._start(chat, state, argument, language)
        if name in LISTS:
            return self._list(chat, state, name, language)
        if name == "help":
            return self._help(language)
        if name == "language":
            return self._language(chat, state, argument, language)
        if name == "enquiries" and self._enquiring:
            return self._enquiring.open(chat, language)
        if name in talk.COMMANDS:
            if self._subscribing:
                subscribe = self._subscribing.subscribe if name == "subscribe" else self._subscribing.open
                return subscribe(chat, argument, language)
            return notice(language, say(language, "subscription", "elsewhere"))
        if name == "forget":
            return own_data.forget(self._memory, chat, language)
        if name == "export":
            return own_data.export(self._memory, chat, language)
        return self._notice(state, language, "input", "command", menu=True)

    def _start(self, chat: str, state: State, argument: str, language: Language) -> Reply:
        if argument in LISTS:
            return self._list(chat, state, argument, language)
        # Telegram's deep links know no dot: chain_new-economy is chain.new-economy.
        entity = ".".join(argument.rsplit("_", 1))
        if argument and self._asker.find_entity(entity):
            return self._open(chat, state, Press(entity, "overview", language), language)
        chains = open_list(self._asker, "chains", language)
        example = (chains.options[0].label if chains.options else "") or self._asker.bureau(language)
        examples = say_all(language, "welcome", "examples", example=example)
        return notice(
            language,
            say(language, "welcome", "text"),
            say(language, "welcome", "ask"),
            *(f"· {line}" for line in examples),
            say(language, "welcome", "menu"),
            *([say(language, "welcome", "subscribe")] if self._subscribing else []),
            title=say(language, "welcome", "title", bureau=self._asker.bureau(language)),
            rows=lists_menu(language),
        )

    def _help(self, language: Language) -> Reply:
        there = [name for name in keys("commands") if self._subscribing or name not in talk.COMMANDS]
        commands = [f"/{name} {say(language, 'commands', name)}" for name in there]
        return notice(
            language,
            say(language, "help", "text"),
            say(language, "help", "limits"),
            say(language, "help", "commands"),
            *commands,
            title=say(language, "help", "title"),
            rows=lists_menu(language),
        )

    def _menu(self, language: Language) -> Reply:
        return notice(language, title=say(language, "menu", "title"), rows=lists_menu(language))

    def _language(self, chat: str, state: State, argument: str, language: Language) -> Reply:
        for candidate, spoken in LANGUAGES.items():
            if argument.lower() in spoken.typed:
                return self._set_language(chat, state, candidate)
        rows = [
            (Button(spoken.name, Press("language", "set", candidate).encode()),)
            for candidate, spoken in LANGUAGES.items()
        ]
        rows.append((Button(say(language, "buttons", "auto"), Press("language", "auto").encode()),))
        key = "unknown" if argument else "ask"
        return notice(language, say(language, "language", key), rows=tuple(rows))

    def _set_language(self, chat: str, state: State, chosen: Language | None) -> Reply:
        self._memory.save(chat, replace(state, language=chosen))
        language = chosen or state.language or Language.HANS
        said = say(language, "language", "set" if chosen else "auto")
        return notice(language, said, rows=lists_menu(language))


def find_fault(text: str) -> str:
    """Why a text cannot be a question: empty, long, broken, wordless; empty string where it can."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return "broken"
    if not text.strip("\0 \t\r\n\u3000"):
        return "empty"
    if len(text) > LONGEST:
        return "long"
    return "" if any(map(str.isalnum, text)) else "wordless"


def written(text: str, hint: Language | None) -> Language | None:
    """The language of a text where its characters leave open which Chinese it is; else None.

    Args:
        text: a question.
        hint: the language of the person's program.
    """
    if hint is not Language.HANT or text.isascii():
        return None
    shared = to_traditional(text) == text and fold_text(text) == text.lower()
    return Language.HANT if shared else None
