"""Our own limits, kept before a service has to refuse us: Rate -> Bucket -> seconds to wait.

Apprise does not slow down for Telegram at all (DESIGN 7).
"""

import re
import threading
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

_SPANS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


class Rate(NamedTuple):
    """So many messages in so many seconds."""

    most: int
    seconds: float


CHAT = Rate(1, 1.0)
GROUP = Rate(18, 60.0)  # Telegram takes 20 a minute in a group
BOT = Rate(25, 1.0)  # and 30 a second of a bot
WEBHOOK = Rate(1, 1.0)


def parse_rate(text: str) -> Rate:
    """Return the rate in words such as `18/min`.

    Raises ValueError with a sentence.
    """
    found = re.fullmatch(r"([1-9]\d{0,5})/(s|min|h)", text.strip())
    if not found:
        raise ValueError(f"{text!r} is no rate")
    return Rate(int(found[1]), _SPANS[found[2]])


@lru_cache(256)  # each look at what waits asks for the same few
def parse_span(text: str) -> float:
    """Return the seconds of a length of time in words such as `20s`, `10min`, `2h`, `3d`.

    Raises ValueError with a sentence.
    """
    found = re.fullmatch(r"(\d{1,6}) ?(s|min|h|d)", text.strip())
    if not found:
        raise ValueError(f"{text!r} is no length of time")
    return int(found[1]) * _SPANS[found[2]]


class Bucket:
    """Tokens that come back evenly; a small burst may go at once."""

    def __init__(self, rate: Rate, *, scale: float = 1.0) -> None:
        """Admit `rate`; `scale` shortens (below 1) or lengthens its span, for tests."""
        self._every = rate.seconds * scale / rate.most
        self._burst = max(1, min(rate.most // 10, 5))
        self._free_at = float("-inf")  # when the last token that was given will be earned
        self._lock = threading.Lock()

    def wait(self, now: float) -> float:
        """Return how many seconds from `now` a token is there."""
        with self._lock:
            return max(0.0, self._free_at - (self._burst - 1) * self._every - now)

    def take(self, now: float) -> None:
        """Use a token."""
        with self._lock:
            self._free_at = max(self._free_at, now) + self._every

    def answered(self, now: float) -> None:
        """Count from the answer on: a service counts arrivals, and two tokens apart may arrive closer together.

        Without this a loaded machine met 2,032 refusals in 7,600 messages (`make bench-deliver`).
        """
        with self._lock:
            if self._burst == 1:
                self._free_at = max(self._free_at, now + self._every)


def turn_in(buckets: Iterable[Bucket], now: float) -> float:
    """Return how many seconds from `now` there is a token of every bucket."""
    return max((bucket.wait(now) for bucket in buckets), default=0.0)


def take_turn(buckets: Collection[Bucket], now: float) -> float:
    """Take a token of every bucket and return 0, or return how long to wait and take none."""
    if (wait := turn_in(buckets, now)) > 0:
        return wait
    for bucket in buckets:
        bucket.take(now)
    return 0.0
