"""What operators should hear: Feed, FeedState -> Notice, once when trouble begins and once when it ends."""

from collections.abc import Sequence
from datetime import datetime

from collectors.feeds import Feed
from collectors.standing import standing
from collectors.states import FeedState
from wire.files import Problem
from wire.records import Notice, NoticeState

SOURCE = "collectors"
MOST_DETAILS = 20


def trouble(feed: Feed, state: FeedState) -> Notice | None:
    """Return what is to be said of a feed after a poll; None when it was said, or there is nothing."""
    if state.polled_at is None:
        return None
    found = standing(state, state.polled_at)
    name = f"Feed {feed.id} ({feed.outlet})"
    if found.is_trouble and not state.noticed:
        since = f" since {state.failing_since:%Y-%m-%d %H:%M} UTC" if state.failing_since else ""
        said = f"has failed{since}: {found.reason.text}" if state.reason else found.reason.text
        return _of_feed(feed, NoticeState.FIRING, f"{name} {said}.", state.polled_at, (feed.url, found.reason.code))
    if state.noticed and not found.is_trouble and not state.failures:
        return _of_feed(feed, NoticeState.RESOLVED, f"{name} is well again.", state.polled_at, (feed.url,))
    return None


def of_file(problems: Sequence[Problem], at: datetime) -> Notice:
    """Return what is to be said of feeds.yaml after it changed: its problems, or that it is well again."""
    text = (
        "feeds.yaml is read again." if not problems else "feeds.yaml has faults; the feeds read before stay in force."
    )
    return Notice(
        source=SOURCE,
        subject="feeds.yaml",
        state=NoticeState.FIRING if problems else NoticeState.RESOLVED,
        text=text,
        at=at,
        details=tuple(str(problem) for problem in problems[:MOST_DETAILS]),
    )


def _of_feed(feed: Feed, state: NoticeState, text: str, at: datetime, details: tuple[str, ...]) -> Notice:
    return Notice(source=SOURCE, subject=f"feed:{feed.id}", state=state, text=text, at=at, details=details)
