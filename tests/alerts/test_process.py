"""`python -m alerts` as a child process: refusals to start, the lock, kill -9 at any moment, a clean end."""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from alerts.outbox import Outbox
from alerts.outbox_file import OutboxUnusable
from jarshy.chat.records import ChatMessage, Fault
from jarshy.chat.server import ChatThread
from jarshy.children import free_port
from tests.alerts.samples import NOW, alert, notice
from tests.alerts.stage import HOOK, TOKEN, Stage
from tests.conftest import Broker
from wire.broker import Publisher, create, read_all
from wire.records import Alert, Delivery, Notice, NoticeState, Outcome, Source, decode
from wire.settings import Settings
from wire.topics import ALERTS, DELIVERIES, MANIFEST, NOTICES

OPERATORS = "T0AAAAAA/B0BBBBBB"
DESKS = """
receivers:
  one: {url: 'tgram://${TELEGRAM}/1', frame: kk, rate: 500/s, throttle: 0, group: {wait: 0s, interval: 0s}}
  two: {url: 'tgram://${TELEGRAM}/2', frame: ar, rate: 500/s, throttle: 0, group: {wait: 0s, interval: 0s}}
  ops: {url: 'slack://${HOOK}', frame: en, rate: 500/s, throttle: 0, group: {wait: 0s, interval: 0s}}
desks: {all: [one, two]}
default: [all]
operators: [ops]
"""


@pytest.fixture
def chat() -> Iterator[ChatThread]:
    with ChatThread() as server:
        yield server


@pytest.fixture
def ours(broker: Broker, namespace: str, tmp_path: Path, chat: ChatThread) -> Settings:
    """Return settings with topics, a config folder and a chat of their own."""
    settings = _settings(tmp_path, chat, kafka=broker.address, embedded=broker.embedded, prefix=namespace)
    create(settings, MANIFEST)
    return settings


def _settings(folder: Path, chat: ChatThread, **more: Any) -> Settings:
    (folder / "config").mkdir()
    (folder / "config" / "desks.yaml").write_text(DESKS, "utf-8")
    return Settings(
        config=folder / "config", data=folder / "data", partitions=2, session_timeout=6,
        telegram_api=chat.address, slack_api=chat.address, health_port=free_port(), **more,
    )  # fmt: skip


@pytest.fixture
def stage(ours: Settings, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(ours, tmp_path)
    yield made
    if made.child and made.child.poll() is None:
        made.kill()


def until(met: Callable[[], bool], stage: Stage, seconds: float = 60) -> None:
    """Wait, and show the log when it was in vain."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, stage.logs[-3000:]
        time.sleep(0.05)


def publish(settings: Settings, *records: Alert | Notice) -> None:
    publisher = Publisher(settings, "test")
    for record in records:
        topic, key = (ALERTS, record.story) if isinstance(record, Alert) else (NOTICES, record.key)
        publisher.publish(topic, key, record, id=key, time=NOW)
    publisher.close()


def event(number: int) -> Alert:
    """Return an alert on an event of its own, which its link names."""
    url = f"https://news.example/event-{number}"
    source: Source = msgspec.structs.replace(alert().sources[0], url=url)
    return alert(story=f"sto-{number:04}", keys=(f"key-{number}",), sources=(source,), desks=("all",))


def events(messages: list[ChatMessage]) -> list[str]:
    return sorted(link.rpartition("/")[2] for each in messages for link in each.links)


def deliveries(settings: Settings) -> list[Delivery]:
    return [decode(Delivery, each.value) for each in read_all(settings, DELIVERIES)]


def test_alerts_reach_their_chats_and_kafka_hears_of_it(stage: Stage, ours: Settings, chat: ChatThread) -> None:
    stage.start()
    publish(ours, *[event(number) for number in range(5)], notice())
    until(lambda: len(chat.chat.messages) >= 11, stage)
    until(lambda: _outgoing(ours) == 0, stage)
    until(lambda: _ready(ours).get("sent") == 11, stage)
    assert stage.end() == 0
    assert events(chat.chat.to("1")) == events(chat.chat.to("2")) == [f"event-{number}" for number in range(5)]
    assert chat.chat.to("1")[0].text.startswith("🇰🇿 Қасым-Жомарт Тоқаев")
    assert chat.chat.to("2")[0].text.startswith("\u200f🇰🇿 قاسم جومارت توكاييف")
    assert "feed:akorda" in chat.chat.to(OPERATORS)[0].text
    told = deliveries(ours)
    assert [each.outcome for each in told] == [Outcome.SENT] * 11
    assert all(each.seconds and each.seconds > 0 for each in told if each.kind == "first")
    _no_secret(stage, ours)


def test_kill_9_at_any_moment_loses_nothing_and_counts_what_may_be_double(
    stage: Stage, ours: Settings, chat: ChatThread
) -> None:
    """Killed while idle, while taking in, and while a chat accepted and had not answered: then it may be double."""
    count, dice = 30, random.Random(7)
    chat.chat.chooser = lambda place: Fault(hang=0.4, accept=True) if dice.random() < 0.1 else None
    kills = 0
    for moment in ("early", "taking", "sending", "sending"):
        stage.start()
        if moment == "taking":
            publish(ours, *[event(number) for number in range(count)])
            until(lambda: sum(_counts(ours).values()) > 0, stage)
        if moment == "sending":
            seen = len(chat.chat.messages)
            until(lambda seen=seen: len(chat.chat.messages) > seen or _settled(ours, count), stage)  # type: ignore[misc]
        time.sleep(dice.uniform(0, 0.4))
        stage.kill()
        kills += 1
    chat.chat.chooser = lambda place: None
    stage.start()
    until(lambda: _settled(ours, count), stage)
    until(lambda: _outgoing(ours) == 0, stage)
    assert stage.end() == 0
    everything = [f"event-{number}" for number in range(count)]
    doubles = 0
    for place in ("1", "2"):
        heard = events(chat.chat.to(place))
        assert sorted(set(heard)) == sorted(everything), "an alert was lost"
        doubles += len(heard) - len(everything)
    outbox = Outbox(ours.data / "outbox.db")
    counted = outbox.counts()["possible-duplicates"]
    outbox.close()
    assert doubles <= counted <= 2 * kills  # one message in flight for each receiver and kill
    sent = [each for each in deliveries(ours) if each.outcome is Outcome.SENT]
    assert len({each.id for each in sent}) == 2 * count


def test_a_parked_receiver_is_told_to_operators_and_resumes_at_the_next_start(
    stage: Stage, ours: Settings, chat: ChatThread
) -> None:
    chat.chat.fail_always("1", Fault(status=403))
    stage.start()
    publish(ours, event(1), event(2))
    until(lambda: len(chat.chat.to("2")) == 2, stage)
    until(lambda: any("receiver one is parked" in each.text for each in chat.chat.to(OPERATORS)), stage)
    assert stage.end() == 0
    chat.chat.heal("1")
    stage.start()
    until(lambda: len(chat.chat.to("1")) == 2, stage)
    until(lambda: any("takes messages again" in each.text for each in chat.chat.to(OPERATORS)), stage)
    assert stage.end() == 0
    states = [decode(Notice, each.value).state for each in read_all(ours, NOTICES)]
    assert states[-1] is NoticeState.RESOLVED
    _no_secret(stage, ours)


def _counts(settings: Settings) -> dict[str, int]:
    if not (settings.data / "outbox.db").exists():
        return {}
    outbox = Outbox(settings.data / "outbox.db")
    try:
        return outbox.counts()
    finally:
        outbox.close()


def _settled(settings: Settings, count: int) -> bool:
    return _counts(settings).get("sent", 0) == 2 * count


def _outgoing(settings: Settings) -> int:
    return _counts(settings).get("outgoing", 0)


def _ready(settings: Settings) -> dict[str, Any]:
    """Return what the health page says, once it is there and well."""
    with suppress(httpx.HTTPError):
        answer = httpx.get(f"http://127.0.0.1:{settings.health_port}/ready", trust_env=False)
        return dict(answer.json()) if answer.status_code == 200 else {}
    return {}


def _no_secret(stage: Stage, settings: Settings) -> None:
    """No log and no topic holds a token or any part of one."""
    heard = stage.logs.encode()
    for topic in MANIFEST:
        for each in read_all(settings, topic):
            heard += (each.value or b"") + each.key.encode()
    for secret in (TOKEN, TOKEN.split(":")[1], "ccsecretccsecretcc"):
        assert secret.encode() not in heard


def offline(tmp_path: Path, chat: ChatThread, secrets: dict[str, str] | None = None, desks: str = DESKS) -> Stage:
    """Return a stage that has no broker to reach."""
    settings = _settings(tmp_path, chat, kafka="127.0.0.1:1")
    (settings.config / "desks.yaml").write_text(desks, "utf-8")
    return Stage(settings, tmp_path, secrets)


def test_a_missing_secret_is_named_and_nothing_starts(tmp_path: Path, chat: ChatThread) -> None:
    stage = offline(tmp_path, chat, {"HOOK": HOOK})
    stage.start()
    assert stage.ended() == 78
    assert "these secrets are not set: TELEGRAM (set each in the environment" in stage.logs
    assert "Traceback" not in stage.logs


def test_every_fault_of_the_file_is_shown(tmp_path: Path, chat: ChatThread) -> None:
    stage = offline(tmp_path, chat, desks=DESKS.replace("[one, two]", "[one, tow]").replace("[ops]", "[opps]"))
    stage.start()
    assert stage.ended() == 78
    assert "did you mean 'two'?" in stage.logs
    assert "did you mean 'ops'?" in stage.logs
    assert "Traceback" not in stage.logs


def test_a_record_of_a_later_version_asks_for_an_upgrade(stage: Stage, ours: Settings) -> None:
    stage.start()
    until(lambda: '"ready"' in stage.logs, stage)
    publisher = Publisher(ours, "test")
    publisher.wait([publisher.send(ALERTS, "sto-1", b'{"type":"jarshy.alert.v9"}', {})])
    publisher.close()
    assert stage.ended() == 79
    assert "upgrade" in stage.logs.splitlines()[-1]
    assert "Traceback" not in stage.logs


def test_it_is_one_process(tmp_path: Path, stage: Stage, ours: Settings) -> None:
    stage.start()
    until(lambda: '"ready"' in stage.logs, stage)
    (tmp_path / "second").mkdir()
    second = Stage(msgspec.structs.replace(ours, health_port=0), tmp_path / "second")
    second.start()
    assert second.ended() == 78
    assert "another `python -m alerts` works on" in second.logs
    assert stage.end() == 0
    assert '"told-to-stop", "by": "SIGTERM"' in stage.logs


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Mount a disk of a few megabytes, as root may."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"no tmpfs may be mounted here: {mounted.stderr.decode()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_ends_it_with_a_clear_word_and_loses_nothing(
    stage: Stage, ours: Settings, tmp_path: Path, chat: ChatThread
) -> None:
    """Whatever was owed when the disk was full is told when there is room again, each thing once."""
    with small_disk(tmp_path / "disk", "8m") as disk:
        stage.settings = msgspec.structs.replace(ours, data=disk)
        stage.start()
        until(lambda: '"ready"' in stage.logs, stage)
        ballast = disk / "ballast"
        taken = sum(each.stat().st_blocks * 512 for each in disk.iterdir())
        ballast.write_bytes(b"x" * (8 * 2**20 - taken - 8192))
        count = 60
        publish(ours, *[event(number) for number in range(count)])
        assert stage.ended() == 75
        assert "full" in stage.logs.splitlines()[-1]
        assert "Traceback" not in stage.logs
        ballast.unlink()
        stage.start()
        until(lambda: _settled(stage.settings, count), stage)
        assert stage.end() == 0
    for place in ("1", "2"):
        heard = events(chat.chat.to(place))
        assert len(set(heard)) == count
        assert len(heard) - count <= 1  # what had been accepted and could not be recorded


def test_a_disk_that_is_read_only_is_named(tmp_path: Path, chat: ChatThread) -> None:
    with small_disk(tmp_path / "disk", "2m") as disk:
        stage = offline(tmp_path, chat)
        stage.settings = msgspec.structs.replace(stage.settings, data=disk)
        Outbox(disk / "outbox.db").close()
        (disk / "alerts.lock").touch()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        stage.start()
        assert stage.ended() == 78
        assert "check the disk and its rights" in stage.logs
        assert "Traceback" not in stage.logs
        with pytest.raises(OutboxUnusable, match="cannot be used"):
            Outbox(disk / "outbox.db")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, chat: ChatThread) -> None:
    stage = offline(tmp_path, chat)
    stage.settings.data.write_text("a file stands where the folder should", "utf-8")
    stage.start()
    assert stage.ended() == 78
    assert "cannot be written" in stage.logs
    assert "Traceback" not in stage.logs
