"""The order of updates: chats beside each other, the updates of one chat one after the other, none twice."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

CONCURRENT = 64
"""Chats that are answered at the same time."""

REMEMBERED = 10_000
"""So many update ids are remembered; Telegram repeats only the latest."""


class ByChat(BaseUpdateProcessor):
    """Processes the updates of one chat in their order, and different chats side by side."""

    def __init__(self, done: Callable[[Update], None] = lambda _: None, concurrent: int = CONCURRENT) -> None:
        """Args: is told of each update that was processed; so many chats at the same time."""
        super().__init__(concurrent)
        self._done = done
        # Kept only as long as an update waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then process this one."""
        chat = update.effective_chat if isinstance(update, Update) else None
        lock = self._locks.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()
        try:
            async with lock:
                await coroutine
        finally:
            if isinstance(update, Update):
                self._done(update)


class Repeats:
    """Recognises updates that were already seen, which Telegram sends again after a lost acknowledgement."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        """Args: how many ids are kept in mind."""
        self._remembered = remembered
        self._seen: OrderedDict[int, None] = OrderedDict()

    def seen(self, update_id: int) -> bool:
        """Whether an id was given before; from now on it was."""
        if update_id in self._seen:
            return True
        self._seen[update_id] = None
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)
        return False
