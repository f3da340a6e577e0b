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


class _Host:
    def __init__(self) -> None:
        self.busy = 0
        self.free_at = 0.0
        self.waiting: deque[Feed] = deque()


class Timetable:
    """Feeds waiting for their time and for their host."""

    def __init__(self, manners: Manners = POLITE) -> None:
        self._manners = manners
        self._due: list[tuple[float, int, Feed]] = []
        self._count = 0
        self._hosts: dict[str, _Host] = {}

    def put(self, feed: Feed, at: float) -> None:
        """Have `feed` taken at `at`, or as soon after as its host allows."""
        self._count += 1
        heapq.heappush(self._due, (at, self._count, feed))

    def next_at(self) -> float | None:
        """Return when `take` may give something; feeds at a busy host come with `done`."""
        return self._due[0][0] if self._due else None

    def take(self, now: float) -> Feed | None:
        """Return a feed that is due and whose host is free, and count it as being asked."""
        while self._due and self._due[0][0] <= now:
            feed = heapq.heappop(self._due)[2]
            host = self._hosts.setdefault(feed.host, _Host())
            if host.busy >= self._manners.concurrency:
                host.waiting.append(feed)
            elif host.free_at > now:
                self.put(feed, host.free_at)
            else:
                host.busy += 1
                host.free_at = now + self._spacing(feed)
                return feed
        return None

    def done(self, feed: Feed, now: float) -> None:
        """Count `feed` as answered: the next in line at its host may go."""
        host = self._hosts[feed.host]
        host.busy -= 1
        if host.waiting:
            self.put(host.waiting.popleft(), max(now, host.free_at))

    def _spacing(self, feed: Feed) -> float:
        return 0.0 if feed.allow_private else self._manners.spacing  # one's own machine needs no manners
