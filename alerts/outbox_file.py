"""The outbox's file: opened safely, written in transactions; and the queue of what Kafka must be told.

in the transaction of what happened: record -> outgoing --acknowledged--> gone
"""

import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from alerts.outbox_commits import Commits
from alerts.outbox_schema import FORMATS
from wire.records import Record, encode

PATIENCE = 10.0  # seconds to wait for another process's transaction
OutboxFailed = sqlite3.Error
"""The file failed while at work: a full disk, for one. What was not committed is done again."""


class OutboxUnusable(RuntimeError):
    """The outbox file cannot be used; the text says why and what to do."""


class Outgoing(NamedTuple):
    """A record that Kafka must be told, kept until it was."""

    n: int
    kind: str
    key: str
    id: str
    raw: bytes


class Store:
    """One SQLite file in WAL mode, every commit synced to disk; what is read is committed. Safe for several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, or create it.

        Raises OutboxUnusable with a sentence.
        """
        self._reading = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = _opened(path)
            self._commits = Commits(self._db)
            self._prepare(path)
            self._reader = _opened(path)
            self._reader.execute("PRAGMA query_only=ON")
        except (sqlite3.Error, OSError) as error:
            raise OutboxUnusable(f"the outbox {path} cannot be used: {error}; check the disk and its rights") from error

    def _prepare(self, path: Path) -> None:
        self._write_ahead()
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA foreign_keys=ON")
        with self._transaction():  # the version is read inside: another process may be creating the file
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(FORMATS):
                raise OutboxUnusable(
                    f"the outbox {path} was written by a later Jarshy (format {version}): upgrade this one"
                )
            for statement in (each for later in FORMATS[version:] for each in later):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version={len(FORMATS)}")

    def _write_ahead(self) -> None:
        """Switch to WAL mode; SQLite's own patience does not cover two processes that do so at once."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    def close(self) -> None:
        """Close the file."""
        with self._reading:
            self._reader.close()
        self._commits.close()

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Change the file: all of it or nothing, on the disk when it ends."""
        return self._commits.step()

    def _read(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Return rows of what is committed; nobody waits for the disk meanwhile."""
        with self._reading:
            return self._reader.execute(query, values).fetchall()

    def outgoing(self, most: int = 200) -> list[Outgoing]:
        """Return what Kafka has still to be told, oldest first."""
        rows = self._read("SELECT * FROM outgoing ORDER BY n LIMIT ?", (most,))
        return [Outgoing(row["n"], row["kind"], row["key"], row["id"], row["record"]) for row in rows]

    def gone(self, up_to: int) -> None:
        """Forget what Kafka has acknowledged."""
        with self._transaction() as db:
            db.execute("DELETE FROM outgoing WHERE n <= ?", (up_to,))

    def _outgo(self, kind: str, key: str, id: str, record: Record) -> None:
        row = (kind, key, id, encode(record))
        self._db.execute("INSERT INTO outgoing (kind, key, id, record) VALUES (?,?,?,?)", row)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    db.row_factory = sqlite3.Row
    return db
