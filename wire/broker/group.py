"""A member of a consumer group: poll | work | commit."""

from collections.abc import Sequence

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from wire.broker.client import BrokerAway, Message, connected, group_named, message, reached
from wire.settings import Settings
from wire.topics import Topic, named


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
