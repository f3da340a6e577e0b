"""What both engines owe us: the same tests on the embedded broker and on Apache Kafka."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from jarshy.children import wait_until
from jarshy.embedded import answers
from tests.conftest import Broker
from wire.broker import BrokerAway, Group, Message, Publisher, alter, create, differing, read_all
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, DEAD_LETTERS, MANIFEST, STORIES, named


@contextmanager
def running_again(broker: Broker) -> Iterator[None]:
    """Whatever the test does to the shared broker, the next one finds it running."""
    try:
        yield
    finally:
        broker.resume()
        if not broker.alive:
            broker.start()


@contextmanager
def publisher(settings: Settings) -> Iterator[Publisher]:
    publisher = Publisher(settings, "contract")
    try:
        yield publisher
    finally:
        publisher.close()


@contextmanager
def member(settings: Settings) -> Iterator[Group]:
    group = Group(settings, "readers", [ARTICLES])
    try:
        yield group
    finally:
        group.close()


def publish(settings: Settings, numbers: range) -> None:
    """One message a number to `articles`, ten keys."""
    with publisher(settings) as out:
        out.wait([out.send(ARTICLES, f"key-{n % 10}", str(n).encode()) for n in numbers])


def by_key(messages: list[Message]) -> dict[str, list[int]]:
    kept = defaultdict(list)
    for message in messages:
        kept[message.key].append(int(message.value or b""))
    return kept


def sent(numbers: range) -> dict[str, list[int]]:
    return {f"key-{k}": [n for n in numbers if n % 10 == k] for k in range(10)}


def read(group: Group, count: int, seconds: float = 60) -> list[Message]:
    """The next `count` messages; fewer when the time is over."""
    got: list[Message] = []
    for _ in range(int(seconds)):
        got += group.poll(1)
        if len(got) >= count:
            break
    return got


def test_it_answers_stops_and_answers_again_at_the_same_address(broker: Broker) -> None:
    with running_again(broker):
        assert answers(broker.address)
        broker.restart()
        assert answers(broker.address)
        broker.stop()
        assert not broker.alive
        assert not answers(broker.address)


def test_paused_it_is_silent_and_then_goes_on(broker: Broker) -> None:
    with running_again(broker):
        broker.pause()
        assert broker.alive
        assert wait_until(lambda: not answers(broker.address, timeout=0.3), 30)  # a signal takes its time, too
        broker.resume()
        assert answers(broker.address, timeout=30)


def test_killed_it_starts_again_with_what_it_promises_to_keep(broker: Broker, settings: Settings) -> None:
    create(settings, [ARTICLES])
    publish(settings, range(10))
    with running_again(broker):
        broker.kill()
        assert not answers(broker.address)
        broker.start()
        if broker.embedded:
            with pytest.raises(BrokerAway, match="topics init"):
                list(read_all(settings, ARTICLES, idle=5))
        else:
            assert by_key(list(read_all(settings, ARTICLES))) == sent(range(10))


def test_the_manifest_is_created_once(settings: Settings) -> None:
    assert create(settings, MANIFEST) == [named(topic, settings.prefix) for topic in MANIFEST]
    assert create(settings, MANIFEST) == []
    for topic in MANIFEST:
        assert list(read_all(settings, topic)) == []


def test_messages_come_back_whole_and_in_order_within_a_key(settings: Settings) -> None:
    create(settings, [ARTICLES])
    publish(settings, range(2_000))
    back = list(read_all(settings, ARTICLES))
    assert by_key(back) == sent(range(2_000))
    assert {message.topic for message in back} == {named(ARTICLES, settings.prefix)}
    partitions = {message.key: message.partition for message in back}
    assert all(message.partition == partitions[message.key] for message in back)


def test_offsets_have_no_gaps(settings: Settings) -> None:
    create(settings, [ARTICLES])
    publish(settings, range(500))
    offsets = defaultdict(list)
    for message in read_all(settings, ARTICLES):
        offsets[message.partition].append(message.offset)
    assert all(seen == list(range(len(seen))) for seen in offsets.values())


def test_headers_keys_tombstones_and_large_values_are_kept(settings: Settings) -> None:
    create(settings, [STORIES, DEAD_LETTERS])
    large = bytes(range(256)) * 2_000  # 500 KB that no compression and no charset can explain away
    with publisher(settings) as out:
        out.wait([out.send(STORIES, "жаршы", large, [("ce_id", "é".encode())]), out.send(STORIES, "gone", None)])
    kept = {message.key: message for message in read_all(settings, STORIES)}
    assert kept["жаршы"].value == large
    assert kept["жаршы"].headers == (("ce_id", "é".encode()),)
    assert kept["gone"].value is None
    assert list(read_all(settings, DEAD_LETTERS)) == []


def test_a_group_reads_on_from_what_it_committed(settings: Settings) -> None:
    create(settings, [ARTICLES])
    publish(settings, range(100))
    with member(settings) as first:
        got = read(first, 100)
        assert by_key(got) == sent(range(100))
        for message in got:
            if int(message.value or b"") < 50 and message.partition == got[0].partition:
                first.commit(message)
                done = message
    publish(settings, range(100, 120))
    with member(settings) as second:
        expected = [m for m in got if m.partition != done.partition or m.offset > done.offset]
        again = read(second, len(expected) + 20)
    assert by_key(again) == {
        key: [n for n in sent(range(120))[key] if n >= 100 or n in by_key(expected)[key]] for key in sent(range(1))
    }


def test_two_members_share_the_partitions(settings: Settings) -> None:
    create(settings, [ARTICLES])
    over = threading.Event()
    shares: list[set[int]] = [set(), set()]

    def take(number: int) -> None:  # each in a thread of its own: a member that joins waits for the others
        with member(settings) as group:
            while not over.is_set():
                shares[number] = {message.partition for message in group.poll(0.5)} or shares[number]

    def settled() -> bool:
        publish(settings, range(30))
        return all(shares) and shares[0] | shares[1] == {0, 1, 2} and not shares[0] & shares[1]

    with ThreadPoolExecutor(2) as pool:
        members = [pool.submit(take, number) for number in (0, 1)]
        try:
            assert wait_until(settled, 60, every=0.5), shares
        finally:
            over.set()
        assert [one.exception() for one in members] == [None, None]


def test_publishing_to_a_broker_that_is_away_fails_loudly(broker: Broker, settings: Settings) -> None:
    create(settings, [ALERTS])
    with publisher(settings) as out:
        out.wait([out.send(ALERTS, "story", b"before")])
        with running_again(broker):
            broker.stop()
            with pytest.raises(BrokerAway):
                out.wait([out.send(ALERTS, "story", b"meanwhile")], timeout=2)
        create(settings, [ALERTS])


def test_publishing_goes_on_when_the_broker_is_back(broker: Broker, settings: Settings) -> None:
    create(settings, [ALERTS])
    with running_again(broker), publisher(settings) as out:
        out.wait([out.send(ALERTS, "story", b"before")])
        broker.stop()
        pending = out.send(ALERTS, "story", b"meanwhile")
        broker.start()
        create(settings, [ALERTS])
        with suppress(BrokerAway):  # said plainly, and then it is ours to send it again
            out.wait([pending], timeout=60)
        _until_taken(lambda: out.wait([out.send(ALERTS, "story", b"after")], timeout=60))
    values = [message.value for message in read_all(settings, ALERTS)]
    assert values[-1] == b"after"
    assert broker.embedded or values[:2] == [b"before", b"meanwhile"]


def _until_taken(publish: Callable[[], None], tries: int = 5) -> None:
    """Publish as every stage does: what was not acknowledged is sent again."""
    for _ in range(tries - 1):
        with suppress(BrokerAway):
            return publish()
    return publish()


@pytest.mark.kafka
def test_topics_of_an_earlier_manifest_are_noticed_and_altered(apache_kafka: Broker, namespace: str) -> None:
    ours = Settings(kafka=apache_kafka.address, prefix=namespace)
    earlier = [each._replace(retention=3600) if each is ARTICLES else each for each in MANIFEST]
    create(ours, earlier)
    assert wait_until(lambda: bool(differing(ours, MANIFEST)), 60)
    (found,) = differing(ours, MANIFEST)
    assert (found.topic, found.setting, found.is_) == (named(ARTICLES, namespace), "retention.ms", "3600000")
    assert differing(ours, earlier) == []
    alter(ours, [found])
    assert wait_until(lambda: not differing(ours, MANIFEST), 60)
