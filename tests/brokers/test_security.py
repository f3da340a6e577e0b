"""Kafka over TLS with a password: publish, read, a whole stream worker; what is wrong is said, the password never."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from jarshy import system
from jarshy.supervise import Supervisor
from tests.brokers.kafka import PROPERTIES, KafkaBroker
from wire import broker
from wire.broker import BrokerAway, Publisher
from wire.records import Article
from wire.security import Secret
from wire.settings import Settings
from wire.topics import ARTICLES, MANIFEST, MEETINGS

pytestmark = pytest.mark.kafka
ROOT = Path(__file__).parents[2]
PASSWORD = "guarded-by-three-dogs"

SECURED = (
    PROPERTIES.replace("PLAINTEXT://127.0.0.1:{port}", "SAFE://127.0.0.1:{port},OWN://127.0.0.1:{plain}")
    .replace("map=PLAINTEXT:PLAINTEXT,", "map=SAFE:SASL_SSL,OWN:PLAINTEXT,")
    .replace("inter.broker.listener.name=PLAINTEXT", "inter.broker.listener.name=OWN")
    + """\
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.safe.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PKCS12
ssl.keystore.location=KEYSTORE
ssl.keystore.password=keystore
ssl.key.password=keystore
"""
)


class Guarded(NamedTuple):
    """A broker that asks for a password, and the authority that signed its certificate."""

    broker: KafkaBroker
    authority: Path

    def settings(self, prefix: str, data: Path) -> Settings:
        """Return the settings of somebody who is let in."""
        return Settings(
            kafka=self.broker.address, kafka_security="SASL_SSL", kafka_user="jarshy",
            kafka_password=Secret(PASSWORD), kafka_ca=self.authority,
            prefix=prefix, data=data, partitions=2, session_timeout=6, config=ROOT / "config",
        )  # fmt: skip


@pytest.fixture(scope="module")
def guarded(kafka_jars: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    keystore, authority = folder / "keys.p12", folder / "authority.pem"
    common = ["-alias", "kafka", "-keystore", str(keystore), "-storepass", "keystore"]
    _keytool(
        "-genkeypair", *common, "-storetype", "PKCS12", "-keyalg", "RSA", "-keysize", "2048", "-validity", "2",
        "-dname", "CN=jarshy-test", "-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true",
    )  # fmt: skip
    _keytool("-exportcert", *common, "-rfc", "-file", str(authority))
    properties = SECURED.replace("KEYSTORE", str(keystore))
    scram = f"SCRAM-SHA-512=[name=jarshy,password={PASSWORD}]"
    with KafkaBroker(folder / "node", kafka_jars, properties, formatted=("--add-scram", scram)) as running:
        yield Guarded(running, authority)


def _keytool(*words: str) -> None:
    subprocess.run(["keytool", *words], check=True, capture_output=True, timeout=60)


async def test_a_worker_reads_and_publishes_over_tls_with_a_password(
    guarded: Guarded, namespace: str, tmp_path: Path
) -> None:
    ours = guarded.settings(namespace, tmp_path)
    broker.create(ours, MANIFEST)
    article = _article()
    publisher = Publisher(ours, "test")
    publisher.publish(ARTICLES, article.id, article, id=article.id, time=article.seen)
    publisher.close()
    async with Supervisor(tmp_path / "logs") as supervisor:
        supervisor.start(system.process(ours, "streams", "streams"))
        await supervisor.running(seconds=90)
        told = _first(ours)
    assert told.key == "AZ"
    assert PASSWORD not in "".join(path.read_text() for path in (tmp_path / "logs").iterdir())


@pytest.mark.parametrize(
    "wrong", [{"kafka_password": Secret("guarded-by-no-dog")}, {"kafka_ca": None}], ids=["password", "authority"]
)
def test_who_is_not_let_in_hears_what_to_look_at(guarded: Guarded, tmp_path: Path, wrong: dict[str, object]) -> None:
    ours = msgspec.structs.replace(guarded.settings("nobody", tmp_path), **wrong)
    with pytest.raises(BrokerAway) as caught:
        Publisher(ours, "test")
    assert "JARSHY_KAFKA_SECURITY=SASL_SSL, user, password and CA" in str(caught.value)
    assert "dog" not in str(caught.value)


def _first(ours: Settings) -> broker.Message:
    """Return the first report, read by a member of a group."""
    group = broker.Group(ours, "test", [MEETINGS])
    try:
        for _ in range(60):
            if told := group.poll(1.0):
                return told[0]
        raise AssertionError("no report came in a minute")
    finally:
        group.close()


def _article() -> Article:
    now = datetime.now(UTC)
    return Article(
        id="art-guarded", keys=("key-guarded",), feed="f", outlet="Gazeta", language="pl", seen=now, published=now,
        title="Tokajew rozmawiał w Baku z Alijewem",
        text="Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się w Baku z prezydentem Ilhamem Alijewem.",
    )  # fmt: skip
