"""When to poll next, and why: Feed, FeedState, now, jitter -> Due

Each rule asks for a wait and gives its Reason; the longest wait wins. Pure: time comes in as a value.
No poll is ever due sooner than the feed's floor, the back-off or the server asked for.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from collectors.feeds import Feed
from collectors.standing import Condition, standing
from collectors.states import FeedState
from wire.records import Reason

JITTER = 0.1
"""Largest share of the wait by which a poll is put off, so that feeds do not march in step."""
LONGEST_BACK_OFF = 6 * 3600.0
DAY = 86_400.0
DORMANT = 12.0
"""Intervals between polls of a feed that has been quiet for a month."""
QUICKEST, SLOWEST = 0.25, 3.0
"""How far an interval follows the feed's own rhythm, as shares of it; a feed of high priority is never slowed."""
LISTENED_TO = 4.0
"""Intervals for which a server's word that nothing will change is believed: many say an hour and mean nothing."""
POLLS_AN_ARTICLE = 2.0


class Due(NamedTuple):
    """The next poll's time and what set it."""

    at: datetime
    reason: Reason


class _Wait(NamedTuple):
    seconds: float
    code: str
    text: str


def next_poll(feed: Feed, state: FeedState, now: datetime, jitter: float) -> Due:
    """Decide the next poll; `jitter` is between 0 and 1."""
    if state.polled_at is None:
        return Due(now, Reason(code="new", text="never polled"))
    wait = max(_waits(feed, state, now), key=lambda each: each.seconds)
    at = state.polled_at + timedelta(seconds=wait.seconds * (1 + JITTER * jitter))
    if state.hold_until and state.hold_until > at:
        return Due(state.hold_until, Reason(code="retry-after", text="the server asked to be left alone until then"))
    return Due(at, Reason(code=wait.code, text=f"{wait.text}: every {_span(wait.seconds)}"))


def _waits(feed: Feed, state: FeedState, now: datetime) -> Iterator[_Wait]:
    yield _adapted(feed, state)
    if fresh := max(state.fresh_for, state.ttl):
        which = "server" if state.fresh_for >= state.ttl else "document"
        text = f"its {which} calls an answer good for {_span(fresh)}"
        yield _Wait(min(fresh, LISTENED_TO * feed.interval), "fresh-for", text)
    if state.failures:
        yield _Wait(back_off(feed.interval, state.failures), "back-off", "it failed lately")
    condition = standing(state, now).condition
    if condition is Condition.GONE:
        yield _Wait(max(DAY, feed.interval), "gone", "it is gone")
    elif condition is Condition.DORMANT:
        yield _Wait(DORMANT * feed.interval, "dormant", "it has been quiet for a month")


def _adapted(feed: Feed, state: FeedState) -> _Wait:
    """Return the feed's interval, drawn towards half the usual gap between its articles."""
    if not feed.adapt or state.rhythm is None:
        return _Wait(feed.interval, "interval", "its interval")
    slowest = 1.0 if feed.priority == "high" else SLOWEST
    wanted = state.rhythm.pace / POLLS_AN_ARTICLE
    seconds = max(feed.floor, min(max(wanted, QUICKEST * feed.interval), slowest * feed.interval))
    if seconds < feed.interval:
        return _Wait(seconds, "busy", f"a busy feed, an article every {_span(state.rhythm.pace)}")
    if seconds > feed.interval:
        return _Wait(seconds, "quiet", f"a quiet feed, an article every {_span(state.rhythm.pace)}")
    return _Wait(feed.interval, "interval", "its interval")


def back_off(interval: float, failures: float) -> float:
    """Return the seconds between polls of a feed that failed: doubled each time, never past the longest."""
    longest = max(interval, LONGEST_BACK_OFF)
    return min(longest, interval * 2 ** min(failures, 30.0))


def _span(seconds: float) -> str:
    for size, unit in ((86_400.0, "d"), (3600.0, "h"), (60.0, "min")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"
