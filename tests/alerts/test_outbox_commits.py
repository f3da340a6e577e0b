"""Steps of several threads: each all or nothing, on the disk when it returns, many in one commit."""

import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest

from alerts.outbox_commits import MOST, Commits


class Place:
    """A file with one table, its commits counted, and what anybody else sees in it."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("CREATE TABLE told (what TEXT UNIQUE)")
        self.said: list[str] = []
        self.db.set_trace_callback(self.said.append)
        self.commits = Commits(self.db)
        self._other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._looking = threading.Lock()

    def tell(self, what: str, by: int = 1) -> None:
        """Tell it, and then divide by a number: 0 makes the step fail."""
        with self.commits.step() as db:
            db.execute("INSERT INTO told VALUES (?)", (what,))
            assert 1 // by

    def seen(self) -> set[str]:
        with self._looking:
            return {row[0] for row in self._other.execute("SELECT what FROM told")}

    def together(self, *acts: Callable[[], None]) -> list[Future[None]]:
        """Let all of them come while a step is at work."""
        going, threads = threading.Event(), ThreadPoolExecutor(len(acts) + 1)

        def first() -> None:
            with self.commits.step():
                going.wait(60)

        begun = threads.submit(first)
        time.sleep(0.1)
        ends = [threads.submit(act) for act in acts]
        time.sleep(0.3)
        going.set()
        begun.exception(60)
        for each in ends:
            each.exception(60)
        threads.shutdown()
        return ends


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "told.db")
    yield made
    made.commits.close()


def test_those_who_come_during_a_commit_share_the_next(place: Place) -> None:
    acts = [lambda n=n: place.tell(f"{n}") for n in range(10)]
    assert [each.exception() for each in place.together(*acts)] == [None] * 10
    assert place.seen() == {f"{n}" for n in range(10)}
    assert place.said.count("COMMIT") <= 3


def test_no_commit_waits_for_more_than_so_many(place: Place) -> None:
    place.together(*[lambda n=n: place.tell(f"{n}") for n in range(2 * MOST)])
    assert len(place.seen()) == 2 * MOST
    steps = 0
    for said in place.said:
        steps = 0 if said == "COMMIT" else steps + (said == "RELEASE step")
        assert steps <= MOST


def test_what_fails_is_undone_alone(place: Place) -> None:
    place.tell("a")

    def told_and_then_twice() -> None:
        with place.commits.step() as db:
            db.execute("INSERT INTO told VALUES ('b')")
            db.execute("INSERT INTO told VALUES ('a')")

    *fine, failed = place.together(lambda: place.tell("c"), lambda: place.tell("d"), told_and_then_twice)
    assert isinstance(failed.exception(), sqlite3.IntegrityError)
    assert [each.exception() for each in fine] == [None, None]
    assert place.seen() == {"a", "c", "d"}


def test_a_full_disk_is_told_to_each_and_leaves_what_was_committed(place: Place) -> None:
    place.tell("a")
    (pages,) = place.db.execute("PRAGMA page_count").fetchone()
    place.db.execute(f"PRAGMA max_page_count={pages + 2}")
    ends = place.together(*[lambda n=n: place.tell(f"{n}" * 3000) for n in range(8)])
    failed = [each.exception() for each in ends if each.exception()]
    assert failed
    assert all(isinstance(each, sqlite3.OperationalError) and "full" in str(each) for each in failed)
    assert len(place.seen()) == 1 + len(ends) - len(failed)
    place.db.execute("PRAGMA max_page_count=1000000")
    place.tell("z")
    assert "z" in place.seen()


def test_what_returned_is_there_for_everybody(place: Place) -> None:
    """Whatever the threads do, and whichever of their steps raise."""
    dice = random.Random(5)
    plans = [[(f"{thread}-{n}", dice.random() < 0.2) for n in range(30)] for thread in range(8)]

    def work(plan: list[tuple[str, bool]]) -> None:
        for what, fails in plan:
            with pytest.raises(ZeroDivisionError) if fails else nullcontext():
                place.tell(what, by=0 if fails else 1)
            assert (what in place.seen()) is not fails

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(work, plan) for plan in plans]:
            done.result(60)
    assert place.said.count("COMMIT") < sum(len(plan) for plan in plans)
