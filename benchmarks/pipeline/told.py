"""From topic to chat: articles at a rate | a stream worker | alerts | a chat -> the seconds until each was told."""

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from benchmarks.pipeline.stretch import ROOT, WORKER, Trouble, fresh, publish, watch, working
from jarshy.chat.server import ChatThread
from jarshy.children import Child
from jarshy.demo import stage
from wire import broker
from wire import settings as environment
from wire.records import Article, Delivery, Outcome, decode
from wire.settings import Settings
from wire.topics import ALERTS, DELIVERIES

READY_WITHIN, QUIET = 240.0, 5.0


def told(settings: Settings, articles: Sequence[Article], rate: float) -> list[float]:
    """Give the system so many articles a second; return the seconds from each one's publication to its message."""
    with ChatThread() as chat:
        ours = replace(fresh(settings), telegram_api=chat.address, slack_api=chat.address)
        ours = replace(ours, config=ours.data / f"{ours.prefix}-config")
        ours.config.mkdir()
        for name in ("rules", "lexicon"):
            (ours.config / name).symlink_to(ROOT / "config" / name)
        (ours.config / "desks.yaml").write_text(stage.desks_yaml(), encoding="utf-8")
        log = ours.data / f"{ours.prefix}-alerts.log"
        alerts = Child(
            [sys.executable, "-m", "alerts"], log, {**environment.environment(ours), "PYTHONPATH": str(ROOT)}
        )
        with working(ours, WORKER, 1) as children:
            alerts.start()
            try:
                warm = max(1, len(articles) // 10)
                publish(ours, _now(articles[:warm]))
                watch(ours, WORKER, children, warm, READY_WITHIN)
                _until_told(ours)
                begun = datetime.now(UTC)
                publish(ours, _now(articles[warm:]), rate)
                watch(ours, WORKER, children, len(articles), READY_WITHIN)
                _until_told(ours)
            finally:
                alerts.stop()
    return sorted(each.seconds for each in _sent(ours) if each.seconds and _seen(each) >= begun.timestamp())


def _now(articles: Sequence[Article]) -> Iterator[Article]:
    """Yield each article as seen at the moment it is asked for."""
    for article in articles:
        now = datetime.now(UTC)
        yield replace(article, seen=now, published=now)


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


def _seen(delivery: Delivery) -> float:
    return delivery.at.timestamp() - (delivery.seconds or 0.0)
