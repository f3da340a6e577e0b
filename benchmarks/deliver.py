"""200 alerts to 50 receivers of a chat that keeps its services' limits, refuses, errs and hangs.

alerts --take--> outbox --50 senders--> chat (a process of its own) -> each once, or parked with its reason; how fast?

The limits are Telegram's (one message a second in a chat, 30 a second of a bot; five bots of ten chats), with every
span of time but Retry-After shortened by --scale. The best that any client could do is computed for each chat from
what happened to it: its messages at the limit's pace, and every pause that the chat asked for, which begins when the
turn was refused. What a 500 costs, connections, the disk and the machine count against us.
"""

import argparse
import json
import multiprocessing as mp
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table

from alerts.desks import DesksFile, load_text
from alerts.dispatch import Patience, Sender
from alerts.outbox import Outbox
from alerts.outbox_taking import Wish
from alerts.receivers import connect
from jarshy.chat.chat import Chat
from jarshy.chat.records import Fault, real_limits
from jarshy.chat.server import ChatThread
from tests.alerts.samples import NOW, alert, message
from wire.records import Alert, AlertKind, Source
from wire.settings import Settings

RECEIVERS, ALERTS, BOTS = 50, 200, 5
HANGS, REFUSES = 1, 2  # these chats
HANGING = 12.0  # seconds for which the one hangs
BUSY, BROKEN, PAUSE = 0.05, 0.02, 1
AT_ONCE = "throttle: 0, group: {wait: 0s, interval: 0s}"


class Found(NamedTuple):
    """What a run came to; seconds and megabytes."""

    alerts: int
    receivers: int
    scale: float
    delivered: int
    twice: int
    missing: int
    kept_for_parked: int
    parked: tuple[str, ...]  # with the reason
    busy: int  # 429
    broken: int  # 500
    limits_broken: int  # 429 that our own pace should have kept us from
    hung: int
    seconds: float
    best: float
    efficiency: float
    messages_a_second: float
    memory: tuple[float, ...]  # at a tenth, at half, at the end

    @property
    def good(self) -> bool:
        """Return whether everything is as it should be."""
        once = self.twice == self.missing == 0 and len(self.parked) == 1 and self.kept_for_parked == self.alerts
        return once and self.efficiency >= 0.9 and self.memory[-1] - self.memory[0] < 20


class Heard(NamedTuple):
    """What the chat's process tells at the end."""

    messages: list[tuple[str, str, float]]  # chat, event, when
    asked: dict[str, int]  # chat -> how many pauses
    broken: int
    hung: int
    refused: list[tuple[str, int]]


def chat_process(pipe: Connection, scale: float, seed: int) -> None:
    """Be the chat: tell the address, serve until told to stop, tell what was heard."""
    dice, asked, met = random.Random(seed), Counter[str](), Counter[str]()
    began: list[float] = []  # when the one that hangs was first asked

    def trouble(place: str) -> Fault | None:
        if place == str(REFUSES):
            return Fault(status=403)
        if place == str(HANGS):
            began.append(time.monotonic())
            if time.monotonic() < began[0] + HANGING:
                met["hung"] += 1
                return Fault(hang=60, drop=True)  # it never takes the message
        throw = dice.random()
        if throw < BUSY:
            asked[place] += 1
            return Fault(status=429, retry_after=PAUSE)
        if throw < BUSY + BROKEN:
            met["broken"] += 1
            return Fault(status=500)
        return None

    with ChatThread(Chat(limits=real_limits(scale))) as server:
        server.chat.chooser = trouble
        pipe.send(server.address)
        pipe.recv()
        told = [(each.chat, next(iter(each.links), "?"), each.at) for each in server.chat.messages]
        pipe.send(Heard(told, dict(asked), met["broken"], met["hung"], server.chat.refusals))


def desks() -> DesksFile:
    """Return desks of 50 chats, ten of each bot."""
    tokens = [f"{110201543 + bot}:AAbenchbenchbenchbenchbench-{bot}" for bot in range(BOTS)]
    chats = [
        f"  c{n}: {{url: 'tgram://{tokens[n % BOTS]}/{n}', frame: en, {AT_ONCE}, edits: {str(n % 2 > 0).lower()}}}"
        for n in range(1, RECEIVERS + 1)
    ]
    members = ", ".join(f"c{n}" for n in range(1, RECEIVERS + 1))
    return load_text("\n".join(["receivers:", *chats, f"desks: {{all: [{members}]}}", "operators: [c1]", ""]))


def event(number: int) -> Alert:
    """Return an alert on an event of its own, which its link names."""
    source: Source = msgspec.structs.replace(alert().sources[0], url=f"https://news.example/{number}")
    return alert(story=f"sto-{number:05}", keys=(f"key-{number}",), sources=(source,))


def run(folder: Path, address: str, scale: float, say: Callable[[str], None]) -> tuple[Outbox, float, list[float]]:
    """Owe and send everything; return the outbox, when it began and the memory on the way."""
    file, stop = desks(), threading.Event()
    outbox = Outbox(folder / "outbox.db")
    connected = connect(file, {}, Settings(telegram_api=address), scale=scale, timeout=15 * scale)
    senders = [
        Sender(outbox, each, file.desks.receivers[name], stop=stop, told=lambda: None,
               patience=Patience(first=scale, longest=10 * scale))
        for name, each in connected.receivers.items()
    ]  # fmt: skip
    threads = [threading.Thread(target=each.run) for each in senders]
    began = time.time()
    for thread in threads:
        thread.start()
    wishes = [Wish(name, frozenset({AlertKind.FIRST})) for name in connected.receivers]
    for number in range(ALERTS):
        record = event(number)
        outbox.take(record, message(record), wishes, NOW)
        for each in senders:
            each.wake()
    memory: list[float] = []
    due = (RECEIVERS - 1) * ALERTS
    while (sent := outbox.counts().get("sent", 0)) < due and time.time() < began + 600:
        if len(memory) < 2 and sent >= due * (0.1, 0.5)[len(memory)]:
            memory.append(_megabytes())
            say(f"{sent} of {due}, {time.time() - began:.0f} s")
        time.sleep(0.5)
    memory.append(_megabytes())
    stop.set()
    for each in senders:
        each.wake()
    for thread in threads:
        thread.join(20)
    return outbox, began, memory


def judged(outbox: Outbox, heard: Heard, began: float, scale: float, memory: list[float]) -> Found:
    """Return what the run came to, by what the chat heard and what the outbox keeps."""
    copies: Counter[tuple[str, str]] = Counter((chat, event) for chat, event, _ in heard.messages)
    ends: dict[str, float] = defaultdict(float)
    for chat, _, at in heard.messages:
        ends[chat] = max(ends[chat], at - began)
    healthy = [str(n) for n in range(1, RECEIVERS + 1) if n not in (HANGS, REFUSES)]
    best = max((ALERTS - 1) * scale + heard.asked.get(chat, 0) * PAUSE for chat in healthy)
    seconds = max(ends[chat] for chat in healthy)
    rows = outbox.rows(f"c{REFUSES}")
    scripted = sum(heard.asked.values())
    return Found(
        alerts=ALERTS, receivers=RECEIVERS, scale=scale, delivered=len(copies),
        twice=sum(copies.values()) - len(copies), missing=(RECEIVERS - 1) * ALERTS - len(copies),
        kept_for_parked=sum(row["ended"] is None for row in rows),
        parked=tuple(f"{row['receiver']}: {row['why']}" for row in rows if row["state"] == "parked"),
        busy=scripted, broken=heard.broken,
        limits_broken=sum(status == 429 for _, status in heard.refused) - scripted, hung=heard.hung,
        seconds=round(seconds, 1), best=round(best, 1), efficiency=round(best / seconds, 3),
        messages_a_second=round(len(healthy) * ALERTS / seconds, 1), memory=tuple(round(each, 1) for each in memory),
    )  # fmt: skip


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def show(console: Console, found: Found) -> None:
    """Show what a run came to."""
    table = Table(title="200 alerts to 50 receivers", show_header=False, title_justify="left")
    rows: tuple[tuple[str, Any], ...] = (
        ("limits", f"1 message / {found.scale:g} s a chat (scale {found.scale:g}), 30 / {found.scale:g} s a bot"),
        ("delivered", f"{found.delivered} messages"), ("twice", found.twice), ("missing", found.missing),
        ("parked", "; ".join(found.parked)), ("kept for the parked one", found.kept_for_parked),
        ("429 / 500 / hanging requests", f"{found.busy} / {found.broken} / {found.hung}"),
        ("limits broken by us", found.limits_broken),
        ("seconds, healthy receivers", found.seconds), ("best possible", found.best),
        ("throughput against the best", f"{found.efficiency:.1%}"), ("messages a second", found.messages_a_second),
        ("memory, MB at a tenth, half, end", " / ".join(f"{each:.0f}" for each in found.memory)),
        ("as it should be", "yes" if found.good else "NO"),
    )  # fmt: skip
    for name, figure in rows:
        table.add_row(name, str(figure))
    console.print(table)


def main() -> int:
    """Run it once; status 0 when all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deliver", description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=0.5, help="how long the limits' seconds are (0.5)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    arguments = parser.parse_args()
    console = Console(stderr=arguments.json)
    ours, theirs = mp.get_context("spawn").Pipe()
    process = mp.get_context("spawn").Process(target=chat_process, args=(theirs, arguments.scale, arguments.seed))
    process.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            outbox, began, memory = run(Path(folder), ours.recv(), arguments.scale, console.print)
            ours.send("stop")
            found = judged(outbox, ours.recv(), began, arguments.scale, memory)
            outbox.close()
    finally:
        process.kill()
    if arguments.json:
        print(json.dumps({"good": found.good, **found._asdict()}))
    else:
        show(console, found)
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
