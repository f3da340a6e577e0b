"""From feed to chat: newsrooms at a rate | a collector | a stream worker | alerts | a chat -> each message's way."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from benchmarks.pipeline.newsrooms import Newsrooms, Printed
from benchmarks.pipeline.stretch import ROOT, SETTLING, WORKER, Trouble, fresh, publish, watch, working
from jarshy.chat.server import ChatThread
from jarshy.children import Child
from jarshy.demo import stage
from wire import broker
from wire import settings as environment
from wire.records import Alert, Article, Delivery, Outcome, decode
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, DELIVERIES

INTERVAL: Final = 2.0
"""Seconds between two polls of a feed: with a hundred feeds a poll brings about one article."""
READY_WITHIN, QUIET = 240.0, 5.0


class Way(NamedTuple):
    """Where the seconds went from an entry's standing in its feed to a message in a chat."""

    unread: float  # until the collector's next poll was answered with it
    collector: float  # from that answer to the topic of articles
    stream: float  # to the topic of alerts
    alerts: float  # to the chat's answer

    @property
    def seconds(self) -> float:
        """Return the seconds from the answer that handed the entry out to the message."""
        return self.collector + self.stream + self.alerts


def told(settings: Settings, articles: Sequence[Article], rate: float) -> list[Way]:
    """Let so many articles a second enter their feeds; return the way of each message, but of the first seconds."""
    warm = max(1, len(articles) // 10)
    newsrooms = Newsrooms(articles[warm:], rate)
    timed = {article.id for article in articles[warm + round(rate * SETTLING) :]}
    with ChatThread() as chat, newsrooms.open():
        ours = _set_up(fresh(settings), chat.address, newsrooms)
        with working(ours, WORKER, 1) as children, _stage(ours, "alerts"):
            publish(ours, _now(articles[:warm]))  # the groups have formed, the texts' words are known
            watch(ours, WORKER, children, warm, READY_WITHIN)
            _until_told(ours)
            with _stage(ours, "collectors"):
                _until_over(newsrooms, len(articles) / rate)
                watch(ours, WORKER, children, len(articles), READY_WITHIN)
                _until_told(ours)
    printed = {url: each for url, each in newsrooms.printed().items() if each.article in timed}
    return list(_ways(ours, printed))


def _set_up(settings: Settings, chat: str, newsrooms: Newsrooms) -> Settings:
    """Return settings with a config folder of their own: the shipped rules and lexicon, these feeds and chats."""
    ours = replace(settings, telegram_api=chat, slack_api=chat, config=settings.data / f"{settings.prefix}-config")
    ours.config.mkdir()
    for name in ("rules", "lexicon", "interest.txt"):
        (ours.config / name).symlink_to(ROOT / "config" / name)
    (ours.config / "feeds.yaml").write_text(newsrooms.feeds_yaml(f"{INTERVAL:g}s"), encoding="utf-8")
    (ours.config / "desks.yaml").write_text(stage.desks_yaml(), encoding="utf-8")
    return ours


@contextmanager
def _stage(settings: Settings, name: str) -> Iterator[None]:
    """Run a stage's process while the context lasts."""
    env = {**environment.environment(settings), "PYTHONPATH": str(ROOT)}
    child = Child([sys.executable, "-m", name], settings.data / f"{settings.prefix}-{name}.log", env)
    child.start()
    try:
        yield
    finally:
        child.stop()


def _now(articles: Sequence[Article]) -> Iterator[Article]:
    """Yield each article as seen at the moment it is asked for."""
    for article in articles:
        now = datetime.now(UTC)
        yield replace(article, seen=now, published=now)


def _until_over(newsrooms: Newsrooms, seconds: float) -> None:
    until = time.monotonic() + seconds + READY_WITHIN
    while not newsrooms.over:
        if time.monotonic() > until:
            raise Trouble("the feeds were not read")
        time.sleep(1)


def _until_told(settings: Settings) -> None:
    """Wait until alerts has read everything and nothing more is sent."""
    until, before, since = time.monotonic() + READY_WITHIN, -1, time.monotonic()
    while time.monotonic() < until:
        sent = sum(1 for _ in _sent(settings))
        if sent != before or broker.lag(settings, "alerts", (ALERTS,)):
            before, since = sent, time.monotonic()
        if time.monotonic() - since > QUIET:
            return
        time.sleep(1)
    raise Trouble(f"alerts is not through; see {settings.data}")


def _sent(settings: Settings) -> Iterator[Delivery]:
    for message in broker.read_all(settings, DELIVERIES):
        delivery = decode(Delivery, message.value or b"")
        if delivery.outcome is Outcome.SENT:
            yield delivery


def _ways(settings: Settings, printed: Mapping[str, Printed]) -> Iterator[Way]:
    came: dict[str, tuple[Printed, float]] = {}
    for message in broker.read_all(settings, ARTICLES):
        article = decode(Article, message.value or b"")
        if (each := printed.get(article.url or "")) is not None:
            came[article.id] = each, message.timestamp / 1000
    alerts = {}
    for message in broker.read_all(settings, ALERTS):
        alert = decode(Alert, message.value or b"")
        alerts[alert.id] = alert.trigger, message.timestamp / 1000
    for delivery in _sent(settings):
        for alert_id in delivery.alerts:
            trigger, alerted = alerts[alert_id]
            if trigger in came:
                each, collected = came[trigger]
                unread, sent = each.handed_out - each.stood, delivery.at.timestamp()
                yield Way(unread, collected - each.handed_out, alerted - collected, sent - alerted)
