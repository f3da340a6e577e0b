"""How a feed stands, and why: FeedState, now -> Standing

    ok         its last poll went well
    degraded   it failed lately, but not for long; or it is quiet against its own rhythm
    failing    it has failed for so long that an operator hears of it
    dormant    it answers, and has brought nothing new for a month
    gone       its server says so, or it has been missing for a week; still asked once a day: nothing is dropped

Pure. What is trouble here becomes a notice (notices.py), once.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from collectors import rhythm
from collectors.states import FeedState
from wire.records import Reason

FAILING_AFTER = 3.0
"""Failures, weighted, after which an operator hears of a feed."""
GONE_CODES = ("status-404", "no-such-host")
GONE_AFTER = timedelta(days=7)


class Condition(StrEnum):
    """The closed set of ways in which a feed can stand."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILING = "failing"
    DORMANT = "dormant"
    GONE = "gone"


class Standing(NamedTuple):
    """How a feed stands and what says so."""

    condition: Condition
    reason: Reason
    is_trouble: bool = False


def standing(state: FeedState, now: datetime) -> Standing:
    """Judge a feed by what is remembered of it."""
    if state.polled_at is None:
        return Standing(Condition.OK, Reason(code="new", text="never polled"))
    if state.reason:
        return _failed(state, state.reason, now)
    if quiet := silence(state, now):
        return quiet
    if state.distrust:
        return Standing(Condition.OK, state.distrust)
    if state.moved:
        return Standing(Condition.OK, Reason(code="moved", text=f"has moved for good to {state.moved}"))
    return Standing(Condition.OK, Reason(code="answers", text="answers"))


def _failed(state: FeedState, reason: Reason, now: datetime) -> Standing:
    missing = reason.code in GONE_CODES and state.failing_since and now - state.failing_since >= GONE_AFTER
    if state.failures >= FAILING_AFTER and (reason.code == "status-410" or missing):
        return Standing(Condition.GONE, reason, is_trouble=True)
    if state.failures >= FAILING_AFTER:
        return Standing(Condition.FAILING, reason, is_trouble=True)
    return Standing(Condition.DEGRADED, reason)


def silence(state: FeedState, now: datetime) -> Standing | None:
    """Return how a feed stands that answers and brings nothing new, or None while that is usual."""
    if state.last_new is None:
        return None
    quiet = (now - state.last_new).total_seconds()
    since = f"{state.last_new:%Y-%m-%d %H:%M} UTC"
    if quiet >= rhythm.DORMANT_AFTER:
        text = f"has brought nothing new since {since}"
        return Standing(Condition.DORMANT, Reason(code="dormant", text=text), is_trouble=True)
    allowed = rhythm.patience(state.rhythm)
    if quiet >= allowed:
        text = f"has brought nothing new since {since}, longer than the {allowed / 3600:.0f} h that are usual at most"
        return Standing(Condition.DEGRADED, Reason(code="silent", text=text), is_trouble=True)
    return None
