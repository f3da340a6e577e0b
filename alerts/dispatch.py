"""The loop of one receiver: what is owed next | wait for its turn | send | record; one thread each.

A receiver that waits holds up nobody else; a parked one sleeps until somebody resumes it.
"""

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.desks import ReceiverLines
from alerts.frames import FRAMES
from alerts.markup import Block, as_html, as_text, fit
from alerts.message import Telling, alert_blocks, notice_blocks
from alerts.outbox import Due, Outbox
from alerts.outbox_taking import Verdict
from alerts.owing import NOTICE
from alerts.rates import take_turn
from alerts.reasons import reason
from alerts.receivers import Answer, Receiver, Style
from wire.records import Alert, AlertKind, Notice, Outcome, decode

log = logging.getLogger(__name__)
BARE_MOST = 1500
IDLE = 30.0


class Patience(NamedTuple):
    """How long a receiver in trouble is left alone, in seconds: doubled each time, with jitter."""

    first: float = 1.0
    longest: float = 300.0

    def wait(self, failures: int, asked: float | None, jitter: float) -> float:
        """Return the wait after so many failures in a row; `jitter` in [0, 1); never less than asked."""
        own = min(self.longest, self.first * 2.0 ** min(failures, 30)) * (0.5 + jitter)
        return max(own, asked) if asked is not None else own


class Written(NamedTuple):
    """A message as one receiver takes it, and when what it tells became known."""

    body: str
    style: Style
    event: datetime | None


def write(due: Due, lines: ReceiverLines, *, style: Style, most: int, now: datetime) -> Written:
    """Return the message of a delivery; a second try is plain, short and without links."""
    frame = FRAMES[lines.frame]
    event: datetime | None = None
    if due.kind == NOTICE:
        blocks = notice_blocks(decode(Notice, due.raw), frame)
    else:
        alert = decode(Alert, due.raw)
        event = min(filter(None, (alert.times.published, alert.times.seen)))
        blocks = alert_blocks(
            alert, Telling(AlertKind(due.kind), frozenset(due.claims), frame, ZoneInfo(lines.zone), now)
        )
    if due.plain:
        bare = fit(map(_bare, blocks), min(most, BARE_MOST), links=True)
        return Written(as_text(bare, frame.direction), "text", event)
    fitted = fit(blocks, most, links=style == "text")
    return Written(
        as_html(fitted, frame.direction) if style == "html" else as_text(fitted, frame.direction), style, event
    )


def _bare(block: Block) -> Block:
    lines = tuple(tuple(piece._replace(bold=False, link=None) for piece in line) for line in block.lines)
    return block._replace(lines=lines, quote=False)


class Sender:
    """Drains what one receiver is owed."""

    def __init__(
        self,
        outbox: Outbox,
        receiver: Receiver,
        lines: ReceiverLines,
        *,
        stop: threading.Event,
        told: Callable[[], None],
        patience: Patience = Patience(),  # noqa: B008 (a value)
    ) -> None:
        """`told` is called after each record: there is something for Kafka."""
        self._outbox, self._receiver, self._lines = outbox, receiver, lines
        self._stop, self._told, self._patience = stop, told, patience
        self._woken = threading.Event()
        self._random = random.Random()

    def wake(self) -> None:
        """Look again: something may be owed."""
        self._woken.set()

    def run(self) -> None:
        """Send until told to stop."""
        while not self._stop.is_set():
            self._woken.clear()
            due = self._outbox.next_due(self._receiver.name, datetime.now(UTC))
            if due is None or due.wait > 0:
                self._woken.wait(IDLE if due is None else min(due.wait, IDLE))
            elif self._turn():
                self._outbox.record(due := self._outbox.begin(due), self._attempt(due), datetime.now(UTC))
                self._told()

    def _turn(self) -> bool:
        """Wait for a token of every limit; False when there is none yet."""
        wait = take_turn(self._receiver.buckets, time.monotonic())
        if wait > 0:
            self._stop.wait(min(wait, IDLE))
        return wait <= 0

    def _attempt(self, due: Due) -> Verdict:
        """Write and send a message, and judge how it went."""
        receiver = self._receiver
        try:
            written = write(due, self._lines, style=receiver.style, most=receiver.most, now=datetime.now(UTC))
        except Exception as error:  # our own pure code: this message only, and somebody must look
            log.exception("%s", json.dumps({"event": "unrenderable", "delivery": due.id, "receiver": receiver.name}))
            return Verdict(Outcome.DEAD, reason("unrenderable", repr(error)[:200]))
        answer = receiver.send(written.body, style=written.style, silent=not due.rings)
        verdict = self._judged(due, answer)
        if answer.outcome is Outcome.SENT and written.event:
            verdict = verdict._replace(seconds=round((datetime.now(UTC) - written.event).total_seconds(), 3))
        _log_attempt(due, verdict)
        return verdict

    def _judged(self, due: Due, answer: Answer) -> Verdict:
        if answer.outcome is Outcome.PLAIN and due.plain:
            why = reason("message-refused", answer.reason.text if answer.reason else "")
            return Verdict(Outcome.DEAD, why)
        if answer.outcome is Outcome.RETRY:
            failures = self._outbox.failures(self._receiver.name)
            wait = self._patience.wait(failures, answer.after, self._random.random())
            return Verdict(Outcome.RETRY, answer.reason, wait, answer.doubtful)
        return Verdict(answer.outcome, answer.reason)


def _log_attempt(due: Due, verdict: Verdict) -> None:
    said = {
        "event": "delivery", "delivery": due.id, "receiver": due.receiver, "kind": due.kind, "attempt": due.attempt,
        "outcome": verdict.outcome.value, "reason": verdict.reason.code if verdict.reason else None,
        "wait": round(verdict.wait, 2) or None, "seconds": verdict.seconds,
    }  # fmt: skip
    level = logging.INFO if verdict.outcome in (Outcome.SENT, Outcome.RETRY) else logging.WARNING
    log.log(level, "%s", json.dumps({key: value for key, value in said.items() if value is not None}))


def wake_all(senders: Mapping[str, Sender]) -> None:
    """Let every receiver look again."""
    for sender in senders.values():
        sender.wake()
