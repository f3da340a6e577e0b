"""What is remembered of a feed survives, and is written only when it says something."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from collectors import states
from collectors.fetch import Validators
from collectors.states import FeedState, Known, packed, restore, worth_writing
from wire.broker import Message
from wire.records import NewerRecord, Reason, encode

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
KNOWN = Known("art-1", ("key-1", "key-2"), "hash", 1_762_000_000, True)
STATE = FeedState(feed="x", url="https://a.kz/", polled_at=NOW, etag='"1"', body="b", known=packed((KNOWN,)))


def message(key: str, value: bytes | None, offset: int = 0) -> Message:
    return Message("feed-states", 0, offset, key, value, 0)


def test_a_state_survives_the_wire() -> None:
    assert restore([message("x", encode(STATE))]) == {"x": STATE}


def test_the_newest_wins_whatever_its_place() -> None:
    older = msgspec.structs.replace(STATE, polled_at=NOW - timedelta(hours=1), body="old")
    assert restore([message("x", encode(STATE)), message("x", encode(older), 1)]) == {"x": STATE}
    assert restore([message("x", encode(older)), message("x", encode(STATE), 1)]) == {"x": STATE}


def test_a_deleted_state_is_gone_and_a_broken_one_costs_nothing_else() -> None:
    assert restore([message("x", encode(STATE)), message("x", None, 1), message("y", b"{broken", 2)]) == {}


def test_a_state_whose_entries_are_unreadable_counts_as_none() -> None:
    for known in (b'{"a":1}', b"[[1]]", b'"x"'):
        broken = msgspec.structs.replace(STATE, known=msgspec.Raw(known))
        assert restore([message("x", encode(broken))]) == {}


def test_a_state_of_a_later_version_stops_an_older_collector() -> None:
    raw = encode(STATE).replace(b"feed-state.v1", b"feed-state.v2")
    with pytest.raises(NewerRecord):
        restore([message("x", raw)])


def test_a_quiet_poll_is_not_worth_writing() -> None:
    quiet = states.polled(STATE, STATE.url, NOW + timedelta(minutes=5))
    assert not worth_writing(STATE, quiet)
    assert not worth_writing(STATE, states.read(quiet, Validators('"2"', "x"), "b", (KNOWN,)))
    assert worth_writing(STATE, states.read(quiet, Validators(), "c", (KNOWN,)))


def test_failures_add_up_and_are_forgotten_at_the_first_answer() -> None:
    reason = Reason(code="status-500", text="answered 500")
    once = states.failed(STATE, reason, NOW, None)
    twice = states.failed(once, reason, NOW + timedelta(hours=1), NOW + timedelta(hours=3))
    assert (once.failures, twice.failures, twice.failing_since, twice.entries) == (1, 2, NOW, (KNOWN,))
    assert twice.hold_until == NOW + timedelta(hours=3)
    assert worth_writing(STATE, once)
    well = states.polled(twice, STATE.url, NOW)
    assert (well.failures, well.reason, well.failing_since, well.hold_until) == (0, None, None, None)


def test_validators_belong_to_their_address() -> None:
    assert STATE.validators("https://a.kz/") == ('"1"', "")
    assert STATE.validators("https://b.kz/") == ("", "")


def test_only_a_feed_that_was_read_is_known() -> None:
    assert FeedState(feed="x").is_new
    assert states.failed(FeedState(feed="x"), Reason(code="x", text="x"), NOW, None).is_new
    assert not STATE.is_new
