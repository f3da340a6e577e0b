"""SQLite: what is owed, sent, refused, to whom and why; each step is one transaction.

alert --take--> owed | suppressed --begin--> sending --record--> sent | retrying | parked | dead
"""

import json
import sqlite3
from datetime import datetime
from typing import Any, NamedTuple

from alerts.outbox_taking import Taking, Verdict
from alerts.reasons import reason
from wire import ids
from wire.records import DeadLetter, Notice, NoticeState, Outcome, Reason

PATIENT = 8  # attempts after which the next in line goes first: one message must not block a receiver


class Due(NamedTuple):
    """A delivery whose turn it is, or that must wait `wait` seconds more."""

    n: int
    id: str
    receiver: str
    thread: str
    record: str  # id of the alert or notice
    kind: str
    claims: tuple[str, ...]
    rings: bool
    plain: bool
    attempt: int
    doubts: int
    wait: float
    raw: bytes


class Outbox(Taking):
    """The one file that knows what was told to whom; safe for several threads."""

    def next_due(self, receiver: str, now: datetime) -> Due | None:
        """Return the delivery that is next for the receiver, or None when it is owed nothing or is parked."""
        with self._lock:
            row = self._db.execute(
                "SELECT d.*, a.record AS raw, COALESCE(r.waits_until, 0) AS until, r.wait FROM deliveries d "
                "JOIN alerts a ON a.id = d.record LEFT JOIN receivers r ON r.name = d.receiver "
                "WHERE d.receiver = ? AND d.ended IS NULL AND d.state IN ('owed', 'retrying') "
                "AND COALESCE(r.parked, 0) = 0 "
                "ORDER BY d.attempt >= ?, d.n LIMIT 1",
                (receiver, PATIENT),
            ).fetchone()
        if not row:
            return None
        left = row["until"] - now.timestamp()
        return _due(row, max(0.0, min(left, row["wait"] or 0.0)))  # a clock set back must not make it wait longer

    def begin(self, due: Due) -> Due:
        """Mark that the delivery is being sent: from here on a crash leaves a possible duplicate."""
        with self._transaction() as db:
            db.execute("UPDATE deliveries SET state = 'sending', attempt = attempt + 1 WHERE n = ?", (due.n,))
        return due._replace(attempt=due.attempt + 1)

    def record(self, due: Due, verdict: Verdict, now: datetime) -> None:
        """Record how the attempt ended, and all that follows from it."""
        if verdict.outcome is Outcome.SENT and due.doubts:
            verdict = verdict._replace(reason=reason("possible-duplicate", f"{due.doubts} time(s)"))
        with self._transaction() as db:
            self._end(due.n, _STATES[verdict.outcome], verdict, now)
            if verdict.outcome is Outcome.DEAD:
                db.execute("DELETE FROM claims WHERE delivery = ?", (due.n,))  # what was not told may be told yet
                self._bury(due, verdict.reason or reason("unclear"), now)
            self._receiver_after(due.receiver, verdict, now)
            self._publish(due.n, verdict, now)

    def _receiver_after(self, name: str, verdict: Verdict, now: datetime) -> None:
        """Remember how long the receiver waits, that it is parked, or that all is well again."""
        self._db.execute("INSERT OR IGNORE INTO receivers (name) VALUES (?)", (name,))
        was = self._db.execute("SELECT * FROM receivers WHERE name = ?", (name,)).fetchone()
        failures, wait, parked, why = 0, 0.0, 0, verdict.reason
        if verdict.outcome is Outcome.RETRY:
            failures, wait = was["failures"] + 1, verdict.wait
        elif verdict.outcome is Outcome.PARKED:
            parked = 1
        trouble = was["trouble"]
        if parked and why:
            trouble = f"{why.code}: {why.text}"
            self._notify(name, NoticeState.FIRING, f"receiver {name} is parked: {why.text}; its alerts are kept", now)
        elif verdict.outcome is Outcome.SENT and trouble:
            trouble = None
            self._notify(name, NoticeState.RESOLVED, f"receiver {name} takes messages again", now)
        self._db.execute(
            "UPDATE receivers SET failures = ?, wait = ?, waits_until = ?, parked = ?, trouble = ? WHERE name = ?",
            (failures, wait, now.timestamp() + wait, parked, trouble, name),
        )

    def failures(self, receiver: str) -> int:
        """Return how many attempts in a row the receiver has failed."""
        with self._lock:
            row = self._db.execute("SELECT failures FROM receivers WHERE name = ?", (receiver,)).fetchone()
        return int(row["failures"]) if row else 0

    def recover(self, now: datetime) -> int:
        """Owe again what was being sent when we stopped, and return how many those are: possible duplicates."""
        with self._transaction() as db:
            rows = db.execute("SELECT n FROM deliveries WHERE ended IS NULL AND state = 'sending'").fetchall()
            for row in rows:
                db.execute("UPDATE deliveries SET state = 'retrying', doubts = doubts + 1 WHERE n = ?", (row["n"],))
                self._publish(row["n"], Verdict(Outcome.RETRY, reason("interrupted")), now)
        return len(rows)

    def resume(self, receiver: str) -> int:
        """Let a parked receiver be tried again, and return how many alerts it is owed."""
        with self._transaction() as db:
            db.execute("UPDATE receivers SET parked = 0, wait = 0 WHERE name = ?", (receiver,))
            db.execute(
                "UPDATE deliveries SET state = 'owed' WHERE receiver = ? AND ended IS NULL AND state = 'parked'",
                (receiver,),
            )
            row = db.execute(
                "SELECT COUNT(*) FROM deliveries WHERE receiver = ? AND ended IS NULL", (receiver,)
            ).fetchone()
        return int(row[0])

    # telling Kafka

    def notify(self, subject: str, state: NoticeState, text: str, now: datetime) -> None:
        """Tell operators of something that is no delivery's matter."""
        with self._transaction():
            self._outgo_notice(subject, state, text, now)

    def _notify(self, receiver: str, state: NoticeState, text: str, now: datetime) -> None:
        self._outgo_notice(f"receiver:{receiver}", state, text, now)

    def _outgo_notice(self, subject: str, state: NoticeState, text: str, now: datetime) -> None:
        notice = Notice(source="alerts", subject=subject, state=state, text=text, at=now)
        self._outgo("notice", notice.key, ids.make("ntc", notice.key, state.value, now.isoformat()), notice)

    def _bury(self, due: Due, why: Reason, now: datetime) -> None:
        row = self._db.execute("SELECT * FROM alerts WHERE id = ?", (due.record,)).fetchone()
        letter = DeadLetter(
            stage="alerts", reason=why, at=now, topic=row["topic"], partition=row["partition"], offset=row["position"],
            key=row["key"].encode(), value=row["record"], size=len(row["record"]),
            detail=f"delivery {due.id} to receiver {due.receiver}, attempt {due.attempt}",
        )  # fmt: skip
        self._outgo("dead-letter", letter.topic, f"{due.id}-{due.n}", letter)

    # looking in

    def counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state, how many may have arrived twice, and what Kafka lacks."""
        with self._lock:
            states = self._db.execute("SELECT state, COUNT(*) FROM deliveries GROUP BY state").fetchall()
            doubts = self._db.execute("SELECT COALESCE(SUM(doubts), 0) FROM deliveries").fetchone()
            outgoing = self._db.execute("SELECT COUNT(*) FROM outgoing").fetchone()
        return {row[0]: row[1] for row in states} | {"possible-duplicates": doubts[0], "outgoing": outgoing[0]}

    def rows(self, receiver: str | None = None) -> list[dict[str, Any]]:
        """Return the deliveries, oldest first."""
        where, values = ("WHERE receiver = ?", (receiver,)) if receiver else ("", ())
        with self._lock:
            found = self._db.execute(f"SELECT * FROM deliveries {where} ORDER BY n", values).fetchall()
        return [dict(row) for row in found]

    def owed_to(self) -> dict[str, int]:
        """Return how many deliveries each receiver still waits for."""
        with self._lock:
            found = self._db.execute(
                "SELECT receiver, COUNT(*) FROM deliveries WHERE ended IS NULL GROUP BY 1"
            ).fetchall()
        return {row[0]: row[1] for row in found}


_STATES = {
    Outcome.SENT: "sent",
    Outcome.RETRY: "retrying",
    Outcome.PLAIN: "owed",
    Outcome.PARKED: "parked",
    Outcome.DEAD: "dead",
}


def _due(row: sqlite3.Row, wait: float) -> Due:
    return Due(
        n=row["n"], id=row["id"], receiver=row["receiver"], thread=row["thread"], record=row["record"],
        kind=row["kind"],
        claims=tuple(json.loads(row["claims"])), rings=bool(row["rings"]), plain=bool(row["plain"]),
        attempt=row["attempt"], doubts=row["doubts"], wait=wait, raw=row["raw"],
    )  # fmt: skip
