"""Publishing, with the broker's word for each message.

record --send--> pending acknowledgement --wait--> known to be there, or BrokerAway ; message --> its dead letter
"""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from wire import embedded
from wire.broker.client import BrokerAway, Message, connected, reached
from wire.records import DEAD_LETTER_BYTES, DeadLetter, Reason, Record, cloud_event, encode
from wire.settings import Settings
from wire.topics import DEAD_LETTERS, Topic, named

Headers = Iterable[tuple[str, bytes]]
PUBLISH_TIMEOUT = 120.0


class Publisher:
    """Publishes, and knows for each message whether the broker has it."""

    def __init__(self, settings: Settings, source: str) -> None:
        """Connect; `source` names this process in the CloudEvents headers."""
        self._settings = settings
        self.source = source
        self._producer = connected(
            lambda: KafkaProducer(
                **reached(settings),
                client_id=f"{settings.prefix}-{source}",
                enable_idempotence=False,
                acks="all",
                max_in_flight_requests_per_connection=1,
                delivery_timeout_ms=int(PUBLISH_TIMEOUT * 1000),
                request_timeout_ms=30_000,
                max_request_size=8 * 1024 * 1024,
                max_block_ms=60_000,
                linger_ms=5,
                batch_size=embedded.batch_bytes(settings),
            ),
            settings,
        )

    def send(
        self, topic: Topic, key: str, value: bytes | None, headers: Headers = (), *, partition: int | None = None
    ) -> Any:
        """Enqueue one message and return its pending acknowledgement, for `wait`; the key says where, unless told."""
        name = named(topic, self._settings.prefix)
        try:
            return self._producer.send(name, value=value, key=key.encode(), headers=list(headers), partition=partition)
        except KafkaError as error:
            raise BrokerAway(f"{name}: {error!r}") from error

    def send_record(
        self, topic: Topic, key: str, record: Record, *, id: str, time: datetime, partition: int | None = None
    ) -> Any:
        """Enqueue a record with its CloudEvents headers."""
        headers = cloud_event(record, id=id, source=f"/{self._settings.prefix}/{self.source}", time=time)
        return self.send(topic, key, encode(record), headers, partition=partition)

    def wait(self, pending: Sequence[Any], timeout: float = PUBLISH_TIMEOUT + 10) -> None:
        """Return when the broker has acknowledged all of `pending`.

        Raises BrokerAway when one of them was not, within `timeout` seconds.
        """
        until = time.monotonic() + timeout
        for future in pending:
            try:
                future.get(timeout=max(0.001, until - time.monotonic()))
            except KafkaError as error:
                raise BrokerAway(f"not acknowledged: {error!r}") from error

    def publish(self, topic: Topic, key: str, record: Record, *, id: str, time: datetime) -> None:
        """Send one record and wait for the broker's word."""
        self.wait([self.send_record(topic, key, record, id=id, time=time)])

    def dead_letter(self, letter: DeadLetter) -> None:
        """Publish what could not be worked on, and wait: nothing is forgotten before."""
        key = f"{letter.topic}/{letter.partition}/{letter.offset}" if letter.topic else letter.stage
        self.publish(DEAD_LETTERS, key, letter, id=key, time=letter.at)

    def close(self) -> None:
        """Close the connection; what was not waited for may be lost."""
        with suppress(KafkaError):
            self._producer.close(timeout=5)


def letter_for(message: Message, stage: str, reason: Reason, detail: str = "") -> DeadLetter:
    """Return the dead letter of a message: its origin, the reason and its first 256 KB."""
    value = message.value or b""
    return DeadLetter(
        stage=stage,
        reason=reason,
        at=datetime.now(UTC),
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=message.key.encode(),
        value=value[:DEAD_LETTER_BYTES],
        size=len(value),
        detail=detail,
    )
