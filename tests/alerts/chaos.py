"""Alerts under kill -9: alerts flow, the stage dies at random moments, the chat knows what it accepted before each.

publish | start | wait for a moment | kill -9 | who was `sending`? -> at the end: what is lost, what came twice and why

`python -m tests.alerts.chaos --broker apache` runs the long form; `make chaos-alerts` runs it on both brokers.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table

from jarshy.chat.records import ChatMessage, Fault
from jarshy.chat.server import ChatThread
from jarshy.embedded import EmbeddedBroker
from tests.alerts.forked import ForkedStage
from tests.alerts.samples import NOW, alert
from tests.brokers.kafka import KafkaBroker, jars
from wire.broker import Publisher, create
from wire.records import Alert, Source
from wire.settings import Settings
from wire.topics import ALERTS, MANIFEST

PACE = "rate: 2000/s, throttle: 0, group: {wait: 0s, interval: 0s}"
DESKS = f"""
receivers:
  apprise: {{url: 'tgram://${{TELEGRAM}}/1', frame: kk, {PACE}}}
  bot: {{url: 'tgram://${{TELEGRAM}}/2', frame: ar, edits: true, {PACE}}}
  ops: {{url: 'slack://${{HOOK}}', frame: en, rate: 500/s}}
desks: {{odd: [apprise], even: [bot]}}
operators: [ops]
"""
CHATS = ("1", "2")
MOMENTS = ("starting", "ready", "taking", "sending", "sending", "sending")
TRY_AGAIN = 75  # the exit status after which a supervisor starts it again
SETTLED = 0.15  # seconds after a kill in which the chat still takes what stood in its socket


class Kill(NamedTuple):
    """One kill -9: when, at which moment, and which deliveries were being sent."""

    at: float
    moment: str
    sending: frozenset[str]  # stories


class Account(NamedTuple):
    """What a run came to."""

    alerts: int
    kills: int
    lost: tuple[str, ...]
    twice: int  # messages beyond the first of each alert
    in_kill_window: int  # of them: accepted before a kill that found the delivery `sending`
    in_lost_answer_window: int  # of them: the chat accepted and the connection broke before the answer
    unexplained: tuple[str, ...]
    in_flight: int  # deliveries that kills found `sending`
    counted: int  # possible duplicates in the outbox
    ends: int  # times it ended by itself and asked to be started again: a broker too slow, for one
    seconds: float

    @property
    def good(self) -> bool:
        """Return whether the promise held."""
        return not self.lost and not self.unexplained and self.twice <= self.counted


def story(number: int) -> str:
    return f"sto-{number:05}"


def event(number: int) -> Alert:
    """Return an alert on an event of its own, which its link names; every other goes to the other desk."""
    source: Source = msgspec.structs.replace(alert().sources[0], url=f"https://news.example/{story(number)}")
    desk = ("even", "odd")[number % 2]
    return alert(story=story(number), keys=(f"key-{number}",), sources=(source,), desks=(desk,))


def told(message: ChatMessage) -> str:
    """Return the story that a message tells."""
    return next((link.rpartition("/")[2] for link in message.links if "news.example" in link), "?")


class Run:
    """One run: a stage that is killed, a chat that remembers, a broker that stays."""

    def __init__(
        self, settings: Settings, folder: Path, chat: ChatThread, *, alerts: int, kills: int, seed: int
    ) -> None:
        self.settings, self.chat, self.alerts, self.kills_wanted = settings, chat, alerts, kills
        self.dice = random.Random(seed)
        self.stage = ForkedStage(settings, folder)
        self.kills: list[Kill] = []
        self.ends = 0
        self.published = 0

    def go(self, say: Callable[[str], None]) -> Account:
        """Publish, kill, publish, kill ..., let it finish, and account for every message."""
        began = time.monotonic()
        self.chat.chat.chooser = self._trouble
        publisher = Publisher(self.settings, "chaos")
        for life in range(self.kills_wanted):
            self._publish(publisher, self.alerts * (life + 1) // self.kills_wanted)
            self.stage.start()
            moment = self._wait_for(self.dice.choice(MOMENTS))
            self._kill(moment)
            if (life + 1) % 10 == 0:
                say(f"{life + 1} kills, {self._sent()} of {self.published} told, {time.monotonic() - began:.0f} s")
        publisher.close()
        self.chat.chat.chooser = lambda chat: None
        self.stage.start()
        while (sent := self._sent()) < self.alerts:
            self._until(lambda sent=sent: self._sent() > sent, 120)  # type: ignore[misc]
        self.stage.end()
        return self._account(time.monotonic() - began)

    def _trouble(self, chat: str) -> Fault | None:
        """Return now and then a slow answer, or none, after the chat accepted: the windows of the promise."""
        throw = self.dice.random()
        if chat in CHATS and throw < 0.1:
            return Fault(hang=0.4, accept=True)
        return Fault(drop=True, accept=True) if chat in CHATS and throw < 0.11 else None

    def _publish(self, publisher: Publisher, up_to: int) -> None:
        records = [event(number) for number in range(self.published, up_to)]
        publisher.wait([publisher.send_record(ALERTS, each.story, each, id=each.id, time=NOW) for each in records])
        self.published = up_to

    def _wait_for(self, moment: str) -> str:
        """Wait for a moment of the stage's life, and a little longer."""
        taken, accepted = self._taken(), len(self.chat.chat.messages)
        met: dict[str, Callable[[], bool]] = {
            "starting": lambda: True,
            "ready": lambda: '"ready"' in self.stage.said,
            "taking": lambda: self._taken() > taken,
            "sending": lambda: len(self.chat.chat.messages) > accepted,
        }
        self._until(met[moment], 30, strict=False)
        time.sleep(self.dice.uniform(0, 0.4 if moment == "sending" else 0.8))
        return moment

    def _kill(self, moment: str) -> None:
        self.stage.kill()
        at = time.time()
        time.sleep(SETTLED)
        rows = self._rows("SELECT story FROM deliveries WHERE state = 'sending' AND part_of IS NULL")
        self.kills.append(Kill(at, moment, frozenset(row[0] for row in rows)))

    def _until(self, met: Callable[[], bool], seconds: float, *, strict: bool = True) -> None:
        end = time.monotonic() + seconds
        while not met():
            if time.monotonic() > end:
                if strict:
                    raise TimeoutError(self.stage.said[-2000:])
                return
            if self.stage.ended:
                self._started_again()
            time.sleep(0.03)

    def _started_again(self) -> None:
        """Start it again when it asks for that, as a supervisor would; any other end is a fault of ours."""
        if self.stage.status != TRY_AGAIN:
            said = self.stage.said  # a death in C code tells its own thread first
            last = said[max(0, said.rfind("Fatal Python error")) :][:4000] if "Fatal" in said else said[-2000:]
            raise RuntimeError(f"alerts ended with {self.stage.status}: {last or 'it said nothing'}")
        self.ends += 1
        self.stage.start()

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        path = self.settings.data / "outbox.db"
        if not path.exists():
            return []
        with closing(sqlite3.connect(path, timeout=10)) as db:
            try:
                return list(db.execute(query))
            except sqlite3.OperationalError:  # it died before its tables were there
                return []

    def _taken(self) -> int:
        return int(next(iter(self._rows("SELECT COUNT(*) FROM alerts")), ("0",))[0])

    def _sent(self) -> int:
        query = "SELECT COUNT(*) FROM deliveries WHERE state = 'sent' AND story LIKE 'sto-%'"
        return int(next(iter(self._rows(query)), ("0",))[0])

    def _account(self, seconds: float) -> Account:
        messages: dict[str, list[ChatMessage]] = defaultdict(list)
        for message in self.chat.chat.messages:
            if message.chat in CHATS:
                messages[told(message)].append(message)
        doubts = {row[0]: int(row[1]) for row in self._rows("SELECT story, doubts FROM deliveries")}
        why: Counter[str] = Counter()
        unexplained = []
        for name, copies in messages.items():
            for first, again in pairwise(copies):
                cause = self._cause(name, first, again, doubts.get(name, 0))
                why[cause] += 1
                if not cause:
                    unexplained.append(name)
        everything = {story(number) for number in range(self.alerts)}
        return Account(
            alerts=self.alerts, kills=len(self.kills), lost=tuple(sorted(everything - messages.keys())),
            twice=sum(len(copies) - 1 for copies in messages.values()), in_kill_window=why["kill"],
            in_lost_answer_window=why["lost answer"], unexplained=tuple(unexplained),
            in_flight=sum(len(kill.sending) for kill in self.kills), counted=sum(doubts.values()), ends=self.ends,
            seconds=seconds,
        )  # fmt: skip

    def _cause(self, name: str, first: ChatMessage, again: ChatMessage, doubts: int) -> str:
        """Return which window let a second copy through: each must have been counted as well."""
        if not doubts:
            return ""
        if any(first.at <= kill.at + SETTLED and kill.at <= again.at and name in kill.sending for kill in self.kills):
            return "kill"
        return "lost answer" if (first.chat, first.id) in self._unanswered() else ""

    def _unanswered(self) -> set[tuple[str, int]]:
        return {(each.chat, each.id) for each in self.chat.chat.unanswered}


@contextmanager
def broker_of(kind: str, folder: Path) -> Iterator[EmbeddedBroker | KafkaBroker]:
    """Run a broker of either kind."""
    folder.mkdir(parents=True)
    if kind == "embedded":
        with EmbeddedBroker(folder / "broker.log") as embedded:
            yield embedded
    else:
        with KafkaBroker(folder, jars(lambda line: print(line, file=sys.stderr))) as apache:
            yield apache


def prepared(folder: Path, chat: ChatThread, address: str, *, embedded: bool, prefix: str = "chaos") -> Settings:
    """Return settings with a config folder, topics and a chat of their own."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "desks.yaml").write_text(DESKS, "utf-8")
    settings = Settings(
        config=folder / "config", data=folder / "data", kafka=address, embedded=embedded, prefix=prefix, partitions=3,
        session_timeout=2 if embedded else 6, telegram_api=chat.address, slack_api=chat.address,
    )  # fmt: skip
    create(settings, MANIFEST)
    return settings


def show(console: Console, kind: str, found: Account) -> None:
    """Show what a run came to."""
    table = Table(title=f"Alerts killed with -9, {kind} broker", show_header=False, title_justify="left")
    for name, figure in (
        ("alerts", found.alerts), ("kills", found.kills), ("lost", len(found.lost)),
        ("came twice", found.twice), ("  accepted, then killed before it was recorded", found.in_kill_window),
        ("  accepted, then the connection broke", found.in_lost_answer_window),
        ("  for no such reason", len(found.unexplained)),
        ("found `sending` by kills", found.in_flight), ("counted as possible duplicates", found.counted),
        ("ended by itself, to be started again", found.ends), ("seconds", f"{found.seconds:.0f}"),
        ("the promise", "held" if found.good else "BROKEN"),
    ):  # fmt: skip
        table.add_row(name, str(figure))
    console.print(table)


def main() -> int:
    """Run the long form."""
    parser = argparse.ArgumentParser(prog="python -m tests.alerts.chaos", description=__doc__)
    parser.add_argument("--broker", choices=("embedded", "apache"), action="append", help="default: both in turn")
    parser.add_argument("--alerts", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one line of JSON for each broker instead of a table")
    arguments = parser.parse_args()
    console, good = Console(stderr=arguments.json), True
    for kind in arguments.broker or ("embedded", "apache"):
        with tempfile.TemporaryDirectory() as name, ChatThread() as chat:
            folder = Path(name)
            with broker_of(kind, folder / "broker") as broker:
                settings = prepared(folder / "alerts", chat, broker.address, embedded=broker.embedded)
                run = Run(settings, folder, chat, alerts=arguments.alerts, kills=arguments.kills, seed=arguments.seed)
                found = run.go(lambda line: console.print(f"[dim]{line}[/]"))
            if arguments.json:
                print(json.dumps({"broker": kind, "good": found.good, **found._asdict()}))
            else:
                show(console, kind, found)
            good &= found.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
