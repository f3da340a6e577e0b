"""Tables whose writes are known to have arrived, and that no straggler can set back.

effects --write--> changelog, acknowledged --> rows in memory;  changelog --recovery--> rows, the newest of each key

Faust logs a failed changelog send and commits the offset all the same: of 60 writes in a 22 s outage 13 were
lost (DESIGN 7). Here a row is in memory only when the broker has it.

A worker that was out of its group without knowing may write a row after the partition's new owner did. So every
row carries its *revision*, the offset of the message that made it: at recovery a lower one never replaces a
higher one, and is written over. And an owner is the only writer of its changelog partition: an offset that it
did not expect means that somebody else wrote, and ends the process, so that it recovers.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from faust.tables.table import Table
from faust.types import TP

from streams.app.ends import BROKER_FAILED, NOT_ALONE, end
from streams.app.outgoing import Outgoing, send_batches

log = logging.getLogger("jarshy.streams")
ACKNOWLEDGED_WITHIN = 60.0
REVISION, NOTED = "revision", "noted"
"""A changelog message's header: a row to hold, or one that is written for the record only."""


class Row(NamedTuple):
    """One row: what is kept, and the offset of the message that made it; no value: it is removed."""

    revision: int
    value: bytes | None
    held: bool = True


class DurableTable(Table[Any, Any]):
    """A Faust table for its changelog and recovery, with rows of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partitions_held: dict[int, dict[bytes, Row]] = {}
        self._due: dict[int, int] = {}  # the changelog offset that our next write will get
        self._overtaken: set[tuple[int, bytes]] = set()

    async def write(self, partition: int, rows: Mapping[bytes, Row]) -> None:
        """Keep the rows, once the broker has them all; raises when it does not take one in time."""
        messages = (Outgoing(key, row.value, _headers(row)) for key, row in rows.items())
        sent = await send_batches(self.app, self.changelog_topic_name, partition, messages)
        firsts = await asyncio.wait_for(asyncio.gather(*(batch.first for batch in sent)), ACKNOWLEDGED_WITHIN)
        for batch, first in zip(sent, firsts, strict=True):
            self._expect(partition, first.offset)
            self._due[partition] = first.offset + batch.many
        held = self.partitions_held.setdefault(partition, {})
        for key, row in rows.items():
            _put(held, key, row if row.value is not None else None)

    def apply_changelog_batch(self, batch: Iterable[Any]) -> None:
        """Take what recovery reads; of two rows with one key the one of the higher revision is right."""
        for event in batch:
            message = event.message
            if message.topic == self.changelog_topic_name:  # Faust hands a stray one to whichever table was last
                self._read_back(message)

    def _read_back(self, message: Any) -> None:
        held = self.partitions_held.setdefault(message.partition, {})
        row, before = _row(message), held.get(message.key)
        if before is not None and row.revision < before.revision:
            self._overtaken.add((message.partition, message.key))
            return
        self._overtaken.discard((message.partition, message.key))
        _put(held, message.key, row)

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """Forget the partitions that went or are new: those are read back from their beginning."""
        for tp in revoked | newly_assigned:
            if tp.topic == self.changelog_topic_name:
                self.partitions_held.pop(tp.partition, None)
                self._due.pop(tp.partition, None)
                self._recovery.active_offsets.pop(tp, None)  # else it reads on from where it once was
        await super().on_rebalance(assigned, revoked, newly_assigned, generation_id)

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """Mend what a straggler wrote, drop what need not be held, and note where our next write will be."""
        try:
            await self._recovered(active_tps)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # Faust would not notice
            end(BROKER_FAILED, f"{self.name} could not be recovered: {error!r}")
        await super().on_recovery_completed(active_tps, standby_tps)

    async def _recovered(self, active_tps: Iterable[TP]) -> None:
        ends = self._recovery.active_highwaters
        for tp in active_tps:
            if tp in ends:
                self._expect(tp.partition, ends[tp] + 1)
                self._due[tp.partition] = ends[tp] + 1
        overtaken, self._overtaken = self._overtaken, set()
        for partition, key in overtaken:
            row = self.partitions_held.get(partition, {}).get(key)
            if row is not None:
                log.warning("%s/%s: a straggler's row for %r is written over", self.name, partition, key)
                await self.write(partition, {key: row})
        for held in self.partitions_held.values():
            for key in [key for key, row in held.items() if row.value is None or not row.held]:
                del held[key]

    @property
    def _recovery(self) -> Any:
        tables: Any = self.app.tables
        return tables.recovery

    def _expect(self, partition: int, offset: int) -> None:
        due = self._due.get(partition, offset)
        if offset != due:
            where = f"{self.changelog_topic_name}/{partition}"
            end(NOT_ALONE, f"{where}: offset {offset} came where {due} was due: somebody else writes there")


class Rows(Mapping[str, bytes]):
    """A table's rows by text keys: of one partition, or of all that are ours."""

    def __init__(self, table: DurableTable, partition: int | None = None) -> None:
        self._table, self._partition = table, partition

    def _parts(self) -> Iterable[dict[bytes, Row]]:
        held = self._table.partitions_held
        return held.values() if self._partition is None else (held.get(self._partition, {}),)

    def __getitem__(self, key: str) -> bytes:
        for part in self._parts():
            row = part.get(key.encode())
            if row is not None and row.value is not None:
                return row.value
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (key.decode() for key in chain.from_iterable(self._parts()))

    def __len__(self) -> int:
        return sum(map(len, self._parts()))


def _headers(row: Row) -> list[tuple[str, bytes]]:
    return [(REVISION if row.held else NOTED, b"%d" % row.revision)]


def _row(message: Any) -> Row:
    headers = dict(message.headers or ())
    noted = headers.get(NOTED)
    return Row(int(noted or headers.get(REVISION, b"-1")), message.value, noted is None)


def _put(held: dict[bytes, Row], key: bytes, row: Row | None) -> None:
    if row is None or (not row.held and key not in held):
        held.pop(key, None)
    else:
        held[key] = row
