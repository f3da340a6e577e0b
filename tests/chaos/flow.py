"""Articles on their way: sent in order, never far ahead of the workers, so that the whole run is disturbed.

articles --batches--> jarshy.articles ; a batch that was not acknowledged is sent again
"""

import threading
import time
from collections.abc import Sequence

from wire import broker
from wire.records import Article
from wire.settings import Settings
from wire.topics import ARTICLES

BATCH = 40


class Flow(threading.Thread):
    """Publishes in a thread of its own: while the broker is down it waits there, not the run."""

    def __init__(self, settings: Settings, articles: Sequence[Article], ahead: int) -> None:
        """`ahead`: how many articles may wait for the workers."""
        super().__init__(name="flow", daemon=True)
        self.sent = 0
        self.resent = 0
        self.done = 0
        """To be told by the run: how many articles the workers have done."""
        self.failure: BaseException | None = None
        self._settings, self._articles, self._ahead = settings, articles, ahead
        self._enough = threading.Event()

    @property
    def finished(self) -> bool:
        """True when the broker has all articles."""
        return self.sent == len(self._articles)

    def run(self) -> None:
        """Send everything."""
        try:
            publisher = broker.Publisher(self._settings, "chaos")
            while not self.finished and not self._enough.is_set():
                if self.sent - self.done >= self._ahead:
                    time.sleep(0.05)
                    continue
                self._send(publisher, self._articles[self.sent : self.sent + BATCH])
            publisher.close()
        except BaseException as error:
            self.failure = error

    def stop(self) -> None:
        """Send no more."""
        self._enough.set()
        self.join(10)

    def _send(self, publisher: broker.Publisher, batch: Sequence[Article]) -> None:
        try:
            publisher.wait([publisher.send_record(ARTICLES, a.id, a, id=a.id, time=a.seen) for a in batch])
            self.sent += len(batch)
        except broker.BrokerAway:
            self.resent += len(batch)
            time.sleep(0.5)
