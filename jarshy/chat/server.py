"""A chat over HTTP: request -> known token and chat? -> limits -> faults -> markup -> message kept | refusal."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import msgspec
from aiohttp import web

from jarshy.chat.chat import Chat
from jarshy.chat.records import ChatMessage
from jarshy.chat.requests import Requests
from jarshy.chat.slack import Slack
from jarshy.chat.telegram import Telegram


class ChatServer:
    """The chat on a port of 127.0.0.1; `async with` starts and stops it."""

    def __init__(self, chat: Chat | None = None, *, port: int = 0) -> None:
        self.chat = chat or Chat()
        self._port = port
        self._requests = Requests(self.chat)
        telegram, slack = Telegram(self._requests), Slack(self._requests)
        app = web.Application(client_max_size=4 * 1024 * 1024, middlewares=[_forgets_who_hangs_up])
        app.router.add_route("*", "/bot{token}/{method}", telegram.answer)
        app.router.add_post("/services/{team}/{hook}/{secret}", slack.hook)
        app.router.add_post("/api/{method}", slack.api)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close the port; requests that hang are let go."""
        self._requests.closing.set()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Return the base address: what telegram_api and slack_api are set to."""
        return f"http://127.0.0.1:{self._port}"


@web.middleware
async def _forgets_who_hangs_up(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer; a client that was killed while it spoke is no error of ours."""
    try:
        return await handler(request)
    except ConnectionResetError:
        return web.Response(status=400)


class ChatThread:
    """A ChatServer on a thread of its own, for those who have no event loop."""

    def __init__(self, chat: Chat | None = None, *, port: int = 0) -> None:
        self.chat = chat or Chat()
        self._port = port
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="chat", daemon=True)
        self.address = ""

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(30):
            raise RuntimeError("the chat server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(30)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        async with ChatServer(self.chat, port=self._port) as server:
            self.address = server.address
            self._ready.set()
            await self._over.wait()


def line(message: ChatMessage) -> str:
    """Return a message as one line of JSON."""
    return msgspec.json.encode(message).decode()
