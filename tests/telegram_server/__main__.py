"""Run the stand-in: python -m tests.telegram_server --port 8081 --token 1:a

Its address is printed once it answers; port 0, the default, is any free one.
"""

import argparse
import asyncio

from aiohttp import web

from tests.telegram_server.app import Server


async def serve(port: int, token: str) -> None:
    """Serve until the process is stopped."""
    runner = web.AppRunner(Server(token).application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.token))
