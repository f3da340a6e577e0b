"""Bytes to a topic, past Faust's layers, which cost as much again: messages -> futures of their acknowledgement."""

from collections.abc import Awaitable, Iterable
from typing import Any, NamedTuple


class Outgoing(NamedTuple):
    """One message."""

    key: bytes
    value: bytes | None
    headers: list[tuple[str, bytes]]


class Batch(NamedTuple):
    """So many messages that follow one another; they have arrived when `first`, the first one's record, has."""

    many: int
    first: Awaitable[Any]


async def send(app: Any, topic: str, each: Outgoing) -> Awaitable[Any]:
    """Let a message go to its key's partition; it has arrived only when what is returned was awaited."""
    sent: Awaitable[Any] = await (await _client(app)).send(topic, each.value, key=each.key, headers=each.headers)
    return sent


async def send_batches(app: Any, topic: str, partition: int, messages: Iterable[Outgoing]) -> list[Batch]:
    """Let messages of one partition go in their order; a future for each batch, as one for each message costs more."""
    client, sent = await _client(app), []
    batch = client.create_batch()
    for each in messages:
        if not _append(batch, each):
            sent.append(Batch(batch.record_count(), await client.send_batch(batch, topic, partition=partition)))
            batch = client.create_batch()
            _append(batch, each)  # the first always fits
    if batch.record_count():
        sent.append(Batch(batch.record_count(), await client.send_batch(batch, topic, partition=partition)))
    return sent


def _append(batch: Any, each: Outgoing) -> bool:
    return batch.append(timestamp=None, key=each.key, value=each.value, headers=each.headers) is not None


async def _client(app: Any) -> Any:
    """Return the client of Faust's producer."""
    return (await app.maybe_start_producer())._ensure_producer()
