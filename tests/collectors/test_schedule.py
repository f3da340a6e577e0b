"""When to poll next: never sooner than asked."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collectors.schedule import LONGEST_BACK_OFF, back_off, is_trouble, next_poll, weight
from collectors.states import FeedState
from wire.records import Reason

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
TIMES = st.none() | st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))


@given(TIMES, TIMES, st.floats(0, 1e6), st.floats(0.2, 604_800), st.floats(0, 1))
def test_no_poll_is_sooner_than_asked(
    polled: datetime | None, hold: datetime | None, failures: float, interval: float, jitter: float
) -> None:
    state = FeedState(feed="x", polled_at=polled, hold_until=hold, failures=failures)
    due = next_poll(interval, state, NOW, jitter)
    assert due.reason.text
    if polled is None:
        assert due.at == NOW
        return
    assert due.at >= polled + timedelta(seconds=interval) - timedelta(microseconds=1)
    assert hold is None or due.at >= hold
    if hold is None:
        assert due.at <= polled + timedelta(seconds=max(interval, LONGEST_BACK_OFF) * 1.1 + 1)


def test_each_decision_has_its_reason() -> None:
    def reason(**state: object) -> str:
        return next_poll(60, FeedState(feed="x", **state), NOW, 0).reason.code  # type: ignore[arg-type]

    assert reason() == "new"
    assert reason(polled_at=NOW) == "interval"
    assert reason(polled_at=NOW, failures=1) == "back-off"
    assert reason(polled_at=NOW, hold_until=NOW + timedelta(hours=1)) == "retry-after"


def test_failures_double_the_wait_up_to_a_bound() -> None:
    assert [back_off(60, failures) for failures in (0, 1, 2, 3)] == [60, 120, 240, 480]
    assert back_off(60, 1e9) == LONGEST_BACK_OFF
    assert back_off(86_400, 5) == 86_400


def test_a_feed_that_is_gone_is_trouble_sooner_than_one_that_is_busy() -> None:
    gone, busy = Reason(code="status-410", text=""), Reason(code="status-429", text="")
    assert is_trouble(weight(gone))
    assert not is_trouble(4 * weight(busy))
