"""How every client reaches the broker, and what it reads.

settings --reached, connected--> a client of kafka-python, or the sentence that there is no broker ; record --> Message
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from kafka import TopicPartition
from kafka.errors import KafkaError
from kafka.protocol.api_header import ResponseClassRegistry

from wire import security
from wire.settings import EMBEDDED, Settings

BOOTSTRAP_MILLISECONDS = 15_000
C = TypeVar("C")


def know_every_answer() -> None:
    """Make kafka-python's classes for the answers of a broker, in every version.

    It makes each when it first needs it and keeps the latest only weakly: two threads that make the same one
    together leave a dead one behind, and the client that needs it next never gets an answer (3.0.12).
    """
    for known in list(ResponseClassRegistry._response_class_registry.values()):
        answer = known[None]
        for version in range(answer.min_version, answer.max_version + 1):
            answer[version]


know_every_answer()


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


def group_named(settings: Settings, group: str) -> str:
    """Return the consumer group's name on the broker."""
    return f"{settings.prefix}.{group}"


def parts(consumer: Any, name: str) -> list[Any]:
    """Return a topic's partitions in order; raises BrokerAway when there is no such topic."""
    numbers = consumer.partitions_for_topic(name)  # a producer's own question waits a minute for a missing topic
    if not numbers:
        raise BrokerAway(f"there is no topic {name}: run `jarshy topics init`")
    return [TopicPartition(name, number) for number in sorted(numbers)]
