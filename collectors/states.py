"""What a collector remembers of a feed, as Kafka Connect remembers source offsets.

topic feed-states --restore--> FeedState --after a poll: unchanged | changed | failed--> FeedState --> topic

Written only after the articles it remembers were acknowledged, and only when it says something new.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

import msgspec

from collectors.fetch import Validators
from collectors.rhythm import Rhythm
from wire.broker import Message
from wire.records import Reason, Record, UndecodableRecord, decode

log = logging.getLogger("collectors")

MOST_KNOWN = 1_000
LEAST_KNOWN = 200
WEIGHTS = {"status-404": 1.5, "status-410": 3.0, "status-429": 0.5, "status-503": 0.5, "timed-out": 0.75}
"""How much a failure says about the next one; 1 for all others."""


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry that was published: found again by any of its keys."""

    id: str
    keys: tuple[str, ...]
    content: str
    first_seen: int  # seconds since 1970
    backlog: bool = False
    piece: str = ""  # the hash of its markup (pieces.py), by which it need not be read again


def packed(known: Iterable[Known]) -> msgspec.Raw:
    """Return entries as a state holds them: encoded, for as objects they take four times the room."""
    return msgspec.Raw(msgspec.json.encode(tuple(known)))


NOTHING = packed(())


class FeedState(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.feed-state.v1"):
    """One feed's past, as far as the next poll needs it."""

    feed: str
    url: str = ""  # another address, and the validators are worth nothing
    polled_at: datetime | None = None
    last_new: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body: str = ""  # hash of the last body that was read to its end
    known: msgspec.Raw = NOTHING  # of Known
    failures: float = 0.0  # weighted; 0: the last poll went well
    failing_since: datetime | None = None
    reason: Reason | None = None  # of the last failure
    hold_until: datetime | None = None  # the server asked to be left alone
    moved: str | None = None
    noticed: bool = False  # an operator was told of the trouble
    rhythm: Rhythm | None = None
    fresh_for: float = 0.0  # seconds for which the server calls its last answer good
    ttl: float = 0.0  # seconds for which its document calls itself good
    read_at: datetime | None = None  # when a whole document last came
    distrust: Reason | None = None  # why its validators are not believed
    distrusted_at: datetime | None = None
    took: float = 0.0  # seconds of the last poll's fetch

    @property
    def entries(self) -> tuple[Known, ...]:
        """Return the entries that were published."""
        return msgspec.json.decode(self.known, type=tuple[Known, ...])

    @property
    def is_new(self) -> bool:
        """Return whether the feed was never read: what it shows may be old."""
        return not self.body

    def validators(self, url: str) -> Validators:
        """Return what to ask with, if they were given by this very address."""
        return Validators(self.etag, self.last_modified) if url == self.url else Validators()


def polled(
    state: FeedState, url: str, now: datetime, *, moved: str | None = None, fresh_for: float = 0.0, took: float = 0.0
) -> FeedState:
    """Return the state after a poll that went well, whatever it found."""
    changes = {"url": url, "polled_at": now, "failures": 0.0, "failing_since": None, "reason": None}
    return msgspec.structs.replace(state, **changes, hold_until=None, moved=moved, fresh_for=fresh_for, took=took)


def read(
    state: FeedState,
    validators: Validators,
    body: str,
    known: Iterable[Known] | None = None,
    ttl: float | None = None,
) -> FeedState:
    """Return the state after a whole document came; what is not given stays as it was."""
    return msgspec.structs.replace(
        state,
        etag=validators.etag,
        last_modified=validators.last_modified,
        body=body,
        known=state.known if known is None else packed(known),
        ttl=state.ttl if ttl is None else ttl,
        read_at=state.polled_at,
    )


def distrusted(state: FeedState, reason: Reason) -> FeedState:
    """Return the state of a feed whose validators were caught lying."""
    return msgspec.structs.replace(state, distrust=reason, distrusted_at=state.polled_at)


def failed(state: FeedState, reason: Reason, now: datetime, hold_until: datetime | None) -> FeedState:
    """Return the state after a poll that failed: all that was known stays."""
    return msgspec.structs.replace(
        state,
        polled_at=now,
        failures=state.failures + weight(reason),
        failing_since=state.failing_since or now,
        reason=reason,
        hold_until=hold_until,
    )


def bounded(shown: Iterable[Known], before: Iterable[Known]) -> tuple[Known, ...]:
    """Return what is shown now, and of what was shown before as much as there is room for, to be read if it returns."""
    kept = {known.id: known for known in shown}
    room = min(MOST_KNOWN, max(LEAST_KNOWN, 2 * len(kept)))
    for known in before:
        if len(kept) >= room:
            break
        if known.id not in kept:
            kept[known.id] = msgspec.structs.replace(known, piece="")
    return tuple(kept.values())


def weight(reason: Reason) -> float:
    """Return how heavily a failure counts."""
    return WEIGHTS.get(reason.code, 1.0)


def worth_writing(old: FeedState, new: FeedState) -> bool:
    """Return whether a restarted collector would act differently: a newer clock or validator alone is not it."""
    return _essence(old) != _essence(new)


def _essence(state: FeedState) -> FeedState:
    return msgspec.structs.replace(
        state, polled_at=None, etag="", last_modified="", fresh_for=0.0, read_at=None, took=0.0
    )


def restore(messages: Iterable[Message]) -> dict[str, FeedState]:
    """Return the newest state of each feed; what does not decode is said and forgotten."""
    states: dict[str, FeedState] = {}
    for message in messages:
        if message.value is None:
            states.pop(message.key, None)
            continue
        try:
            state = decode(FeedState, message.value)
            len(state.entries)  # they lie undecoded from here on, and a poll must not be the first to look
        except (UndecodableRecord, msgspec.MsgspecError) as error:
            log.warning("state of feed %s is unreadable, the feed counts as new: %s", message.key, error)
            continue
        states[message.key] = newer(states.get(message.key), state)
    return states


def newer(one: FeedState | None, other: FeedState) -> FeedState:
    """Return the state of the later poll; of two alike the second, which was written later."""
    return one if one and _polled(one) > _polled(other) else other


def _polled(state: FeedState) -> float:
    return state.polled_at.timestamp() if state.polled_at else 0.0
