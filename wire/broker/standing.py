"""How far a group has come, and how large a topic is: asked from the side."""

from collections.abc import Sequence

from kafka import KafkaConsumer
from kafka.errors import KafkaError

from wire.broker.client import BrokerAway, connected, group_named, parts, reached
from wire.settings import Settings
from wire.topics import Topic, named


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
            partitions = [each for name in self._names for each in parts(self._consumer, name)]
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
        return len(parts(consumer, name))
    except KafkaError as error:
        raise BrokerAway(f"{name}: {error!r}") from error
    finally:
        consumer.close()


def lag(settings: Settings, group: str, topics: Sequence[Topic]) -> int:
    """Return how many messages of `topics` the group has not yet committed as done."""
    standing = Standing(settings, group, topics)
    try:
        return sum(end - done for done, end in standing.ask().values())
    finally:
        standing.close()
