"""Apache Kafka for tests: pom.xml -> Maven -> cached jars -> one KRaft node as a child process."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree import ElementTree

from jarshy.children import Child, free_port, how_it_ended, last_lines, wait_until
from jarshy.embedded import answers

POM = Path(__file__).with_name("pom.xml")
START_SECONDS = 90.0
SMALL_JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")

# One node, and only what makes it quick or what users have too: no topic appears by itself.
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={store}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=2
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.cleaner.dedupe.buffer.size=16777216
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
"""


class KafkaUnavailable(Exception):
    """Apache Kafka cannot be had on this machine; the text says what is missing."""


class KafkaBroker:
    """One node of Apache Kafka whose port and stored records outlive a kill or a restart."""

    embedded = False

    def __init__(
        self, directory: Path, jars: Path, properties: str = PROPERTIES, *, formatted: Sequence[str] = ()
    ) -> None:
        """`properties`: with places for {port}, {controller}, {store}, and {plain} where {port} asks for a password.

        `formatted`: further words for the formatting of the storage.
        """
        self.directory, self.jars = directory, jars
        self.port, self._controller = free_port(), free_port()
        self.address = f"127.0.0.1:{self.port}"
        self._plain = free_port() if "{plain}" in properties else self.port  # where readiness is asked for
        self.log = directory / "kafka.log"
        self._properties, self._formatted = properties, formatted
        self._settings = directory / "server.properties"
        self._child = Child(["java", *SMALL_JVM, "-cp", f"{jars}/*", "kafka.Kafka", str(self._settings)], self.log)

    def start(self) -> None:
        """Start it, formatting its storage at the first time, and wait until it answers."""
        if not self._settings.exists():
            self._format()
        self._child.start()
        wait_until(lambda: self._answers() or not self.alive, START_SECONDS, every=0.1)
        if not (self.alive and self._answers()):
            code = self._child.exit_code
            self._child.kill()
            how = how_it_ended(code) if code is not None else f"did not answer in {START_SECONDS:.0f} s"
            raise RuntimeError(f"Kafka {how}; {self.log} ends:\n" + "\n".join(last_lines(self.log)))

    @property
    def alive(self) -> bool:
        """True while its process lives."""
        return self._child.alive

    def stop(self) -> None:
        """Shut it down in good order."""
        self._child.stop(grace=20.0)

    def kill(self) -> None:
        """End it with SIGKILL; what it stored stays."""
        self._child.kill()

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing answers."""
        self._child.pause()

    def resume(self) -> None:
        """Let it go on after a pause."""
        self._child.resume()

    def restart(self) -> None:
        """Stop it and start it with the same address and records."""
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        return answers(f"127.0.0.1:{self._plain}")

    def _format(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        fresh = self._settings.with_suffix(".new")
        fresh.write_text(
            self._properties.format(
                port=self.port, plain=self._plain, controller=self._controller, store=self.directory / "records"
            )
        )
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
        tool = ["java", *SMALL_JVM, "-cp", f"{self.jars}/*", "kafka.tools.StorageTool"]
        ended = subprocess.run(
            [*tool, "format", f"--cluster-id={cluster}", "-c", str(fresh), *self._formatted],
            capture_output=True, text=True, timeout=START_SECONDS, check=False,
        )  # fmt: skip
        if ended.returncode:
            raise RuntimeError(f"Kafka's storage could not be formatted: {ended.stdout}{ended.stderr}")
        fresh.rename(self._settings)


def version() -> str:
    """The version of Kafka that pom.xml asks for."""
    for dependency in ElementTree.parse(POM).iter("dependency"):
        if dependency.findtext("artifactId") == "kafka_2.13":
            return dependency.findtext("version") or ""
    raise LookupError(f"{POM} has no kafka_2.13")


def jars(say: Callable[[str], None] = print) -> Path:
    """The folder of Kafka's jars, brought by Maven once per machine and kept in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jarshy"
    kept = cache / f"kafka-{version()}"
    missing = [tool for tool in ("java", "mvn") if not shutil.which(tool)]
    if "java" in missing or (missing and not kept.exists()):
        raise KafkaUnavailable(
            f"Apache Kafka needs {' and '.join(missing)}, not found here (Debian: default-jre, maven)"
        )
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "kafka.lock").open("w") as lock:  # two test runs at once: the second finds the jars
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _bring(kept, say)
    return kept


def _bring(kept: Path, say: Callable[[str], None]) -> None:
    say(f"Maven brings Apache Kafka {version()} (43 MB, once) ...")
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".kafka-") as scratch:
        lib = Path(scratch) / "lib"
        argv = ["mvn", "-B", "dependency:copy-dependencies", "-f", str(POM), f"-DoutputDirectory={lib}"]
        ended = _counting_downloads(argv, say)
        if ended.returncode or not lib.is_dir():
            raise KafkaUnavailable(f"Maven could not bring Apache Kafka {version()}:\n{ended.stdout}")
        lib.rename(kept)  # whole or not at all
    say(f"Apache Kafka {version()} is in {kept}")


def _counting_downloads(argv: list[str], say: Callable[[str], None]) -> subprocess.CompletedProcess[str]:
    lines: list[str] = []
    brought = 0
    with subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as maven:
        assert maven.stdout
        for line in maven.stdout:
            lines.append(line)
            if "Downloaded" in line:
                brought += 1
                if brought % 25 == 0:
                    say(f"  {brought} files ...")
    return subprocess.CompletedProcess(argv, maven.returncode, stdout="".join(lines[-20:]))
