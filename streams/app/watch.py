"""Two threads that end a worker which does not live: out of its group without knowing, or without progress.

tick --longer than the group waits?--> end;  the group's standing --work, and no progress?--> end

A thread, because an event loop that is stuck cannot say so. And because a regular expression that runs away
keeps even threads from running, `faulthandler` has a timer of its own, in C: it writes where everything
stands and ends the process (status 1).
"""

import faulthandler
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from streams.app.ends import STALLED, end
from wire.broker import Standing
from wire.settings import Settings
from wire.topics import ARTICLES, MEETINGS

log = logging.getLogger("jarshy.streams")
TICK = 0.5
Partitions = frozenset[tuple[str, int]]


class Pulse:
    """Notices that the process was paused for longer than its group waits for a heartbeat."""

    def __init__(self, patience: float, stalled_after: float, clock: Callable[[], float] = time.monotonic) -> None:
        """`patience`: seconds; a partition may be another worker's after them."""
        self._patience, self._stalled_after, self._clock = patience, stalled_after, clock
        self._beat = clock()

    def start(self) -> None:
        """Tick from a thread of our own."""
        self._beat = self._clock()
        threading.Thread(target=self._ticking, name="pulse", daemon=True).start()

    def check(self) -> None:
        """End the process if it was paused for too long: what it has in hand is no longer its own to write."""
        missed = self._clock() - self._beat
        if missed > self._patience:
            end(STALLED, f"this process was out of time for {missed:.0f} s: its partitions may be another's")

    def _ticking(self) -> None:
        armed = 0.0
        while True:
            self.check()
            self._beat = self._clock()
            if self._beat - armed > self._stalled_after / 10:
                armed = self._beat
                faulthandler.dump_traceback_later(self._stalled_after, exit=True)
            time.sleep(TICK)


class Watch:
    """Ends the process after `stalled_after` seconds in which there was work and no progress."""

    def __init__(
        self, settings: Settings, assigned: Callable[[], Partitions], done: Callable[[], object],
        well: Callable[[int], None], clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`assigned` and `done` tell of this worker; `well` hears the lag whenever all is well."""
        self._settings, self._assigned, self._done, self._well, self._clock = settings, assigned, done, well, clock
        self._progress: object = None
        self._since = clock()

    def start(self) -> None:
        """Look from a thread of our own, and with a connection of its own."""
        threading.Thread(target=self._watching, name="watch", daemon=True).start()

    def look(self, standing: dict[tuple[str, int], tuple[int, int]]) -> None:
        """Compare how far all has come with the last time; a worker without partitions answers for the group."""
        ours = self._assigned() or frozenset(standing)
        lag = sum(end_ - done for each, (done, end_) in standing.items() if each in ours)
        progress = (self._done(), sorted((each, done) for each, (done, _) in standing.items() if each in ours))
        if lag == 0 or progress != self._progress:
            self._progress, self._since = progress, self._clock()
            self._well(lag)
        idle = self._clock() - self._since
        if idle > self._settings.stalled_after:
            faulthandler.dump_traceback()
            end(STALLED, f"{lag} messages wait, and for {idle:.0f} s there was no progress")

    def _watching(self) -> None:
        asked: Standing | None = None
        while True:
            time.sleep(self._settings.stalled_after / 8)
            try:
                asked = asked or Standing(self._settings, "streams", (ARTICLES, MEETINGS))
                self.look(asked.ask())
            except Exception as error:  # nobody knows whether there is work: no fault of this process
                log.warning("the watch cannot see: %s", error)
                self._since = self._clock()
                if asked:
                    with suppress(Exception):
                        asked.close()
                asked = None
