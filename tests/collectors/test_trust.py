"""A server's validators are believed until they are caught lying."""

from datetime import UTC, datetime, timedelta
from typing import Any

from collectors.fetch import NONE, Validators
from collectors.states import FeedState
from collectors.trust import lie, validators
from wire.records import Reason

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
URL = "https://a.kz/"
HELD = Validators('"1"', "")


def state(**changes: Any) -> FeedState:
    return FeedState(feed="x", **{"url": URL, "etag": '"1"', "read_at": NOW, **changes})


def test_now_and_then_a_feed_is_asked_without() -> None:
    assert validators(state(), URL, NOW + timedelta(hours=5)) == HELD
    assert validators(state(), URL, NOW + timedelta(hours=6)) == NONE
    assert validators(state(), "https://b.kz/", NOW) == NONE


def test_a_liar_is_asked_without_for_a_week() -> None:
    caught = state(distrust=Reason(code="x", text="x"), distrusted_at=NOW, read_at=NOW + timedelta(days=7))
    assert validators(caught, URL, NOW + timedelta(days=6)) == NONE
    assert validators(caught, URL, NOW + timedelta(days=7)) == HELD


def test_only_the_same_validators_with_other_articles_are_a_lie() -> None:
    found = lie(state(), URL, NONE, HELD, 1)
    assert found
    assert found.code == "lying-validators"
    assert lie(state(), URL, HELD, HELD, 1) is None
    assert lie(state(), URL, NONE, Validators('"2"', ""), 1) is None
    assert lie(state(), URL, NONE, HELD, 0) is None
    assert lie(state(etag=""), URL, NONE, NONE, 1) is None
