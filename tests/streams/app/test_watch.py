"""A worker that lives is left alone, and one that does not is ended: by its own hand, whatever holds it."""

import time
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from streams.app.watch import Watch
from tests.streams.app.crew import (
    CALL,
    REHEARSAL,
    ROOT,
    article,
    done,
    eventually,
    publish,
    verdicts,
    with_health,
    worker,
)
from wire import broker
from wire.settings import Settings
from wire.topics import CHANGELOGS, MANIFEST

STALLED_AFTER = 8.0
ROWS = 5_000


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> Settings:
    changes: dict[str, Any] = {"config": ROOT / "config", "data": tmp_path, "stalled_after": STALLED_AFTER}
    one = with_health(msgspec.structs.replace(settings, **changes))
    broker.create(one, MANIFEST)
    return one


def asked(ours: Settings, page: str) -> httpx.Response | None:
    try:
        return httpx.get(f"http://127.0.0.1:{ours.health_port}/{page}", timeout=2, trust_env=False)
    except httpx.HTTPError:
        return None


def is_ready(ours: Settings) -> bool:
    answer = asked(ours, "ready")
    return answer is not None and answer.status_code == 200


@pytest.mark.parametrize(
    ("feed", "status", "words"),
    [
        ("waits 600", 77, "for {after} s there was no progress"),
        ("runaway", 1, "rehearsal.py"),  # not even a thread of Python's can run
    ],
    ids=["the event loop stands still", "a call into C does not end"],
)
def test_a_worker_that_does_not_go_on_is_ended(
    ours: Settings, tmp_path: Path, feed: str, status: int, words: str
) -> None:
    log = tmp_path / "worker.log"
    with worker(ours, log, REHEARSAL) as child:
        assert eventually(lambda: is_ready(ours))
        publish(ours, article("stuck", CALL, feed))
        assert eventually(lambda: not child.alive)
        assert child.exit_code == status, log.read_text()
        assert words.split("{", maxsplit=1)[0] in log.read_text()
        assert "rehearsal.py" in log.read_text(), "its last words do not say where it stood"
    assert done(ours) == 0, "it was acknowledged"
    with worker(ours, log):
        assert eventually(lambda: "stuck" in verdicts(ours))


def test_a_worker_without_work_lives(ours: Settings, tmp_path: Path) -> None:
    with worker(ours, tmp_path / "worker.log") as child:
        assert eventually(lambda: is_ready(ours))
        time.sleep(2 * STALLED_AFTER)
        assert child.alive
        assert (live := asked(ours, "live")) is not None
        assert live.status_code == 200


def test_a_worker_is_ready_only_when_its_tables_are_recovered(ours: Settings, tmp_path: Path) -> None:
    publisher = broker.Publisher(ours, "test")
    row = b'[7,20000,["UZ"],[]]'
    header = [("revision", b"7")]
    publisher.wait([publisher.send(CHANGELOGS[0], f"art-{n}", row, header) for n in range(ROWS)])
    publisher.close()
    with worker(ours, tmp_path / "worker.log"):
        assert eventually(lambda: is_ready(ours))
        answer = asked(ours, "ready")
        assert answer is not None
        assert answer.json()["rows"] == ROWS, "it said that it was ready before it was"


class Hours:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_progress_is_what_was_done_or_committed_and_no_work_is_well() -> None:
    clock, turns, heard = Hours(), [0], list[int]()
    watch = Watch(Settings(stalled_after=100), lambda: frozenset({("a", 0)}), lambda: turns[0], heard.append, clock)
    for at, did, standing in [
        (0, 0, {("a", 0): (0, 5)}),
        (90, 1, {("a", 0): (0, 5)}),
        (180, 1, {("a", 0): (2, 5)}),
        (270, 1, {("a", 0): (5, 5), ("a", 1): (0, 9)}),  # the other partition is not ours
        (900, 1, {("a", 0): (5, 5), ("a", 1): (0, 9)}),
    ]:
        clock.now, turns[0] = at, did
        watch.look(standing)  # ends this very process if it finds no progress
    assert heard == [5, 5, 3, 0, 0]
