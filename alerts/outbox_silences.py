"""The outbox's silences: made by people, ended by people or by the clock; what they held is looked at anew."""

import sqlite3
from datetime import UTC, datetime

from alerts.outbox_file import Store
from alerts.silences import WHAT, About, Silence, read_about


class Silencing(Store):
    """Knows who does not want to hear what, and till when."""

    def silence(self, wish: Silence, now: datetime) -> int:
        """Keep a silence, and return its number."""
        row = (wish.until.timestamp(), wish.author, wish.reason, *(getattr(wish, line) for line in WHAT))
        with self._transaction() as db:
            made = db.execute(
                "INSERT INTO silences (until, author, reason, story, rule, country, feed, made) "
                "VALUES (?,?,?,?,?,?,?,?)",
                (*row, now.isoformat()),
            )
            self._look_again()
        return made.lastrowid or 0

    def end_silence(self, id: int, now: datetime) -> bool:
        """End a silence now; False: there is none of this number."""
        with self._transaction() as db:
            ended = db.execute(
                "UPDATE silences SET until = ? WHERE id = ? AND until > ?", (now.timestamp(), id, now.timestamp())
            )
            self._look_again()
        return ended.rowcount == 1

    def silences(self, now: datetime) -> tuple[Silence, ...]:
        """Return the silences that are in force, oldest first."""
        rows = self._read("SELECT * FROM silences WHERE until > ? ORDER BY id", (now.timestamp(),))
        return tuple(_silence(row) for row in rows)

    def abouts(self) -> tuple[About, ...]:
        """Return what each alert that came is about, as silences look at it."""
        rows = self._read("SELECT about FROM deliveries WHERE about != '{}' GROUP BY record")
        return tuple(read_about(row["about"]) for row in rows)

    def look_again(self, receiver: str | None = None) -> None:
        """Let what is held be decided anew: lines, silences or the clock have changed."""
        with self._transaction():
            self._look_again(receiver)

    def _look_again(self, receiver: str | None = None) -> None:
        self._db.execute(
            "UPDATE deliveries SET look = 0 "
            "WHERE ended IS NULL AND state = 'held' AND receiver = COALESCE(?, receiver)",
            (receiver,),
        )


def _silence(row: sqlite3.Row) -> Silence:
    return Silence(
        row["id"], datetime.fromtimestamp(row["until"], UTC), row["author"], row["reason"],
        row["story"], row["rule"], row["country"], row["feed"],
    )  # fmt: skip
