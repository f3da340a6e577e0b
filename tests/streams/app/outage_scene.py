"""A worker that writes a row for every message, with a table of Faust's own or with ours.

python -m tests.streams.app.outage_scene stock|ours
"""

import asyncio
import sys
from typing import Any

import faust

from streams.app import engine
from streams.app.ends import BROKER_FAILED, end
from streams.app.tables import DurableTable, Row
from wire import settings
from wire.topics import ARTICLES, named

A_MESSAGE_TAKES = 0.3  # so that some are in hand while the broker is away


def main(kind: str) -> None:
    ours = settings.read()
    app = engine.engine(ours)
    if kind == "stock":
        app.conf.Table = faust.Table
    app.conf.producer_request_timeout = 8.0  # shorter than the outage: the client gives up before the broker is back
    table: Any = app.Table("verdicts", key_type=bytes, value_type=bytes, partitions=ours.partitions)
    topic = app.topic(named(ARTICLES, ours.prefix), key_type=bytes, value_type=bytes, value_serializer="raw")

    @app.agent(topic)
    async def write(stream: Any) -> None:
        async for event in stream.events():
            await asyncio.sleep(A_MESSAGE_TAKES)
            raw = event.message
            if not isinstance(table, DurableTable):
                table[raw.key] = raw.value
                continue
            try:
                await table.write(raw.partition, {raw.key: Row(raw.offset, raw.value)})
            except Exception as error:
                end(BROKER_FAILED, repr(error))

    engine.run(app, ours)


if __name__ == "__main__":
    main(sys.argv[1])
