"""feeds.yaml while it runs: changed? -> loaded -> polled, or its problems told and the feeds before kept."""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from collectors.collector import Collector
from collectors.feeds import load
from collectors.journal import Journal
from collectors.notices import of_file
from wire.broker import BrokerAway
from wire.files import Problem, Problems

log = logging.getLogger("collectors")

EVERY = 2.0


class Watch:
    """Looks at the file now and then."""

    def __init__(self, path: Path, collector: Collector, journal: Journal) -> None:
        self._path = path
        self._collector = collector
        self._journal = journal
        self._seen = _mark(path)
        self._broken = False

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop` is set."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EVERY)
            mark = _mark(self._path)
            if mark != self._seen and not stop.is_set():
                self._seen = mark
                await self._read()

    async def _read(self) -> None:
        try:
            feeds = await asyncio.to_thread(load, self._path)
        except Problems as error:
            log.error("the feeds read before stay in force:\n%s", error)
            await self._tell(error.problems)
            self._broken = True
            return
        log.info("%s was read again: %d feeds", self._path.name, len(feeds))
        await self._collector.read(feeds)
        if self._broken:
            await self._tell(())
            self._broken = False

    async def _tell(self, problems: tuple[Problem, ...]) -> None:
        """Tell the operators once: one collector speaks for all."""
        if not self._collector.is_first:
            return
        try:
            await self._journal.notice(of_file(problems, datetime.now(UTC)))
        except BrokerAway as error:
            log.error("could not tell of %s: %s", self._path.name, error)


def _mark(path: Path) -> tuple[int, int, int]:
    """Return what changes with the file; nothing while it is being replaced."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
