"""The whole text of an article whose feed gives a line of it: wanted? -> robots -> the host's turn -> fetch -> text

What goes wrong costs nothing: the article is published with what its feed said.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol
from urllib.parse import urlsplit

import msgspec

from collectors.entries import Document, ParseError
from collectors.feeds import Feed
from collectors.fetch import Fetched, Fetcher, FetchError
from collectors.interest import Interest
from collectors.robots import Robots
from collectors.timetable import CONCURRENCY, SPACING
from wire.records import Article, Origin, Reason

log = logging.getLogger("collectors")

ENOUGH = 600
"""Letters from which a feed's own text needs no page."""
DEADLINE = 15.0
MOST_PAGES = 10
"""Pages for one poll: what is left is published as its feed has it."""


class PageParser(Protocol):
    """What takes the text out of a page."""

    async def page(self, document: Document) -> str:
        """Return a page's text; raises ParseError."""


def wanted(feed: Feed, article: Article, interest: Interest) -> Reason:
    """Decide whether an article's page is worth a fetch: code `wanted`, or why not."""
    if not feed.full_text:
        return Reason(code="not-asked", text="the feed's line does not say full_text")
    if article.url is None:
        return Reason(code="no-link", text="has no link")
    if article.origin is not Origin.LIVE:
        return Reason(code="backlog", text="is old")
    if len(article.text) >= ENOUGH:
        return Reason(code="long-enough", text="has text enough")
    found = interest.found(article.body)
    if found is None:
        return Reason(code="no-interest", text="shows none of the prefixes of interest.txt")
    return Reason(code="wanted", text=f"shows {found!r}")


class FullTexts:
    """Fetches pages with the manners that feeds are fetched with."""

    def __init__(self, fetcher: Fetcher, parser: PageParser, interest: Interest, *, spacing: float = SPACING) -> None:
        """Assemble; `spacing` in seconds is kept between two pages of a host."""
        self._fetcher = fetcher
        self._parser = parser
        self._interest = interest
        self._robots = Robots(fetcher, time.monotonic)
        self._turns = _Turns(spacing)

    async def completed(self, feed: Feed, articles: tuple[Article, ...]) -> tuple[Article, ...]:
        """Return the articles, those of interest with the text of their page; one page after the other."""
        told: list[Article] = []
        left = MOST_PAGES
        for article in articles:
            if left and wanted(feed, article, self._interest).code == "wanted":
                left -= 1
                told.append(await self._completed(feed, article, article.url or ""))
            else:
                told.append(article)
        return tuple(told)

    async def _completed(self, feed: Feed, article: Article, url: str) -> Article:
        try:
            text = await self._text(feed, url)
        except (FetchError, ParseError) as error:
            log.info("%s: %s stays as its feed has it: the page %s", feed.id, article.id, error.reason.text)
            return article
        if len(text) <= len(article.text):
            return article
        return msgspec.structs.replace(article, text=text, text_from="page")

    async def _text(self, feed: Feed, url: str) -> str:
        permission = await self._robots.permission(url, allow_private=feed.allow_private)
        if not permission.allowed:
            raise FetchError(Reason(code="robots", text="is not for robots"))
        async with self._turns.turn(urlsplit(url).netloc, 0.0 if feed.allow_private else permission.delay):
            page = await self._fetcher.fetch(url, allow_private=feed.allow_private)
        if not isinstance(page, Fetched):
            raise FetchError(Reason(code="not-modified", text="did not come"))
        document = Document(
            body=page.body,
            url=page.address,
            zone=feed.zone,
            language=feed.language,
            content_type=page.content_type,
        )
        return await self._parser.page(document)


class _Turns:
    """Pages of one host: so many at once, so far apart; a host that nobody asks is forgotten."""

    def __init__(self, spacing: float) -> None:
        self._spacing = spacing
        self._free_at: dict[str, float] = {}
        self._open: dict[str, asyncio.Semaphore] = {}
        self._asking: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold one of its places."""
        self._asking[host] = self._asking.get(host, 0) + 1
        try:
            async with self._open.setdefault(host, asyncio.Semaphore(CONCURRENCY)):
                now = time.monotonic()
                at = max(now, self._free_at.get(host, 0.0))
                self._free_at[host] = at + max(self._spacing, delay)
                await asyncio.sleep(at - now)
                yield
        finally:
            self._asking[host] -= 1
            if not self._asking[host]:
                del self._asking[host], self._open[host]
                for each in [each for each, free in self._free_at.items() if free < time.monotonic()]:
                    del self._free_at[each]
