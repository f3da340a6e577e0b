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
