"""Reading a topic from its beginning, or from a moment on, to its end.

topic --seek, poll until the high-water mark of the first fetch--> Messages
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from kafka import KafkaConsumer
from kafka.errors import IllegalStateError, KafkaError

from wire.broker.client import BrokerAway, Message, connected, message, parts, reached
from wire.settings import Settings
from wire.topics import Topic, named


def read_all(
    settings: Settings, topic: Topic, *, since: datetime | None = None, idle: float = 30.0
) -> Iterator[Message]:
    """Yield everything on `topic`, or what came `since`, up to its end at the time of the call.

    Ends come from the fetch's high-water mark (the embedded broker's end offsets mislead).
    Raises BrokerAway after `idle` seconds without progress.
    """
    consumer = connected(
        lambda: KafkaConsumer(**reached(settings), enable_auto_commit=False, auto_offset_reset="earliest"),
        settings,
    )
    try:
        yield from _until_end(consumer, named(topic, settings.prefix), since, idle)
    except KafkaError as error:
        raise BrokerAway(f"cannot read {topic.name}: {error!r}") from error
    finally:
        consumer.close()


def _until_end(consumer: Any, name: str, since: datetime | None, idle: float) -> Iterator[Message]:
    partitions = parts(consumer, name)
    consumer.assign(partitions)
    for partition, offset in _starts(consumer, partitions, since).items():
        consumer.seek(partition, offset)
    ends: dict[Any, int] = {}
    open_ = set(partitions)
    progress = time.monotonic()
    while open_:
        for batch in consumer.poll(timeout_ms=200).values():
            progress = time.monotonic()
            for record in batch:
                yield message(record)
        for partition in list(open_):
            mark = highwater(consumer, partition)
            if mark is not None:
                ends.setdefault(partition, mark)
            if partition in ends and consumer.position(partition) >= ends[partition]:
                open_.discard(partition)
                progress = time.monotonic()
        if time.monotonic() - progress > idle:
            raise BrokerAway(f"{name}: nothing came for {idle:.0f} s")


def _starts(consumer: Any, partitions: Sequence[Any], since: datetime | None) -> dict[Any, int]:
    """Return the first offsets: of all, or of what came since (the embedded broker answers 0: then of all)."""
    begins: dict[Any, int] = consumer.beginning_offsets(partitions)
    if since is None:
        return begins
    milliseconds = int(since.timestamp() * 1000)
    found = consumer.offsets_for_times(dict.fromkeys(partitions, milliseconds))
    ends = consumer.end_offsets(partitions)
    return {each: max(begins[each], found[each].offset) if found.get(each) else ends[each] for each in partitions}


def length(settings: Settings, topic: Topic, *, since: datetime | None = None) -> int:
    """Return how many offsets `read_all` goes through: of a compacted topic more than there are messages."""
    name = named(topic, settings.prefix)
    consumer = connected(lambda: KafkaConsumer(**reached(settings), enable_auto_commit=False), settings)
    try:
        partitions = parts(consumer, name)
        ends, starts = consumer.end_offsets(partitions), _starts(consumer, partitions, since)
        return sum(ends[each] - starts[each] for each in partitions)
    except KafkaError as error:
        raise BrokerAway(f"cannot ask for the length of {topic.name}: {error!r}") from error
    finally:
        consumer.close()


def highwater(consumer: Any, partition: Any) -> int | None:
    """Return where a partition ended at the last fetch, or None before any."""
    try:
        mark: int | None = consumer.highwater(partition)
    except (AssertionError, IllegalStateError):
        return None
    return mark
