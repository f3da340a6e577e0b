"""Articles as newsrooms bring them: an article every so often -> entries of a hundred feeds -> HTTP on loopback.

Each newsroom is a server of its own, as a collector asks a host for no more than two feeds at once. Its clock runs
from the moment when each of its feeds was read once.
"""

import asyncio
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from itertools import cycle
from typing import Final, NamedTuple

from jarshy.newsroom.press import Document
from jarshy.newsroom.script import Entry, FeedScript, Newsroom
from jarshy.newsroom.server import NewsroomServer
from wire.records import Article

ROOMS: Final = 11
FEEDS: Final = tuple(
    FeedScript(id=f"{language}-{number}", format="rss", language=language, outlet=f"{language} {number}")
    for number in range(3 * ROOMS)
    for language in ("kk", "pl", "ar")
)
LEAD: Final = 3.0
"""Seconds from the first reading of a newsroom's feeds to its first entry."""
_LINK: Final = re.compile(rb"<item>.*?<link>(.*?)</link>")


class Printed(NamedTuple):
    """When an article stood in its feed, and when it was first handed out: seconds since 1970."""

    article: str
    stood: float
    handed_out: float


class Newsrooms:
    """All the newsrooms; `printed` tells of each entry by its address."""

    def __init__(self, articles: Sequence[Article], rate: float) -> None:
        """Let so many articles a second enter their language's feeds in turn."""
        feeds = {code: cycle([feed.id for feed in FEEDS if feed.language == code]) for code in ("kk", "pl", "ar")}
        entries = [
            Entry(
                feed=next(feeds[article.language]), at=LEAD + number / rate, guid=article.id, path=article.id,
                title=article.title, text=article.text,
            )
            for number, article in enumerate(articles)
        ]  # fmt: skip
        self._handed_out: dict[str, float] = {}
        self._servers = [
            NewsroomServer(_newsroom(FEEDS[room::ROOMS], entries), on_document=self._note) for room in range(ROOMS)
        ]

    @contextmanager
    def open(self) -> Iterator[None]:
        """Serve them, on a thread, while the context lasts."""
        loop, over, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()

        async def serve() -> None:
            async with AsyncExitStack() as stack:
                for server in self._servers:
                    await stack.enter_async_context(server)
                ready.set()
                await over.wait()

        thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), name="newsrooms", daemon=True)
        thread.start()
        if not ready.wait(10):
            raise RuntimeError("the newsrooms did not start")
        yield
        loop.call_soon_threadsafe(over.set)
        thread.join(10)

    @property
    def over(self) -> bool:
        """Return whether every entry stands in its feed."""
        return all(server.over for server in self._servers)

    def feeds_yaml(self, interval: str) -> str:
        """Return the feeds.yaml with which collectors read them all."""
        lists = (server.feeds_yaml(interval).removeprefix("feeds:\n") for server in self._servers)
        return "feeds:\n" + "".join(lists)

    def printed(self) -> dict[str, Printed]:
        """Return when each entry that was handed out stood in its feed and was handed out, by its address."""
        stood = {
            f"{server.base_url}/{entry.feed}/{entry.path}": (entry.guid, server.play.moment(entry.at).timestamp())
            for server in self._servers
            for entry in server.newsroom.entries
        }
        return {link: Printed(*stood[link], at) for link, at in self._handed_out.items()}

    def _note(self, document: Document) -> None:
        now = time.time()
        for link in _LINK.findall(document.body):
            self._handed_out.setdefault(link.decode(), now)


def _newsroom(feeds: Sequence[FeedScript], entries: Sequence[Entry]) -> Newsroom:
    ours = {feed.id for feed in feeds}
    return Newsroom(feeds=tuple(feeds), entries=tuple(entry for entry in entries if entry.feed in ours))
