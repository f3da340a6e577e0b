"""What nobody can work on becomes a dead letter with its origin and reason, and its partition goes on."""

from pathlib import Path

import msgspec
import pytest

from tests.jarshy.test_cli_dead import dead
from tests.streams.app.crew import CALL, REHEARSAL, ROOT, article, done, eventually, publish, verdicts, worker
from wire import broker
from wire.broker import Message
from wire.records import DEAD_LETTER_BYTES, DeadLetter, decode, encode
from wire.settings import NEWER_RECORD, Settings
from wire.topics import ARTICLES, DEAD_LETTERS, MANIFEST, MEETINGS

ROOMY = ARTICLES._replace(max_bytes=8 * 2**20)
"""A broker whose operator allows what ours refuses: 5 MB in one message."""
MISTAKEN = encode(article("mistaken")).replace(b'"outlet":"', b'"outlet":5,"was":"')
POISON: dict[str, bytes | None] = {
    "nothing": None,
    "empty": b"",
    "no json": b"no json",
    "cut": encode(article("cut"))[:-9],
    "not utf-8": b'"\xff\xfe"',
    "5 MB": b'{"type": "jarshy.article.v1", "id": "' + b"x" * 5_000_000,
    "deep": b"[" * 200_000,
    "wrong kind": MISTAKEN,
    "somebody else's": b'{"type": "jarshy.alert.v1"}',
}


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> Settings:
    one = msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path, partitions=1)
    broker.create(one, [ROOMY if topic is ARTICLES else topic for topic in MANIFEST])
    return one


def letters(ours: Settings) -> dict[str, DeadLetter]:
    found = [decode(DeadLetter, message.value) for message in broker.read_all(ours, DEAD_LETTERS) if message.value]
    return {(letter.key or b"").decode(): letter for letter in found}


def reported(ours: Settings) -> list[Message]:
    return list(broker.read_all(ours, MEETINGS))


def test_every_poison_is_put_aside_with_its_reason(ours: Settings, tmp_path: Path) -> None:
    publisher = broker.Publisher(ours, "test")
    publisher.wait([publisher.send(ARTICLES, key, value) for key, value in POISON.items()])
    publisher.close()
    publish(ours, article("stumbled", CALL, feed="raises"), article("good", CALL))

    with worker(ours, tmp_path / "worker.log", REHEARSAL):
        assert eventually(lambda: "good" in verdicts(ours))
        assert eventually(lambda: done(ours) == len(POISON) + 2), "the partition did not go on"

    found = letters(ours)
    assert {key: letter.offset for key, letter in found.items()} == {
        key: offset for offset, key in enumerate([*POISON, "stumbled"])
    }
    assert {letter.reason.code for key, letter in found.items() if key != "stumbled"} == {"undecodable"}
    assert (found["5 MB"].size, len(found["5 MB"].value)) == (5_000_037, DEAD_LETTER_BYTES)
    assert "outlet" in found["wrong kind"].reason.text, "the reason does not say where"
    assert found["wrong kind"].value == MISTAKEN
    assert found["stumbled"].reason.code == "failed"
    assert "stumbled is too much for this code" in found["stumbled"].reason.text
    assert "rehearsal.py" in found["stumbled"].detail, "the detail does not say where our code raised"
    assert len(reported(ours)) == 1


def test_a_dead_letter_is_worked_on_after_the_fault_was_mended(ours: Settings, tmp_path: Path) -> None:
    publish(ours, article("stumbled", CALL, feed="raises"))
    with worker(ours, tmp_path / "worker.log", REHEARSAL):
        assert eventually(lambda: len(letters(ours)) == 1)
        assert eventually(lambda: done(ours) == 1), "else the next worker is given it without any replay"
    assert not reported(ours)
    key = f"{ours.prefix}.articles/0/0"
    assert "stumbled is too much for this code" in dead(ours, "show", key).stdout

    with worker(ours, tmp_path / "mended.log"):
        assert dead(ours, "replay", key).stdout == f"{key}: sent to {ours.prefix}.articles again\n"
        assert eventually(lambda: len(reported(ours)) == 1)
    assert dead(ours, "list").stdout == "no dead letters\n"


def test_a_newer_record_stops_the_worker_and_waits_for_it_to_be_upgraded(ours: Settings, tmp_path: Path) -> None:
    publish(ours, article("before"))
    publisher = broker.Publisher(ours, "test")
    newer = encode(article("newer")).replace(b"jarshy.article.v1", b"jarshy.article.v2")
    publisher.wait([publisher.send(ARTICLES, "newer", newer)])
    publisher.close()
    publish(ours, article("after"))

    log = tmp_path / "worker.log"
    for _ in range(2):  # another start is no use, and loses nothing
        with worker(ours, log) as child:
            assert eventually(lambda: not child.alive), log.read_text()
            assert child.exit_code == NEWER_RECORD
    assert "upgrade the readers of jarshy.article first" in log.read_text()
    assert done(ours) <= 1, "it was acknowledged"
    assert not letters(ours)
    assert set(verdicts(ours)) == {"before"}
