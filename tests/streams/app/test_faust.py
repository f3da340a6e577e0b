"""What we know of Faust 0.15.3 and correct: when it changes, somebody must look again."""

import hashlib
import inspect

import faust
import pytest
from faust.tables.base import Collection
from faust.transport.consumer import Consumer

KNOWN = "0.15.3"
LOOKED_AT = {
    Consumer._drain_messages: "the loop that streams/app/consumer.py replaces: it counts as read what it lost",
    Consumer.getmany: "yields nothing of an earlier generation, and ends when the flow is suspended",
    Consumer.perform_seek: "sets the position back to the committed offset, and with it what is due next",
    Consumer._add_gap: "a hole that needs no acknowledgement",
    Collection.send_changelog: "the send whose future streams/app/tables.py keeps",
}


def test_this_is_the_faust_that_was_looked_at() -> None:
    assert faust.__version__ == KNOWN, (
        "read streams/app/consumer.py against the new version, then run tests/streams/app/test_rebalance.py"
    )


@pytest.mark.parametrize("function", LOOKED_AT, ids=lambda function: function.__qualname__)
def test_the_code_we_lean_on_is_as_it_was(function: object) -> None:
    source = inspect.getsource(function)  # type: ignore[arg-type]
    digest = hashlib.blake2b(source.encode(), digest_size=8).hexdigest()
    assert digest == DIGESTS[function.__qualname__], f"changed: {LOOKED_AT[function]}"  # type: ignore[attr-defined, index]


def test_faust_still_counts_as_read_what_a_rebalance_interrupted() -> None:
    """The fault itself: the position is set whatever `wait_first` says of the hand-over."""
    lines = [line.strip() for line in inspect.getsource(Consumer._drain_messages).splitlines()]
    hand_over = lines.index("await self.wait_first(")
    assert lines[hand_over + 3] == "set_read_offset(tp, offset)"


DIGESTS = {
    "Consumer._drain_messages": "51f5d28b77953a29",
    "Consumer.getmany": "b3651b6ff09e9d5b",
    "Consumer.perform_seek": "907234e153925494",
    "Consumer._add_gap": "aefbeffed7113380",
    "Collection.send_changelog": "67d0edf06e0bd718",
}
