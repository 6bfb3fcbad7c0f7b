"""HTTP/1.1 with an end to its patience: nobody keeps a connection by sending a request slowly, or none.

uvicorn closes a connection that is idle between two requests; it waits without end for a request that was
begun.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 10.0
"""Seconds in which the head of a request has to come."""

WHOLE = 300.0
"""Seconds in which the rest has to: a document of the largest size at half a megabit a second."""

_LIMITS = {h11.IDLE: HEAD, h11.SEND_BODY: WHOLE}

_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class PatientProtocol(H11Protocol):
    """A connection."""

    _awaited: tuple[object, object] = (None, None)
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        """Begin to wait, where what is waited for is no more what it was."""
        state: Any = self.conn.their_state
        awaited = (state, self.cycle)
        if awaited != self._awaited:
            self._awaited = awaited
            self._stop()
            if state in _LIMITS:
                self._late = self.loop.call_later(_LIMITS[state], self._end)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _end(self) -> None:
        if not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
                self.transport.write(_LATE)
            self.transport.close()
