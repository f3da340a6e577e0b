"""A rebalance before anything was committed: what was fetched and thrown away is fetched again, nobody need end."""

import time
from pathlib import Path

import msgspec

from tests.streams.app.crew import REHEARSAL, ROOT, article, eventually, publish, verdicts, with_health, worker
from tests.streams.app.test_watch import is_ready
from wire import broker
from wire.settings import Settings
from wire.topics import MANIFEST

ARTICLES_SENT = 60
IN_HAND = 8.0


def test_a_partition_of_which_nothing_was_committed_is_read_from_its_beginning(
    settings: Settings, tmp_path: Path
) -> None:
    ours = msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path, session_timeout=15)
    broker.create(ours, MANIFEST)
    first, second = with_health(ours), with_health(ours)
    with worker(first, tmp_path / "first.log", REHEARSAL) as one:
        assert eventually(lambda: is_ready(first))
        publish(ours, article("art-0", feed=f"waits {IN_HAND}"))
        time.sleep(1)
        publish(ours, *(article(f"art-{number}") for number in range(1, ARTICLES_SENT)))  # fetched, and in the queue
        with worker(second, tmp_path / "second.log") as two:
            assert eventually(lambda: is_ready(second))
            assert eventually(lambda: len(verdicts(ours)) == ARTICLES_SENT)
            assert (one.alive, two.alive) == (True, True), (tmp_path / "first.log").read_text()


def test_what_is_fetched_before_a_rebalance_has_ended_is_fetched_again(settings: Settings, tmp_path: Path) -> None:
    """It was a log's tail: no later message would show that it is missing, and the worker stood still for good."""
    ours = msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path, session_timeout=15)
    broker.create(ours, MANIFEST)
    lives = [[article(f"art-{life}-{number}") for number in range(ARTICLES_SENT)] for life in range(2)]
    for life, articles in enumerate(lives, start=1):  # the second has tables to recover: it fetches before the end
        publish(ours, *articles)
        with worker(ours, tmp_path / f"{life}.log", "tests.streams.app.dawdling") as one:
            assert eventually(lambda: len(verdicts(ours)) == life * ARTICLES_SENT)  # noqa: B023
            assert one.alive, (tmp_path / f"{life}.log").read_text()
            one.stop()
