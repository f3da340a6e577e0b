"""Making the topics of the manifest on a broker; those that are there stay as they are."""

from collections.abc import Iterable
from typing import Any

from kafka import KafkaAdminClient
from kafka.admin import NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from wire.broker.client import BrokerAway, connected, reached
from wire.settings import Settings
from wire.topics import KEYED_PARTITIONS, Topic, config, named


def create(settings: Settings, topics: Iterable[Topic]) -> list[str]:
    """Create those of `topics` that are not there, and return the names of those we made."""
    admin = connected(lambda: KafkaAdminClient(**reached(settings)), settings)
    try:
        there = set(admin.list_topics())
        missing = [topic for topic in topics if named(topic, settings.prefix) not in there]
        made = [topic for topic in missing if _create_one(admin, settings, topic)]
    except KafkaError as error:
        raise BrokerAway(f"cannot create topics: {error!r}") from error
    finally:
        admin.close()
    return [named(topic, settings.prefix) for topic in made]


def _create_one(admin: Any, settings: Settings, topic: Topic) -> bool:
    """Return whether we made it: a broker that is busy lists a new topic late, and an init job may be faster."""
    partitions = topic.partitions
    if settings.partitions and partitions == KEYED_PARTITIONS:
        partitions = settings.partitions
    new = NewTopic(named(topic, settings.prefix), partitions, 1, topic_configs=config(topic))
    try:
        admin.create_topics([new], timeout_ms=30_000)
    except TopicAlreadyExistsError:
        return False
    return True
