"""Log lines of the Kafka clients: a line --said within the minute?--> held back, and counted on the next of its kind.

While the broker is away they say so several times a second, for as long as it is away.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable

CLIENTS = ("aiokafka", "faust", "mode", "kafka")
EVERY = 60.0


class Seldom(logging.Filter):
    """Lets each kind of a client's line pass once in so many seconds; what others log always passes."""

    def __init__(self, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._every, self._clock = every, clock
        self._said: dict[tuple[str, object], float] = {}
        self._held_back: Counter[tuple[str, object]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is to be written."""
        if record.name.partition(".")[0] not in CLIENTS or record.levelno >= logging.CRITICAL:
            return True
        kind, now = (record.name, record.msg), self._clock()
        if now - self._said.get(kind, -self._every) < self._every:
            self._held_back[kind] += 1
            return False
        self._said[kind] = now
        if held_back := self._held_back.pop(kind, 0):
            record.msg, record.args = f"{record.getMessage()} (and {held_back} like it)", None
        return True
