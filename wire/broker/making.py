"""Making the topics of the manifest on a broker; those that are there stay as they are, unless they are altered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType, NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from wire.broker.client import BrokerAway, connected, reached
from wire.settings import Settings
from wire.topics import KEYED_PARTITIONS, Topic, config, named


class Difference(NamedTuple):
    """A setting of a topic that is not as the manifest has it."""

    topic: str
    setting: str
    is_: str
    wanted: str


@contextmanager
def _admin(settings: Settings, what: str) -> Iterator[Any]:
    admin = connected(lambda: KafkaAdminClient(**reached(settings)), settings)
    try:
        yield admin
    except KafkaError as error:
        raise BrokerAway(f"cannot {what}: {error!r}") from error
    finally:
        admin.close()


def create(settings: Settings, topics: Iterable[Topic]) -> list[str]:
    """Create those of `topics` that are not there, and return the names of those we made."""
    with _admin(settings, "create topics") as admin:
        there = set(admin.list_topics())
        missing = [topic for topic in topics if named(topic, settings.prefix) not in there]
        made = [topic for topic in missing if _create_one(admin, settings, topic)]
    return [named(topic, settings.prefix) for topic in made]


def differing(settings: Settings, topics: Iterable[Topic]) -> list[Difference]:
    """Return what the broker's topics have otherwise than the manifest; the embedded broker has no such settings.

    Of a topic that was made a moment ago the broker may know nothing yet.
    """
    if settings.embedded:
        return []
    wanted = {named(topic, settings.prefix): config(topic) for topic in topics}
    with _admin(settings, "read the topics' settings") as admin:
        asked = [ConfigResource(ConfigResourceType.TOPIC, name, list(ours)) for name, ours in wanted.items()]
        found = admin.describe_configs(asked, config_filter="all")["topic"]
    values = {name: {key: each["value"] for key, each in settings_.items()} for name, settings_ in found.items()}
    return [
        Difference(name, key, is_, value)
        for name, ours in wanted.items()
        for key, value in ours.items()
        if (is_ := values.get(name, {}).get(key)) is not None and _normal(is_) != _normal(value)
    ]


def alter(settings: Settings, differences: Iterable[Difference]) -> None:
    """Set what differs as the manifest has it."""
    asked = [
        ConfigResource(ConfigResourceType.TOPIC, topic, {each.setting: each.wanted for each in these})
        for topic, these in groupby(differences, key=lambda each: each.topic)
    ]
    with _admin(settings, "alter the topics' settings") as admin:
        outcome: dict[str, str] = admin.alter_configs(asked)["topic"]
    if refused := {topic: said for topic, said in outcome.items() if said != "OK"}:
        raise BrokerAway(f"cannot alter the topics' settings: {refused}")


def _normal(value: str) -> set[str]:
    return set(value.split(","))


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
