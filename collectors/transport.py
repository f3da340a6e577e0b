"""httpx's way to the network, ours: request -> guarded connection of its own -> h11 -> response, read as it was sent

A transport is what httpx lets one put in the place of its pool. No client stands before it, so there are no cookies,
proxies, redirects or decoding; h11, httpx's own protocol library, does no input or output.
"""

from collections.abc import AsyncIterator

import h11
import httpx

from collectors.guard import GuardedNetwork, Streams

LARGEST_HEAD = 64 * 1024
READ = 64 * 1024


class GuardedTransport(httpx.AsyncBaseTransport):
    """Asks over the guarded network, each time over a connection of its own: a poll comes minutes after the last."""

    def __init__(self, network: GuardedNetwork) -> None:
        self._network = network

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give the answer; raises httpx.TransportError, OSError and what the guard raises."""
        url = request.url
        secure = url.scheme == "https"
        port = url.port or (443 if secure else 80)
        exchange = _Exchange(await self._network.connect(url.host, port, secure=secure))
        try:
            return await exchange.ask(request)
        except BaseException:
            await exchange.aclose()
            raise


class _Exchange(httpx.AsyncByteStream):
    """One question and its answer; what it gives when it is gone through is the body."""

    def __init__(self, streams: Streams) -> None:
        self._reader, self._writer = streams
        self._connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)

    async def ask(self, request: httpx.Request) -> httpx.Response:
        headers = [(b"Connection", b"close"), *request.headers.raw]
        try:
            question = self._connection.send(
                h11.Request(method=request.method, target=request.url.raw_path, headers=headers)
            )
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(f"cannot be asked: {error}") from error
        self._writer.write((question or b"") + (self._connection.send(h11.EndOfMessage()) or b""))
        while not isinstance(event := await self._next(), h11.Response):
            if not isinstance(event, h11.InformationalResponse):
                raise httpx.RemoteProtocolError("broke off without an answer")
        return httpx.Response(event.status_code, headers=list(event.headers), stream=self)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the body; raises httpx.RemoteProtocolError when it ends before its end."""
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)
        if not isinstance(event, h11.EndOfMessage):
            raise httpx.RemoteProtocolError(f"sent {type(event).__name__} in its body")

    async def aclose(self) -> None:
        self._writer.transport.abort()

    async def _next(self) -> h11.Event:
        try:
            while not isinstance(event := self._connection.next_event(), h11.Event):
                if event is h11.PAUSED:
                    raise httpx.RemoteProtocolError("goes on after its end")
                self._connection.receive_data(await self._reader.read(READ))
        except h11.RemoteProtocolError as error:
            raise httpx.RemoteProtocolError(str(error)) from error
        return event
