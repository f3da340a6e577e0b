"""Two rule sets that take turns for longer than a minute are told; a change of rules, or one taken back, is not."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from streams.rules.accord import AGREED_AFTER, Accord
from wire.records import Notice, NoticeState

START = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def told(reports: Iterable[tuple[float, str]], late: float = 0.0) -> list[Notice]:
    """Return the notices of reports, each with its second and its rule set."""
    accord = Accord()
    heard = []
    for second, rule_set in reports:
        now = START + timedelta(seconds=second)
        heard.append(accord.heard(rule_set, now - timedelta(seconds=late), now))
    return [each for each in heard if each]


def test_workers_that_differ_for_longer_than_a_minute_are_told_once() -> None:
    (notice,) = told((second * 10, "ab"[second % 2]) for second in range(60))
    assert (notice.state, notice.key) == (NoticeState.FIRING, "streams/rule-sets")
    assert notice.details == ("a", "b")
    assert "config/rules" in notice.text


def test_within_a_minute_nothing_is_told() -> None:
    assert told((second, "ab"[second % 2]) for second in range(60)) == []


def test_a_change_of_rules_is_followed_within_seconds_and_may_be_taken_back() -> None:
    changed = [*((second, "a") for second in range(100)), (100, "b"), (101, "a"), (102, "b"), (103, "a")]
    settled = [(second, "b") for second in range(104, 300)]
    back = [(second, "a") for second in range(300, 500)]
    assert told([*changed, *settled]) == []
    assert told([*((each, "a") for each in range(100)), *settled, *back]) == []


def test_they_agree_again_after_a_while() -> None:
    apart = [(second * 10, "ab"[second % 2]) for second in range(30)]
    agreed = [(400 + second, "b") for second in range(AGREED_AFTER + 1)]
    assert [each.state for each in told([*apart, *agreed])] == [NoticeState.FIRING, NoticeState.RESOLVED]


def test_a_backlog_tells_nothing() -> None:
    assert told(((second * 10, "ab"[second % 2]) for second in range(60)), late=3_600) == []


@given(st.lists(st.tuples(st.floats(0, 1e5), st.sampled_from("abc")), max_size=60))
def test_firing_and_resolved_take_turns_for_one_rule_set_none(reports: list[tuple[float, str]]) -> None:
    assert told([(second, "a") for second, _ in sorted(reports)]) == []
    assert all(each.key == "streams/rule-sets" for each in told(sorted(reports)))
