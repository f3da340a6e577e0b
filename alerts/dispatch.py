"""The loop of one receiver: what is next | wait for its turn | begin | send or edit | record; one thread each.

A receiver that waits holds up nobody else; a parked one sleeps until somebody resumes it.
"""

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.answers import Answer, Receiver
from alerts.holding import agenda_day
from alerts.lines import ReceiverLines, clock
from alerts.outbox import Outbox
from alerts.outbox_taking import Verdict
from alerts.outbox_turns import Due
from alerts.rates import take_turn, turn_in
from alerts.reasons import reason
from alerts.writing import Written, write
from wire.records import AlertKind, Outcome

log = logging.getLogger(__name__)
IDLE = 30.0
BRIEF = 1.5
AHEAD = 0.1  # seconds: a message is made ready while the last of its wait runs
INSISTENT = 4  # refusals in a row after which a service that asks for the same short pause is left alone longer
SET_BACK = 30.0  # seconds: a clock set back further makes us decide anew what is held


class Patience(NamedTuple):
    """How long a receiver in trouble is left alone, in seconds: doubled each time, with jitter."""

    first: float = 1.0
    longest: float = 300.0

    def wait(self, failures: int, asked: float | None, jitter: float) -> float:
        """Return the wait after so many failures in a row; `jitter` in [0, 1); never less than asked.

        What the service asks for is what it gets: waiting longer won nothing, and cost a chat a turn each time.
        """
        if asked and failures < INSISTENT:
            return asked
        own = min(self.longest, self.first * 2.0 ** min(failures, 30)) * (0.5 + jitter)
        return max(own, asked or 0.0)


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
        self._clock = datetime.now(UTC)
        self._agenda_of: date | None = None

    def wake(self) -> None:
        """Look again: something may be owed."""
        self._woken.set()

    def run(self) -> None:
        """Send until told to stop."""
        while not self._stop.is_set():
            self._woken.clear()
            now = self._now()
            self._agenda(now)
            turn = self._outbox.next_turn(self._receiver.name, self._lines, now)
            if not turn.bundle:
                self._woken.wait(IDLE if turn.wait is None else min(turn.wait, IDLE))
            elif self._nearly() and (due := self._outbox.begin(self._receiver.name, turn.bundle)):
                verdict = self._attempt(due)
                self._outbox.record(due, verdict, datetime.now(UTC))
                self._told()

    def _now(self) -> datetime:
        """Return the time; when the clock was set back, what is held must not wait for the old one."""
        now = datetime.now(UTC)
        if (self._clock - now).total_seconds() > SET_BACK:
            log.warning("%s", json.dumps({"event": "clock-set-back", "receiver": self._receiver.name}))
            self._outbox.look_again(self._receiver.name)
        self._clock = now
        return now

    def _agenda(self, now: datetime) -> None:
        """Owe the day's agenda when its time has come."""
        lines = self._lines
        day = agenda_day(clock(lines.agenda), ZoneInfo(lines.zone), now) if lines.agenda else None
        if day and day != self._agenda_of:
            self._outbox.agenda(self._receiver.name, day, now)
            self._agenda_of = day

    def _nearly(self) -> bool:
        """Wait until every limit nearly has a token; False when there may be something more urgent meanwhile."""
        buckets = self._receiver.buckets
        while (wait := turn_in(buckets, time.monotonic()) - AHEAD) > 0:
            if wait < BRIEF:  # looking again at every alert that comes would cost more than it wins
                self._stop.wait(wait)
            elif self._woken.wait(min(wait, IDLE)):
                return False
            if self._stop.is_set():
                return False
        return True

    def _in_turn(self, act: Callable[[], Answer]) -> Answer:
        """Act with a token of every limit; the next is earned from the answer on."""
        buckets = self._receiver.buckets
        while (wait := take_turn(buckets, time.monotonic())) > 0:
            time.sleep(wait)  # what is marked as being sent goes, whoever stops meanwhile
        answer = act()
        for bucket in buckets:
            bucket.answered(time.monotonic())
        return answer

    def _attempt(self, due: Due) -> Verdict:
        """Write and send a message, and judge how it went."""
        receiver = self._receiver
        try:
            written = write(due, self._lines, style=receiver.style, most=receiver.most, now=datetime.now(UTC))
        except Exception as error:  # our own pure code: this message only, and somebody must look
            log.exception("%s", json.dumps({"event": "unrenderable", "delivery": due.id, "receiver": receiver.name}))
            return Verdict(Outcome.DEAD, reason("unrenderable", repr(error)[:200]))
        verdict = self._judged(due, self._in_turn(lambda: self._answer(due, written)))
        if verdict.outcome is Outcome.SENT and written.event:
            verdict = verdict._replace(seconds=round((datetime.now(UTC) - written.event).total_seconds(), 3))
        _log_attempt(due, verdict)
        return verdict

    def _answer(self, due: Due, written: Written) -> Answer:
        """Edit the story's first message when this only adds to it and the chat can; else send."""
        receiver, own = self._receiver, due.anchor.own
        if receiver.edits and own and due.kind == AlertKind.UPDATE.value:
            answer = receiver.edit(own, written.body, style=written.style)
            if answer is not None:
                return answer
            self._outbox.forget_post(receiver.name, own)  # it is gone, or too old to be edited
            due = due._replace(anchor=due.anchor._replace(own=None))
        return receiver.send(written.body, style=written.style, silent=not due.rings, anchor=due.anchor)

    def _judged(self, due: Due, answer: Answer) -> Verdict:
        if answer.outcome is Outcome.PLAIN and due.plain:
            why = reason("message-refused", answer.reason.text if answer.reason else "")
            return Verdict(Outcome.DEAD, why)
        if answer.outcome is Outcome.RETRY:
            failures = self._outbox.failures(self._receiver.name)
            wait = self._patience.wait(failures, answer.after, self._random.random())
            return Verdict(Outcome.RETRY, answer.reason, wait, answer.doubtful)
        return Verdict(answer.outcome, answer.reason, post=answer.post)


def _log_attempt(due: Due, verdict: Verdict) -> None:
    said = {
        "event": "delivery", "delivery": due.id, "receiver": due.receiver, "kind": due.kind, "attempt": due.attempt,
        "stories": len(due.parts),
        "outcome": verdict.outcome.value, "reason": verdict.reason.code if verdict.reason else None,
        "wait": round(verdict.wait, 2) or None, "seconds": verdict.seconds,
    }  # fmt: skip
    level = logging.INFO if verdict.outcome in (Outcome.SENT, Outcome.RETRY) else logging.WARNING
    log.log(level, "%s", json.dumps({key: value for key, value in said.items() if value is not None}))


def wake_all(senders: Mapping[str, Sender]) -> None:
    """Let every receiver look again."""
    for sender in senders.values():
        sender.wake()
