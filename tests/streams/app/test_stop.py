"""A worker that is told to stop finishes what it has in hand, commits it, and leaves its group at once."""

import time
from pathlib import Path

import msgspec

from tests.streams.app.crew import CALL, REHEARSAL, ROOT, article, done, eventually, publish, verdicts, worker
from wire import broker
from wire.settings import Settings
from wire.topics import MANIFEST, MEETINGS

IN_HAND = 5.0
WAITING = 40
LONG_SESSION = 150.0  # longer than the test waits: only a member that has left makes way


def test_it_finishes_commits_and_leaves(settings: Settings, tmp_path: Path) -> None:
    session = settings.session_timeout if settings.embedded else LONG_SESSION  # (it makes new members wait a session)
    ours = msgspec.structs.replace(
        settings, config=ROOT / "config", data=tmp_path, partitions=1, session_timeout=session
    )
    broker.create(ours, MANIFEST)
    publish(ours, article("first"))
    with worker(ours, tmp_path / "first.log", REHEARSAL) as one:
        assert eventually(lambda: "first" in verdicts(ours))
        publish(ours, article("in hand", CALL, f"waits {IN_HAND}"), *(article(f"art-{n}") for n in range(WAITING)))
        time.sleep(IN_HAND / 2)
        one.ask()
        assert eventually(lambda: not one.alive, 60)
        assert one.exit_code == 0, (tmp_path / "first.log").read_text()
    finished = verdicts(ours)
    assert "in hand" in finished
    assert done(ours) == len(finished), "what was finished is not what was committed"
    with worker(ours, tmp_path / "second.log"):
        assert eventually(lambda: len(verdicts(ours)) == WAITING + 2, LONG_SESSION - 30), "it did not leave its group"
        assert len(list(broker.read_all(ours, MEETINGS))) == 1, "the event in hand was worked on again"
