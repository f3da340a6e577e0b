"""What a collector tells the broker, each time waiting for its word: articles, states, notices.

The producer blocks, so its work is done on threads of its own: a stalled broker must not hold up the loop.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from collectors.feeds import Feed, partition_of
from collectors.states import FeedState
from wire.broker import PUBLISH_TIMEOUT, Publisher
from wire.records import Article, Notice
from wire.topics import ARTICLES, FEED_STATES, NOTICES

THREADS = 16


class Journal:
    """Publishes, and returns only when the broker has acknowledged; raises BrokerAway."""

    def __init__(self, publisher: Publisher, partitions: int, *, timeout: float = PUBLISH_TIMEOUT + 10) -> None:
        """Write through `publisher`, which stays the caller's to close; `timeout` in seconds bounds each wait.

        `partitions` is how many the topic of states has: a host's states lie in one of them.
        """
        self._publisher = publisher
        self._partitions = partitions
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="publish")

    async def articles(self, articles: Sequence[Article]) -> None:
        """Publish articles in their order."""
        if articles:
            await self._acknowledged(lambda: [self._article(article) for article in articles])

    async def state(self, feed: Feed, state: FeedState) -> None:
        """Write a feed's state where its host's states are: whoever polls the host reads them there."""
        send = self._publisher.send_record
        at = state.polled_at or datetime.now(UTC)
        place = partition_of(feed.host, self._partitions)
        await self._acknowledged(lambda: [send(FEED_STATES, feed.id, state, id=feed.id, time=at, partition=place)])

    async def notice(self, notice: Notice) -> None:
        """Tell the operators."""
        send = self._publisher.send_record
        await self._acknowledged(lambda: [send(NOTICES, notice.key, notice, id=notice.event, time=notice.at)])

    def close(self) -> None:
        """Give up what is still under way."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _article(self, article: Article) -> Any:
        id = f"{article.id}/{article.seen.isoformat()}"  # an edit is another event of the same article
        return self._publisher.send_record(ARTICLES, article.id, article, id=id, time=article.seen)

    async def _acknowledged(self, send: Callable[[], Sequence[Any]]) -> None:
        def work() -> None:
            self._publisher.wait(send(), self._timeout)

        await asyncio.get_running_loop().run_in_executor(self._threads, work)
