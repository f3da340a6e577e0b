"""The loop: timetable.take -> a task that polls -> schedule.next_poll -> timetable.put

One task a poll, so many at once and no more; a stop cancels them, which is safe: what was not
remembered is done again.
"""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from collectors.feeds import Feed
from collectors.poll import Poller
from collectors.schedule import next_poll
from collectors.timetable import Timetable
from wire.broker import BrokerAway
from wire.health import Health

log = logging.getLogger("collectors")

AT_ONCE = 64
LONGEST_REST = 10.0
"""Seconds after which the loop turns though nothing is due: its health page counts on it."""
BROKER_PAUSE = 5.0
"""Seconds without new polls after the broker did not take an article."""


class Collector:
    """Polls its feeds for as long as it runs."""

    def __init__(
        self,
        feeds: Iterable[Feed],
        poller: Poller,
        *,
        health: Health | None = None,
        timetable: Timetable | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Assemble; `jitter` gives the share of the longest delay, between 0 and 1."""
        self._feeds = list(feeds)
        self._poller = poller
        self._health = health or Health("collectors")
        self._timetable = timetable or Timetable()
        self._jitter = jitter
        self._polls: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._paused_until = 0.0
        self._counts: Counter[str] = Counter()
        self._figured = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set; raises what a poll raised that is nobody's fault but ours."""
        for feed in self._feeds:
            self._put(feed)
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                self._beat()
                self._start_due()
                await self._pause(stopping)
                self._collect()
        finally:
            stopping.cancel()
            for poll in self._polls:
                poll.cancel()
            await asyncio.gather(*self._polls, return_exceptions=True)

    def status(self) -> dict[str, int | float | str]:
        """Return figures for a health page."""
        states = [self._poller.state(feed) for feed in self._feeds]
        return {
            "feeds": len(self._feeds),
            "failing": " ".join(sorted(state.feed for state in states if state.failures)),
            "polling": len(self._polls),
            "broker_away": int(time.monotonic() < self._paused_until),
            **self._counts,
        }

    def _beat(self) -> None:
        self._health.beat()
        if time.monotonic() - self._figured >= 1.0:  # not every turn: it looks at every feed
            self._health.figures = self.status()
            self._figured = time.monotonic()

    def _start_due(self) -> None:
        now = time.time()
        while len(self._polls) < AT_ONCE and time.monotonic() >= self._paused_until:
            feed = self._timetable.take(now)
            if feed is None:
                return
            self._polls.add(asyncio.create_task(self._poll(feed), name=f"poll {feed.id}"))

    async def _pause(self, stopping: asyncio.Task[Any]) -> None:
        """Sleep until a feed is due, a poll has ended or the stop is asked for."""
        self._wake.clear()
        waking = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait((stopping, waking, *self._polls), timeout=self._rest(), return_when="FIRST_COMPLETED")
        finally:
            waking.cancel()

    def _rest(self) -> float:
        pause = self._paused_until - time.monotonic()
        if len(self._polls) >= AT_ONCE or pause > 0:
            return min(pause, LONGEST_REST) if pause > 0 else LONGEST_REST
        at = self._timetable.next_at()
        return LONGEST_REST if at is None else min(LONGEST_REST, max(0.0, at - time.time()))

    def _collect(self) -> None:
        for poll in [poll for poll in self._polls if poll.done()]:
            self._polls.discard(poll)
            poll.result()

    async def _poll(self, feed: Feed) -> None:
        try:
            polled = await self._poller.poll(feed)
            self._counts[polled.outcome.code] += 1
            self._counts["articles"] += polled.articles
        except BrokerAway as error:
            if time.monotonic() >= self._paused_until:
                log.error("%s: nothing was remembered, asked again: %s", feed.id, error)
            self._paused_until = time.monotonic() + BROKER_PAUSE
            self._counts["broker-away"] += 1
        finally:
            self._timetable.done(feed, time.time())
        self._put(feed)

    def _put(self, feed: Feed) -> None:
        due = next_poll(feed, self._poller.state(feed), datetime.now(UTC), self._jitter())
        self._timetable.put(feed, due.at.timestamp())
