"""How fast one collector polls, beside lemon24/reader and a Go loop: `make bench-collect` (ARGS="--quick --json").

origin (a process) <- ours | reader | Go, one after the other, over the same feeds -> figures -> ratios

Throughput is measured over feeds that answer; the run of ten thousand at their interval has the slow, the broken
and the hanging among them. CPU counts a collector's parsing processes too; the broker's and the origin's not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.collect.origin import control
from benchmarks.collect.peers import go_at, reader_at, rounds
from jarshy.embedded import EmbeddedBroker
from tests.brokers.kafka import KafkaBroker, KafkaUnavailable, jars
from wire.broker import create
from wire.settings import Settings
from wire.topics import MANIFEST

SHARES = {"unchanged": 0.0, "changed": 0.1}
LABELS = {"unchanged": "all unchanged", "changed": "10 % changed"}
PARTS = (*SHARES, "held")


class Size(NamedTuple):
    """How much is done."""

    feeds: int
    seconds: float
    rounds: int
    held: int
    interval: float
    watched: float


FULL = Size(feeds=1_000, seconds=30, rounds=2, held=10_000, interval=60, watched=240)
QUICK = Size(feeds=500, seconds=12, rounds=2, held=2_000, interval=15, watched=45)


@contextmanager
def served(*, tempers: bool = False) -> Iterator[int]:
    """Run the origin and give its port."""
    argv = [sys.executable, "-m", "benchmarks.collect.origin", *(["--tempers"] if tempers else [])]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())  # type: ignore[union-attr]
        finally:
            process.kill()


class Ours:
    """A collector process and the lines it prints."""

    def __init__(self, kafka: str, port: int, feeds: int, interval: float) -> None:
        create(Settings(kafka=kafka, embedded=False, prefix=f"bench{port}", partitions=12), MANIFEST)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.collect.ours", kafka, str(port), str(feeds), str(interval)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def line(self) -> dict[str, Any]:
        """Return its next figures."""
        told: dict[str, Any] = json.loads(self._process.stdout.readline())  # type: ignore[union-attr]
        return told

    def until(self, key: str, least: float) -> dict[str, Any]:
        """Return the first figures in which `key` has come so far."""
        while (told := self.line()).get(key, 0) < least:
            pass
        return told

    def after(self, seconds: float) -> list[dict[str, Any]]:
        """Return the figures of so many seconds."""
        told = [self.line()]
        while told[-1]["at"] - told[0]["at"] < seconds:
            told.append(self.line())
        return told

    def end(self) -> dict[str, float]:
        """Stop it, and return when each new entry was acknowledged."""
        rest, _ = self._process.communicate(timeout=60)
        found: dict[str, float] = json.loads(rest.splitlines()[-1])["acknowledged"]
        return found


def polls(told: dict[str, Any]) -> int:
    """Return how many polls went well."""
    return sum(int(told.get(code, 0)) for code in ("not-modified", "same", "read"))


def throughput(size: Size, kafka: str, port: int, changing: float) -> dict[str, float]:
    """Return how one collector does that has all its feeds due all the time."""
    control(port, "/control?changing=0")
    ours = Ours(kafka, port, size.feeds, 0.2)
    ours.until("read", size.feeds)
    control(port, f"/control?changing={changing}")
    first, *_, last = ours.after(size.seconds)
    ours.end()
    done, cpu = polls(last) - polls(first), last["cpu"] - first["cpu"]
    return {"polls_s": done / (last["at"] - first["at"]), "polls_cpu_s": done / cpu, "ms_a_poll": 1000 * cpu / done}


def held(size: Size, kafka: str) -> dict[str, float]:
    """Return how one collector holds many feeds, with all tempers among them, at their interval."""
    with served(tempers=True) as port:
        return watched(size, port, settled(size, kafka, port))


def settled(size: Size, kafka: str, port: int) -> Ours:
    """Return a collector that has read all its feeds once, and whose first wave is over."""
    ours = Ours(kafka, port, size.held, size.interval)
    ours.until("read", size.held * 0.9)
    ours.after(size.interval)
    return ours


def watched(size: Size, port: int, ours: Ours) -> dict[str, float]:
    """Return what a collector does while some of its feeds publish, and end it."""
    lines = []
    until = time.monotonic() + size.watched
    while time.monotonic() < until:
        control(port, f"/publish?of={size.held}")  # one of a hundred feeds
        lines += ours.after(min(size.interval, max(2.0, until - time.monotonic())))
    lines += ours.after(size.interval + 5)
    told, done = control(port, "/served"), ours.end()
    known = [key for key in told["published"] if key in done and key in told["served"]]
    beyond = sorted(done[key] - told["served"][key] for key in known)
    whole = sorted(done[key] - told["published"][key] for key in known)
    first, last = lines[0], lines[-1]
    span = last["at"] - first["at"]
    return {
        "feeds": size.held,
        "interval": size.interval,
        "polls_s": (polls(last) - polls(first)) / span,
        "cpu_share": (last["cpu"] - first["cpu"]) / span,
        "late_p99": max(line["late_p99"] for line in lines[len(lines) // 2 :]),  # the first wave is forgotten
        "memory_mb": max(line["memory"] for line in lines) / 2**20,
        "new": len(known),
        "missed": len(told["published"]) - len(known),
        "beyond_p50": at(beyond, 0.5),
        "beyond_p99": at(beyond, 0.99),
        "whole_p50": at(whole, 0.5),
        "whole_p99": at(whole, 0.99),
    }


def broker_in(folder: Path, screen: Console) -> EmbeddedBroker | KafkaBroker:
    """Return a broker to publish to: Apache Kafka where Java is, for the embedded one takes an article at a time."""
    try:
        return KafkaBroker(folder, jars(screen.print))
    except KafkaUnavailable as problem:
        screen.print(f"on the embedded broker, which takes one article at a time: {problem}")
        return EmbeddedBroker(folder / "broker.log")


def at(ordered: list[float], share: float) -> float:
    """Return the value below which a share of them lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few minutes")
    parser.add_argument("--json", action="store_true", help="figures for machines")
    parser.add_argument("--only", choices=PARTS, help="one part, rather than one after the other")
    said = parser.parse_args()
    size, screen = QUICK if said.quick else FULL, Console(stderr=True)
    parts = (said.only,) if said.only else PARTS
    found: dict[str, Any] = {"size": size._asdict(), "load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder, broker_in(Path(folder), screen) as broker:
        for name in parts:
            screen.print(f"{name} ...")
            if name == "held":
                found[name] = held(size, broker.address)
                continue
            found[name] = {}
            for who, each in beside(size, broker.address, name):
                found[name][who] = each
                screen.print(f"  {who}: {each['polls_cpu_s']:.0f} polls a CPU second")
    print(json.dumps(found, indent=1)) if said.json else show(found)


def beside(size: Size, kafka: str, part: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield how ours does and each peer that is at hand, when this share of the answers is news."""
    share = SHARES[part]
    with served() as port:
        yield "ours", throughput(size, kafka, port, share)
    for peer, argv in (("reader", reader_at()), ("go", go_at())):
        if argv is not None:
            with served() as port:
                yield peer, rounds([*argv, str(port), str(size.feeds)], size.rounds, port, share)


def show(found: dict[str, Any]) -> None:
    """Print the figures as tables."""
    if beside := {name: label for name, label in LABELS.items() if name in found}:
        show_beside(found, beside)
    if "held" in found:
        show_held(found["held"])


def show_beside(found: dict[str, Any], labels: dict[str, str]) -> None:
    """Print who polls how fast."""
    table = Table(title="Polls", title_justify="left")
    for heading in ("", "who", "polls/s", "polls/CPU s", "CPU ms a poll", "ours against it"):
        table.add_column(heading)
    for name, label in labels.items():
        ours = found[name]["ours"]["polls_cpu_s"]
        for who, each in found[name].items():
            ratio = f"{ours / each['polls_cpu_s']:.1f} x"
            row = (f"{each['polls_s']:.0f}", f"{each['polls_cpu_s']:.0f}", f"{each['ms_a_poll']:.2f}")
            table.add_row(label, who, *row, "" if who == "ours" else ratio)
    Console().print(table)


def show_held(held: dict[str, float]) -> None:
    """Print how so many feeds are held."""
    table = Table(title="Held at their interval, the slow, broken and hanging among them", title_justify="left")
    table.add_column("figure")
    table.add_column("seen")
    for key, value in held.items():
        table.add_row(key, f"{value:.3g}" if isinstance(value, float) else str(value))
    Console().print(table)


if __name__ == "__main__":
    main()
