"""SQLite: what is owed, sent, refused, to whom and why; each step is one transaction.

alert --take--> owed | suppressed --hold--> held --begin--> sending --record--> sent | retrying | parked | dead
"""

import json
from datetime import datetime
from typing import Any

from alerts.holding import RELEASED
from alerts.outbox_keeping import Keeping
from alerts.outbox_taking import Verdict
from alerts.outbox_turns import Due
from alerts.reasons import reason
from wire import ids
from wire.records import DeadLetter, Notice, NoticeState, Outcome, Reason

STALLED = 10  # failures in a row after which operators hear of a receiver


class Outbox(Keeping):
    """The one file that knows what was told to whom; safe for several threads."""

    def record(self, due: Due, verdict: Verdict, now: datetime) -> None:
        """Record how the attempt ended, and all that follows from it."""
        if verdict.outcome is Outcome.SENT and due.doubts:
            verdict = verdict._replace(reason=reason("possible-duplicate", f"{due.doubts} time(s)"))
        with self._transaction() as db:
            if verdict.outcome is Outcome.DEAD and len(due.parts) > 1:
                verdict = self._told_apart(due, verdict)
            self._end(due.n, _STATES[verdict.outcome], verdict, now)
            db.execute("UPDATE deliveries SET post = ? WHERE n = ? AND post IS NULL", (verdict.post, due.n))
            if verdict.outcome is Outcome.DEAD:
                self._bury(due, verdict.reason or reason("unclear"), now)
            self._receiver_after(due.receiver, verdict, now)
            self._publish(due.n, verdict, now)

    def _told_apart(self, due: Due, verdict: Verdict) -> Verdict:
        """Let each story of a refused digest go alone: one that the service cannot take must not cost the others."""
        self._db.execute(
            "UPDATE deliveries SET state = 'owed', part_of = NULL, plain = 0, attempt = 1 WHERE part_of = ?", (due.n,)
        )
        self._db.execute("UPDATE deliveries SET plain = 0, digest = 0 WHERE n = ?", (due.n,))
        return Verdict(Outcome.RETRY, verdict.reason)

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
        elif failures == STALLED and why and not trouble:
            trouble = f"stalled: {why.text}"
            said = f"receiver {name} has failed {failures} times in a row: {why.text}; it is tried on, all is kept"
            self._notify(name, NoticeState.FIRING, said, now)
        elif verdict.outcome is Outcome.SENT and trouble:
            trouble = None
            self._notify(name, NoticeState.RESOLVED, f"receiver {name} takes messages again", now)
        self._db.execute(
            "UPDATE receivers SET failures = ?, wait = ?, waits_until = ?, parked = ?, trouble = ? WHERE name = ?",
            (failures, wait, now.timestamp() + wait, parked, trouble, name),
        )

    def forget_post(self, receiver: str, post: str) -> None:
        """Forget a message that can no longer be edited."""
        with self._transaction() as db:
            db.execute("UPDATE deliveries SET post = NULL WHERE receiver = ? AND post = ?", (receiver, post))

    def failures(self, receiver: str) -> int:
        """Return how many attempts in a row the receiver has failed."""
        rows = self._read("SELECT failures FROM receivers WHERE name = ?", (receiver,))
        return int(rows[0]["failures"]) if rows else 0

    def recover(self, now: datetime) -> int:
        """Owe again what was being sent when we stopped, and return how many those are: possible duplicates."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT n FROM deliveries WHERE ended IS NULL AND state = 'sending' AND part_of IS NULL"
            ).fetchall()
            for row in rows:
                verdict = Verdict(Outcome.RETRY, reason("interrupted"), doubtful=True)
                self._end(row["n"], "retrying", verdict, now)
                self._publish(row["n"], verdict, now)
            self._look_again()  # lines of desks.yaml may have changed
        return len(rows)

    def resume(self, receiver: str) -> int:
        """Let a parked receiver be tried again, and return how many alerts it is owed."""
        with self._transaction() as db:
            db.execute("UPDATE receivers SET parked = 0, wait = 0 WHERE name = ?", (receiver,))
            db.execute(
                "UPDATE deliveries SET state = 'owed', reason = NULL, why = NULL "
                "WHERE receiver = ? AND ended IS NULL AND state = 'parked'",
                (receiver,),
            )
            row = db.execute(
                "SELECT COUNT(*) FROM deliveries WHERE receiver = ? AND ended IS NULL", (receiver,)
            ).fetchone()
        return int(row[0])

    # people's decisions

    def release(self, id: str) -> str | None:
        """Let a delivery go now: one that is held, waits or is dead. None, or why it cannot."""
        with self._transaction() as db:
            row = self._newest(id)
            if row is None:
                return "there is none of this id"
            if row["state"] in ("sent", "suppressed", "sending"):
                return f"it is {row['state']}"
            if row["state"] == "dead" and not self._claim_again(row):
                return "its receiver was told all of it meanwhile"
            db.execute("UPDATE receivers SET wait = 0 WHERE name = ?", (row["receiver"],))
            db.execute(
                "UPDATE deliveries SET state = 'owed', reason = ?, why = NULL, ended = NULL, plain = 0 WHERE n = ?",
                (RELEASED, row["n"]),
            )
        return None

    def drop(self, id: str, why: str, now: datetime) -> str | None:
        """End a delivery that is not to be told; its claims count as told. None, or why it cannot."""
        with self._transaction() as db:
            row = self._newest(id)
            if row is None:
                return "there is none of this id"
            if row["ended"] or row["state"] == "sending":
                return f"it is {row['state']}"
            db.execute("UPDATE deliveries SET part_of = NULL, state = 'owed' WHERE part_of = ?", (row["n"],))
            db.execute("UPDATE deliveries SET part_of = NULL, digest = 0 WHERE n = ?", (row["n"],))
            verdict = Verdict(Outcome.SUPPRESSED, reason("dropped", why))
            self._end(row["n"], "suppressed", verdict, now)
            self._publish(row["n"], verdict, now)
        return None

    def _newest(self, id: str) -> Any:
        return self._db.execute("SELECT * FROM deliveries WHERE id = ? ORDER BY n DESC LIMIT 1", (id,)).fetchone()

    def _claim_again(self, row: Any) -> int:
        """Take the claims of a dead delivery that nothing else has told back into the ledger."""
        claims = [(row["receiver"], row["thread"], claim, row["n"]) for claim in json.loads(row["claims"])]
        took = self._db.executemany(
            "INSERT OR IGNORE INTO claims (receiver, thread, claim, delivery) VALUES (?,?,?,?)", claims
        )
        return took.rowcount if claims else 1

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
        """Keep the originals of a message for the dead letters; what it did not tell may be told yet."""
        rows = self._db.execute(
            "SELECT a.*, d.n, d.id AS delivery FROM deliveries d JOIN alerts a ON a.id = d.record "
            "WHERE d.n = ? OR d.part_of = ? ORDER BY d.n",
            (due.n, due.n),
        ).fetchall()
        for row in rows:
            self._db.execute("DELETE FROM claims WHERE delivery = ?", (row["n"],))
            letter = DeadLetter(
                stage="alerts", reason=why, at=now, topic=row["topic"], partition=row["partition"],
                offset=row["position"], key=row["key"].encode(), value=row["record"], size=len(row["record"]),
                detail=f"delivery {row['delivery']} to receiver {due.receiver}, attempt {due.attempt}",
            )  # fmt: skip
            self._outgo("dead-letter", letter.topic, f"{row['delivery']}-{row['n']}", letter)

    # looking in

    def counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state, how many may have arrived twice, and what Kafka lacks."""
        states = self._read("SELECT state, COUNT(*) FROM deliveries GROUP BY state")
        ((doubts,),) = self._read("SELECT COALESCE(SUM(doubts), 0) FROM deliveries WHERE part_of IS NULL")
        ((outgoing,),) = self._read("SELECT COUNT(*) FROM outgoing")
        return {row[0]: row[1] for row in states} | {"possible-duplicates": int(doubts), "outgoing": outgoing}

    def rows(self, receiver: str | None = None) -> list[dict[str, Any]]:
        """Return the deliveries, oldest first."""
        where, values = ("WHERE receiver = ?", (receiver,)) if receiver else ("", ())
        return [dict(row) for row in self._read(f"SELECT * FROM deliveries {where} ORDER BY n", values)]

    def owed_to(self) -> dict[str, int]:
        """Return how many deliveries each receiver still waits for."""
        found = self._read("SELECT receiver, COUNT(*) FROM deliveries WHERE ended IS NULL GROUP BY 1")
        return {row[0]: row[1] for row in found}


_STATES = {
    Outcome.SENT: "sent",
    Outcome.RETRY: "retrying",
    Outcome.PLAIN: "owed",
    Outcome.PARKED: "parked",
    Outcome.DEAD: "dead",
}
