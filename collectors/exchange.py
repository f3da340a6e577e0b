"""One question and its answer over a connection of its own: address -> guarded connection -> h11 -> Answer -> gone

The only import of h11, which knows HTTP/1.1 and does no input or output; nothing is pooled, kept or sent along.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import h11

from collectors.guard import GuardedNetwork

LARGEST_HEAD = 64 * 1024
READ = 64 * 1024
Headers = Sequence[tuple[bytes, bytes]]


class NotHttp(Exception):
    """The other side does not speak HTTP, or breaks off."""


class Answer:
    """An answer whose body is read while it comes, as it was sent."""

    def __init__(self, status: int, headers: Headers, connection: h11.Connection, reader: asyncio.StreamReader) -> None:
        self.status = status
        self.headers = headers
        self._connection = connection
        self._reader = reader

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body; raises NotHttp when it ends before its end."""
        while True:
            event = await _next(self._connection, self._reader)
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return
            else:
                raise NotHttp(f"sent {type(event).__name__} in its body")


@asynccontextmanager
async def asked(network: GuardedNetwork, address: str, headers: Headers) -> AsyncIterator[Answer]:
    """Ask for a web address and give the answer; raises NotHttp, OSError and what the guard raises."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    reader, writer = await network.connect(parts.hostname or "", parts.port or (443 if secure else 80), secure=secure)
    try:
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = parts.netloc.rpartition("@")[2].encode()
        try:
            request = h11.Request(
                method="GET", target=target, headers=[(b"Host", host), (b"Connection", b"close"), *headers]
            )
            question = connection.send(request)
        except h11.LocalProtocolError as error:
            raise NotHttp(f"cannot be asked: {error}") from error
        writer.write((question or b"") + (connection.send(h11.EndOfMessage()) or b""))
        yield await _begun(connection, reader)
    finally:
        writer.transport.abort()


async def _begun(connection: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    while True:
        event = await _next(connection, reader)
        if isinstance(event, h11.Response):
            return Answer(event.status_code, list(event.headers), connection, reader)
        if not isinstance(event, h11.InformationalResponse):
            raise NotHttp("broke off without an answer")


async def _next(connection: h11.Connection, reader: asyncio.StreamReader) -> h11.Event:
    try:
        while not isinstance(event := connection.next_event(), h11.Event):
            if event is h11.PAUSED:
                raise NotHttp("goes on after its end")
            connection.receive_data(await reader.read(READ))
    except h11.RemoteProtocolError as error:
        raise NotHttp(str(error)) from error
    return event
