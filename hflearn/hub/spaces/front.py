"""A Space's address: a port of the Hub's that stays, and hands every connection on to the program's own."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.parser import BytesHeaderParser

from ..problems import Forbidden
from .status import Status

# The program's port while it runs, and how it is doing, for a visitor with these headers; raises Forbidden.
# It blocks a little, and starts what should run.
Arrive = Callable[[Mapping[str, str]], tuple[int | None, Status]]
_ASK_AGAIN_S = 0.2
_SPEAK_S = 10.0  # browsers keep connections in store that they say nothing on
_LEAVE_S = 1.0
_REFUSAL = """\
HTTP/1.1 {code}\r
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
        """The first request says who comes; what follows on its connection is not looked at."""
        if not (head := await _head(visitor)):
            return
        try:
            found = await self._reach(_headers(head))
        except Forbidden as problem:
            await _refuse(visitor, answer, "403 Forbidden", problem.sentence)
            return
        if isinstance(found, Status):
            await _refuse(visitor, answer, "503 Service Unavailable", f"{found.stage}\n\n{found.message}")
            return
        program, to_program = found
        to_program.write(head)
        asking = asyncio.create_task(_copy(visitor, to_program))
        try:
            await _copy(program, answer)
        finally:
            asking.cancel()
            to_program.close()

    async def _reach(
        self, headers: Mapping[str, str]
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Status:
        """A connection to the program, once it can be had, or why there will be none."""
        while True:
            port, status = await asyncio.to_thread(self._arrive, headers)
            if port is not None:
                with suppress(OSError):  # it has just ended: the next question tells why
                    return await asyncio.open_connection("127.0.0.1", port)
            elif not status.starting:
                return status
            await asyncio.sleep(_ASK_AGAIN_S)


async def _head(visitor: asyncio.StreamReader) -> bytes:
    """The first request's first line and headers, or nothing where none comes."""
    with suppress(TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return await asyncio.wait_for(visitor.readuntil(b"\r\n\r\n"), _SPEAK_S)
    return b""


def _headers(head: bytes) -> dict[str, str]:
    """By their names in small letters."""
    parsed = BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2])
    return {name.lower(): value for name, value in parsed.items()}


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(2**16):
            sink.write(piece)
            await sink.drain()
    with suppress(OSError):
        sink.write_eof()


async def _refuse(
    visitor: asyncio.StreamReader, answer: asyncio.StreamWriter, code: str, sentence: str
) -> None:
    """Say why there is no program to hand on to."""
    body = f"{sentence}\n".encode()
    answer.write(_REFUSAL.format(code=code, length=len(body)).encode() + body)
    answer.write_eof()
    with suppress(TimeoutError):  # a question that nobody reads to its end would cost the visitor the answer
        await asyncio.wait_for(visitor.read(), _LEAVE_S)
