"""A share of a compacted topic: join | read each partition's past | hold it | give it up before another has it.

Members of one group share out a topic's partitions as Kafka Connect shares out connectors; nothing is ever
committed: who gets a partition reads it from its beginning. The assignment is cooperative (KIP-429): what a
member keeps it keeps through a rebalance, and what it must give up is taken only after it let go.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.subscription_state import ConsumerRebalanceListener
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import KafkaError

from wire.broker.client import BrokerAway, Message, connected, group_named, message, parts, reached
from wire.broker.reading import highwater
from wire.settings import Settings
from wire.topics import Topic, named

Lost = Callable[[frozenset[int]], None]
LONGEST_SESSION, LONGEST_EMBEDDED = 10.0, 6.0
"""Seconds after which a silent member is given up: its feeds must move within seconds. The embedded broker lets
every join wait for half of it."""


class Turn(NamedTuple):
    """What a turn brought: messages of the past, and the partitions whose past is now read to its end."""

    messages: tuple[Message, ...]
    read: frozenset[int]


class Share:
    """One member; all its calls belong to one thread."""

    def __init__(self, settings: Settings, group: str, topic: Topic, lost: Lost) -> None:
        """Join; `lost` is called with partitions that are to be given up, and must return soon after they are."""
        self.session = min(settings.session_timeout, LONGEST_EMBEDDED if settings.embedded else LONGEST_SESSION)
        session = int(self.session * 1000)
        self._lost = lost
        self._open: set[TopicPartition] = set()
        self._ends: dict[TopicPartition, int] = {}
        self._consumer = connected(
            lambda: KafkaConsumer(
                **reached(settings),
                group_id=group_named(settings, group),
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                session_timeout_ms=session,
                heartbeat_interval_ms=session // 10,
                partition_assignment_strategy=[CooperativeStickyAssignor],
            ),
            settings,
        )
        name = named(topic, settings.prefix)
        try:
            self.partitions = len(parts(self._consumer, name))
        except BrokerAway:
            self._consumer.close()
            raise
        self._consumer.subscribe([name], listener=_Listener(self._taken, self._revoked))

    @property
    def held(self) -> frozenset[int]:
        """Return the partitions that are this member's."""
        return frozenset(each.partition for each in self._consumer.assignment())

    def turn(self, timeout: float) -> Turn:
        """Keep the membership and read on, for at most `timeout` seconds; raises BrokerAway."""
        try:
            fetched = self._consumer.poll(timeout_ms=int(timeout * 1000))
            messages = tuple(message(record) for records in fetched.values() for record in records)
            return Turn(messages, self._finished())
        except KafkaError as error:
            raise BrokerAway(f"cannot share out: {error!r}") from error

    def close(self) -> None:
        """Give everything up and leave."""
        try:
            self._consumer.close(timeout_ms=3_000)
        except KafkaError as error:
            raise BrokerAway(f"cannot leave: {error!r}") from error

    def _taken(self, partitions: set[TopicPartition]) -> None:
        self._open |= partitions

    def _revoked(self, partitions: set[TopicPartition]) -> None:
        self._open -= partitions
        for partition in partitions:
            self._ends.pop(partition, None)
        self._lost(frozenset(each.partition for each in partitions))

    def _finished(self) -> frozenset[int]:
        """Return the partitions that were just read to the end they had when they were taken, and rest them."""
        done: set[TopicPartition] = set()
        for partition in self._open:
            mark = highwater(self._consumer, partition)
            if mark is not None and self._consumer.position(partition) >= self._ends.setdefault(partition, mark):
                done.add(partition)
        self._consumer.pause(*done)  # what is written there from now on, this member writes
        self._open -= done
        return frozenset(each.partition for each in done)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    def __init__(self, taken: Callable[[Any], None], revoked: Callable[[Any], None]) -> None:
        self._taken, self._revoked = taken, revoked

    def on_partitions_assigned(self, assigned: Any) -> None:
        self._taken(set(assigned))

    def on_partitions_revoked(self, revoked: Any) -> None:
        self._revoked(set(revoked))

    def on_partitions_lost(self, lost: Any) -> None:
        self._revoked(set(lost))
