"""Assembles the collectors and runs them until they are told to stop: `python -m collectors`."""

import asyncio
import logging
import signal
import sys

from collectors.collector import Collector
from collectors.confined import Parser
from collectors.feeds import Feed, load, owned
from collectors.fetch import Fetcher
from collectors.journal import Journal
from collectors.poll import Poller
from collectors.states import FeedState, restore
from wire import settings as environment
from wire.broker import BrokerAway, Publisher, read_all
from wire.files import Problems
from wire.health import Health, serve
from wire.records import NewerRecord
from wire.settings import Settings
from wire.topics import FEED_STATES

BROKER_AWAY, BAD_CONFIGURATION = 75, 78
"""Exit statuses: try again (EX_TEMPFAIL), mend a file first (EX_CONFIG)."""

log = logging.getLogger("collectors")


def main() -> int:
    """Run until stopped; the exit status says whether another start may help."""
    settings = environment.read()
    configure_logging(settings.log_level)
    try:
        feeds = owned(load(settings.config / "feeds.yaml"), None)
        asyncio.run(run(settings, feeds))
    except Problems as error:
        print(f"collectors: the feeds cannot be used\n{error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except NewerRecord as error:
        print(f"collectors: {error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except BrokerAway as error:
        print(f"collectors: {error}", file=sys.stderr)
        return BROKER_AWAY
    return 0


async def run(settings: Settings, feeds: list[Feed]) -> None:
    """Restore the states, poll until SIGTERM or SIGINT, leave cleanly."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Parser() as parser:
        _, remembered, publisher = await asyncio.gather(
            parser.warm(),
            asyncio.to_thread(_restored, settings),
            asyncio.to_thread(Publisher, settings, "collectors"),
        )
        fetcher, journal = Fetcher(), Journal(publisher)
        poller = Poller(
            fetcher=fetcher,
            parser=parser,
            journal=journal,
            remembered=remembered,
            backlog_age=settings.backlog_age,
        )
        try:
            _greet(feeds, remembered)
            health = Health("collectors")
            async with serve(health, settings.health_port):
                health.ready = True
                await Collector(feeds, poller, health=health).run(stop)
        finally:
            fetcher.close()
            journal.close()
            await asyncio.to_thread(publisher.close)
    log.info("stopped")


def configure_logging(level: str) -> None:
    """Log readably to standard error; the libraries only when they complain."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    log.setLevel(level.upper())


def _restored(settings: Settings) -> dict[str, FeedState]:
    return restore(read_all(settings, FEED_STATES))


def _greet(feeds: list[Feed], remembered: dict[str, FeedState]) -> None:
    known = sum(feed.id in remembered for feed in feeds)
    log.info("polling %d feeds, %d of them known", len(feeds), known)
    for feed in feeds:
        if feed.full_text:
            log.warning("%s: full_text is asked for, but pages are not fetched yet", feed.id)


if __name__ == "__main__":
    sys.exit(main())
