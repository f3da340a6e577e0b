"""`jarshy dead` on each engine: listed, shown, sent again, dropped."""

import os
import subprocess
import sys
from datetime import UTC, datetime

from wire import broker
from wire import settings as environment
from wire.records import DeadLetter, Reason
from wire.settings import Settings
from wire.topics import ARTICLES, MANIFEST, named


def dead(ours: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment.environment(ours), "COLUMNS": "240"}
    return subprocess.run(
        [sys.executable, "-m", "jarshy", "dead", *words],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def letter(ours: Settings, offset: int, value: bytes, size: int | None = None) -> DeadLetter:
    return DeadLetter(
        stage="streams", reason=Reason(code="undecodable", text="not an article"), at=datetime.now(UTC),
        topic=named(ARTICLES, ours.prefix), partition=0, offset=offset, key=b"art-1", value=value,
        size=len(value) if size is None else size,
    )  # fmt: skip


def test_letters_are_listed_shown_replayed_and_dropped(settings: Settings) -> None:
    broker.create(settings, MANIFEST)
    assert dead(settings, "list").stdout == "no dead letters\n"
    publisher = broker.Publisher(settings, "test")
    for offset, value, size in ((1, "мәтін".encode(), None), (2, b"cut", 300_000), (3, b"third", None)):
        publisher.dead_letter(letter(settings, offset, value, size))
    publisher.close()
    one, two, three = (f"{settings.prefix}.articles/0/{offset}" for offset in (1, 2, 3))

    listed = dead(settings, "list").stdout
    assert all(key in listed for key in (one, two, three))
    assert "мәтін" in dead(settings, "show", one).stdout

    assert dead(settings, "replay", one).returncode == 0
    assert [m.value for m in broker.read_all(settings, ARTICLES)] == ["мәтін".encode()]
    assert one not in dead(settings, "list").stdout

    refused = dead(settings, "replay", "--all")
    assert refused.returncode == 1
    assert "only the first 3 of 300,000 bytes were kept" in refused.stderr
    assert len(list(broker.read_all(settings, ARTICLES))) == 1, "one was sent though another was refused"

    assert dead(settings, "drop", two, three).stdout == "dropped 2\n"
    assert dead(settings, "list").stdout == "no dead letters\n"


def test_a_letter_that_is_not_there_is_said_to_be_so(settings: Settings) -> None:
    broker.create(settings, MANIFEST)
    nobody = dead(settings, "show", "x/0/1")
    assert (nobody.returncode, nobody.stderr) == (
        1, "Error: there is no dead letter x/0/1: `jarshy dead list` shows those there are\n",
    )  # fmt: skip
