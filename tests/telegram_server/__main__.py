"""Run the stand-in: python -m tests.telegram_server --port 8081 --token 1:a

Its address is printed once it answers; port 0, the default, is any free one.
"""

import argparse
import asyncio

from tests.telegram_server.account import TOKEN
from tests.telegram_server.serving import serving


async def serve(port: int, token: str) -> None:
    """Serve until the process is stopped."""
    async with serving(port, token) as address:
        print(address, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.token))
