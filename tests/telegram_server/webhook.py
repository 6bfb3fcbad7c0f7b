"""Sending updates to the bot's webhook, while one is set."""

import asyncio
import time

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests.telegram_server.updates import Updates

PAUSE = 0.05
"""Seconds before what was not taken is sent again."""

PATIENCE = ClientTimeout(total=10)

SECRET = "X-Telegram-Bot-Api-Secret-Token"


async def deliver(updates: Updates) -> None:
    """Send one update after the other, each until it is taken; endless."""
    # A connection each: behind one address there may be several workers.
    async with ClientSession(timeout=PATIENCE, connector=TCPConnector(force_close=True)) as client:
        while True:
            update = await updates.next()
            secret = updates.webhook.get("secret_token")
            headers = {SECRET: secret} if secret else {}
            try:
                async with client.post(updates.webhook["url"], json=update, headers=headers) as answer:
                    trouble = (
                        ""
                        if 200 <= answer.status < 300
                        else f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    )
            except (ClientError, TimeoutError) as error:
                trouble = f"Connection failed: {error}"
            if trouble:
                updates.trouble = {"last_error_date": int(time.time()), "last_error_message": trouble}
                await asyncio.sleep(PAUSE)
            else:
                updates.taken(update)
