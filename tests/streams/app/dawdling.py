"""A stream worker for tests: the real one, whose rebalances take seconds between their last seek and their end.

python -m tests.streams.app.dawdling
"""

import asyncio

from streams.app import engine
from streams.app.consumer import GaplessConsumer, GaplessTransport
from streams.app.worker import Streams
from streams.pipeline import LivePipeline
from wire import settings

SECONDS = 3.0
"""Longer than a fetch waits: what is there comes meanwhile."""


class Dawdling(GaplessConsumer):
    """A consumer as on a machine with much else to do."""

    async def perform_seek(self) -> None:
        await super().perform_seek()
        await asyncio.sleep(SECONDS)


class DawdlingTransport(GaplessTransport):
    Consumer = Dawdling


if __name__ == "__main__":
    asked = settings.read()
    streams = Streams(asked, LivePipeline(asked.config))
    streams.app.transport = DawdlingTransport(streams.app.conf.broker_consumer, streams.app)
    streams.pulse.start()
    engine.run(streams.app, asked)
