"""Messages that wait for their turn: Faust's stream -> waiting, at most so many -> one turn: each key at most once.

One round trip to the broker for every article was most of what an article cost. So a worker takes together what
waits already, up to the first message whose key has been taken: of two with one key the later must see the rows that
the earlier left. The order within a partition stays.
"""

import asyncio
from collections import deque
from typing import Any, Final

MOST: Final = 64
MOST_BYTES: Final = 256 * 1024
"""What waits is finished before a rebalance goes on, and a text takes about a millisecond a kilobyte."""


class Waiting:
    """The events of one agent that were handed over and not yet taken."""

    def __init__(self) -> None:
        self._events: deque[Any] = deque()
        self._bytes = 0
        self._some, self._room = asyncio.Event(), asyncio.Event()

    async def put(self, event: Any) -> None:
        """Let an event wait, as soon as there is room."""
        while len(self._events) >= MOST or self._bytes >= MOST_BYTES:
            self._room.clear()
            await self._room.wait()
        self._events.append(event)
        self._bytes += _size(event)
        self._some.set()

    async def turn(self) -> list[Any]:
        """Take what waits, in its order, up to the first whose key has been taken; wait for one at least."""
        while not self._events:
            self._some.clear()
            await self._some.wait()
        taken: dict[tuple[int, bytes], Any] = {}
        while self._events and (key := _key(self._events[0])) not in taken:
            taken[key] = event = self._events.popleft()
            self._bytes -= _size(event)
        self._room.set()
        return list(taken.values())


def _key(event: Any) -> tuple[int, bytes]:
    return event.message.partition, event.message.key


def _size(event: Any) -> int:
    return len(event.message.value or b"")
