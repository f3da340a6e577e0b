"""The embedded broker's faults, shown: when one is mended, wire/embedded.py has less to do.

The same on both engines, with what wire/embedded.py does: everything else in tests/ that takes `broker`.
"""

from contextlib import closing
from typing import Any

import msgspec
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from jarshy.embedded import EmbeddedBroker
from tests.conftest import Broker
from wire import broker as wire
from wire import embedded
from wire.settings import Settings
from wire.topics import NOTICES, named

MESSAGES = 20


def ends_after(settings: Settings, batch_bytes: int) -> dict[str, int]:
    """Publish in batches of at most this size; return what the broker says is the end, asked in two ways."""
    wire.create(settings, [NOTICES])
    partition = TopicPartition(named(NOTICES, settings.prefix), 0)
    producer: Any = KafkaProducer(bootstrap_servers=settings.bootstrap, linger_ms=500, batch_size=batch_bytes)
    with closing(producer):
        sent = [producer.send(partition.topic, b"value", b"key", partition=0) for _ in range(MESSAGES)]
        assert [each.get(timeout=30).offset for each in sent] == list(range(MESSAGES))
    consumer: Any = KafkaConsumer(bootstrap_servers=settings.bootstrap, enable_auto_commit=False)
    with closing(consumer):
        asked = consumer.end_offsets([partition])[partition]
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        while not consumer.poll(timeout_ms=500):
            pass
        return {"end": asked, "high-water": consumer.highwater(partition)}


def test_the_embedded_broker_still_counts_only_to_the_last_batch(
    embedded_broker: EmbeddedBroker, namespace: str
) -> None:
    settings = Settings(kafka=embedded_broker.address, embedded=True, prefix=namespace)
    assert ends_after(settings, embedded.BATCH_BYTES) == {"end": 1, "high-water": MESSAGES}, (
        "mended: wire/embedded.py need not make batches of one message any more"
    )


def test_batches_of_one_message_are_counted_right(broker: Broker, settings: Settings) -> None:
    size = embedded.batch_bytes(msgspec.structs.replace(settings, embedded=True))
    assert ends_after(settings, size) == {"end": MESSAGES, "high-water": MESSAGES}
