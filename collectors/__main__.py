"""Assembles the collectors and runs them until they are told to stop: `python -m collectors`."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine
from contextlib import closing
from typing import Any, NamedTuple

from collectors import interest
from collectors.collector import Collector
from collectors.confined import Parser
from collectors.feeds import NOTHING, Feed, load
from collectors.fetch import Fetcher
from collectors.fulltext import DEADLINE, FullTexts
from collectors.journal import Journal
from collectors.poll import Poller
from collectors.shares import Shares
from collectors.watch import Watch
from wire import settings as environment
from wire.broker import BrokerAway, Publisher, partitions
from wire.files import Problems
from wire.health import Health, serve
from wire.records import NewerRecord
from wire.settings import Settings
from wire.topics import FEED_STATES

BROKER_AWAY, BAD_CONFIGURATION = 75, 78
"""Exit statuses: try again (EX_TEMPFAIL), mend a file first (EX_CONFIG)."""

PAGE_SECONDS = 20.0
"""For a page, the first of which waits for trafilatura."""

log = logging.getLogger("collectors")


def main() -> int:
    """Run until stopped; the exit status says whether another start may help."""
    settings = environment.read()
    configure_logging(settings.log_level)
    try:
        asyncio.run(run(settings, load(settings.config / "feeds.yaml")))
    except Problems as error:
        print(f"collectors: the feeds cannot be used\n{error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except NewerRecord as error:
        print(f"collectors: {error}", file=sys.stderr)
        return environment.NEWER_RECORD
    except BrokerAway as error:
        print(f"collectors: {error}", file=sys.stderr)
        return BROKER_AWAY
    return 0


async def run(settings: Settings, feeds: tuple[Feed, ...]) -> None:
    """Share the feeds, poll ours until SIGTERM or SIGINT, leave cleanly."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Parser() as parser, Parser(workers=1, seconds=PAGE_SECONDS) as pages:
        _, places, publisher = await asyncio.gather(
            parser.warm(),
            asyncio.to_thread(partitions, settings, FEED_STATES),
            asyncio.to_thread(Publisher, settings, "collectors"),
        )
        fetcher, page_fetcher = Fetcher(), Fetcher(deadline=DEADLINE)
        texts = FullTexts(page_fetcher, pages, interest.load(settings.config / "interest.txt"))
        try:
            with closing(Journal(publisher, places)) as journal:
                await _collect(settings, feeds, Parts(fetcher, parser, texts, journal), stop)
        finally:
            fetcher.close()
            page_fetcher.close()
            await asyncio.to_thread(publisher.close)
    log.info("stopped")


class Parts(NamedTuple):
    """What a poller is made of."""

    fetcher: Fetcher
    parser: Parser
    texts: FullTexts
    journal: Journal


async def _collect(settings: Settings, feeds: tuple[Feed, ...], parts: Parts, stop: asyncio.Event) -> None:
    health = Health("collectors")
    shares = Shares(settings, joined=lambda: setattr(health, "ready", True))
    poller = Poller(
        fetcher=parts.fetcher,
        parser=parts.parser,
        texts=parts.texts,
        journal=parts.journal,
        remembered={},
        backlog_age=settings.backlog_age,
        owns=lambda: shares.current,
    )
    collector = Collector(feeds, poller, assigned=NOTHING, strays=shares.strays, health=health)
    watch = Watch(settings.config / "feeds.yaml", collector, parts.journal)
    async with serve(health, settings.health_port):
        await together(stop, collector.run(stop), shares.run(stop, collector), watch.run(stop))


async def together(stop: asyncio.Event, *works: Coroutine[Any, Any, None]) -> None:
    """Run `works` until the stop; the first to fail stops the others, and its fault is raised."""
    tasks = [asyncio.create_task(work) for work in works]
    await asyncio.wait(tasks, return_when="FIRST_EXCEPTION")
    stop.set()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end


def configure_logging(level: str) -> None:
    """Log readably to standard error; the libraries only when they complain."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    log.setLevel(level)


if __name__ == "__main__":
    sys.exit(main())
