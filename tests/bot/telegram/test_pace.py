"""Telegram's limits are kept: in all, in a chat, in a group; answers go before pushes."""

import asyncio
import gc
import time

from bot.telegram.pace import MINUTE, PER_GROUP, Lane, Pace, _Sent


async def _reply() -> str:
    await asyncio.sleep(0.001)
    return "sent"


async def _send(pace: Pace, chat: str, lane: Lane | None) -> str:
    if lane is Lane.PUSH:
        await pace.place(chat)
    sent: str = await pace.process_request(_reply, (), {}, "sendMessage", {"chat_id": chat}, lane)
    return sent


def test_a_group_gets_no_more_than_twenty_a_minute() -> None:
    now = [1000.0]
    pace = Pace(1000, clock=lambda: now[0])

    async def fill() -> None:
        for _ in range(PER_GROUP):
            assert pace.wait("-100") == 0.0
            assert await _send(pace, "-100", None) == "sent"
            now[0] += 1.1

    asyncio.run(fill())

    assert 0 < pace.wait("-100") <= MINUTE
    assert pace.wait("100") == 0.0
    now[0] += MINUTE
    assert pace.wait("-100") == 0.0


def test_no_second_has_more_than_the_limit_and_answers_go_first() -> None:
    pace, at, order = Pace(20), [], []

    async def one(name: str, lane: Lane | None) -> None:
        await _send(pace, name, lane)
        at.append(time.monotonic())
        order.append(name)

    async def all_of_them() -> None:
        pushes = [asyncio.create_task(one(str(number), Lane.PUSH)) for number in range(50)]
        await asyncio.sleep(0.5)
        await asyncio.gather(*pushes, one("answer", None))

    asyncio.run(all_of_them())

    assert len(at) == 51
    assert all(later - first >= 0.95 for first, later in zip(at, at[20:], strict=False))
    assert order.index("answer") < 30


def test_what_was_sent_is_not_kept() -> None:
    now, per_second = [0.0], 30
    pace = Pace(per_second, clock=lambda: now[0])

    async def send_many() -> None:
        for number in range(20 * per_second):
            await _send(pace, str(number), None)
            now[0] += 1.0

    asyncio.run(send_many())
    gc.collect()

    kept = [one for one in gc.get_objects() if isinstance(one, _Sent) and one in pace._recent]
    others = [one for one in gc.get_objects() if isinstance(one, _Sent)]
    assert len(kept) == per_second
    assert len(others) <= 2 * per_second
