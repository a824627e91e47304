"""A Space's address: a port of the Hub's that stays, and hands every connection on to the program's own."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from .status import Status

# The program's port while it runs, and how it is doing. It blocks a little, and starts what should run.
Arrive = Callable[[], tuple[int | None, Status]]
_ASK_AGAIN_S = 0.2
_REFUSAL = """\
HTTP/1.1 503 Service Unavailable\r
Content-Type: text/plain; charset=utf-8\r
Content-Length: {length}\r
Cache-Control: no-store\r
Connection: close\r
\r
"""


class Front:
    """Listens once `listen` was awaited; everything but `idle_s` belongs to that event loop."""

    def __init__(self, arrive: Arrive) -> None:
        self._arrive = arrive
        self._visits: set[asyncio.Task[None]] = set()  # asyncio itself holds on to no task
        self._left = time.monotonic()
        self._server: asyncio.Server | None = None

    @property
    def host(self) -> str:
        """The address to open in a browser."""
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def idle_s(self) -> float:
        """Seconds since the last visitor left; 0 while there is one: an open page keeps a connection."""
        return 0.0 if self._visits else time.monotonic() - self._left

    async def listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    def close(self) -> None:
        if self._server:
            self._server.close()

    def _serve(self, visitor: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        visit = asyncio.create_task(self._visit(visitor, answer))
        self._visits.add(visit)
        visit.add_done_callback(self._leave)

    def _leave(self, visit: asyncio.Task[None]) -> None:
        self._left = time.monotonic()
        self._visits.discard(visit)

    async def _visit(self, visitor: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                await self._hand_on(visitor, answer)
        finally:
            answer.close()

    async def _hand_on(self, visitor: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        found = await self._reach()
        if isinstance(found, Status):
            await _refuse(visitor, answer, found)
            return
        program, to_program = found
        asking = asyncio.create_task(_copy(visitor, to_program))
        try:
            await _copy(program, answer)
        finally:
            asking.cancel()
            to_program.close()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Status:
        """A connection to the program, once it can be had, or why there will be none."""
        while True:
            port, status = await asyncio.to_thread(self._arrive)
            if port is not None:
                with suppress(OSError):  # it has just ended: the next question tells why
                    return await asyncio.open_connection("127.0.0.1", port)
            elif not status.starting:
                return status
            await asyncio.sleep(_ASK_AGAIN_S)


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(2**16):
            sink.write(piece)
            await sink.drain()
    with suppress(OSError):
        sink.write_eof()


async def _refuse(visitor: asyncio.StreamReader, answer: asyncio.StreamWriter, status: Status) -> None:
    """Say why there is no program to hand on to."""
    with suppress(TimeoutError):  # a question that nobody reads would cost the visitor the answer
        await asyncio.wait_for(visitor.read(2**16), 1)
    body = f"{status.stage}\n\n{status.message}\n".encode()
    answer.write(_REFUSAL.format(length=len(body)).encode() + body)
    await answer.drain()
