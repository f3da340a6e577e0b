"""The outbox's first half: an alert or a notice -> what each receiver is owed of it, in one transaction.

taken before? -> the receiver's threads -> claims told there -> owed, with its claims | suppressed, with its reason
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from alerts.outbox_silences import Silencing
from alerts.owing import NOTICE, Owed, owed, owed_notice, planned_days
from alerts.silences import about
from wire import ids
from wire.broker import Message
from wire.records import Alert, AlertKind, DeadLetter, Delivery, Notice, NoticeState, Outcome, Reason


class Wish(NamedTuple):
    """A receiver that an alert is for, and the kinds of alerts it wants."""

    receiver: str
    kinds: frozenset[AlertKind]


class _Entry(NamedTuple):
    receiver: str
    thread: str
    record: str  # id of the alert or notice
    story: str
    kind: str
    priority: str = "routine"
    visit: str | None = None
    about: bytes = b"{}"


class Verdict(NamedTuple):
    """How an attempt ended, as the outbox must know it."""

    outcome: Outcome
    reason: Reason | None = None
    wait: float = 0.0  # seconds until the receiver may be tried again
    doubtful: bool = False  # the message may have arrived all the same
    seconds: float | None = None  # from the event time
    post: str | None = None  # the message's id in the chat


class Taking(Silencing):
    """Takes in; knows threads and the ledger of claims."""

    def take(self, alert: Alert, message: Message, wishes: Iterable[Wish], now: datetime) -> bool:
        """Owe an alert to every receiver it is for, or record why not; False: it was taken before."""
        with self._transaction():
            if not self._take_in(alert.id, message, now):
                return False
            for wish in wishes:
                self._take_for(wish, alert, now)
        return True

    def _take_for(self, wish: Wish, alert: Alert, now: datetime) -> None:
        keys = (alert.story, *alert.keys)
        threads = self._threads(wish.receiver, keys)
        decided = owed(alert, wish.kinds, self._told(wish.receiver, threads))
        thread = threads[0] if threads else alert.story
        entry = _Entry(
            wish.receiver, thread, alert.id, alert.story, alert.kind.value,
            alert.priority.value, alert.visit, msgspec.json.encode(about(alert)),
        )  # fmt: skip
        self._enter(decided, entry, now)
        if threads or isinstance(decided, Owed):
            self._map(wish.receiver, thread, keys)
            self._plan(wish.receiver, thread, alert)
        if alert.visit:  # what was told of the story before is of the journey too
            visit = (alert.visit, wish.receiver, thread)
            self._db.execute("UPDATE deliveries SET visit = ? WHERE receiver = ? AND thread = ?", visit)

    def _plan(self, receiver: str, thread: str, alert: Alert) -> None:
        """Keep for the agenda what is to come, on its newest days, till it came or was called off."""
        days = planned_days(alert)
        if days is None:
            self._db.execute("DELETE FROM planned WHERE receiver = ? AND thread = ?", (receiver, thread))
            return
        first, last = (day.isoformat() for day in days)
        self._db.execute(
            "INSERT INTO planned (receiver, thread, record, first, last) VALUES (?,?,?,?,?) "
            "ON CONFLICT (receiver, thread) DO UPDATE SET passed = passed AND last = excluded.last, "
            "record = excluded.record, first = excluded.first, last = excluded.last",
            (receiver, thread, alert.id, first, last),
        )

    def take_notice(self, notice: Notice, message: Message, operators: Iterable[str], now: datetime) -> bool:
        """Owe a notice to the operators, or record why not; False: it was taken before."""
        id = ids.make("ntc", notice.key, notice.state.value, notice.at.isoformat())
        with self._transaction():
            if not self._take_in(id, message, now):
                return False
            for receiver in operators:
                firing = NoticeState.FIRING.value in self._told(receiver, (notice.key,))
                if notice.state is NoticeState.RESOLVED:
                    self._db.execute("DELETE FROM claims WHERE receiver = ? AND thread = ?", (receiver, notice.key))
                entry = _Entry(receiver, notice.key, id, notice.key, NOTICE)
                self._enter(owed_notice(notice, firing=firing), entry, now)
        return True

    def refuse(self, letter: DeadLetter) -> None:
        """Keep a record that cannot be worked on for the dead letters."""
        with self._transaction():
            self._outgo("dead-letter", letter.topic, f"{letter.topic}/{letter.partition}/{letter.offset}", letter)

    def _take_in(self, id: str, message: Message, now: datetime) -> bool:
        taken = self._db.execute(
            "INSERT OR IGNORE INTO alerts (id, record, topic, partition, position, key, taken) VALUES (?,?,?,?,?,?,?)",
            (id, message.value or b"", message.topic, message.partition, message.offset, message.key, now.isoformat()),
        )
        return taken.rowcount == 1

    def _threads(self, receiver: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the receiver's threads that hold one of the keys, the one it was told first before the others."""
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT thread, MIN(n) FROM threads WHERE receiver = ? AND key IN ({marks}) GROUP BY thread ORDER BY 2",
            (receiver, *keys),
        )
        return tuple(row["thread"] for row in rows)

    def _told(self, receiver: str, threads: Sequence[str]) -> frozenset[str]:
        marks = ",".join("?" * len(threads))
        rows = self._db.execute(
            f"SELECT claim FROM claims WHERE receiver = ? AND thread IN ({marks})", (receiver, *threads)
        )
        return frozenset(row["claim"] for row in rows)

    def _map(self, receiver: str, thread: str, keys: Iterable[str]) -> None:
        rows = [(receiver, key, thread) for key in keys]
        self._db.executemany("INSERT OR IGNORE INTO threads (receiver, key, thread) VALUES (?,?,?)", rows)

    def _enter(self, decided: Owed | Reason, entry: _Entry, now: datetime) -> None:
        """Write what was decided: an owed delivery with its claims, or a suppressed one with its reason."""
        if isinstance(decided, Reason):
            n = self._insert(entry, (entry.record,), (), rings=False, state="suppressed", now=now)
            verdict = Verdict(Outcome.SUPPRESSED, decided)
            self._end(n, "suppressed", verdict, now)
            self._publish(n, verdict, now)
            return
        entry = entry._replace(kind=decided.kind)
        n = self._insert(
            entry, decided.claims or (entry.record,), decided.claims, rings=decided.rings, state="owed", now=now
        )
        rows = [(entry.receiver, entry.thread, claim, n) for claim in decided.claims]
        self._db.executemany("INSERT INTO claims (receiver, thread, claim, delivery) VALUES (?,?,?,?)", rows)

    def _insert(
        self, entry: _Entry, parts: Sequence[str], claims: Sequence[str], *, rings: bool, state: str, now: datetime
    ) -> int:
        id = ids.delivery_id(entry.receiver, entry.thread, parts)
        inserted = self._db.execute(
            "INSERT INTO deliveries (id, receiver, thread, record, story, kind, priority, visit, about, "
            "claims, rings, state, owed) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (id, *entry, json.dumps(claims), rings, state, now.isoformat()),
        )
        return inserted.lastrowid or 0

    def _end(self, n: int, state: str, verdict: Verdict, now: datetime) -> None:
        why, over = verdict.reason, state in ("sent", "dead", "suppressed")
        self._db.execute(
            "UPDATE deliveries SET state = ?, reason = ?, why = ?, ended = ?, doubts = doubts + ?, plain = plain OR ? "
            "WHERE n = ? OR part_of = ?",
            (
                state,
                why.code if why else None,
                why.text if why else None,
                now.isoformat() if over else None,
                verdict.doubtful,
                verdict.outcome is Outcome.PLAIN,
                n,
                n,
            ),
        )

    def _publish(self, n: int, verdict: Verdict, now: datetime) -> None:
        """Tell other services how the attempt of a message ended, for each alert that it tells."""
        rows = self._db.execute("SELECT * FROM deliveries WHERE n = ? OR part_of = ? ORDER BY n", (n, n)).fetchall()
        (whole,) = (row for row in rows if row["n"] == n)
        for row in rows:
            delivery = Delivery(
                id=row["id"], receiver=row["receiver"], story=row["story"], thread=row["thread"],
                alerts=(row["record"],), kind=row["kind"], outcome=verdict.outcome, at=now,
                attempt=max(1, whole["attempt"]), reason=verdict.reason, seconds=verdict.seconds,
                digest=whole["id"] if whole["digest"] else None,
            )  # fmt: skip
            id = f"{row['id']}-{row['n']}-{whole['attempt']}-{verdict.outcome.value}"
            self._outgo("delivery", row["story"], id, delivery)
