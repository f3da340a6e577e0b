"""The loop: timetable.take -> a task that polls -> schedule.next_poll -> timetable.put

What is polled is what the file says and the group gave: `read` brings new feeds, `take` and `give` partitions;
each time `_settle` begins what is wanted now and ends what is not. One task a poll, so many at once and no more;
a stop cancels them, which is safe: what was not remembered is done again.
"""

import asyncio
import logging
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from collectors.feeds import ALL, Assignment, Feed, owned, partition_of
from collectors.poll import NotOurs, Poller
from collectors.schedule import next_poll
from collectors.states import FeedState
from collectors.timetable import Timetable, Turn
from wire.broker import BrokerAway
from wire.health import Health

log = logging.getLogger("collectors")

AT_ONCE = 256
"""Polls at once: as many as hang for half a minute when one feed in forty does, of ten thousand a minute."""
LONGEST_REST = 10.0
"""Seconds after which the loop turns though nothing is due: its health page counts on it."""
BROKER_PAUSE = 5.0
"""Seconds without new polls after the broker did not take an article."""
LONGEST_HOLD = 600.0
"""Seconds for which one feed's Retry-After holds the other feeds of its host."""

Strays = Callable[[Collection[str]], Awaitable[dict[str, FeedState]]]


async def _none(feeds: Collection[str]) -> dict[str, FeedState]:
    return {}


class Collector:
    """Polls its feeds for as long as it runs."""

    def __init__(
        self,
        feeds: Iterable[Feed],
        poller: Poller,
        *,
        assigned: Assignment = ALL,
        strays: Strays = _none,
        health: Health | None = None,
        timetable: Timetable | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Assemble; `strays` finds states that lie elsewhere, `jitter` the share of the longest delay."""
        self._feeds = {feed.id: feed for feed in feeds}
        self._poller = poller
        self._assigned = assigned
        self._strays = strays
        self._health = health or Health("collectors")
        self._timetable = timetable or Timetable()
        self._jitter = jitter
        self._wanted: dict[str, Feed] = {}
        self._polls: dict[asyncio.Task[None], Feed] = {}
        self._wake = asyncio.Event()
        self._paused_until = 0.0
        self._counts: Counter[str] = Counter()
        self._late: deque[float] = deque(maxlen=2000)
        self._figured = 0.0
        self._fault: BaseException | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set; raises what a poll raised that is nobody's fault but ours."""
        await self._settle()
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self._wake.set())
        try:
            while not stop.is_set():
                self._beat()
                self._start_due()
                await self._rest()
                if self._fault:
                    raise self._fault
        finally:
            stopping.cancel()
            await self._end(list(self._polls))

    async def read(self, feeds: Iterable[Feed]) -> None:
        """Poll these feeds from now on."""
        self._feeds = {feed.id: feed for feed in feeds}
        await self._settle()

    async def take(self, partitions: frozenset[int], of: int, states: dict[str, FeedState]) -> None:
        """Poll the feeds of these partitions as well, going on from `states`."""
        held = self._assigned.partitions if self._assigned.of == of else frozenset()
        self._poller.restore(states)
        self._assigned = Assignment(held | partitions, of)
        await self._settle()
        log.info("polling %d of %d feeds", len(self._wanted), len(self._feeds))

    async def give(self, partitions: frozenset[int]) -> None:
        """Stop polling the feeds of these partitions; return when nothing more of them will be published."""
        self._assigned = self._assigned._replace(partitions=self._assigned.partitions - partitions)
        await self._settle()

    def status(self) -> dict[str, int | float | str]:
        """Return figures for a health page."""
        failing = [name for name, feed in self._wanted.items() if self._poller.state(feed).failures]
        late = sorted(self._late)
        return {
            "feeds": len(self._wanted),
            "failing": " ".join(sorted(failing)),
            "polling": len(self._polls),
            "late_p99": round(late[int(len(late) * 0.99)], 3) if late else 0.0,
            "broker_away": int(time.monotonic() < self._paused_until),
            **self._counts,
        }

    async def _settle(self) -> None:
        """Begin the feeds that are wanted now and end those that are not."""
        wanted = {feed.id: feed for feed in owned(self._feeds.values(), self._assigned)}
        gone = [feed for name, feed in self._wanted.items() if wanted.get(name) != feed]
        for feed in gone:
            del self._wanted[feed.id]
            self._timetable.drop(feed.id)
        await self._end([poll for poll, feed in self._polls.items() if self._wanted.get(feed.id) != feed])
        for feed in gone:
            if feed.id not in wanted:
                self._poller.forget(feed.id)
        await self._find([feed.id for feed in wanted.values() if not self._poller.knows(feed)])
        for feed in wanted.values():
            if feed.id not in self._wanted and self._is_ours(feed):
                self._wanted[feed.id] = feed
                self._put(feed)
        self._wake.set()

    async def _find(self, feeds: Collection[str]) -> None:
        self._poller.restore(await self._strays(feeds))

    def _is_ours(self, feed: Feed) -> bool:
        """Return whether a feed is still to be polled: what is wanted may have changed while strays were sought."""
        held = partition_of(feed.host, self._assigned.of) in self._assigned.partitions
        return held and self._feeds.get(feed.id) == feed

    async def _end(self, polls: Collection[asyncio.Task[None]]) -> None:
        for poll in polls:
            poll.cancel()
        await asyncio.gather(*polls, return_exceptions=True)

    def _beat(self) -> None:
        self._health.beat()
        if time.monotonic() - self._figured >= 1.0:  # not every turn: it looks at every feed
            self._health.figures = self.status()
            self._figured = time.monotonic()

    def _start_due(self) -> None:
        now = time.time()
        while len(self._polls) < AT_ONCE and time.monotonic() >= self._paused_until:
            turn = self._timetable.take(now)
            if turn is None:
                return
            self._late.append(now - turn.due)
            poll = asyncio.create_task(self._poll(turn), name=f"poll {turn.feed.id}")
            self._polls[poll] = turn.feed
            poll.add_done_callback(self._ended)

    async def _rest(self) -> None:
        """Sleep until a feed is due, a poll has ended or somebody wakes us."""
        alarm = asyncio.get_running_loop().call_later(self._pause(), self._wake.set)
        await self._wake.wait()
        alarm.cancel()
        self._wake.clear()

    def _pause(self) -> float:
        pause = self._paused_until - time.monotonic()
        if len(self._polls) >= AT_ONCE or pause > 0:
            return min(pause, LONGEST_REST) if pause > 0 else LONGEST_REST
        at = self._timetable.next_at()
        return LONGEST_REST if at is None else min(LONGEST_REST, max(0.0, at - time.time()))

    def _ended(self, poll: asyncio.Task[Any]) -> None:
        del self._polls[poll]
        if not poll.cancelled() and (fault := poll.exception()):
            self._fault = fault
        self._wake.set()

    async def _poll(self, turn: Turn) -> None:
        feed = turn.feed
        try:
            polled = await self._poller.poll(feed)
            self._counts[polled.outcome.code] += 1
            self._counts["articles"] += polled.articles
        except NotOurs as error:
            log.warning("%s", error)
        except BrokerAway as error:
            if time.monotonic() >= self._paused_until:
                log.error("%s: nothing was remembered, asked again: %s", feed.id, error)
            self._paused_until = time.monotonic() + BROKER_PAUSE
            self._counts["broker-away"] += 1
        finally:
            self._timetable.done(feed, time.time(), self._hold(feed))
        if self._wanted.get(feed.id) == feed:
            self._put(feed)

    def _hold(self, feed: Feed) -> float:
        """Return until when a feed's whole host is left alone: in bounds, what it asks for one it asks for all."""
        until = self._poller.state(feed).hold_until
        return min(until.timestamp(), time.time() + LONGEST_HOLD) if until else 0.0

    @property
    def is_first(self) -> bool:
        """Return whether this one, of all collectors, speaks for them."""
        return 0 in self._assigned.partitions

    def _put(self, feed: Feed) -> None:
        due = next_poll(feed, self._poller.state(feed), datetime.now(UTC), self._jitter())
        self._timetable.put(feed, due.at.timestamp())
