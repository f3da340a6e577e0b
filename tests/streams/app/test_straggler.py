"""A worker that is paused past its session, in the middle of a step, sets nothing back; nor does a row written late."""

import time
from pathlib import Path

import msgspec
import pytest

from tests.streams.app.crew import (
    CALL,
    RAIN,
    REHEARSAL,
    ROOT,
    article,
    eventually,
    publish,
    verdicts,
    with_health,
    worker,
)
from tests.streams.app.test_watch import is_ready
from wire import broker
from wire.broker import Message
from wire.settings import Settings
from wire.topics import CHANGELOGS, MANIFEST, MEETINGS

IN_HAND = 6.0  # seconds for which the first worker has the article in hand


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> Settings:
    one = msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path, partitions=1)
    broker.create(one, MANIFEST)
    return one


def revision(row: Message) -> int:
    return int(dict(row.headers).get("revision", b"-1"))


def is_at(ours: Settings, key: str, offset: int) -> bool:
    row = verdicts(ours).get(key)
    return row is not None and revision(row) == offset


def test_a_worker_paused_past_its_session_writes_nothing(ours: Settings, tmp_path: Path) -> None:
    first = with_health(ours)
    with worker(first, tmp_path / "first.log", REHEARSAL) as paused:
        assert eventually(lambda: is_ready(first))
        publish(ours, article("art", CALL, f"waits {IN_HAND}"))
        time.sleep(IN_HAND / 2)
        paused.pause()
        with worker(ours, tmp_path / "second.log"):
            publish(ours, article("art", RAIN))
            assert eventually(lambda: is_at(ours, "art", 1)), "the partition was not taken over"
            paused.resume()
            assert eventually(lambda: not paused.alive)
            assert paused.exit_code == 77
            assert "its partitions may be another's" in (tmp_path / "first.log").read_text()
    assert is_at(ours, "art", 1)
    told = list(broker.read_all(ours, MEETINGS))
    assert len(told) == 2, "the report and its withdrawal, each once"


def test_a_row_that_came_late_is_noticed_and_written_over(ours: Settings, tmp_path: Path) -> None:
    """What a pause of a millisecond at the wrong moment leaves: an older row behind a newer one."""
    publish(ours, article("art", CALL), article("art", CALL))
    log = tmp_path / "worker.log"
    with worker(ours, log) as owner:
        assert eventually(lambda: is_at(ours, "art", 1))
        late = verdicts(ours)["art"].value
        publisher = broker.Publisher(ours, "test")
        publisher.wait([publisher.send(CHANGELOGS[0], "art", late, [("revision", b"0")])])
        publisher.close()
        assert is_at(ours, "art", 0), "the scene is not set"
        publish(ours, article("other"))
        assert eventually(lambda: not owner.alive), "the owner did not notice that somebody else wrote"
        assert owner.exit_code == 76
        assert "somebody else writes there" in log.read_text()
        owner.start()
        assert eventually(lambda: is_at(ours, "art", 1)), "the late row was believed"
        assert eventually(lambda: "other" in verdicts(ours)), "the owner did not go on"
