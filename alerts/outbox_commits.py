"""Transactions of several threads, committed together: one sync of the disk serves all who came during the last one.

step: its statements | somebody is still coming: wait for the commit | nobody: commit -> all of the round go on
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 32  # steps of one commit: the first of them waits for the statements of the others


class _Round:
    """Steps that one commit makes durable, or none of them."""

    def __init__(self) -> None:
        self.steps = 0
        self.over = threading.Event()
        self.fault: sqlite3.Error | None = None


class Commits:
    """The one connection that writes; a step is all or nothing, and is on the disk when it returns.

    With a sync for each step 50 senders stood in line for 0.1 s each (`make bench-deliver`, 4 to 9 ms a sync).
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._lock, self._door = threading.Lock(), threading.Lock()
        self._coming = 0  # threads that are about to make a step
        self._round = _Round()

    @contextmanager
    def step(self) -> Iterator[sqlite3.Connection]:
        """Run statements as one; whatever raises in them undoes them alone.

        Raises sqlite3.Error when they could not be made durable.
        """
        with self._turn():
            ours = self._round
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("SAVEPOINT step")
            try:
                yield self._db
                self._db.execute("RELEASE step")
                ours.steps += 1
            except BaseException as error:
                self._undo(ours, error)
                raise
            finally:
                if not self._coming or ours.steps >= MOST:
                    self._commit(ours)
        ours.over.wait()
        if ours.fault:
            raise sqlite3.OperationalError(str(ours.fault)) from ours.fault

    def close(self) -> None:
        """Close the connection when nobody is at work on it."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._door:
            self._coming += 1
        try:
            self._lock.acquire()
        finally:
            with self._door:
                self._coming -= 1
        try:
            yield
        finally:
            self._lock.release()

    def _undo(self, ours: _Round, error: BaseException) -> None:
        """Undo one step; a disk that is full undoes all of them, and says so to each."""
        try:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK TO step")
                self._db.execute("RELEASE step")
                return
        except sqlite3.Error as worse:
            error = worse
        self._end(ours, error if isinstance(error, sqlite3.Error) else sqlite3.OperationalError(str(error)))

    def _commit(self, ours: _Round) -> None:
        if ours.over.is_set():
            return
        try:
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._end(ours, error)
        else:
            self._end(ours, None)

    def _end(self, ours: _Round, fault: sqlite3.Error | None) -> None:
        """Let all of the round go on; those who come begin another."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        ours.fault, self._round = fault, _Round()
        ours.over.set()
