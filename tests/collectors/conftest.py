"""A web site on loopback that says what a test has it say."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from collectors.confined import Parser
from collectors.fetch import Fetcher

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]
Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Site:
    """A server whose pages are set while it runs; it keeps the requests it got."""

    def __init__(self) -> None:
        self.pages: dict[str, Answering] = {}
        self.requests: list[web.Request] = []
        self.base = ""
        self._asked = asyncio.Event()

    async def until_asked(self, times: int) -> None:
        """Return when so many requests have come."""
        while len(self.requests) < times:
            self._asked.clear()
            await self._asked.wait()

    def say(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Answer `path` with this, from now on; return its address."""
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=raw, headers=named)

        return self.does(path, answer)

    def does(self, path: str, answer: Answering) -> str:
        """Answer `path` by calling `answer`."""
        self.pages[path] = answer
        return self.base + path

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        self._asked.set()
        page = self.pages.get(request.path)
        return await page(request) if page else web.Response(status=404)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A running Site on 127.0.0.1."""
    served = Site()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield served
    await runner.cleanup()


@pytest.fixture
async def raw_server() -> AsyncIterator[Callable[[Raw], Awaitable[str]]]:
    """A way to start servers that speak to the bare connection."""
    servers: list[asyncio.Server] = []
    open_: list[asyncio.StreamWriter] = []

    async def start(talk: Raw) -> str:
        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            open_.append(writer)
            try:
                await reader.readuntil(b"\r\n\r\n")
                await talk(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(met, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"

    yield start
    for writer in open_:
        writer.transport.abort()
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A Fetcher with a short deadline."""
    found = Fetcher(deadline=3.0)
    yield found
    found.close()


@pytest.fixture
async def parser() -> AsyncIterator[Parser]:
    """A Parser with its children."""
    async with Parser() as found:
        yield found
