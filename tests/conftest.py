"""What any test may ask for: a broker of each kind, started when first asked for and stopped at the end."""

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from jarshy.embedded import EmbeddedBroker
from tests.brokers.kafka import KafkaBroker, KafkaUnavailable, jars
from tests.leftovers import Leftovers
from tests.overheard import Overheard
from wire.settings import Settings

Broker = EmbeddedBroker | KafkaBroker
"""Either engine: `.address`, `.embedded`, start, stop, kill, pause, resume, restart."""

# A law says nothing of how quick a crowded machine is. CI tries the same examples each time; developers try new ones.
hypothesis.settings.register_profile(
    "jarshy",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("jarshy")

_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "kafka: runs on a real Apache Kafka (Java; Maven once)")
    config.addinivalue_line("markers", "chaos: workers and brokers are killed for a minute")
    if not hasattr(config, "workerinput"):  # of xdist's processes the one that hears the others
        config.pluginmanager.register(Overheard(config))
        config.pluginmanager.register(Leftovers(config))


@pytest.fixture(scope="session")
def embedded_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """The embedded broker, shared by the run."""
    with EmbeddedBroker(tmp_path_factory.mktemp("embedded") / "broker.log") as broker:
        yield broker


@pytest.fixture(scope="session")
def kafka_jars(request: pytest.FixtureRequest) -> Path:
    """The folder of Apache Kafka's jars; without Java or Maven: skipped, or failed where required."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def say(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", end="", flush=True)

    try:
        return jars(say)
    except KafkaUnavailable as problem:
        if os.environ.get("JARSHY_TEST_KAFKA") == "required":
            pytest.fail(f"JARSHY_TEST_KAFKA=required, and {problem}", pytrace=False)
        pytest.skip(str(problem))


@pytest.fixture(scope="session")
def apache_kafka(kafka_jars: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    """A node of Apache Kafka, shared by the run."""
    with KafkaBroker(tmp_path_factory.mktemp("kafka"), kafka_jars) as broker:
        yield broker


@pytest.fixture(scope="session", params=["embedded", pytest.param("apache", marks=pytest.mark.kafka)])
def broker(request: pytest.FixtureRequest) -> Broker:
    """Each engine in turn; a test that stops it starts it again."""
    wanted = {"embedded": "embedded_broker", "apache": "apache_kafka"}[request.param]
    running: Broker = request.getfixturevalue(wanted)
    return running


@pytest.fixture
def namespace(request: pytest.FixtureRequest) -> str:
    """A first part of topic, group and app names that no other test of the run has (JARSHY_PREFIX)."""
    words = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:40]
    return f"t{next(_numbers)}-{os.getpid()}-{words}"


@pytest.fixture
def settings(broker: Broker, namespace: str, tmp_path: Path) -> Settings:
    """Settings for either engine, with topics of the test's own: few partitions, quick sessions."""
    return Settings(
        kafka=broker.address,
        embedded=broker.embedded,
        prefix=namespace,
        data=tmp_path / "data",
        partitions=3,
        session_timeout=6,
    )
