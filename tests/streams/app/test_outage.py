"""A broker that is away for a while, shorter than the session: every row is in the changelog afterwards.

The control shows that the scene is hard enough: Faust's own table loses rows in it.
"""

import time
from pathlib import Path

import msgspec
import pytest

from tests.brokers.kafka import KafkaBroker
from tests.conftest import Broker
from tests.streams.app.crew import ROOT, article, done, eventually, publish, verdicts, worker
from wire import broker as wire
from wire.settings import Settings
from wire.topics import MANIFEST

WRITES = 60
AWAY, SESSION = 22.0, 30.0
AWAY_EMBEDDED, SESSION_EMBEDDED = 11.0, 15.0  # it makes new members wait nearly as long as a session


def rows_after_an_outage(engine: Broker, ours: Settings, log: Path, table: str) -> set[str]:
    """Let the broker be away while rows are written, start the worker again as often as it ends, read what is there."""
    wire.create(ours, MANIFEST)
    with worker(ours, log, "tests.streams.app.outage_scene", table) as child:
        publish(ours, article("first"))
        assert eventually(lambda: "first" in verdicts(ours))
        publish(ours, *(article(f"art-{number}") for number in range(WRITES)))
        time.sleep(3)
        if engine.embedded:  # it forgets what it held when it is stopped
            engine.pause()
            time.sleep(AWAY_EMBEDDED)
            engine.resume()
        else:
            engine.kill()
            time.sleep(AWAY)
            engine.start()

        def finished() -> bool:
            if not child.alive:
                assert child.exit_code == 75, log.read_text()
                child.start()
            return done(ours) == WRITES + 1

        assert eventually(finished, 150), log.read_text()[-3000:]
    return set(verdicts(ours)) - {"first"}


def scene(settings: Settings, tmp_path: Path) -> Settings:
    session = SESSION_EMBEDDED if settings.embedded else SESSION
    return msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path, session_timeout=session)


def test_no_write_is_lost_while_the_broker_is_away(broker: Broker, settings: Settings, tmp_path: Path) -> None:
    written = rows_after_an_outage(broker, scene(settings, tmp_path), tmp_path / "worker.log", "ours")
    assert written == {f"art-{number}" for number in range(WRITES)}


@pytest.mark.kafka
def test_faust_s_own_table_loses_writes_in_the_same_scene(
    apache_kafka: KafkaBroker, namespace: str, tmp_path: Path
) -> None:
    ours = Settings(kafka=apache_kafka.address, prefix=namespace, partitions=3)
    written = rows_after_an_outage(apache_kafka, scene(ours, tmp_path), tmp_path / "worker.log", "stock")
    assert len(written) < WRITES, "Faust's table is durable now: streams/app/tables.py may have less to do"
