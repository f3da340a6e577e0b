"""What we know of Faust 0.15.3 and correct: when it changes, somebody must look again."""

import hashlib
import inspect

import faust
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder, MessageBatch
from faust.app.base import App
from faust.streams import Stream
from faust.tables.base import Collection
from faust.tables.recovery import Recovery
from faust.topics import Topic
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from mode.utils.queues import FlowControlEvent

KNOWN = "0.15.3"
LOOKED_AT = {
    Consumer._drain_messages: "the loop that streams/app/consumer.py replaces: it counts as read what it lost",
    Consumer.getmany: "yields nothing of an earlier generation, and ends when the flow is suspended",
    Consumer.perform_seek: "sets the position back to the committed offset, and with it what is due next",
    Consumer._new_offset: "lets one message be missing before the first that is done: ours does not",
    Stream._py_aiter: "acknowledges what it skips at a rebalance (the compiled one does not): ack of ours refuses",
    FlowControlEvent.resume: "clears the queues, with what was handed over before a rebalance ended",
    AIOKafkaConsumer.seek_to_committed: "seeks nowhere where nothing was committed: perform_seek of ours does",
    ThreadDelegateConsumer._getmany: "what a fetch brought; ours notes it, to fetch again what is not handed over",
    AIOKafkaConsumerThread._create_worker_consumer: "has the client wait 1.5 s for messages: ours waits less",
    AIOKafkaConsumerThread._seek_wait: "sets what is due next, too",
    Consumer._add_gap: "a hole that needs no acknowledgement",
    AIOKafkaProducer.send_batch: "its future is the batch's first record: streams/app/outgoing.py counts on from there",
    BatchBuilder.append: "takes the first message however long it is, and says None when the next does not fit",
    MessageBatch.done: "tells a batch's future its first offset",
    Collection.apply_changelog_batch: "what recovery calls with what it read: streams/app/tables.py takes it",
    Collection.on_rebalance: "called before Recovery.on_rebalance, with what came and went",
    Recovery.on_rebalance: "reads on from active_offsets: without one, from the beginning",
    Recovery.on_recovery_completed: "calls the tables when all is read, and hears of no exception",
    App._create_directories: "what streams/app/engine.py leaves out: folders that a table in memory has no use for",
    Recovery._build_highwaters: "the changelog's end, less one: where an owner's next write is due",
}


def test_this_is_the_faust_that_was_looked_at() -> None:
    assert faust.__version__ == KNOWN, "read streams/app/consumer.py against the new version, then run `make chaos`"


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


def test_faust_still_forgets_that_a_changelog_send_failed() -> None:
    """The fault that streams/app/tables.py mends: the failure is logged, and nobody awaits the future."""
    published = inspect.getsource(Topic._on_published)
    assert "message.set_exception(exc)" in published
    assert "logger.warning(" in published
    assert "send_changelog" not in inspect.getsource(Consumer)


DIGESTS = {
    "Consumer._drain_messages": "51f5d28b77953a29",
    "Consumer.getmany": "b3651b6ff09e9d5b",
    "Consumer.perform_seek": "907234e153925494",
    "AIOKafkaConsumer.seek_to_committed": "1e28ff0b07d7ea1d",
    "Consumer._new_offset": "c4735e1836cc03d7",
    "Stream._py_aiter": "789ad7ea3fea49d9",
    "FlowControlEvent.resume": "058be0f33dfcdeee",
    "ThreadDelegateConsumer._getmany": "e8acf8ed91604cd6",
    "AIOKafkaConsumerThread._create_worker_consumer": "936e53aab137bb69",
    "AIOKafkaConsumerThread._seek_wait": "8a24992a74b20055",
    "Consumer._add_gap": "aefbeffed7113380",
    "AIOKafkaProducer.send_batch": "343edc615192d17f",
    "BatchBuilder.append": "0cea41147d44e9e0",
    "MessageBatch.done": "178c56fc4e30ae5e",
    "Collection.apply_changelog_batch": "7e076860a9a034f5",
    "Collection.on_rebalance": "cf6bb9e9d0983bd9",
    "Recovery.on_rebalance": "f35254bedcebd386",
    "Recovery.on_recovery_completed": "2835f40bae1d8c71",
    "App._create_directories": "62e6a6b4922ce26d",
    "Recovery._build_highwaters": "f8fcd07879aca7ba",
}
