"""The newsroom's script through recognition and stories alone: seconds, where the whole system takes a minute.

The system test takes the same script over HTTP, Kafka, Faust and a chat (tests/test_system.py).
"""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jarshy.demo import expect
from jarshy.demo.told import tell
from jarshy.newsroom import press, script
from streams.pipeline import LivePipeline, Pipeline

ROOT = Path(__file__).parents[2]
OPENED = datetime.now(UTC).replace(microsecond=0)
JITTER = 3.0
"""Seconds by which feeds may be read late: two polls, and a little."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return LivePipeline(ROOT / "config").pipeline


@pytest.mark.parametrize("seed", range(6))
def test_the_script_is_told_right_in_whatever_order_the_feeds_are_read(pipeline: Pipeline, seed: int) -> None:
    newsroom = script.load()
    random_ = random.Random(seed)
    lateness = {feed.id: random_.uniform(0, JITTER) if seed else 0.0 for feed in newsroom.feeds}
    alerts = tell(newsroom, pipeline, OPENED, lateness)
    today = press.Play(prepared=OPENED, opened=OPENED, zone=newsroom.zone).today
    judged = expect.judge(newsroom, alerts, today)
    assert not judged.stray
    assert not [verdict for verdict in judged.events if verdict.faults]
