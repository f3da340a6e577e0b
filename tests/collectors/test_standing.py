"""How a feed stands, and what operators hear of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collectors import states
from collectors.feeds import Feed
from collectors.notices import of_file, trouble
from collectors.rhythm import Rhythm
from collectors.standing import Condition, standing
from collectors.states import FeedState
from wire.files import Problem
from wire.records import NoticeState, Reason

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
FEED = Feed(id="x", url="https://a.kz/", language="kk", outlet="Ауыл", zone="UTC", interval=300)
HOURLY = Rhythm(pace=3600, longest=8 * 3600)


def reason(code: str) -> Reason:
    return Reason(code=code, text=f"says {code}")


def state(**changes: Any) -> FeedState:
    return FeedState(feed="x", **{"polled_at": NOW, "body": "b", "last_new": NOW, **changes})


def failing(code: str, failures: float, days: float = 0) -> FeedState:
    return state(reason=reason(code), failures=failures, failing_since=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("found", "condition", "code", "is_trouble"),
    [
        (FeedState(feed="x"), Condition.OK, "new", False),
        (state(), Condition.OK, "answers", False),
        (state(moved="https://b.kz/"), Condition.OK, "moved", False),
        (state(distrust=reason("lying-validators")), Condition.OK, "lying-validators", False),
        (failing("timed-out", 0.75), Condition.DEGRADED, "timed-out", False),
        (failing("status-500", 3), Condition.FAILING, "status-500", True),
        (failing("status-410", 3), Condition.GONE, "status-410", True),
        (failing("status-404", 12, days=6), Condition.FAILING, "status-404", True),
        (failing("status-404", 12, days=7), Condition.GONE, "status-404", True),
        (failing("no-such-host", 12, days=7), Condition.GONE, "no-such-host", True),
        (state(rhythm=HOURLY, last_new=NOW - timedelta(hours=23)), Condition.OK, "answers", False),
        (state(rhythm=HOURLY, last_new=NOW - timedelta(hours=24)), Condition.DEGRADED, "silent", True),
        (state(last_new=NOW - timedelta(days=6)), Condition.OK, "answers", False),
        (state(last_new=NOW - timedelta(days=7)), Condition.DEGRADED, "silent", True),
        (state(rhythm=HOURLY, last_new=NOW - timedelta(days=30)), Condition.DORMANT, "dormant", True),
    ],
)
def test_each_condition_has_its_reason(found: FeedState, condition: Condition, code: str, is_trouble: bool) -> None:
    judged = standing(found, NOW)
    assert (judged.condition, judged.reason.code, judged.is_trouble) == (condition, code, is_trouble)
    assert judged.reason.text


def test_silence_is_told_once_and_so_is_its_end() -> None:
    quiet = state(rhythm=HOURLY, last_new=NOW - timedelta(hours=25))
    notice = trouble(FEED, quiet)
    assert notice
    assert (notice.key, notice.state) == ("collectors/feed:x", NoticeState.FIRING)
    assert "longer than the 24 h" in notice.text
    assert trouble(FEED, state(rhythm=HOURLY, last_new=quiet.last_new, noticed=True)) is None
    back = trouble(FEED, state(rhythm=HOURLY, noticed=True))
    assert back
    assert back.state is NoticeState.RESOLVED
    assert trouble(FEED, state()) is None


def test_what_failed_and_then_falls_silent_is_not_told_twice() -> None:
    told = failing("status-500", 4)
    assert trouble(FEED, told)
    answers = states.polled(told, FEED.url, NOW + timedelta(days=8))
    assert trouble(FEED, states.msgspec.structs.replace(answers, noticed=True)) is None


def test_a_short_failure_in_between_does_not_end_a_trouble() -> None:
    assert trouble(FEED, states.msgspec.structs.replace(failing("timed-out", 0.75), noticed=True)) is None


def test_a_broken_feeds_file_says_where() -> None:
    notice = of_file([Problem(file="feeds.yaml", line=3, column=1, what="bad", mend="good")], NOW)
    assert notice.state is NoticeState.FIRING
    assert "feeds.yaml:3" in notice.details[0]
    assert of_file([], NOW).state is NoticeState.RESOLVED
    assert of_file([], NOW).key == notice.key
