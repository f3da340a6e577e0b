"""Whether a feed's validators are believed: FeedState, now -> what to ask with; answer -> the proof

A feed that keeps its ETag after changing hides its news behind 304. So now and then it is asked without:
when the same validators come back with other articles, they lie, and are left out for a week.
"""

from datetime import datetime, timedelta

from collectors.fetch import NONE, Validators
from collectors.states import FeedState
from wire.records import Reason

PROVED_EVERY = timedelta(hours=6)
DISTRUSTED_FOR = timedelta(days=7)


def validators(state: FeedState, url: str, now: datetime) -> Validators:
    """Return what to ask with; nothing while they are distrusted or due for a proof."""
    held = state.validators(url)
    if state.distrust and state.distrusted_at and now - state.distrusted_at < DISTRUSTED_FOR:
        return NONE
    if state.read_at is None or now - state.read_at >= PROVED_EVERY:
        return NONE
    return held


def lie(before: FeedState, url: str, asked: Validators, answered: Validators, articles: int) -> Reason | None:
    """Return why the validators are not to be believed: they stayed while the articles changed."""
    held = before.validators(url)
    if any(asked) or not any(held) or held != answered or not articles:
        return None
    which = "ETag" if held.etag else "Last-Modified"
    return Reason(code="lying-validators", text=f"its {which} stayed while its articles changed: asked without it")
