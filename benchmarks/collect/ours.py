"""One collector process as `python -m collectors` assembles it, but with a resolver that leads every host to loopback.

feeds on argv -> Collector -> a line of figures every second on standard output, until standard input ends.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence

import psutil

from benchmarks.collect import origin
from collectors.collector import Collector
from collectors.confined import Parser
from collectors.feeds import Feed
from collectors.fetch import Fetcher
from collectors.journal import Journal
from collectors.poll import Poller
from wire.broker import Publisher, partitions
from wire.records import Article
from wire.settings import Settings
from wire.topics import FEED_STATES


class Timed(Journal):
    """A journal that notes when what is new was acknowledged."""

    acknowledged: dict[str, float]

    async def articles(self, articles: Sequence[Article]) -> None:
        """Publish, and note the time of each new entry."""
        await super().articles(articles)
        for article in articles:
            if article.title.startswith("new "):
                self.acknowledged.setdefault(article.title.removeprefix("new "), time.time())


async def loopback(host: str, port: int) -> list[str]:
    """Lead every host to this machine."""
    return ["127.0.0.1"]


def feeds(number: int, port: int, interval: float) -> list[Feed]:
    """Return the feeds of the origin."""
    return [
        Feed(
            id=f"f{n}", url=origin.url(n, port), language=origin.language(n), outlet="x", zone="UTC",  # type: ignore[arg-type]
            interval=interval, adapt=False, allow_private=True,
        )
        for n in range(number)
    ]  # fmt: skip


async def main(kafka: str, port: int, number: int, interval: float) -> None:
    """Collect until standard input ends."""
    settings = Settings(kafka=kafka, embedded=False, prefix=f"bench{port}", partitions=12)
    publisher = Publisher(settings, "bench")
    journal = Timed(publisher, partitions(settings, FEED_STATES))
    journal.acknowledged = {}
    fetcher, stop = Fetcher(resolve=loopback), asyncio.Event()
    async with Parser() as parser:
        poller = Poller(fetcher=fetcher, parser=parser, journal=journal, remembered={}, backlog_age=1e9)
        collector = Collector(feeds(number, port, interval), poller)
        running = asyncio.create_task(collector.run(stop))
        asked = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
        while not asked.done():
            print(json.dumps(figures(collector)), flush=True)
            await asyncio.wait((asked, running), timeout=1.0, return_when="FIRST_COMPLETED")
        stop.set()
        await running
    print(json.dumps({"acknowledged": journal.acknowledged}), flush=True)
    fetcher.close()
    journal.close()
    publisher.close()


def figures(collector: Collector) -> dict[str, object]:
    """Return the collector's figures, and what the process and its parsers have used."""
    me = psutil.Process()
    processes = [me, *me.children()]
    cpu = sum(sum(each.cpu_times()[:2]) for each in processes)
    memory = sum(each.memory_info().rss for each in processes)
    status = {key: value for key, value in collector.status().items() if key != "failing"}
    return {"at": time.time(), "cpu": cpu, "memory": memory, **status}


if __name__ == "__main__":
    import logging

    logging.getLogger("collectors").setLevel(logging.ERROR)
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
