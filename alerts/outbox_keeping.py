"""The outbox over the days: a morning's agenda of what was told to come, and forgetting what no replay can bring back.

planned --agenda--> one message a day | nothing planned;  ended long ago --prune--> gone
"""

from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Final

from alerts.agenda import AGENDA, DAYS, Agenda, shortened
from alerts.outbox_taking import Verdict
from alerts.outbox_turns import Turns
from alerts.reasons import reason
from wire import ids
from wire.broker import Message
from wire.records import Alert, Outcome, decode, encode
from wire.topics import DAY, MANIFEST

KEEP: Final = timedelta(seconds=max(topic.retention for topic in MANIFEST) + 30 * DAY)
"""Longer than any topic can be replayed: what is forgotten sooner could be told again."""
UNREPORTED: Final = timedelta(days=30)


class Keeping(Turns):
    """Knows what is to come, and what may be forgotten."""

    def agenda(self, receiver: str, day: date, now: datetime) -> bool:
        """Owe a receiver the agenda of a day, once; False: it was owed before."""
        id = ids.make("agd", receiver, day.isoformat())
        with self._transaction() as db:
            if db.execute("SELECT 1 FROM alerts WHERE id = ?", (id,)).fetchone():
                return False
            made = self._agenda(receiver, day)
            self._take_in(id, Message("", -1, -1, receiver, encode(made), 0), now)
            state = "owed" if made.planned or made.passed else "suppressed"
            row = (ids.delivery_id(receiver, AGENDA, (id,)), receiver, AGENDA, id, AGENDA, AGENDA, "[]", state)
            inserted = db.execute(
                "INSERT INTO deliveries (id, receiver, thread, record, story, kind, claims, rings, state, owed) "
                "VALUES (?,?,?,?,?,?,?,1,?,?)",
                (*row, now.isoformat()),
            )
            if state == "suppressed":
                verdict = Verdict(Outcome.SUPPRESSED, reason("nothing-planned"))
                self._end(inserted.lastrowid or 0, state, verdict, now)
            db.execute("UPDATE planned SET passed = 1 WHERE receiver = ? AND last < ?", (receiver, day.isoformat()))
        return True

    def _agenda(self, receiver: str, day: date) -> Agenda:
        """Return what is planned for the days from this one, and what passed unreported and was not told as such."""
        rows = self._db.execute(
            "SELECT p.first, p.last, a.record FROM planned p JOIN alerts a ON a.id = p.record "
            "WHERE p.receiver = ? AND p.first < ? AND (p.last >= ? OR NOT p.passed) ORDER BY p.first, p.thread",
            (receiver, (day + DAYS).isoformat(), day.isoformat()),
        ).fetchall()
        told = [(row["last"] < day.isoformat(), shortened(decode(Alert, row["record"]))) for row in rows]
        return Agenda(
            day=day,
            planned=tuple(each for passed, each in told if not passed),
            passed=tuple(each for passed, each in told if passed),
        )

    def prune(self, now: datetime) -> int:
        """Forget threads of which nothing was heard for longer than KEEP, and return how many deliveries went.

        The newest alert sets the clock when ours runs ahead: it must not empty the ledger.
        """
        with self._transaction() as db:
            newest = db.execute("SELECT MAX(taken) FROM alerts").fetchone()[0]
            before = (min(now, datetime.fromisoformat(newest)) - KEEP).isoformat() if newest else ""
            over = db.execute(
                "SELECT receiver, thread FROM deliveries GROUP BY receiver, thread "
                "HAVING MAX(COALESCE(ended, 'z')) < ?",
                (before,),
            ).fetchall()
            went = sum(starmap(self._forget, over))
            unreported = (datetime.fromisoformat(newest) - UNREPORTED).date().isoformat() if newest else ""
            db.execute("DELETE FROM planned WHERE passed AND last < ?", (unreported,))
            db.execute(
                "DELETE FROM alerts WHERE taken < ? AND id NOT IN (SELECT record FROM deliveries) "
                "AND id NOT IN (SELECT record FROM planned)",
                (before,),
            )
            db.execute("DELETE FROM silences WHERE made < ? AND until < ?", (before, now.timestamp()))
        return went

    def _forget(self, receiver: str, thread: str) -> int:
        here = (receiver, thread)
        for table in ("claims", "threads", "planned"):
            self._db.execute(f"DELETE FROM {table} WHERE receiver = ? AND thread = ?", here)
        self._db.execute(
            "UPDATE deliveries SET part_of = NULL WHERE part_of IN "
            "(SELECT n FROM deliveries WHERE receiver = ? AND thread = ?)",
            here,
        )
        return self._db.execute("DELETE FROM deliveries WHERE receiver = ? AND thread = ?", here).rowcount
