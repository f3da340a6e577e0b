"""Whose turn it is: feeds by due time, hosts by their manners.

put -> heap --due--> host free? -> take   (else it waits at its host)   done -> the host's next in line

Plain and without a clock: times are seconds and come in as values.
"""

import heapq
from collections import deque
from typing import NamedTuple

from collectors.feeds import Feed

CONCURRENCY = 2
SPACING = 1.0


class Manners(NamedTuple):
    """How a host is treated: requests at once, and seconds between the beginnings of two."""

    concurrency: int = CONCURRENCY
    spacing: float = SPACING


POLITE = Manners()


class Turn(NamedTuple):
    """A feed whose time has come, and since when."""

    feed: Feed
    due: float


class _Place(NamedTuple):
    """A feed's place in the heap; `number` tells it from one that was dropped."""

    at: float
    number: int
    feed: Feed
    due: float


class _Host:
    def __init__(self) -> None:
        self.busy = 0
        self.free_at = 0.0
        self.waiting: deque[_Place] = deque()


class Timetable:
    """Feeds waiting for their time and for their host."""

    def __init__(self, manners: Manners = POLITE) -> None:
        self._manners = manners
        self._heap: list[_Place] = []
        self._count = 0
        self._places: dict[str, int] = {}  # of each feed, the number of the place that counts
        self._hosts: dict[str, _Host] = {}

    def put(self, feed: Feed, at: float) -> None:
        """Have `feed` taken at `at`, or as soon after as its host allows; its earlier place counts no more."""
        self._put(feed, at, at)

    def drop(self, feed: str) -> None:
        """Have a feed taken no more."""
        self._places.pop(feed, None)

    def next_at(self) -> float | None:
        """Return when `take` may give something; feeds at a busy host come with `done`."""
        return self._heap[0].at if self._heap else None

    def take(self, now: float) -> Turn | None:
        """Return a feed that is due and whose host is free, and count it as being asked."""
        while self._heap and self._heap[0].at <= now:
            place = heapq.heappop(self._heap)
            if not self._counts(place):
                continue
            host = self._hosts.setdefault(place.feed.host, _Host())
            if host.busy >= self._manners.concurrency:
                host.waiting.append(place)
            elif host.free_at > now:
                self._put(place.feed, host.free_at, place.due)
            else:
                del self._places[place.feed.id]
                host.busy += 1
                host.free_at = max(host.free_at, now + self._spacing(place.feed))
                return Turn(place.feed, place.due)
        return None

    def done(self, feed: Feed, now: float, hold_until: float = 0.0) -> None:
        """Count `feed` as answered: the next in line at its host may go, after what the host asked for."""
        host = self._hosts[feed.host]
        host.busy -= 1
        host.free_at = max(host.free_at, hold_until)
        while host.waiting:
            place = host.waiting.popleft()
            if self._counts(place):
                self._put(place.feed, max(now, host.free_at), place.due)
                return
        if not host.busy and host.free_at <= now:  # nothing to remember of it
            del self._hosts[feed.host]

    def _put(self, feed: Feed, at: float, due: float) -> None:
        self._count += 1
        self._places[feed.id] = self._count
        heapq.heappush(self._heap, _Place(at, self._count, feed, due))

    def _counts(self, place: _Place) -> bool:
        return self._places.get(place.feed.id) == place.number

    def _spacing(self, feed: Feed) -> float:
        return 0.0 if feed.allow_private else self._manners.spacing  # one's own machine needs no manners
