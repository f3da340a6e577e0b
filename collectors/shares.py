"""Collectors share the feeds: partitions of feed-states --taken--> states restored --> polled --> given up

The group's member lives on a thread of its own; what it takes and loses it tells the collector on the loop,
and a loss waits until the polls in flight have ended. A process that slept longer than its session (a paused
machine) has lost everything without knowing: it publishes nothing more, and joins anew.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from typing import Protocol

from collectors.states import FeedState, restore
from wire.broker import BrokerAway, Message, Share, read_all
from wire.settings import Settings
from wire.topics import FEED_STATES

log = logging.getLogger("collectors")

GROUP = "collectors"
TURN = 0.2
HANDOVER = 5.0
"""Seconds that a loss waits for publishing that had begun: less than a session."""
SETTLED = 10.0
"""Seconds after which a member without partitions counts as ready: others have them all."""


class Taker(Protocol):
    """Who polls what is shared out."""

    async def take(self, partitions: frozenset[int], of: int, states: dict[str, FeedState]) -> None:
        """Poll the feeds of these partitions as well."""

    async def give(self, partitions: frozenset[int]) -> None:
        """Stop polling the feeds of these partitions; return when nothing more will be published."""


class _Slept(Exception):
    """This process stood still for longer than the group waits for a member."""


class Shares:
    """One collector's membership."""

    def __init__(self, settings: Settings, *, joined: Callable[[], None] = lambda: None) -> None:
        """Prepare; `joined` is called once the member knows what is its own."""
        self._settings = settings
        self._joined = joined
        self._taker: Taker | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False
        self._turned = time.monotonic()
        self._session = settings.session_timeout
        self._past: dict[int, list[Message]] = {}

    @property
    def current(self) -> bool:
        """Return whether this process may believe that what it held is still its own."""
        return time.monotonic() - self._turned < self._session

    async def run(self, stop: asyncio.Event, taker: Taker) -> None:
        """Be a member until `stop` is set, and tell `taker` what is ours; raises BrokerAway."""
        self._taker = taker
        self._loop = asyncio.get_running_loop()
        member = asyncio.create_task(asyncio.to_thread(self._live))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((member, stopping), return_when="FIRST_COMPLETED")
        finally:
            stopping.cancel()
            self._stopping = True
            await member

    async def strays(self, feeds: Collection[str]) -> dict[str, FeedState]:
        """Return the states of feeds whose host changed: they lie in a partition of their past."""
        if not feeds:
            return {}
        wanted = frozenset(feeds)

        def read() -> dict[str, FeedState]:
            return restore(each for each in read_all(self._settings, FEED_STATES) if each.key in wanted)

        return await asyncio.to_thread(read)

    def _live(self) -> None:
        while not self._stopping:
            share = Share(self._settings, GROUP, FEED_STATES, self._lost)
            self._session, self._turned = share.session, time.monotonic()
            try:
                self._be(share)
            except _Slept:
                log.warning("slept longer than %g s: what was held may be another's now; joins anew", self._session)
            finally:
                self._lost(frozenset(range(share.partitions)))
                with suppress(BrokerAway):
                    share.close()

    def _be(self, share: Share) -> None:
        """Take turns until the stop; raises _Slept."""
        began = time.monotonic()
        told = False
        while not self._stopping:
            turn = share.turn(TURN)
            self._tick()
            for message in turn.messages:
                self._past.setdefault(message.partition, []).append(message)
            if turn.read:
                self._take(turn.read, share.partitions)
            if not told and self._loop and (turn.read or time.monotonic() - began > SETTLED):
                told = True
                self._loop.call_soon_threadsafe(self._joined)

    def _tick(self) -> None:
        if not self.current:
            raise _Slept
        self._turned = time.monotonic()

    def _take(self, partitions: frozenset[int], of: int) -> None:
        states = restore(message for each in sorted(partitions) for message in self._past.pop(each, ()))
        if self._loop is None or self._taker is None:
            return
        taking = asyncio.run_coroutine_threadsafe(self._taker.take(partitions, of, states), self._loop)
        while True:
            self._tick()
            with suppress(Late):
                taking.result(TURN)
                return

    def _lost(self, partitions: frozenset[int]) -> None:
        for each in partitions:
            self._past.pop(each, None)
        if self._loop is None or self._taker is None:
            return
        giving = asyncio.run_coroutine_threadsafe(self._taker.give(partitions), self._loop)
        try:
            giving.result(min(HANDOVER, self._session / 2))
        except Late:
            log.warning("gives up partitions while the broker has not answered: one poll of theirs may be told twice")
