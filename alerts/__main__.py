"""`python -m alerts`: settings, desks, secrets, lock, outbox, receivers -> the threads -> until told to stop."""

import asyncio
import faulthandler
import fcntl
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alerts.desks import DesksFile, load
from alerts.dispatch import Patience, Sender, wake_all
from alerts.intake import Intake, Teller
from alerts.outbox import Outbox
from alerts.outbox_file import OutboxFailed, OutboxUnusable
from alerts.receivers import Connected, connect
from alerts.secret import veil
from wire.broker import BrokerAway, Group, Publisher
from wire.files import Problems
from wire.health import Health, serve
from wire.records import NewerRecord
from wire.settings import NEWER_RECORD, WRONG_CONFIGURATION, Settings, read
from wire.topics import ALERTS, NOTICES

log = logging.getLogger("alerts")
GRACE = 12.0
FIGURES, TIDYING = 2.0, 24 * 3600.0
"""How often the outbox's figures are counted, and how often it forgets what is long over; seconds."""
FAILED, BROKER_AWAY = 70, 75
"""Exit statuses: a fault of ours (EX_SOFTWARE), try again (EX_TEMPFAIL)."""


class Alerts:
    """The running stage: one thread reads Kafka, one tells it, one for each receiver sends."""

    def __init__(self, settings: Settings, file: DesksFile, connected: Connected, patience: Patience) -> None:
        self.settings, self.file = settings, file
        self.stop = threading.Event()
        self.fault: BaseException | None = None
        self.outbox = Outbox(settings.data / "outbox.db")
        self.teller = Teller(self.outbox)
        self.senders = {
            name: Sender(
                self.outbox,
                receiver,
                file.desks.receivers[name],
                stop=self.stop,
                told=self.teller.wake,
                patience=patience,
            )
            for name, receiver in connected.receivers.items()
        }
        self.health = Health("alerts")
        self.intake = Intake(self.outbox, file.desks, prefix=settings.prefix, taken=self._wake, beat=self.health.beat)

    def run(self) -> None:
        """Work until `stop` is set or a thread fails; raises what it failed of."""
        self._look_back()
        publisher, group = Publisher(self.settings, "alerts"), Group(self.settings, "alerts", (ALERTS, NOTICES))
        work: list[tuple[str, Callable[[], None]]] = [
            ("intake", lambda: self.intake.run(group, self.stop)),
            ("teller", lambda: self.teller.run(publisher, self.stop)),
            ("tidying", self._tidy),
            *((f"to {name}", sender.run) for name, sender in self.senders.items()),
        ]
        threads = [threading.Thread(target=self._guarded, args=(do,), name=name, daemon=True) for name, do in work]
        for thread in threads:
            thread.start()
        log.info("%s", json.dumps({"event": "ready", "receivers": sorted(self.senders)}))
        asyncio.run(self._attend())
        self._wake()
        until = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        group.close()
        if self.fault is None:
            self._tell_the_rest(publisher)
        else:
            raise self.fault

    def _look_back(self) -> None:
        """Take up what an earlier run left: possible duplicates, parked receivers, receivers that are gone."""
        if interrupted := self.outbox.recover(datetime.now(UTC)):
            log.warning("%s", json.dumps({"event": "possible-duplicates", "count": interrupted}))
        for name, owed in self.outbox.owed_to().items():
            if name in self.senders:
                self.outbox.resume(name)
            else:
                log.warning("%s", json.dumps({"event": "receiver-gone", "receiver": name, "owed": owed}))

    async def _attend(self) -> None:
        """Serve the health page until told to stop or stalled."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._told_to_stop, number)
        async with serve(self.health, self.settings.health_port):
            self.health.ready = True
            counted = time.monotonic() - FIGURES
            while not self.stop.is_set():
                if time.monotonic() - counted >= FIGURES:  # not oftener: it reads the whole file
                    self.health.figures, counted = {**self.outbox.counts()}, time.monotonic()
                await asyncio.sleep(0.25)
                if not self.health.live:
                    self.fault = BrokerAway(f"nothing was read from Kafka for {self.health.idle:.0f} s")
                    self.stop.set()

    def _told_to_stop(self, number: signal.Signals) -> None:
        log.info("%s", json.dumps({"event": "told-to-stop", "by": number.name}))
        self.stop.set()

    def _tidy(self) -> None:
        """Forget daily what no replay can bring back."""
        while not self.stop.is_set():
            if went := self.outbox.prune(datetime.now(UTC)):
                log.info("%s", json.dumps({"event": "pruned", "deliveries": went}))
            self.stop.wait(TIDYING)

    def _guarded(self, do: Callable[[], None]) -> None:
        try:
            do()
        except BaseException as error:
            self.fault = self.fault or error
            self.stop.set()

    def _wake(self) -> None:
        wake_all(self.senders)
        self.teller.wake()

    def _tell_the_rest(self, publisher: Publisher) -> None:
        try:
            while self.teller.tell(publisher):
                pass
        except BrokerAway as error:  # it is kept, and told at the next start
            log.warning("%s", json.dumps({"event": "broker-away", "error": str(error)}))
        publisher.close()
        self.outbox.close()


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the lock that makes alerts one process.

    Raises OutboxUnusable when another has it, or the folder cannot be written.
    """
    path = data / "alerts.lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except BlockingIOError as error:
        raise OutboxUnusable(f"another `python -m alerts` works on {data}: stop it first") from error
    except OSError as error:
        raise OutboxUnusable(f"{path} cannot be written: {error.strerror}; check the disk and its rights") from error


class _Veil(logging.Formatter):
    """The last line of defence: no secret leaves in a log, not even in a traceback."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return veil(super().format(record), self._secrets)


def set_up_logs(level: str, secrets: tuple[str, ...]) -> None:
    """Log to standard error; what others' libraries say of their requests stays out: it holds tokens."""
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(_Veil(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[to_stderr], force=True)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    log.setLevel(level.upper())


def main(environ: Mapping[str, str] = os.environ) -> int:
    """Run the stage; the exit status says whether another start may help."""
    faulthandler.enable()  # a death in C code says where, too
    settings = read(environ)
    try:
        file = load(settings.config / "desks.yaml")
        connected = connect(file, environ, settings)
    except Problems as problems:
        print(f"alerts: the desks cannot be used\n{problems}", file=sys.stderr)
        return WRONG_CONFIGURATION
    set_up_logs(settings.log_level, connected.secrets)
    try:
        with only_one(settings.data):
            Alerts(settings, file, connected, Patience()).run()
    except OutboxUnusable as error:
        print(f"alerts: {error}", file=sys.stderr)
        return WRONG_CONFIGURATION
    except NewerRecord as error:
        print(f"alerts: {error}", file=sys.stderr)
        return NEWER_RECORD
    except (BrokerAway, OutboxFailed) as error:
        print(f"alerts: {veil(str(error), connected.secrets)}", file=sys.stderr)
        return BROKER_AWAY
    except Exception:  # a fault of ours: its traceback goes through the veil
        log.exception("%s", json.dumps({"event": "failed"}))
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
