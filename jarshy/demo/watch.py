"""What flows by: a consumer of every topic of ours -> Seen, which only grows."""

import threading
from collections.abc import Callable

from wire.broker import BrokerAway, Group, Message
from wire.records import Alert, Article, DeadLetter, Delivery, Notice, Outcome, Record, Report, Story, decode
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, DEAD_LETTERS, DELIVERIES, MEETINGS, NOTICES, STORIES, named

WATCHED = (ARTICLES, MEETINGS, STORIES, ALERTS, DELIVERIES, NOTICES, DEAD_LETTERS)


class Seen:
    """Everything seen so far, by id, the newest of each."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.reports: dict[str, Report] = {}
        self.stories: dict[str, Story] = {}
        self.alerts: dict[str, Alert] = {}
        self.deliveries: list[Delivery] = []
        self.notices: dict[str, Notice] = {}
        self.dead: list[DeadLetter] = []

    def add(self, record: Record) -> None:
        """Take in one record."""
        match record:
            case Article():
                self.articles[record.id] = record
            case Report():
                self.reports[record.id] = record
            case Story():
                self.stories[record.id] = record
            case Alert():
                self.alerts.setdefault(record.id, record)
            case Delivery():
                self.deliveries.append(record)
            case Notice():
                self.notices[record.key] = record
            case DeadLetter():
                self.dead.append(record)

    @property
    def meetings(self) -> int:
        """Return how many meetings the articles tell of."""
        return sum(len(report.meetings) for report in self.reports.values())

    def sent(self) -> set[str]:
        """Return the alerts that reached a chat, or were found to hold nothing new for any."""
        settled = (Outcome.SENT, Outcome.SUPPRESSED, Outcome.DEAD, Outcome.PARKED)
        return {alert for each in self.deliveries if each.outcome in settled for alert in each.alerts}


class Watch:
    """Reads the topics on a thread of its own while the context is open."""

    def __init__(self, ours: Settings, seen: Seen, on_record: Callable[[Record], None] = lambda record: None) -> None:
        self._settings, self._seen, self._on_record = ours, seen, on_record
        self._kinds = {named(topic, ours.prefix): topic.record for topic in WATCHED}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read, name="demo-watch", daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)

    def _read(self) -> None:
        group = Group(self._settings, "demo-watch", WATCHED)
        try:
            while not self._over.is_set():
                for message in group.poll(0.2):
                    self._take(message)
        except BrokerAway:
            return  # the broker was stopped first: the demo is over
        finally:
            group.close()

    def _take(self, message: Message) -> None:
        kind = self._kinds[message.topic]
        if kind and message.value:
            record = decode(kind, message.value)
            self._seen.add(record)
            self._on_record(record)
