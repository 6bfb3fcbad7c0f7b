"""A line to the stand-in that breaks on order, as networks do: whoever dials it finds nobody, or silence."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

STATES = ("open", "refused", "silent", "502")
"""Connected to the stand-in; nobody listens; somebody listens and is silent; a proxy says that it is gone."""

ANSWER = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

CHUNK = 1 << 16


class Line:
    """Passes on what is said at an address of its own."""

    def __init__(self, address: str) -> None:
        """Args: of the stand-in."""
        self._there = urlsplit(address)
        self._state = "open"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def base_url(self) -> str:
        """For TELEGRAM_BASE_URL."""
        return f"http://127.0.0.1:{self._port}/bot"

    def turn(self, state: str) -> None:
        """From now on it is in one of `STATES`; calls that are under way break off, but for silence."""
        assert state in STATES
        asyncio.run_coroutine_threadsafe(self._turn(state), self._loop).result(10)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    def stop(self) -> None:
        """Listen no more."""
        self.turn("refused")
        asyncio.run_coroutine_threadsafe(self._end_calls(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _turn(self, state: str) -> None:
        self._state = state
        if state == "silent":
            return
        for writer in list(self._open):
            writer.transport.abort()
        if state == "refused" and self._server:
            self._server.close()
            self._server = None
        elif state != "refused" and not self._server:
            await self._listen()

    async def _end_calls(self) -> None:
        calls = asyncio.all_tasks() - {asyncio.current_task()}
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        # Transports close with the next turn of the loop.
        await asyncio.sleep(0)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._call, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held = {writer}
        try:
            there, to = await asyncio.open_connection(self._there.hostname, self._there.port)
            held.add(to)
            self._open |= held
            await asyncio.gather(self._pass(reader, to, writer), self._pass(there, writer))
        finally:
            self._open -= held
            for one in held:
                one.transport.abort()

    async def _pass(
        self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, back: asyncio.StreamWriter | None = None
    ) -> None:
        """Pass on one direction; whoever asks has a way back."""
        with suppress(OSError):
            while said := await reader.read(CHUNK):
                if self._state == "open":
                    to.write(said)
                    await to.drain()
                elif self._state == "502" and back is not None:
                    back.write(ANSWER)
                    await back.drain()
                    back.close()
        to.close()


@contextmanager
def line_to(address: str) -> Iterator[Line]:
    """A line to a stand-in, until the block ends."""
    line = Line(address)
    line.start()
    try:
        yield line
    finally:
        line.stop()
