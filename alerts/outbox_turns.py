"""The outbox's second half: what waits for a receiver, what is held, and the message that is begun.

waiting --choose (pure)--> hold | begin: what it tells is frozen, the message is `sending`
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from alerts.answers import Anchor
from alerts.choosing import PATIENT, Choice, Held, choose
from alerts.holding import ALERT_KINDS, GROUPED, Waiting
from alerts.lines import ReceiverLines
from alerts.outbox_taking import Taking
from alerts.silences import About, read_about
from wire.records import AlertKind

MOST_WAITING = 60  # that are looked at together; the loudest and oldest
LOUDNESS = tuple(
    kind.value for kind in (AlertKind.FIRST, AlertKind.CORRECTION, AlertKind.STATUS_CHANGE, AlertKind.UPDATE)
)


class Part(NamedTuple):
    """What a message tells of one story: its newest record, and every claim that is new."""

    thread: str
    kind: str
    claims: tuple[str, ...]
    raw: bytes


class Due(NamedTuple):
    """A message whose turn it is; what it tells is settled."""

    n: int
    id: str
    receiver: str
    kind: str
    parts: tuple[Part, ...]
    rings: bool
    plain: bool = False
    attempt: int = 1
    doubts: int = 0
    anchor: Anchor = Anchor()


class Turn(NamedTuple):
    """What a receiver can be told now, or how long there is nothing: None, till somebody wakes it."""

    bundle: tuple[int, ...] = ()
    wait: float | None = None


class Turns(Taking):
    """Knows whose turn it is."""

    def next_turn(self, receiver: str, lines: ReceiverLines, now: datetime) -> Turn:
        """Return what is next for the receiver; what is held is recorded with its reason."""
        row = next(iter(self._read("SELECT * FROM receivers WHERE name = ?", (receiver,))), None)
        if row and row["parked"]:
            return Turn()
        if row and row["waits_until"] > now.timestamp() and row["wait"] > 0:
            return Turn(wait=min(row["waits_until"] - now.timestamp(), row["wait"]))  # whatever the clock did
        choice = self._choice(receiver, lines, now)
        if choice.held:
            self.hold(choice.held)
        return Turn(choice.bundle) if choice.bundle else Turn(wait=self._until_look(receiver, now))

    def _choice(self, receiver: str, lines: ReceiverLines, now: datetime) -> Choice:
        waiting = self._waiting(receiver, now, grouped=any(lines.group.seconds))
        return choose(waiting, lines, self.silences(now), now) if waiting else Choice()

    def _waiting(self, receiver: str, now: datetime, *, grouped: bool) -> list[Waiting]:
        heard = _HEARD if grouped else "NULL AS told, NULL AS opens"
        rows = self._read(
            f"SELECT d.*, COALESCE(d.visit, d.thread) AS together, {heard} FROM deliveries d "
            "WHERE d.receiver = ? AND d.ended IS NULL AND d.part_of IS NULL "
            "AND (d.state IN ('owed', 'retrying') OR d.state = 'held' AND d.look <= ?) "
            "ORDER BY d.attempt >= ?, d.priority != 'flash', d.n LIMIT ?",
            (receiver, now.timestamp(), PATIENT, MOST_WAITING),
        )
        return [_waiting(row) for row in rows]

    def _until_look(self, receiver: str, now: datetime) -> float | None:
        ((look,),) = self._read(
            "SELECT MIN(look) FROM deliveries "
            "WHERE receiver = ? AND ended IS NULL AND part_of IS NULL AND state = 'held'",
            (receiver,),
        )
        return None if look is None else max(0.0, look - now.timestamp())

    def hold(self, held: Iterable[Held]) -> None:
        """Record why these do not go yet, and when they are looked at again."""
        rows = [(h.reason.code, h.reason.text, h.until.timestamp(), h.until.timestamp(), n) for n, h in held]
        with self._transaction() as db:
            db.executemany(
                "UPDATE deliveries SET state = 'held', reason = ?, why = ?, until = ?, look = ? "
                "WHERE n = ? AND ended IS NULL",
                rows,
            )

    def begin(self, receiver: str, bundle: Sequence[int]) -> Due | None:
        """Settle what a message tells and mark it as being sent: from here on a crash leaves a possible duplicate.

        None: somebody dropped it meanwhile.
        """
        first = bundle[0]
        with self._transaction() as db:
            row = db.execute("SELECT * FROM deliveries WHERE n = ? AND ended IS NULL", (first,)).fetchone()
            if row is None or row["part_of"] is not None:
                return None
            if row["attempt"] == 0 and row["kind"] in ALERT_KINDS:
                self._gather(receiver, bundle)
            db.execute(
                "UPDATE deliveries SET state = 'sending', reason = NULL, why = NULL, until = NULL, "
                "attempt = attempt + (n = ?) WHERE n = ? OR part_of = ?",
                (first, first, first),
            )
            return self._due(first)

    def _gather(self, receiver: str, bundle: Sequence[int]) -> None:
        """Make one message of the bundle, and of all else that waits of its stories: it would be stale afterwards."""
        first, marks = bundle[0], ",".join("?" * len(bundle))
        self._db.execute(
            f"UPDATE deliveries SET part_of = ? WHERE receiver = ? AND n != ? AND ended IS NULL AND part_of IS NULL "
            f"AND attempt = 0 AND kind NOT IN ('notice', 'agenda') AND (n IN ({marks}) "
            f"OR thread IN (SELECT thread FROM deliveries WHERE n IN ({marks})))",
            (first, receiver, first, *bundle, *bundle),
        )
        self._db.execute(
            "UPDATE deliveries SET digest = (SELECT COUNT(DISTINCT thread) FROM deliveries WHERE n = ? OR part_of = ?) "
            "> 1 WHERE n = ?",
            (first, first, first),
        )

    def _due(self, n: int) -> Due:
        rows = self._db.execute(
            "SELECT d.*, a.record AS raw FROM deliveries d JOIN alerts a ON a.id = d.record "
            "WHERE d.n = ? OR d.part_of = ? ORDER BY d.n",
            (n, n),
        ).fetchall()
        (first,) = (row for row in rows if row["n"] == n)
        parts = _parts(rows)
        return Due(
            n=n, id=first["id"], receiver=first["receiver"], kind=_loudest(part.kind for part in parts), parts=parts,
            rings=any(row["rings"] for row in rows), plain=bool(first["plain"]), attempt=first["attempt"],
            doubts=first["doubts"], anchor=self._anchor(first),
        )  # fmt: skip

    def _anchor(self, row: sqlite3.Row) -> Anchor:
        own = self._db.execute(
            "SELECT post FROM deliveries WHERE receiver = ? AND thread = ? AND post IS NOT NULL AND digest = 0 "
            "ORDER BY n LIMIT 1",
            (row["receiver"], row["thread"]),
        ).fetchone()
        root = self._db.execute(
            "SELECT m.post FROM deliveries d JOIN deliveries m ON m.n = COALESCE(d.part_of, d.n) "
            "WHERE d.receiver = ? AND (d.thread = ? OR d.visit = ?) AND m.post IS NOT NULL ORDER BY m.n LIMIT 1",
            (row["receiver"], row["thread"], row["visit"]),
        ).fetchone()
        return Anchor(own["post"] if own else None, root["post"] if root else None)


_HEARD = (
    "(SELECT MAX(t.ended) FROM deliveries t WHERE t.receiver = d.receiver AND t.state = 'sent' "
    "AND (t.thread = d.thread OR t.visit = d.visit)) AS told, "
    "(SELECT MIN(o.until) FROM deliveries o WHERE o.receiver = d.receiver AND o.ended IS NULL "
    f"AND o.state = 'held' AND o.reason = '{GROUPED}' AND (o.thread = d.thread OR o.visit = d.visit)) AS opens"
)
"""Of a waiting delivery's story or journey: when the receiver last heard of it, and when what else waits may go."""


def _waiting(row: sqlite3.Row) -> Waiting:
    return Waiting(
        n=row["n"], thread=row["thread"], group=row["together"], kind=row["kind"], priority=row["priority"],
        about=_about(row["about"]), owed=datetime.fromisoformat(row["owed"]),
        attempt=row["attempt"], held=(row["reason"] or "") if row["state"] in ("held", "owed") else "",
        until=_time(row["until"]), told=datetime.fromisoformat(row["told"]) if row["told"] else None,
        opens=_time(row["opens"]),
    )  # fmt: skip


@lru_cache(4096)  # every receiver of an alert looks at the same, at each of its turns
def _about(raw: bytes) -> About:
    return read_about(raw)


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _parts(rows: Sequence[sqlite3.Row]) -> tuple[Part, ...]:
    """Return what is told of each story, in the order in which they came."""
    threads: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        threads.setdefault(row["thread"], []).append(row)
    return tuple(
        Part(
            thread,
            _loudest(row["kind"] for row in told),
            tuple(dict.fromkeys(claim for row in told for claim in json.loads(row["claims"]))),
            told[-1]["raw"],
        )
        for thread, told in threads.items()
    )


def _loudest(kinds: Iterable[str]) -> str:
    return min(kinds, key=lambda kind: LOUDNESS.index(kind) if kind in LOUDNESS else len(LOUDNESS))
