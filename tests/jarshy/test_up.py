"""`jarshy up` as an operator starts it: real processes on the embedded broker."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jarshy import system
from jarshy.cli import main
from tests.jarshy.commands import written
from wire.settings import Settings

ROOT = Path(__file__).parents[2]
FEEDS = 12
LINE = '- {{id: f{0}, url: "http://127.0.0.{0}:9/rss", language: kk, outlet: x, interval: 1h, allow_private: true}}\n'


def test_each_process_of_a_stage_has_a_name_of_its_own() -> None:
    settings = Settings(kafka="127.0.0.1:9", embedded=False, prefix="x")
    found = [process.name for process in system.stages(settings, workers=2, collectors=3)]
    assert found == ["alerts", "streams-1", "streams-2", "collectors-1", "collectors-2", "collectors-3"]
    assert [process.name for process in system.stages(settings)] == ["alerts", "streams", "collectors"]


async def test_two_collectors_share_the_feeds(tmp_path: Path) -> None:
    config = written(tmp_path, feeds="feeds:\n" + "".join(LINE.format(n) for n in range(1, FEEDS + 1)))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JARSHY_")}
    ours = {"JARSHY_CONFIG": str(config), "JARSHY_DATA": str(tmp_path / "data"), "JARSHY_PARTITIONS": "6"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "jarshy", "up", "--collectors", "2", cwd=ROOT, env={**kept, **ours}
    )
    try:
        logs = [tmp_path / "data" / "logs" / f"collectors-{number}.log" for number in (1, 2)]
        for _ in range(600):
            if sum(counts := [polled(log) for log in logs]) == FEEDS and all(counts):
                break
            await asyncio.sleep(0.2)
        else:
            raise AssertionError(f"of {FEEDS} feeds each has {counts}")
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 60) in (0, 1, 130)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"JARSHY_CONFIG": "/nowhere"}, "there is no folder /nowhere: set JARSHY_CONFIG"),
        ({"JARSHY_CONFIG": str(ROOT / "config"), "JARSHY_DATA": "/dev/null"}, "set JARSHY_DATA to a folder that can"),
    ],
)
def test_what_up_cannot_work_with_is_said_in_a_sentence(setting: dict[str, str], said: str) -> None:
    found = CliRunner().invoke(main, ["up"], env=setting)
    assert found.exit_code == 1
    assert said in found.stderr
    assert isinstance(found.exception, SystemExit)


def polled(log: Path) -> int:
    """Return how many feeds a collector says that it polls."""
    said = re.findall(r"polling (\d+) of 12 feeds", log.read_text(encoding="utf-8")) if log.exists() else []
    return int(said[-1]) if said else 0
