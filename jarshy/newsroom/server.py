"""The newsroom over HTTP on 127.0.0.1: request -> play's moment -> press.render -> 200, or 304 when unchanged.

The clock starts at a given moment or, better for a demo, when every feed has had its first reader: what stands
in the feeds until then is what a reader finds there on the first poll, and everything after that is news.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import msgspec
from aiohttp import web

from jarshy.newsroom.press import Document, Play, page, render, shown
from jarshy.newsroom.script import FeedScript, Newsroom

HOST = "127.0.0.1"
ROBOTS = "User-agent: *\nAllow: /\n"


class NewsroomServer:
    """Serves a newsroom until stopped; `started_at` None waits until each feed has been read once."""

    def __init__(
        self,
        newsroom: Newsroom,
        started_at: datetime | None = None,
        *,
        speed: float = 1.0,
        port: int = 0,
        on_document: Callable[[Document], None] = lambda document: None,
    ) -> None:
        """`on_document` hears of each document that is handed out, not of a 304."""
        self.newsroom = newsroom
        self.port = port
        self._on_document = on_document
        self.play = Play(
            prepared=started_at or datetime.now(UTC), opened=started_at, speed=speed, zone=newsroom.zone or "UTC"
        )
        self._unread = {feed.id for feed in newsroom.feeds}
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """Return the address, without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    @property
    def over(self) -> bool:
        """Return whether the last entry has been shown."""
        return self.play.opened is not None and self.play.elapsed(datetime.now(UTC)) >= self.newsroom.lasts

    async def start(self) -> None:
        """Listen; afterwards `port` is the real one."""
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Close the connections and the port."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def feeds_yaml(self, interval: str = "2s") -> str:
        """Return the feeds.yaml with which collectors read this newsroom."""
        return feeds_yaml(self.newsroom, self.base_url, interval)

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/robots.txt", _robots)
        app.router.add_get("/play.json", self._play_state)
        for feed in self.newsroom.feeds:
            app.router.add_get(feed.address, self._feed)
        app.router.add_get("/{home}/{path:.+}", self._page)
        return app

    async def _feed(self, request: web.Request) -> web.Response:
        feed = next(feed for feed in self.newsroom.feeds if feed.address == request.path)
        document = render(self.newsroom, feed, self.play, datetime.now(UTC), self.base_url)
        self._read_by_someone(feed)
        if _is_known(request, document):
            return _answer(304, document, feed)
        self._on_document(document)
        return _answer(200, document, feed)

    def _read_by_someone(self, feed: FeedScript) -> None:
        self._unread.discard(feed.id)
        if self.play.opened is None and not self._unread:
            self.play = msgspec.structs.replace(self.play, opened=datetime.now(UTC))

    async def _page(self, request: web.Request) -> web.Response:
        home, path = request.match_info["home"], request.match_info["path"]
        for feed in self.newsroom.feeds:
            if (feed.home or feed.id) != home:
                continue
            for article in shown(self.newsroom, feed, self.play, datetime.now(UTC)):
                if article.path == path:
                    return web.Response(text=page(feed, article, self.base_url), content_type="text/html")
        raise web.HTTPNotFound(text="no such article here (yet)")

    async def _play_state(self, request: web.Request) -> web.Response:
        opened = self.play.opened
        return web.json_response(
            {
                "opened": opened.isoformat() if opened else None,
                "today": self.play.today.isoformat(),
                "elapsed": round(self.play.elapsed(datetime.now(UTC)), 3),
                "lasts": self.newsroom.lasts,
                "over": self.over,
                "unread": sorted(self._unread),
            }
        )


def feeds_yaml(newsroom: Newsroom, base_url: str, interval: str = "2s") -> str:
    """Return a feeds.yaml for the newsroom's feeds at `base_url`."""
    lines = ["feeds:"]
    for feed in newsroom.feeds:
        keys = {
            "id": feed.id,
            "url": base_url + feed.address,
            "language": feed.language,
            "outlet": feed.outlet,
            "country": feed.country,
            "zone": newsroom.zone,
            "interval": interval,
            "adapt": False,  # a play lasts minutes: its outlets' rhythm is not to be learned
            "allow_private": True,
        }
        written = [
            f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items() if value is not None
        ]
        lines += [f"  - {written[0]}", *(f"    {line}" for line in written[1:])]
    return "\n".join(lines) + "\n"


async def _robots(request: web.Request) -> web.Response:
    return web.Response(text=ROBOTS)


def _is_known(request: web.Request, document: Document) -> bool:
    """Return whether the reader holds this very document; its ETag outranks its date (RFC 9110, 13.2.2)."""
    if (tags := request.if_none_match) is not None:
        return any(tag.value in (document.etag, "*") for tag in tags)
    since = request.if_modified_since
    return since is not None and document.last_modified <= since


def _answer(status: int, document: Document, feed: FeedScript) -> web.Response:
    answer = web.Response(status=status, body=document.body if status == 200 else None)
    if status == 200:
        answer.headers["Content-Type"] = f"{document.content_type}; charset={feed.encoding}"
    answer.etag = document.etag
    answer.last_modified = document.last_modified
    answer.headers["Cache-Control"] = "no-cache"
    return answer
