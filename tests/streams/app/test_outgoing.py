"""What goes to one partition goes in its order, in batches of as many messages as fit."""

import asyncio
from typing import Any

from streams.app.engine import engine
from streams.app.outgoing import Batch, Outgoing, send_batches
from wire import broker as wire
from wire import embedded
from wire.settings import Settings
from wire.topics import NOTICES, named

MESSAGES = [Outgoing(b"key-%d" % n, b"x" * 3_000 if n % 3 else None, [("revision", b"%d" % n)]) for n in range(100)]


def test_batches_hold_all_messages_in_order_and_tell_the_offset_of_their_first(settings: Settings) -> None:
    wire.create(settings, [NOTICES])

    async def scene() -> list[tuple[Batch, Any]]:
        app = engine(settings)
        batches = await send_batches(app, named(NOTICES, settings.prefix), 0, iter(MESSAGES))
        first = await asyncio.gather(*(batch.first for batch in batches))
        await app.producer.stop()
        return list(zip(batches, first, strict=True))

    sent = asyncio.run(scene())
    assert [first.offset for _, first in sent] == [sum(each.many for each, _ in sent[:n]) for n in range(len(sent))]
    assert sum(batch.many for batch, _ in sent) == len(MESSAGES)
    assert len(sent) == len(MESSAGES) if settings.embedded else 1 < len(sent) <= 300_000 // embedded.BATCH_BYTES + 1
    read = [(each.key, each.value) for each in wire.read_all(settings, NOTICES)]
    assert read == [(each.key.decode(), each.value) for each in MESSAGES]
