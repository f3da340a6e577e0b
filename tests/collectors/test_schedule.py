"""When to poll next: never sooner than asked, and always with its reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from collectors.feeds import SHORTEST, Feed, Priority
from collectors.rhythm import Rhythm
from collectors.schedule import JITTER, LISTENED_TO, LONGEST_BACK_OFF, back_off, next_poll
from collectors.states import FeedState
from wire.records import Reason

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
TIMES = st.none() | st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
SECONDS = st.floats(0, 1e6)
RHYTHMS = st.none() | st.builds(Rhythm, pace=SECONDS, longest=SECONDS)
PRIORITIES: st.SearchStrategy[Priority] = st.sampled_from(("high", "normal", "low"))
FAILURE = Reason(code="status-500", text="answered 500")


def feed(interval: float = 300, **changes: Any) -> Feed:
    return Feed(id="x", url="https://a.kz/", language="kk", outlet="x", zone="UTC", interval=interval, **changes)


STATES = st.builds(
    FeedState,
    feed=st.just("x"),
    polled_at=TIMES,
    hold_until=TIMES,
    failures=st.just(0.0) | st.floats(0.5, 1e3),
    rhythm=RHYTHMS,
    fresh_for=SECONDS,
)


@given(STATES, st.floats(30, 604_800), st.floats(0, 1), PRIORITIES)
def test_no_poll_is_sooner_than_asked(state: FeedState, interval: float, jitter: float, priority: Priority) -> None:
    due = next_poll(feed(interval, priority=priority), state, NOW, jitter)
    assert due.reason.text
    if state.polled_at is None:
        assert due.at == NOW
        return
    waited = (due.at - state.polled_at).total_seconds() + 1e-5
    assert waited >= SHORTEST
    assert waited >= min(state.fresh_for, LISTENED_TO * interval)
    assert not state.failures or waited >= back_off(interval, state.failures)
    assert state.hold_until is None or due.at >= state.hold_until
    if state.hold_until is None:
        assert waited <= max(LISTENED_TO * interval, LONGEST_BACK_OFF) * (1 + JITTER) + 1


def test_each_decision_has_its_reason() -> None:
    def code(asked: Feed | None = None, **state: Any) -> str:
        return next_poll(asked or feed(), FeedState(feed="x", **state), NOW, 0).reason.code

    busy, quiet = Rhythm(pace=60, longest=3600), Rhythm(pace=86_400, longest=172_800)
    failing = {"failures": 3, "reason": FAILURE, "failing_since": NOW - timedelta(days=8)}
    assert code() == "new"
    assert code(polled_at=NOW) == "interval"
    assert code(polled_at=NOW, failures=1, reason=FAILURE) == "back-off"
    assert code(polled_at=NOW, hold_until=NOW + timedelta(hours=1)) == "retry-after"
    assert code(polled_at=NOW, rhythm=busy) == "busy"
    assert code(polled_at=NOW, rhythm=quiet) == "quiet"
    assert code(feed(adapt=False), polled_at=NOW, rhythm=quiet) == "interval"
    assert code(feed(priority="high"), polled_at=NOW, rhythm=quiet) == "interval"
    assert code(polled_at=NOW, fresh_for=600) == "fresh-for"
    assert code(polled_at=NOW, ttl=600) == "fresh-for"
    assert code(polled_at=NOW, fresh_for=60) == "interval"
    assert code(polled_at=NOW, last_new=NOW - timedelta(days=31)) == "dormant"
    assert code(polled_at=NOW, **{**failing, "reason": Reason(code="status-404", text="")}) == "gone"


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_the_busier_feed_is_asked_at_least_as_often(one: float, other: float) -> None:
    def wait(pace: float) -> timedelta:
        state = FeedState(feed="x", polled_at=NOW, rhythm=Rhythm(pace=pace, longest=pace))
        return next_poll(feed(), state, NOW, 0).at - NOW

    assert wait(min(one, other)) <= wait(max(one, other))


def test_failures_double_the_wait_up_to_a_bound() -> None:
    assert [back_off(60, failures) for failures in (0, 1, 2, 3)] == [60, 120, 240, 480]
    assert back_off(60, 0.5) < back_off(60, 1)
    assert back_off(60, 1e9) == LONGEST_BACK_OFF
    assert back_off(86_400, 5) == 86_400
