"""When to poll next, and why: (interval, state, jitter) -> Due

Pure: time comes in as a value. No poll is ever due sooner than the interval, the back-off or the
server asked for.
"""

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from wire.records import Reason

JITTER = 0.1
"""Largest share of the interval by which a poll is put off, so that feeds do not march in step."""
LONGEST_BACK_OFF = 6 * 3600.0
NOTICE_AFTER = 3.0
"""Failures, weighted, after which an operator hears of a feed."""

WEIGHTS = {"status-404": 1.5, "status-410": 3.0, "status-429": 0.5, "status-503": 0.5, "timed-out": 0.75}
"""How much a failure says about the next one; 1 for all others."""


class Due(NamedTuple):
    """The next poll's time and what set it."""

    at: datetime
    reason: Reason


class Past(Protocol):
    """What the schedule needs of a feed's state."""

    @property
    def polled_at(self) -> datetime | None: ...
    @property
    def failures(self) -> float: ...
    @property
    def hold_until(self) -> datetime | None: ...


def next_poll(interval: float, past: Past, now: datetime, jitter: float) -> Due:
    """Decide the next poll; `interval` in seconds, `jitter` between 0 and 1."""
    if past.polled_at is None:
        return Due(now, Reason(code="new", text="never polled"))
    wait = back_off(interval, past.failures)
    code, text = ("back-off", f"failed lately, waits {wait:.0f} s") if past.failures else ("interval", "its interval")
    at = past.polled_at + timedelta(seconds=wait * (1 + JITTER * jitter))
    if past.hold_until and past.hold_until > at:
        return Due(past.hold_until, Reason(code="retry-after", text="the server asked to be left alone until then"))
    return Due(at, Reason(code=code, text=text))


def back_off(interval: float, failures: float) -> float:
    """Return the seconds between polls of a feed that failed: doubled each time, never past the longest."""
    longest = max(interval, LONGEST_BACK_OFF)
    return min(longest, interval * 2 ** min(failures, 30.0))


def weight(reason: Reason) -> float:
    """Return how heavily a failure counts."""
    return float(WEIGHTS.get(reason.code, 1.0))


def is_trouble(failures: float) -> bool:
    """Return whether failures are many enough to be told."""
    return failures >= NOTICE_AFTER
