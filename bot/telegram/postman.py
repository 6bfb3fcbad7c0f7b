"""Delivers what the bot owes to chats on Telegram, and reminds staff of deadlines."""

import asyncio
import datetime as dt
import logging
import time

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.pausing import pause
from bot.reply import notice
from bot.staff.desk import Rules
from bot.staff.messages import ask_to_confirm, remind
from bot.staff.reporting import offer_signings, report_announcements
from bot.telegram.menus import renew_staff_menus
from bot.telegram.pushes import FACE
from bot.telegram.reach import Reach
from bot.telegram.render import render
from bot.telegram.request import is_doubtful
from knowledge.asking.answer import Language
from knowledge.database import session, writing
from knowledge.models import Outgoing, OutgoingState
from knowledge.outbox import any_waiting, settle, take

LOG = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two looks."""

RETRY = 5.0
"""Seconds until the next attempt after Telegram could not be reached."""

EVERY = 60.0
"""Seconds between two looks at deadlines, and at messages that somebody has left in the middle."""


class Postman:
    """Sends each message once. One whose fate is unknown is not sent again: who waits for it still finds it
    under /enquiries.
    """

    def __init__(self, engine: Engine, bot: Bot, rules: Rules, reach: Reach) -> None:
        """Args: where messages wait, who sends them, when the bureau wants to be reminded, and whether
        Telegram is there.
        """
        self._engine = engine
        self._bot = bot
        self._rules = rules
        self._reach = reach

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until told to stop; what was begun is finished."""
        looked = float("-inf")
        while not stopping.is_set():
            wait = PAUSE
            try:
                due = time.monotonic() - looked >= EVERY
                if due:
                    looked = time.monotonic()
                    await asyncio.to_thread(self._remind)
                if self._reach.there:
                    await renew_staff_menus(self._engine, self._bot, self._reach)
                    if not await self._deliver(stopping, due):
                        wait = RETRY
            except SQLAlchemyError as error:
                LOG.error("What is to be sent could not be read: %s", getattr(error, "orig", error))
                wait = RETRY
            except Exception:
                LOG.exception("What is to be sent could not be delivered")
                wait = RETRY
            await pause(stopping, wait)

    async def _deliver(self, stopping: asyncio.Event, due: bool) -> bool:
        """Send what waits, while Telegram is there; False if it did not take one."""
        while not stopping.is_set() and self._reach.there:
            row = await asyncio.to_thread(self._take, due)
            if row is None:
                return True
            due = False
            state = await self._send(row)
            await asyncio.to_thread(self._settle, row.id or 0, state)
            if state is OutgoingState.WAITING:
                return False
        return True

    async def _send(self, row: Outgoing) -> OutgoingState:
        messages = render(notice(Language(row.language), *row.text.splitlines(), title=row.title))
        sent = 0
        try:
            for text in messages:
                await self._bot.send_message(
                    int(row.chat.partition(":")[2]),
                    text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
                sent += 1
        except (Forbidden, BadRequest) as error:
            LOG.info("A message was not wanted: %s", error)
            return OutgoingState.REFUSED
        except TelegramError as error:
            self._reach.failed(error)
            unknown = is_doubtful(error)
            LOG.warning("A message could not be sent%s: %s", ", or it was" if unknown else "", error)
            return OutgoingState.UNCERTAIN if unknown or sent else OutgoingState.WAITING
        return OutgoingState.SENT

    def _take(self, due: bool) -> Outgoing | None:
        with session(self._engine) as database:
            if not due and not any_waiting(database, FACE):
                return None
        with writing(self._engine) as database:
            row = take(database, FACE)
            database.commit()
        return row

    def _settle(self, id: int, state: OutgoingState) -> None:
        with writing(self._engine) as database:
            settle(database, id, state)
            database.commit()

    def _remind(self) -> None:
        with writing(self._engine) as database:
            now = dt.datetime.now(self._rules.hours.zone)
            remind(database, now)
            ask_to_confirm(database, now, self._rules.confirm_after_days)
            report_announcements(database, now)
            offer_signings(database, now, self._rules.desk)
            database.commit()
