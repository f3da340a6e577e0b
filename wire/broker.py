"""The import of kafka-python (with broker_share.py): publish, consume, read back, create topics.

records --Publisher--> topic --Group | read_all--> Message

Settings and habits here were tested (DESIGN 7): the idempotent producer wedges after a delivery time-out,
`flush` proves nothing; what the embedded broker does otherwise is in `embedded`.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import IllegalStateError, KafkaError, TopicAlreadyExistsError
from kafka.structs import OffsetAndMetadata

from wire import embedded, security
from wire.records import DEAD_LETTER_BYTES, DeadLetter, Reason, Record, cloud_event, encode
from wire.settings import Settings
from wire.topics import DEAD_LETTERS, KEYED_PARTITIONS, Topic, config, named

Headers = Iterable[tuple[str, bytes]]
PUBLISH_TIMEOUT = 120.0
BOOTSTRAP_MILLISECONDS = 15_000
EMBEDDED = "embedded"
C = TypeVar("C")


class BrokerAway(RuntimeError):
    """The broker did not do what was asked in time; nothing is lost, ask again."""


class Message(NamedTuple):
    """One message as it was read."""

    topic: str
    partition: int
    offset: int
    key: str
    value: bytes | None
    timestamp: int  # milliseconds since 1970, the broker's or the producer's
    headers: tuple[tuple[str, bytes], ...] = ()


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


class Group:
    """A member of a consumer group: reads on from what the group has committed."""

    def __init__(self, settings: Settings, group: str, topics: Sequence[Topic]) -> None:
        session = int(settings.session_timeout * 1000)
        self._consumer = connected(
            lambda: KafkaConsumer(
                **reached(settings),
                group_id=group_named(settings, group),
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                session_timeout_ms=session,
                heartbeat_interval_ms=max(500, session // 10),
                max_poll_records=500,
            ),
            settings,
        )
        names = [named(topic, settings.prefix) for topic in topics]
        for name in names:  # a join that ends before the topics are known assigns nothing, for ever (2 of 40 starts)
            self._consumer.partitions_for_topic(name)
        self._consumer.subscribe(names)

    @property
    def assigned(self) -> bool:
        """Return whether this member has partitions: without any, a poll that brings nothing says nothing."""
        return bool(self._consumer.assignment())

    def poll(self, timeout: float) -> list[Message]:
        """Return what arrives within `timeout` seconds, in order within each partition."""
        try:
            fetched = self._consumer.poll(timeout_ms=int(timeout * 1000))
        except KafkaError as error:
            raise BrokerAway(f"cannot read: {error!r}") from error
        return [message(record) for records in fetched.values() for record in records]

    def commit(self, message: Message) -> None:
        """Commit that everything up to and with `message` in its partition is done."""
        done = {TopicPartition(message.topic, message.partition): OffsetAndMetadata(message.offset + 1, "", -1)}
        try:
            self._consumer.commit(done, timeout_ms=30_000)
        except KafkaError as error:
            raise BrokerAway(f"cannot commit: {error!r}") from error

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()


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
    partitions = [TopicPartition(name, number) for number in sorted(consumer.partitions_for_topic(name) or ())]
    if not partitions:
        raise BrokerAway(f"there is no topic {name}: run `jarshy topics init`")
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
        partitions = [TopicPartition(name, number) for number in sorted(consumer.partitions_for_topic(name) or ())]
        ends, starts = consumer.end_offsets(partitions), _starts(consumer, partitions, since)
        return sum(ends[each] - starts[each] for each in partitions)
    except KafkaError as error:
        raise BrokerAway(f"cannot ask for the length of {topic.name}: {error!r}") from error
    finally:
        consumer.close()


def committed(settings: Settings, group: str, topic: Topic) -> dict[int, int]:
    """Return, for each partition in which the group did something, the first offset that is not yet done."""
    name = named(topic, settings.prefix)
    consumer = connected(
        lambda: KafkaConsumer(**reached(settings), group_id=group_named(settings, group), enable_auto_commit=False),
        settings,
    )
    try:
        partitions = [TopicPartition(name, number) for number in consumer.partitions_for_topic(name) or ()]
        done = {each.partition: consumer.committed(each) for each in partitions}
        return {partition: offset for partition, offset in done.items() if offset is not None}
    except KafkaError as error:
        raise BrokerAway(f"cannot ask what {group} has done: {error!r}") from error
    finally:
        consumer.close()


def highwater(consumer: Any, partition: Any) -> int | None:
    """Return where a partition ended at the last fetch, or None before any."""
    try:
        mark: int | None = consumer.highwater(partition)
    except (AssertionError, IllegalStateError):
        return None
    return mark


class Standing:
    """How far a group has come, asked from the side: the group's members do not notice."""

    def __init__(self, settings: Settings, group: str, topics: Sequence[Topic]) -> None:
        self._names = [named(topic, settings.prefix) for topic in topics]
        self._consumer = connected(
            lambda: KafkaConsumer(**reached(settings), group_id=group_named(settings, group), enable_auto_commit=False),
            settings,
        )

    def ask(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Return for each topic and partition the offset up to which all is done, and the one it ends at."""
        try:
            partitions = [
                TopicPartition(name, number)
                for name in self._names
                for number in self._consumer.partitions_for_topic(name) or ()
            ]
            ends, begins = self._consumer.end_offsets(partitions), self._consumer.beginning_offsets(partitions)
            done = {each: self._consumer.committed(each) or begins[each] for each in partitions}
        except KafkaError as error:
            raise BrokerAway(f"cannot ask how far the group has come: {error!r}") from error
        return {(each.topic, each.partition): (done[each], ends[each]) for each in partitions}

    def close(self) -> None:
        """Close the connection."""
        self._consumer.close()


def partitions(settings: Settings, topic: Topic) -> int:
    """Return how many partitions a topic has on the broker; raises BrokerAway when there is no such topic."""
    name = named(topic, settings.prefix)
    consumer = connected(lambda: KafkaConsumer(**reached(settings)), settings)
    try:
        found = consumer.partitions_for_topic(name)  # the producer's own question waits a minute for a missing topic
    except KafkaError as error:
        raise BrokerAway(f"{name}: {error!r}") from error
    finally:
        consumer.close()
    if not found:
        raise BrokerAway(f"there is no topic {name}: run `jarshy topics init`")
    return len(found)


def lag(settings: Settings, group: str, topics: Sequence[Topic]) -> int:
    """Return how many messages of `topics` the group has not yet committed as done."""
    standing = Standing(settings, group, topics)
    try:
        return sum(end - done for done, end in standing.ask().values())
    finally:
        standing.close()


def group_named(settings: Settings, group: str) -> str:
    """Return the consumer group's name on the broker."""
    return f"{settings.prefix}.{group}"


def create(settings: Settings, topics: Iterable[Topic]) -> list[str]:
    """Create those of `topics` that are not there, and return their names."""
    admin = connected(lambda: KafkaAdminClient(**reached(settings)), settings)
    try:
        there = set(admin.list_topics())
        missing = [topic for topic in topics if named(topic, settings.prefix) not in there]
        for topic in missing:
            _create_one(admin, settings, topic)
    except KafkaError as error:
        raise BrokerAway(f"cannot create topics: {error!r}") from error
    finally:
        admin.close()
    return [named(topic, settings.prefix) for topic in missing]


def _create_one(admin: Any, settings: Settings, topic: Topic) -> None:
    partitions = topic.partitions
    if settings.partitions and partitions == KEYED_PARTITIONS:
        partitions = settings.partitions
    new = NewTopic(named(topic, settings.prefix), partitions, 1, topic_configs=config(topic))
    try:
        admin.create_topics([new], timeout_ms=30_000)
    except TopicAlreadyExistsError:  # another init job was faster
        return


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


def message(record: Any) -> Message:
    """Return a record of kafka-python's as ours."""
    key = (record.key or b"").decode("utf-8", "replace")
    return Message(
        record.topic,
        record.partition,
        record.offset,
        key,
        record.value,
        record.timestamp,
        tuple(record.headers or ()),
    )


def reached(settings: Settings) -> dict[str, Any]:
    """Return what every client needs to reach the broker."""
    return {
        "bootstrap_servers": settings.bootstrap,
        "bootstrap_timeout_ms": BOOTSTRAP_MILLISECONDS,
        **security.options(settings),
    }


def connected(make: Callable[[], C], settings: Settings) -> C:
    """Return a client, or say in a sentence that there is no broker."""
    if settings.kafka == EMBEDDED:
        raise BrokerAway(
            "JARSHY_KAFKA is not set, and an embedded broker lives only inside `jarshy up` and `jarshy demo`: "
            "set JARSHY_KAFKA=host:port"
        )
    try:
        return make()
    except KafkaError as error:
        where = ", ".join(settings.bootstrap)
        mend = "start it or set JARSHY_KAFKA"
        if settings.kafka_security != "PLAINTEXT":  # a broker that lets nobody in only hangs up: kafka-python 3.0.12
            mend += f", and see that JARSHY_KAFKA_SECURITY={settings.kafka_security}, user, password and CA are its own"
        raise BrokerAway(f"no Kafka broker answers at {where} ({error!r}): {mend}") from error
