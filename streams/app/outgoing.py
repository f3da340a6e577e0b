"""Bytes to a topic, past Faust's layers, which cost as much again: a message -> the future of its acknowledgement."""

from collections.abc import Awaitable, Iterable
from typing import Any, NamedTuple


class Outgoing(NamedTuple):
    """One message; without a partition its key gives it."""

    topic: str
    key: bytes
    value: bytes | None
    headers: Iterable[tuple[str, bytes]]
    partition: int | None = None


async def send(app: Any, each: Outgoing) -> Awaitable[Any]:
    """Let a message go by the client of Faust's producer; it has arrived only when what is returned was awaited."""
    client = (await app.maybe_start_producer())._ensure_producer()
    sent: Awaitable[Any] = await client.send(
        each.topic, each.value, key=each.key, partition=each.partition, headers=list(each.headers)
    )
    return sent
